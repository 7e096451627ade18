/** Minting. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import {
  getCreateAssociatedTokenIdempotentInstructionAsync,
  TOKEN_2022_PROGRAM_ADDRESS,
} from '@solana-program/token-2022';

import type { MintBody } from '../bodies.ts';
import { getAttestMintInstruction, getOpenOwnerLimitsInstruction } from '../generated/issuer/instructions/index.ts';
import { findPolicy } from '../gate/pdas.ts';
import {
  findAuthority,
  findEventAuthority,
  findNonceWindow,
  findOwnerLimits,
  findTicker,
  findTokenAccount,
} from '../pdas.ts';
import {
  attestationArgs,
  consuming,
  eventAccounts,
  INSTRUCTIONS_SYSVAR,
  registrationAccounts,
  type Deployment,
  type Evidence,
  type Program,
  type RegistrationOptions,
} from './shared.ts';

/** For a ticker that limits what one owner may be minted or redeem for cash. */
export type LimitOptions = Readonly<{ ownerLimits?: boolean }>;
/** What the ticker asks for besides. */
export type PrimaryOptions = LimitOptions & RegistrationOptions;

/** Creates an owner's associated token account if it is not there. */
export async function createTokenAccountPlan(
  payer: TransactionSigner,
  mint: Address,
  owner: Address,
  tokenProgram: Address = TOKEN_2022_PROGRAM_ADDRESS,
): Promise<Instruction[]> {
  return [await getCreateAssociatedTokenIdempotentInstructionAsync({ payer, mint, owner, tokenProgram })];
}

/** Mints what the attestors signed, to the owner's associated token account. Anyone may pay for it. */
export async function attestMintPlan(
  cluster: Deployment,
  issuer: Address,
  body: MintBody,
  evidence: Evidence,
  { ownerLimits = false, registered = false }: PrimaryOptions = {},
): Promise<Instruction[]> {
  const { programId } = cluster;
  const { header, owner, amount, statement } = body;
  const mint = header.subject;
  const accounts = {
    issuer,
    attestorSet: header.attestorSet,
    ticker: await findTicker(programId, mint),
    nonces: await findNonceWindow(programId, mint),
    mint,
    authority: await findAuthority(programId, mint),
    destination: await findTokenAccount(mint, owner),
    ...(ownerLimits && { ownerLimits: await findOwnerLimits(programId, mint, owner) }),
    ...(registered && (await registrationAccounts(cluster, issuer, mint, owner))),
    ...(await eventAccounts(cluster)),
  };
  return consuming(evidence, (signatures) =>
    getAttestMintInstruction(
      { ...accounts, signatures, attestation: attestationArgs(header), amount, statement, owner },
      { programAddress: programId },
    ),
  );
}

/** Opens the record that a ticker with limits per owner needs for each owner. */
export async function openOwnerLimitsPlan(
  { programId }: Program,
  payer: TransactionSigner,
  mint: Address,
  owner: Address,
): Promise<Instruction[]> {
  const accounts = {
    payer,
    owner,
    mint,
    ticker: await findTicker(programId, mint),
    ownerLimits: await findOwnerLimits(programId, mint, owner),
  };
  return [getOpenOwnerLimitsInstruction(accounts, { programAddress: programId })];
}

/**
 * What mints of one ticker have in common: all but the owner's own accounts. With them in a lookup table
 * a mint with 3 signatures fits a transaction, also where another pays, makes the account and thaws it.
 */
export async function mintTableAddresses(
  cluster: Deployment,
  issuer: Address,
  attestorSet: Address,
  mint: Address,
): Promise<Address[]> {
  const { programId, programs } = cluster;
  return [
    issuer,
    attestorSet,
    await findTicker(programId, mint),
    await findNonceWindow(programId, mint),
    mint,
    await findAuthority(programId, mint),
    await findPolicy(programs.gate, mint),
    await findEventAuthority(programId),
    ...PROGRAMS,
  ];
}

/** Programs and sysvars that the instructions name as accounts. */
export const PROGRAMS = [
  TOKEN_2022_PROGRAM_ADDRESS,
  INSTRUCTIONS_SYSVAR,
  '11111111111111111111111111111111' as Address,
] as const;
