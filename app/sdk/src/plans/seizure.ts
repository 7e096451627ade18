/** Seizures and recoveries: announced, contested, executed by the mint's permanent delegate. */
import type { Address, Instruction, ReadonlyUint8Array, TransactionSigner } from '@solana/kit';

import { fetchSeizure, type Seizure } from '../generated/issuer/accounts/index.ts';
import {
  getAnnounceSeizureInstruction,
  getCancelSeizureInstruction,
  getContestSeizureInstruction,
  getExecuteSeizureInstruction,
} from '../generated/issuer/instructions/index.ts';
import { SeizureKind } from '../generated/issuer/types/index.ts';
import { findWallet } from '../gate/pdas.ts';
import { fetchHookAccounts } from '../modes.ts';
import { findDelegate, findHold, findRoleGrant, findSeizure, findTicker, findTokenAccount } from '../pdas.ts';
import type { Case } from './compliance.ts';
import { mintAccounts, operatorAccounts, payerOf, type Operator } from './governance.ts';
import { createTokenAccountPlan } from './mint.ts';
import { eventAccounts, registrationAccounts, type Chain, type Program } from './shared.ts';

/** The whole balance, whatever it is by then. */
export const WHOLE_BALANCE = 2n ** 64n - 1n;

/** What a seizure will move, from which account and to whom, and why. */
export type SeizureNotice = Case &
  Readonly<{
    mint: Address;
    /** A token account. */
    from: Address;
    /** The wallet that gets the shares. */
    to: Address;
    /** Raw, at most; the whole balance, if none is given. A recovery is of all. */
    amount?: bigint;
    /** Back to an investor who has lost the wallet. */
    recovery?: boolean;
  }>;

/** Stops the account and says what will be moved to whom, after the timelock. By COMPLIANCE. */
export async function announceSeizurePlan(
  cluster: Program,
  issuer: Address,
  operator: Operator,
  { mint, from, to, amount = WHOLE_BALANCE, recovery = false, reason, caseHash }: SeizureNotice,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    payer: payerOf(operator),
    ...(await operatorAccounts(cluster, issuer, operator)),
    ...(await mintAccounts(cluster, issuer, mint)),
    tokenAccount: from,
    hold: await findHold(programId, mint, from),
    seizure: await findSeizure(programId, mint, caseHash),
    kind: recovery ? SeizureKind.Recovery : SeizureKind.Seizure,
    reason,
    caseHash,
    toOwner: to,
    amount,
  };
  return [getAnnounceSeizureInstruction(input, { programAddress: programId })];
}

/** A case of a mint, by sha256 of its documents. */
export type SeizureCase = Readonly<{ mint: Address; caseHash: ReadonlyUint8Array }>;

/** Reads a seizure. Throws if none was announced for the case. */
export async function fetchSeizureOf({ programId, rpc }: Chain, { mint, caseHash }: SeizureCase): Promise<Seizure> {
  return (await fetchSeizure(rpc, await findSeizure(programId, mint, caseHash))).data;
}

/** The owner objects, with sha256 of what there is to say: the seizure waits for another timelock. */
export async function contestSeizurePlan(
  cluster: Program,
  owner: TransactionSigner,
  { mint, caseHash }: SeizureCase,
  noteHash: ReadonlyUint8Array,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    fromOwner: owner,
    ticker: await findTicker(programId, mint),
    seizure: await findSeizure(programId, mint, caseHash),
    ...(await eventAccounts(cluster)),
    noteHash,
  };
  return [getContestSeizureInstruction(input, { programAddress: programId })];
}

/** Takes it back. By the admin or COMPLIANCE; by anybody once it has expired. */
export async function cancelSeizurePlan(
  cluster: Chain,
  issuer: Address,
  operator: Operator,
  which: SeizureCase,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const { from, rentPayer } = await fetchSeizureOf(cluster, which);
  const input = {
    ...(await operatorAccounts(cluster, issuer, operator)),
    issuer,
    ticker: await findTicker(programId, which.mint),
    seizure: await findSeizure(programId, which.mint, which.caseHash),
    hold: await findHold(programId, which.mint, from),
    rentPayer,
    ...(await eventAccounts(cluster)),
  };
  return [getCancelSeizureInstruction(input, { programAddress: programId })];
}

/**
 * Moves the shares, after the timelock: to the associated account of the announced wallet, which is made if
 * it is not there. By COMPLIANCE. `toCompliance`: that wallet is the issuer's own, by its role grant.
 */
export async function executeSeizurePlan(
  cluster: Chain,
  issuer: Address,
  operator: Operator,
  which: SeizureCase,
  { toCompliance = false }: Readonly<{ toCompliance?: boolean }> = {},
): Promise<Instruction[]> {
  const { programId, programs } = cluster;
  const { mint, caseHash } = which;
  const { from, fromOwner, toOwner, amount, kind } = await fetchSeizureOf(cluster, which);
  const isRecovery = kind === Number(SeizureKind.Recovery);
  const delegate = await findDelegate(programId, mint);
  const instruction: Instruction = getExecuteSeizureInstruction(
    {
      ...(await operatorAccounts(cluster, issuer, operator)),
      ...(await mintAccounts(cluster, issuer, mint)),
      seizure: await findSeizure(programId, mint, caseHash),
      hold: await findHold(programId, mint, from),
      from,
      destination: await findTokenAccount(mint, toOwner),
      delegate,
      ...(toCompliance
        ? { destinationGrant: await findRoleGrant(programId, issuer, toOwner) }
        : await registrationAccounts(cluster, issuer, mint, toOwner)),
      ...(isRecovery && { fromRecord: await findWallet(programs.gate, issuer, fromOwner) }),
    },
    { programAddress: programId },
  );
  // The gate's list goes by the owners of the two accounts, not by the amount.
  const hooked = await fetchHookAccounts(cluster, { mint, from: fromOwner, to: toOwner, authority: delegate, amount });
  return [
    ...(await createTokenAccountPlan(payerOf(operator), mint, toOwner)),
    { ...instruction, accounts: [...(instruction.accounts ?? []), ...hooked] },
  ];
}
