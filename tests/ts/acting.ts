/** An issuer whose tickers have corporate actions: an officer with the role, a quorum, a holder. */
import type { Address, KeyPairSigner } from '@solana/kit';
import type { Context } from '@scrip/migrations';
import {
  ActionKind,
  announceActionPlan,
  attestAnnouncement,
  attestCancellation,
  attestMint,
  attestMintPlan,
  attestSchedule,
  cancelActionPlan,
  chainTime,
  closeActionPlan,
  createTokenAccountPlan,
  parseAmount,
  ratioTerms,
  Role,
  scheduleActionPlan,
  send,
  travelTo,
  type ActionDecider,
  type ActionTerms,
} from '@scrip/sdk';

import { investor, listed, mintOrder, operatorWith, quorumOf } from './chain.ts';

const HOUR = 3_600n;
/** On either side of an action, unless a ticker says otherwise. */
export const WINDOW = 900n;
export const FACTS = { exDate: 1_795_132_800n, evidenceHash: new Uint8Array(32).fill(7) };
export const SPLIT = ratioTerms(ActionKind.Split, { numerator: 10n, denominator: 1n }, FACTS);
/** What is held after an action, unless a test says otherwise. */
export const AFTER = { settledSharesE8: parseAmount('100000'), receivableSharesE8: 0n };

export type Scene = Readonly<{ context: Context; officer: KeyPairSigner; alice: KeyPairSigner }>;

export async function actingScene(issuerId: number, symbols: readonly string[]): Promise<Scene> {
  const context = await listed(issuerId, symbols);
  const officer = await operatorWith(context, Role.CorporateAction);
  return { context, officer, alice: await investor(context.cluster) };
}

export const byRole = ({ officer }: Scene): ActionDecider => ({ signer: officer, granted: true });

export async function byQuorum({ context }: Scene, mint: Address, terms: ActionTerms): Promise<ActionDecider> {
  const { cluster, admin } = context;
  return { quorum: await attestAnnouncement(cluster, quorumOf(context), { mint, terms }), payer: admin };
}

/** By a quorum, unless another decides. */
export async function announce(scene: Scene, mint: Address, terms: ActionTerms, by?: ActionDecider): Promise<void> {
  const { cluster, issuer, admin } = scene.context;
  const decider = by ?? (await byQuorum(scene, mint, terms));
  await send(cluster, admin, await announceActionPlan(cluster, issuer, decider, mint, terms));
}

/** For a time from now on; when that is. */
export async function schedule({ context }: Scene, mint: Address, ahead = 2n * HOUR, after = AFTER): Promise<bigint> {
  const { cluster, issuer, admin } = context;
  const effectiveAt = (await chainTime(cluster)) + ahead;
  const attested = await attestSchedule(cluster, quorumOf(context), { mint, effectiveAt, after });
  await send(cluster, admin, await scheduleActionPlan(cluster, issuer, attested));
  return effectiveAt;
}

/** By a quorum. */
export async function cancel({ context }: Scene, mint: Address): Promise<void> {
  const { cluster, issuer, admin } = context;
  const quorum = await attestCancellation(cluster, quorumOf(context), { mint });
  await send(cluster, admin, await cancelActionPlan(cluster, issuer, { quorum, payer: admin }, mint));
}

/** Lets the window of an action that takes effect at `at` pass, and closes it. */
export async function close({ context }: Scene, mint: Address, at: bigint): Promise<void> {
  const { cluster, admin } = context;
  // What a test does meanwhile takes time, too.
  if ((await chainTime(cluster)) < at + WINDOW) await travelTo(cluster, at + WINDOW);
  await send(cluster, admin, await closeActionPlan(cluster, mint));
}

/** Mints to Alice, against so many shares held. */
export async function mintToAlice({ context, alice }: Scene, mint: Address, amount: bigint, held: bigint) {
  const { cluster, issuer } = context;
  const reserves = { settledSharesE8: held, receivableSharesE8: 0n };
  const order = mintOrder(mint, alice.address, { amount, reserves });
  const { body, signed } = await attestMint(cluster, quorumOf(context), order);
  return [
    ...(await createTokenAccountPlan(alice, mint, alice.address)),
    ...(await attestMintPlan(cluster, issuer, body, signed)),
  ];
}
