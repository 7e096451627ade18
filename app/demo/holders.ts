/** People and vaults that may hold shares, or may not: how the provider and compliance register them. */
import { generateKeyPairSigner, type Address, type Instruction, type KeyPairSigner } from '@solana/kit';
import { renderTable, type Context } from '@scrip/migrations';
import { chainTime, programError, send, type Operator } from '@scrip/sdk';
import {
  canTransfer,
  countryNumber,
  fetchInvestorView,
  findInvestor,
  investorIdHash,
  linkWalletPlan,
  registerInvestorPlan,
  type InvestorView,
  type ProviderSigner,
} from '@scrip/sdk/gate';

import type { Output } from './output.ts';
import type { Investor, World } from './world.ts';

const DAY_SECS = 86_400n;

/** What the provider says of a person. */
export type Said = Readonly<{ country: string; tier?: number; validSecs?: bigint }>;

/** The configured provider, whose key a local chain has. */
export function providerOf({ issuer, providers }: Context): ProviderSigner {
  const authority = providers[0]?.signer;
  if (authority === undefined) throw new Error("the story needs the key of the issuer's provider.");
  return { issuer, number: 0, authority };
}

/** Acts for the issuer by its role; the admin pays. */
export function complianceOf({ compliance, admin }: Context): Operator {
  if (compliance === undefined) throw new Error('the story needs the key of compliance.');
  return { signer: compliance, granted: true, payer: admin };
}

/** A wallet without funds: others pay. */
export const newcomer = async (name: string): Promise<Investor> => ({ name, wallet: await generateKeyPairSigner() });

/** Registers a person with one wallet. On chain is a hash, a country, a tier and a date: nothing personal. */
export async function register(
  { context }: World,
  { name, wallet }: Investor,
  { country, tier = 1, validSecs = 365n * DAY_SECS }: Said,
): Promise<InvestorView> {
  const { cluster, admin, issuer } = context;
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const idHash = await investorIdHash(salt, name);
  const claim = { country: countryNumber(country), tier, expiresAt: (await chainTime(cluster)) + validSecs };
  const provider = providerOf(context);
  await send(cluster, admin, [
    ...(await registerInvestorPlan(cluster, admin, provider, idHash, claim)),
    ...(await linkWalletPlan(cluster, admin, provider, idHash, wallet)),
  ]);
  return fetchInvestorView(cluster, await findInvestor(cluster.programs.gate, issuer, idHash));
}

/** One line of the table: who did what in which mode, how it ended, and what the whole transaction cost. */
export type Row = Readonly<{
  mode: string;
  what: string;
  outcome: 'passes' | 'refused';
  reason: string;
  units: bigint;
}>;

/** What happened, told as it happens and kept for the table. */
export type Ledger = Readonly<{ rows: Row[]; output: Output }>;

/** Sends what must pass. */
export async function passes(
  { context }: World,
  { rows, output }: Ledger,
  mode: string,
  what: string,
  plan: readonly Instruction[],
  payer: KeyPairSigner = context.admin,
): Promise<void> {
  const { cluster } = context;
  const signature = await send(cluster, payer, plan);
  const landed = await cluster.rpc
    .getTransaction(signature, { commitment: 'confirmed', maxSupportedTransactionVersion: 0, encoding: 'base64' })
    .send();
  const units = landed?.meta?.computeUnitsConsumed;
  if (units === undefined) throw new Error(`the transaction ${signature} is not to be found.`);
  rows.push({ mode, what, outcome: 'passes', reason: '', units });
  output.event('mode_passed', { mode, what, units, signature });
}

/** Sends what must be refused, as a wallet does: simulated first. Throws unless this is the error. */
export async function refused(
  { context }: World,
  { rows, output }: Ledger,
  mode: string,
  what: string,
  plan: readonly Instruction[],
  expected: string,
  payer: KeyPairSigner = context.admin,
): Promise<void> {
  const error: unknown = await send(context.cluster, payer, plan).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (error === undefined) throw new Error(`"${what}" went through in ${mode} mode, and must be refused.`);
  const refusal = programError(error);
  if (refusal === undefined) throw error;
  if (refusal.name !== expected) throw new Error(`"${what}" was refused with ${refusal.name}, not with ${expected}.`);
  const units = (error as { context?: { unitsConsumed?: bigint } }).context?.unitsConsumed;
  if (units === undefined) throw new Error(`the simulation of "${what}" does not say what it cost.`);
  rows.push({ mode, what, outcome: 'refused', reason: refusal.message, units });
  output.event('mode_refused', { mode, what, error: refusal.name, message: refusal.message });
}

/** Asks first, as a wallet would: the answer must be exactly these reasons of the receiver. */
export async function expectReasons(
  { context }: World,
  mint: Address,
  from: KeyPairSigner,
  to: KeyPairSigner,
  expected: readonly string[],
): Promise<void> {
  const question = { mint, from: from.address, to: to.address, amount: 1n, caller: context.admin.address };
  const { passesByPlan, destination } = await canTransfer(context.cluster, question);
  const names = destination.map(({ name }) => name);
  const same = names.join() === expected.join();
  if (!same || passesByPlan) throw new Error(`canTransfer says ${names.join()}, and not ${expected.join()}.`);
}

export function renderRows(rows: readonly Row[]): string {
  const columns = ['mode', 'what', 'outcome', 'CU', 'reason'];
  return renderTable(
    columns.map((title) => ({ title, right: title === 'CU' })),
    rows.map(({ mode, what, outcome, reason, units }) => [mode, what, outcome, units.toString(), reason]),
  );
}
