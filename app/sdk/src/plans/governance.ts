/** The issuer's own powers: announced changes, roles, pauses. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';

import {
  getAnnounceChangeInstruction,
  getCloseAnnouncementInstruction,
  getGrantRoleInstruction,
  getRevokeRoleInstruction,
  getSetIssuerPauseInstruction,
  getSetTermsInstruction,
  getSetTickerPauseInstruction,
  getSyncTransferPauseInstruction,
} from '../generated/issuer/instructions/index.ts';
import type { ChangeArgs, SetPauseArgsArgs, TickerTermsArgs } from '../generated/issuer/types/index.ts';
import { findAnnouncement, findAuthority, findRoleGrant, findTicker } from '../pdas.ts';
import { announced, eventAccounts, type Program } from './shared.ts';

/** Bits of a role grant. Granting the last three waits for the timelock. */
export const Role = { List: 1, Pause: 2, Unpause: 4, Compliance: 8, CorporateAction: 16, Cash: 32 } as const;

/** Bits of what is paused. */
export const Pause = { Mint: 1, RedeemRequest: 2, Cash: 4, Transfer: 8 } as const;
/** Every bit of `Pause`. */
export const PAUSE_ALL = Pause.Mint | Pause.RedeemRequest | Pause.Cash | Pause.Transfer;

/** Who acts: as the admin, or, with `granted`, by the role grant of the wallet. */
export type Operator = Readonly<{
  signer: TransactionSigner;
  granted?: boolean;
  /** Pays for what is made; the signer, if none is named. */
  payer?: TransactionSigner;
}>;

/** Who pays for what an operator makes. */
export const payerOf = ({ signer, payer = signer }: Operator): TransactionSigner => payer;

/** The operator and its role grant, as instructions take them. */
export async function operatorAccounts({ programId }: Program, issuer: Address, { signer, granted }: Operator) {
  return {
    operator: signer,
    ...(granted && { roleGrant: await findRoleGrant(programId, issuer, signer.address) }),
  };
}

/** Announces a change; the instruction that makes it asks for the announcement once the timelock has passed. */
export async function announceChangePlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  id: bigint,
  change: ChangeArgs,
): Promise<Instruction[]> {
  const input = {
    payer: payerOf(operator),
    ...(await operatorAccounts(cluster, issuer, operator)),
    issuer,
    announcement: await findAnnouncement(cluster.programId, issuer, id),
    ...(await eventAccounts(cluster)),
    id,
    change,
  };
  return [getAnnounceChangeInstruction(input, { programAddress: cluster.programId })];
}

/** Clears an announcement away: made or forgotten by anybody, else by the admin or its announcer. */
export async function closeAnnouncementPlan(
  cluster: Program,
  issuer: Address,
  operator: TransactionSigner,
  id: bigint,
  rentPayer: Address,
): Promise<Instruction[]> {
  const announcement = await findAnnouncement(cluster.programId, issuer, id);
  const input = { operator, issuer, announcement, rentPayer, ...(await eventAccounts(cluster)) };
  return [getCloseAnnouncementInstruction(input, { programAddress: cluster.programId })];
}

/** Roles for a wallet; `expiresAt` in seconds since 1970. */
export type Grant = Readonly<{
  wallet: Address;
  /** Bits of `Role`. */
  roles: number;
  expiresAt: bigint;
  /** Of the announcement, for roles that need one. */
  announcement?: bigint;
}>;

/** Grants roles to a wallet. */
export async function grantRolePlan(
  cluster: Program,
  issuer: Address,
  admin: TransactionSigner,
  { wallet, roles, expiresAt, announcement }: Grant,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    payer: admin,
    admin,
    issuer,
    wallet,
    roleGrant: await findRoleGrant(programId, issuer, wallet),
    ...(await announced(cluster, issuer, announcement)),
    ...(await eventAccounts(cluster)),
    roles,
    expiresAt,
  };
  return [getGrantRoleInstruction(input, { programAddress: programId })];
}

/** Ends a wallet's roles at once. */
export async function revokeRolePlan(
  cluster: Program,
  issuer: Address,
  operator: TransactionSigner,
  wallet: Address,
  rentPayer: Address,
): Promise<Instruction[]> {
  const roleGrant = await findRoleGrant(cluster.programId, issuer, wallet);
  const input = { operator, issuer, roleGrant, rentPayer, ...(await eventAccounts(cluster)) };
  return [getRevokeRoleInstruction(input, { programAddress: cluster.programId })];
}

/** Pauses and lifts pauses for all tickers of an issuer. */
export async function setIssuerPausePlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  change: Partial<SetPauseArgsArgs>,
): Promise<Instruction[]> {
  const input = {
    ...(await operatorAccounts(cluster, issuer, operator)),
    issuer,
    ...(await eventAccounts(cluster)),
    args: { pause: 0, unpause: 0, ...change },
  };
  return [getSetIssuerPauseInstruction(input, { programAddress: cluster.programId })];
}

/** Pauses and lifts pauses for one ticker, and in its mint. */
export async function setTickerPausePlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  mint: Address,
  change: Partial<SetPauseArgsArgs>,
): Promise<Instruction[]> {
  const input = {
    ...(await operatorAccounts(cluster, issuer, operator)),
    ...(await mintAccounts(cluster, issuer, mint)),
    args: { pause: 0, unpause: 0, ...change },
  };
  return [getSetTickerPauseInstruction(input, { programAddress: cluster.programId })];
}

/** Brings a mint's own pause in line with what issuer and ticker say. Anyone may. */
export async function syncTransferPausePlan(cluster: Program, issuer: Address, mint: Address): Promise<Instruction[]> {
  const accounts = await mintAccounts(cluster, issuer, mint);
  return [getSyncTransferPauseInstruction(accounts, { programAddress: cluster.programId })];
}

/** A ticker's mint, and what changes it. */
export async function mintAccounts(cluster: Program, issuer: Address, mint: Address) {
  return {
    issuer,
    ticker: await findTicker(cluster.programId, mint),
    mint,
    authority: await findAuthority(cluster.programId, mint),
    ...(await eventAccounts(cluster)),
  };
}

/** Changes a ticker's terms and limits. Looser ones must have been announced. */
export async function setTermsPlan(
  cluster: Program,
  issuer: Address,
  admin: TransactionSigner,
  mint: Address,
  terms: TickerTermsArgs,
  announcement?: bigint,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    admin,
    issuer,
    ticker: await findTicker(programId, mint),
    ...(await announced(cluster, issuer, announcement)),
    ...(await eventAccounts(cluster)),
    terms,
  };
  return [getSetTermsInstruction(input, { programAddress: programId })];
}
