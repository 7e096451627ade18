/** Cash: an issuer's desk for a stablecoin, and trades against it in one transaction. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import { TOKEN_2022_PROGRAM_ADDRESS } from '@solana-program/token-2022';

import type { QuoteBody } from '../bodies.ts';
import {
  getFundCashDeskInstruction,
  getOpenCashDeskInstruction,
  getRedeemForCashInstruction,
  getSetDeskLimitInstruction,
  getSetPriceBandInstruction,
  getSubscribeForCashInstruction,
  getWithdrawCashInstruction,
  type SetPriceBandInstructionDataArgs,
} from '../generated/issuer/instructions/index.ts';
import type { LimitArgs } from '../generated/issuer/types/index.ts';
import {
  findAnnouncement,
  findAuthority,
  findCashDesk,
  findNonceWindow,
  findOwnerLimits,
  findTicker,
  findTokenAccount,
} from '../pdas.ts';
import { operatorAccounts, type Operator } from './governance.ts';
import { createTokenAccountPlan, mintTableAddresses, type PrimaryOptions } from './mint.ts';
import { receivePlan } from './transfer.ts';
import {
  announced,
  attestationArgs,
  consuming,
  eventAccounts,
  registrationAccounts,
  type Chain,
  type Deployment,
  type Evidence,
  type Program,
} from './shared.ts';

/** A stablecoin: its mint, and the token program that owns it. */
export type Cash = Readonly<{ mint: Address; tokenProgram: Address }>;

/**
 * Opens an issuer's desk, which allows the stablecoin as cash, with a limit on what redemptions may take out of it: in
 * the smallest unit of the cash mint, as all amounts of cash.
 */
export async function openCashDeskPlan(
  cluster: Program,
  issuer: Address,
  admin: TransactionSigner,
  cash: Cash,
  outflow: LimitArgs,
): Promise<Instruction[]> {
  const desk = await deskAccounts(cluster, issuer, cash);
  const input = { payer: admin, admin, issuer, ...desk, ...(await eventAccounts(cluster)), outflow };
  return [getOpenCashDeskInstruction(input, { programAddress: cluster.programId })];
}

/** Puts cash (`amount` in its smallest unit) of the funder's associated token account into the desk's vault. */
export async function fundCashDeskPlan(
  cluster: Program,
  issuer: Address,
  funder: TransactionSigner,
  cash: Cash,
  amount: bigint,
): Promise<Instruction[]> {
  const input = {
    funder,
    issuer,
    ...(await deskAccounts(cluster, issuer, cash)),
    source: await findTokenAccount(cash.mint, funder.address, cash.tokenProgram),
    ...(await eventAccounts(cluster)),
    amount,
  };
  return [getFundCashDeskInstruction(input, { programAddress: cluster.programId })];
}

/** Takes cash out (`amount` in its smallest unit), once announced; by who has the CASH role. */
export async function withdrawCashPlan(
  cluster: Program,
  issuer: Address,
  treasurer: TransactionSigner,
  cash: Cash,
  destination: Address,
  amount: bigint,
  announcement: bigint,
): Promise<Instruction[]> {
  const input = {
    ...(await operatorAccounts(cluster, issuer, { signer: treasurer, granted: true })),
    issuer,
    ...(await deskAccounts(cluster, issuer, cash)),
    destination,
    announcement: await findAnnouncement(cluster.programId, issuer, announcement),
    ...(await eventAccounts(cluster)),
    amount,
  };
  return [getWithdrawCashInstruction(input, { programAddress: cluster.programId })];
}

/** Changes how much may leave a desk by redemptions; more than before must have been announced. */
export async function setDeskLimitPlan(
  cluster: Program,
  issuer: Address,
  admin: TransactionSigner,
  cashMint: Address,
  outflow: LimitArgs,
  announcement?: bigint,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    admin,
    issuer,
    desk: await findCashDesk(programId, issuer, cashMint),
    ...(await announced(cluster, issuer, announcement)),
    ...(await eventAccounts(cluster)),
    outflow,
  };
  return [getSetDeskLimitInstruction(input, { programAddress: programId })];
}

/** Sets the prices (USD x 10^8 a share) between which a ticker trades for cash, for at most 7 days. */
export async function setPriceBandPlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  mint: Address,
  band: SetPriceBandInstructionDataArgs,
): Promise<Instruction[]> {
  const input = {
    ...(await operatorAccounts(cluster, issuer, operator)),
    issuer,
    ticker: await findTicker(cluster.programId, mint),
    ...(await eventAccounts(cluster)),
    ...band,
  };
  return [getSetPriceBandInstruction(input, { programAddress: cluster.programId })];
}

/** The owner's own terms: the most to pay or the least to receive (smallest unit of the cash mint), and the last second. */
export type Terms = PrimaryOptions & Readonly<{ cashLimit: bigint; deadline: bigint }>;

/** Pays cash and mints shares, or neither; the account for them is made and thawed. Send it with a lookup table of `cashTableAddresses`. */
export async function subscribeForCashPlan(
  cluster: Chain,
  issuer: Address,
  owner: TransactionSigner,
  cash: Cash,
  body: QuoteBody,
  evidence: Evidence,
  { cashLimit, deadline, ...options }: Terms,
): Promise<Instruction[]> {
  const { header, amount, cashAmount, statement } = body;
  const mint = header.subject;
  const input = {
    ...(await tradeAccounts(cluster, issuer, owner, cash, body, options)),
    authority: await findAuthority(cluster.programId, mint),
    destination: await findTokenAccount(mint, owner.address),
    cashSource: await findTokenAccount(cash.mint, owner.address, cash.tokenProgram),
    attestation: attestationArgs(header),
    amount,
    cashAmount,
    statement,
    maxCash: cashLimit,
    deadline,
  };
  return [
    ...(await receivePlan(cluster, owner, mint, owner.address)),
    ...consuming(evidence, (signatures) =>
      getSubscribeForCashInstruction({ ...input, signatures }, { programAddress: cluster.programId }),
    ),
  ];
}

/** Burns shares and pays cash, or neither. Send it with a lookup table of `cashTableAddresses`. */
export async function redeemForCashPlan(
  cluster: Deployment,
  issuer: Address,
  owner: TransactionSigner,
  cash: Cash,
  body: QuoteBody,
  evidence: Evidence,
  { cashLimit, deadline, ...options }: Terms,
): Promise<Instruction[]> {
  const { header, amount, cashAmount } = body;
  const input = {
    ...(await tradeAccounts(cluster, issuer, owner, cash, body, options)),
    source: await findTokenAccount(header.subject, owner.address),
    cashDestination: await findTokenAccount(cash.mint, owner.address, cash.tokenProgram),
    attestation: attestationArgs(header),
    amount,
    cashAmount,
    minCash: cashLimit,
    deadline,
  };
  return [
    ...(await createTokenAccountPlan(owner, cash.mint, owner.address, cash.tokenProgram)),
    ...consuming(evidence, (signatures) =>
      getRedeemForCashInstruction({ ...input, signatures }, { programAddress: cluster.programId }),
    ),
  ];
}

/**
 * What trades of one ticker for one stablecoin have in common: all but the owner's own accounts. With
 * them in a lookup table, a trade with 3 signatures and the making of a token account fits a transaction.
 */
export async function cashTableAddresses(
  cluster: Deployment,
  issuer: Address,
  attestorSet: Address,
  mint: Address,
  cash: Cash,
): Promise<Address[]> {
  const { desk, vault } = await deskAccounts(cluster, issuer, cash);
  return [
    ...(await mintTableAddresses(cluster, issuer, attestorSet, mint)),
    desk,
    vault,
    cash.mint,
    ...(cash.tokenProgram === TOKEN_2022_PROGRAM_ADDRESS ? [] : [cash.tokenProgram]),
  ];
}

async function deskAccounts({ programId }: Program, issuer: Address, { mint, tokenProgram }: Cash) {
  const desk = await findCashDesk(programId, issuer, mint);
  return {
    desk,
    cashMint: mint,
    vault: await findTokenAccount(mint, desk, tokenProgram),
    cashTokenProgram: tokenProgram,
  };
}

async function tradeAccounts(
  cluster: Deployment,
  issuer: Address,
  owner: TransactionSigner,
  cash: Cash,
  { header }: QuoteBody,
  { ownerLimits = false, registered = false }: PrimaryOptions,
) {
  const { programId } = cluster;
  const mint = header.subject;
  return {
    owner,
    issuer,
    attestorSet: header.attestorSet,
    ticker: await findTicker(programId, mint),
    nonces: await findNonceWindow(programId, mint),
    mint,
    ...(ownerLimits && { ownerLimits: await findOwnerLimits(programId, mint, owner.address) }),
    ...(registered && (await registrationAccounts(cluster, issuer, mint, owner.address))),
    ...(await deskAccounts(cluster, issuer, cash)),
    ...(await eventAccounts(cluster)),
  };
}
