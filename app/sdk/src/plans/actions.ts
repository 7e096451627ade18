/** Corporate actions: announced, scheduled, cancelled, closed; and the window around them. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';

import type { Attested } from '../attestation.ts';
import type { ActionTerms } from '../actions.ts';
import { fetchCorporateAction, fetchTicker } from '../generated/issuer/accounts/index.ts';
import {
  getAnnounceActionInstruction,
  getCancelActionInstruction,
  getCloseActionInstruction,
  getScheduleActionInstruction,
  getSetActionWindowInstruction,
} from '../generated/issuer/instructions/index.ts';
import type { ActionWindowArgs } from '../generated/issuer/types/index.ts';
import { findAuthority, findCorporateAction, findHistory, findNonceWindow, findTicker } from '../pdas.ts';
import { mintAccounts, operatorAccounts, payerOf, type Operator } from './governance.ts';
import {
  announced,
  attestationArgs,
  consuming,
  eventAccounts,
  type Chain,
  type Evidence,
  type Program,
} from './shared.ts';

/**
 * Who decides: a quorum of the custodian, at once, for which `payer` pays; or an operator with the CORPORATE_ACTION
 * role, whose announcement waits for the timelock.
 */
export type ActionDecider =
  Readonly<{ quorum: Attested<'Action'>; evidence?: Evidence; payer: TransactionSigner }> | Operator;

/** Says what will happen to the underlying. One action of a ticker is open at a time. */
export async function announceActionPlan(
  cluster: Chain,
  issuer: Address,
  decider: ActionDecider,
  mint: Address,
  terms: ActionTerms,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const ticker = await findTicker(programId, mint);
  const { data } = await fetchTicker(cluster.rpc, ticker);
  const accounts = {
    payer: 'signer' in decider ? payerOf(decider) : decider.payer,
    issuer,
    ticker,
    mint,
    action: await findCorporateAction(programId, mint, data.actionSequence + 1),
    history: await findHistory(programId, mint),
    ...(await eventAccounts(cluster)),
    terms,
  };
  return decided(cluster, issuer, mint, decider, (decision) =>
    getAnnounceActionInstruction({ ...accounts, ...decision }, { programAddress: programId }),
  );
}

/**
 * Sets the second in which the announced action takes effect, and the shares held from then on, as the quorum signed
 * them. Anyone may land it; from here on nothing counts that was signed before.
 */
export async function scheduleActionPlan(
  cluster: Chain,
  issuer: Address,
  { body, signed }: Attested<'Action'>,
  evidence: Evidence = signed,
): Promise<Instruction[]> {
  const { header, effectiveAt, settledAfterE8, receivableAfterE8 } = body;
  const mint = header.subject;
  const { programId } = cluster;
  const accounts = {
    ...(await mintAccounts(cluster, issuer, mint)),
    ...(await openAction(cluster, mint)),
    attestorSet: header.attestorSet,
    nonces: await findNonceWindow(programId, mint),
    attestation: attestationArgs(header),
    effectiveAt,
    settledAfterE8,
    receivableAfterE8,
  };
  return consuming(evidence, (signatures) =>
    getScheduleActionInstruction({ ...accounts, signatures }, { programAddress: programId }),
  );
}

/** Takes the open action back, before its second. */
export async function cancelActionPlan(
  cluster: Chain,
  issuer: Address,
  decider: ActionDecider,
  mint: Address,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const { action, history } = await openAction(cluster, mint);
  const accounts = {
    ...(await mintAccounts(cluster, issuer, mint)),
    action,
    history,
    rentPayer: (await fetchCorporateAction(cluster.rpc, action)).data.rentPayer,
  };
  return decided(cluster, issuer, mint, decider, (decision) =>
    getCancelActionInstruction({ ...accounts, ...decision }, { programAddress: programId }),
  );
}

/** Clears the open action away once its window has passed: it took effect by itself. Anyone may; the rent goes back. */
export async function closeActionPlan(cluster: Chain, mint: Address): Promise<Instruction[]> {
  const { programId } = cluster;
  const { action } = await openAction(cluster, mint);
  const input = {
    ticker: await findTicker(programId, mint),
    action,
    rentPayer: (await fetchCorporateAction(cluster.rpc, action)).data.rentPayer,
    ...(await eventAccounts(cluster)),
  };
  return [getCloseActionInstruction(input, { programAddress: programId })];
}

/** How long a ticker is closed before and after an action's second, in seconds. Shorter sides must have been announced. */
export async function setActionWindowPlan(
  cluster: Program,
  issuer: Address,
  admin: TransactionSigner,
  mint: Address,
  window: ActionWindowArgs,
  announcement?: bigint,
): Promise<Instruction[]> {
  const { programId } = cluster;
  const input = {
    admin,
    issuer,
    ticker: await findTicker(programId, mint),
    ...(await announced(cluster, issuer, announcement)),
    ...(await eventAccounts(cluster)),
    window,
  };
  return [getSetActionWindowInstruction(input, { programAddress: programId })];
}

/** A ticker's open action, its history, and who changes the mint. Throws if no action is open. */
async function openAction({ programId, rpc }: Chain, mint: Address) {
  const { data } = await fetchTicker(rpc, await findTicker(programId, mint));
  if (data.openAction === 0) throw new Error(`the ticker of ${mint} has no open corporate action.`);
  return {
    action: await findCorporateAction(programId, mint, data.openAction),
    history: await findHistory(programId, mint),
    authority: await findAuthority(programId, mint),
  };
}

type Decision = Readonly<{
  operator?: TransactionSigner;
  roleGrant?: Address;
  attestorSet?: Address;
  nonces?: Address;
  signatures?: Address;
  attestation: ReturnType<typeof attestationArgs> | null;
}>;

/** The instruction by the operator's role; or after the verification of the quorum's signatures. */
async function decided(
  cluster: Chain,
  issuer: Address,
  mint: Address,
  decider: ActionDecider,
  instruction: (decision: Decision) => Instruction,
): Promise<Instruction[]> {
  if ('signer' in decider) {
    return [instruction({ ...(await operatorAccounts(cluster, issuer, decider)), attestation: null })];
  }
  const { quorum, evidence = quorum.signed } = decider;
  const { header } = quorum.body;
  const nonces = await findNonceWindow(cluster.programId, mint);
  const decision = { attestorSet: header.attestorSet, nonces, attestation: attestationArgs(header) };
  return consuming(evidence, (signatures) => instruction({ ...decision, signatures }));
}
