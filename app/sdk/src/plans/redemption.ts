/** Redemption by request: into escrow, and out of it in each of the ways there are. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';

import type { AcknowledgeBody, RejectBody, SettleBody } from '../bodies.ts';
import {
  getAcknowledgeRedemptionInstruction,
  getCancelRedemptionInstruction,
  getClaimRedemptionInstruction,
  getReclaimRedemptionInstruction,
  getRejectRedemptionInstruction,
  getRequestRedemptionInstruction,
  getSettleRedemptionInstruction,
} from '../generated/issuer/instructions/index.ts';
import { fetchHookAccounts } from '../modes.ts';
import {
  findAuthority,
  findEscrow,
  findHold,
  findNonceWindow,
  findRedemption,
  findTicker,
  findTokenAccount,
} from '../pdas.ts';
import { createTokenAccountPlan } from './mint.ts';
import {
  attestationArgs,
  consuming,
  eventAccounts,
  registrationAccounts,
  type Chain,
  type Evidence,
  type Program,
  type RegistrationOptions,
} from './shared.ts';

/** Ids of an owner's redemptions of one ticker: 0 to 7, each free again once its redemption is closed. */
export const MAX_OPEN_REDEMPTIONS = 8n;

/** What to redeem: `id` is a free one from 0 to 7, `amount` raw. */
export type RedemptionRequest = Readonly<{ mint: Address; id: bigint; amount: bigint }>;

/** Puts an owner's tokens into escrow. The owner pays the redemption's rent and gets it back. */
export async function requestRedemptionPlan(
  cluster: Chain,
  issuer: Address,
  owner: TransactionSigner,
  { mint, id, amount }: RedemptionRequest,
  { registered = false }: RegistrationOptions = {},
): Promise<Instruction[]> {
  const { programId } = cluster;
  const escrow = await findEscrow(programId, mint);
  const instruction: Instruction = getRequestRedemptionInstruction(
    {
      payer: owner,
      owner,
      issuer,
      ticker: await findTicker(programId, mint),
      mint,
      redemption: await findRedemption(programId, mint, owner.address, id),
      source: await findTokenAccount(mint, owner.address),
      escrowAccount: await findTokenAccount(mint, escrow),
      ...(registered && (await registrationAccounts(cluster, issuer, mint, owner.address))),
      ...(await eventAccounts(cluster)),
      id,
      amount,
    },
    { programAddress: programId },
  );
  const hooked = await fetchHookAccounts(cluster, { mint, from: owner.address, to: escrow, amount });
  return [{ ...instruction, accounts: [...(instruction.accounts ?? []), ...hooked] }];
}

/** The custodian takes a redemption up: the deadline is then the ticker's time for payouts from now on. */
export async function acknowledgeRedemptionPlan(
  cluster: Program,
  issuer: Address,
  body: AcknowledgeBody,
  evidence: Evidence,
): Promise<Instruction[]> {
  const accounts = await answerAccounts(cluster, issuer, body);
  const attestation = attestationArgs(body.header);
  return consuming(evidence, (signatures) =>
    getAcknowledgeRedemptionInstruction(
      { ...accounts, signatures, attestation },
      { programAddress: cluster.programId },
    ),
  );
}

/** The custodian will not pay: the owner may then claim the tokens. */
export async function rejectRedemptionPlan(
  cluster: Program,
  issuer: Address,
  body: RejectBody,
  evidence: Evidence,
): Promise<Instruction[]> {
  const accounts = await answerAccounts(cluster, issuer, body);
  const attestation = attestationArgs(body.header);
  return consuming(evidence, (signatures) =>
    getRejectRedemptionInstruction(
      { ...accounts, signatures, attestation, reason: body.reason },
      { programAddress: cluster.programId },
    ),
  );
}

async function answerAccounts(cluster: Program, issuer: Address, { header, redemption }: AcknowledgeBody) {
  return {
    issuer,
    attestorSet: header.attestorSet,
    ticker: await findTicker(cluster.programId, header.subject),
    nonces: await findNonceWindow(cluster.programId, header.subject),
    redemption,
    ...(await eventAccounts(cluster)),
  };
}

/** Burns what the custodian has paid out, as its attestors signed. Anyone may pay for it. */
export async function settleRedemptionPlan(
  cluster: Program,
  issuer: Address,
  rentPayer: Address,
  body: SettleBody,
  evidence: Evidence,
): Promise<Instruction[]> {
  const { header, redemption, amount, payoutReference } = body;
  const accounts = {
    ...(await escrowAccounts(cluster, header.subject)),
    issuer,
    attestorSet: header.attestorSet,
    nonces: await findNonceWindow(cluster.programId, header.subject),
    redemption,
    rentPayer,
  };
  return consuming(evidence, (signatures) =>
    getSettleRedemptionInstruction(
      { ...accounts, signatures, attestation: attestationArgs(header), amount, payoutReference },
      { programAddress: cluster.programId },
    ),
  );
}

/** A redemption by its place; `rentPayer` where somebody else than the owner paid for it. */
export type OpenRedemption = Readonly<{ mint: Address; id: bigint; rentPayer?: Address }>;

/** The owner takes back what nobody has taken up yet. */
export const cancelRedemptionPlan = returnPlan(getCancelRedemptionInstruction);

/** The owner takes back what the custodian rejected; no pause stops it. */
export const claimRedemptionPlan = returnPlan(getClaimRedemptionInstruction);

/** The owner takes back what was not settled by the deadline; no pause stops it. */
export const reclaimRedemptionPlan = returnPlan(getReclaimRedemptionInstruction);

/** The three ways back take the same accounts. The owner's token account is made again if it was closed. */
function returnPlan(
  instruction:
    | typeof getReclaimRedemptionInstruction
    | typeof getCancelRedemptionInstruction
    | typeof getClaimRedemptionInstruction,
) {
  return async (
    cluster: Chain,
    issuer: Address,
    owner: TransactionSigner,
    { mint, id, rentPayer = owner.address }: OpenRedemption,
  ): Promise<Instruction[]> => {
    const destination = await findTokenAccount(mint, owner.address);
    const input = {
      ...(await escrowAccounts(cluster, mint)),
      owner,
      issuer,
      redemption: await findRedemption(cluster.programId, mint, owner.address, id),
      rentPayer,
      destination,
      hold: await findHold(cluster.programId, mint, destination),
    };
    const back: Instruction = instruction(input, { programAddress: cluster.programId });
    // The gate's list does not go by the amount, which only the redemption knows.
    const move = { mint, from: input.escrow, to: owner.address, amount: 0n };
    const hooked = await fetchHookAccounts(cluster, move);
    return [
      ...(await createTokenAccountPlan(owner, mint, owner.address)),
      { ...back, accounts: [...(back.accounts ?? []), ...hooked] },
    ];
  };
}

/** A ticker's escrow, and what moves tokens out of it, also while the mint is paused. */
async function escrowAccounts(cluster: Program, mint: Address) {
  const { programId } = cluster;
  const escrow = await findEscrow(programId, mint);
  return {
    ticker: await findTicker(programId, mint),
    mint,
    authority: await findAuthority(programId, mint),
    escrow,
    escrowAccount: await findTokenAccount(mint, escrow),
    ...(await eventAccounts(cluster)),
  };
}
