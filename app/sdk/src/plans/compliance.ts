/** Frozen accounts, holds, and how strict a ticker is. */
import type { Address, Instruction, ReadonlyUint8Array } from '@solana/kit';

import {
  getFreezeInstruction,
  getLiftHoldInstruction,
  getOpenTickerInstruction,
  getPlaceHoldInstruction,
  getSetPrimaryKycInstruction,
  getThawInstruction,
} from '../generated/issuer/instructions/index.ts';
import { findAnnouncement, findAuthority, findHold, findTicker, findTokenAccount } from '../pdas.ts';
import { mintAccounts, operatorAccounts, payerOf, type Operator } from './governance.ts';
import { announced, eventAccounts, registrationAccounts, type Deployment, type Program } from './shared.ts';

/** Thaws an owner's account: not a held one, and in frozen mode only where the owner may hold the mint. Anyone may. */
export const thawPlan = bringInLinePlan(getThawInstruction);

/** Freezes an owner's account: a held one, and in frozen mode that of an owner who may not hold the mint. Anyone may. */
export const freezePlan = bringInLinePlan(getFreezeInstruction);

/** Where there is nothing to do, nothing happens. `account`, if it is not the associated one. */
function bringInLinePlan(instruction: typeof getThawInstruction | typeof getFreezeInstruction) {
  return async (
    cluster: Deployment,
    issuer: Address,
    mint: Address,
    owner: Address,
    account?: Address,
  ): Promise<Instruction[]> => {
    const { programId } = cluster;
    const tokenAccount = account ?? (await findTokenAccount(mint, owner));
    const input = {
      ticker: await findTicker(programId, mint),
      mint,
      tokenAccount,
      authority: await findAuthority(programId, mint),
      hold: await findHold(programId, mint, tokenAccount),
      ...(await registrationAccounts(cluster, issuer, mint, owner)),
    };
    return [instruction(input, { programAddress: programId })];
  };
}

/** Why compliance holds an account: the issuer's own code, and sha256 of the case's documents. */
export type Case = Readonly<{ reason: number; caseHash: ReadonlyUint8Array }>;

/** Freezes an account until the hold is lifted, in every mode. By COMPLIANCE, who pays the rent and gets it back. */
export async function placeHoldPlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  mint: Address,
  tokenAccount: Address,
  why: Case,
): Promise<Instruction[]> {
  const input = {
    payer: payerOf(operator),
    ...(await operatorAccounts(cluster, issuer, operator)),
    ...(await mintAccounts(cluster, issuer, mint)),
    tokenAccount,
    hold: await findHold(cluster.programId, mint, tokenAccount),
    ...why,
  };
  return [getPlaceHoldInstruction(input, { programAddress: cluster.programId })];
}

/** Lifts a hold. The account stays frozen until somebody thaws it. */
export async function liftHoldPlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  mint: Address,
  tokenAccount: Address,
  rentPayer: Address = payerOf(operator).address,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    ...(await operatorAccounts(cluster, issuer, operator)),
    issuer,
    ticker: await findTicker(programId, mint),
    hold: await findHold(programId, mint, tokenAccount),
    rentPayer,
    ...(await eventAccounts(cluster)),
  };
  return [getLiftHoldInstruction(input, { programAddress: programId })];
}

/** Makes a frozen or hooked ticker an open one, as announced (`OpenMode`). By COMPLIANCE. */
export async function openTickerPlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  mint: Address,
  announcement: bigint,
): Promise<Instruction[]> {
  const input = {
    ...(await operatorAccounts(cluster, issuer, operator)),
    ...(await mintAccounts(cluster, issuer, mint)),
    announcement: await findAnnouncement(cluster.programId, issuer, announcement),
  };
  return [getOpenTickerInstruction(input, { programAddress: cluster.programId })];
}

/** Whether an open ticker too is minted to and redeemed by registered wallets only; to end it, as announced. */
export async function setPrimaryKycPlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  mint: Address,
  required: boolean,
  announcement?: bigint,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    ...(await operatorAccounts(cluster, issuer, operator)),
    issuer,
    ticker: await findTicker(programId, mint),
    ...(await announced(cluster, issuer, announcement)),
    ...(await eventAccounts(cluster)),
    required,
  };
  return [getSetPrimaryKycInstruction(input, { programAddress: programId })];
}
