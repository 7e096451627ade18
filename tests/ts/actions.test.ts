/** Corporate actions on the real chain: every kind, from announcement to closing or cancelled, by role and by quorum. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, Instruction } from '@solana/kit';
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
  dividendTerms,
  fetchActionView,
  fetchMultiplierHistory,
  fetchSharesAt,
  fetchTickerView,
  fetchUiAmount,
  mergerTerms,
  parseAmount,
  passTime,
  ratioTerms,
  resign,
  scheduleActionPlan,
  send,
  sharesAt,
  sharesFromRawFloor,
  symbolChangeTerms,
  timesRatio,
  travelTo,
  type ActionDecider,
  type ActionTerms,
} from '@scrip/sdk';

import {
  actingScene,
  AFTER,
  announce,
  byQuorum,
  byRole,
  cancel,
  FACTS,
  schedule,
  SPLIT,
  WINDOW,
  type Scene,
} from './acting.ts';
import { assertRefused, mintOf, mintOrder, quorumOf } from './chain.ts';

/** A unit, a share, an odd lot, and many. */
const RAWS = [1n, parseAmount('1'), 123_456_789n, parseAmount('28147.49767106')];

/** Ahead of the window: enough for what is looked at before that begins. */
const SOON = WINDOW + 120n;

let scene: Scene;
before(async () => {
  scene = await actingScene(168, ['AAPLx', 'MSFTx', 'NFLXx', 'NVDAx', 'GOOGLx']);
});

const refused = (plan: readonly Instruction[], expected: string) =>
  assertRefused(scene.context.cluster, scene.context.admin, plan, expected);

/** What Token-2022 shows, what a double makes of it, and exact shares: one unit apart at most, where doubles round. */
async function assertShown(mint: Address, value: number, at: bigint): Promise<void> {
  const { cluster } = scene.context;
  const history = await fetchMultiplierHistory(cluster, mint);
  const [last] = history.filter(({ effectiveAt }) => effectiveAt <= at).slice(-1);
  assert.equal(last?.value, value);
  for (const raw of RAWS) {
    const shown = parseAmount(await fetchUiAmount(cluster, scene.alice.address, mint, raw));
    assert.equal(shown, BigInt(Math.trunc(Number(raw) * value)), `Token-2022 shows ${raw} x ${value}`);
    const shares = sharesAt(history, raw, at);
    assert.equal(shares, sharesFromRawFloor(raw, last.multiplier));
    assert.ok(shown - shares <= 1n && shares - shown <= 1n, `${shown} shown, ${shares} shares`);
    const answer = await fetchSharesAt(cluster, scene.alice.address, mint, raw, at);
    assert.deepEqual([answer.sharesE8, answer.effectiveAt], [shares, last.effectiveAt]);
  }
}

/** From announcement to closing: multiplier, words and phases at every step. */
async function complete(mint: Address, terms: ActionTerms, decider: ActionDecider): Promise<void> {
  const { cluster, issuer, admin } = scene.context;
  const old = (await fetchMultiplierHistory(cluster, mint)).at(-1)!;
  await announce(scene, mint, terms, decider);
  if ('signer' in decider) {
    assert.equal((await fetchActionView(cluster, mint))?.phase, 'waiting');
    const early = { mint, effectiveAt: (await chainTime(cluster)) + SOON, after: AFTER };
    const attested = await attestSchedule(cluster, quorumOf(scene.context), early);
    await refused(await scheduleActionPlan(cluster, issuer, attested), 'TimelockNotPassed');
    await passTime(cluster, BigInt(scene.context.config.issuer.timelockSecs));
  }
  const announced = await fetchActionView(cluster, mint);
  assert.equal(announced?.phase, 'ready');
  assert.deepEqual(announced.terms, terms);
  const at = await schedule(scene, mint, SOON);
  const expected = timesRatio(old.multiplier, terms);
  const view = await fetchActionView(cluster, mint);
  assert.equal(view?.phase, 'scheduled');
  assert.deepEqual(view.times, { closesAt: at - WINDOW, effectiveAt: at, opensAt: at + WINDOW });

  await travelTo(cluster, at - 60n);
  assert.equal((await fetchActionView(cluster, mint))?.phase, 'closing');
  await assertShown(mint, old.value, await chainTime(cluster));
  await travelTo(cluster, at);
  assert.equal((await fetchActionView(cluster, mint))?.phase, 'effective');
  const { multiplier } = await fetchTickerView(cluster, mint);
  assert.deepEqual(multiplier, expected);
  const { value } = (await fetchMultiplierHistory(cluster, mint)).at(-1)!;
  await assertShown(mint, value, at);
  await refused(await closeActionPlan(cluster, mint), 'ActionNotOver');
  await travelTo(cluster, at + WINDOW);
  assert.equal((await fetchActionView(cluster, mint))?.phase, 'over');
  await send(cluster, admin, await closeActionPlan(cluster, mint));
  assert.equal(await fetchActionView(cluster, mint), undefined);
}

const DIVIDEND = dividendTerms(
  { grossE8: 26_000_000n, withholdingE8: 7_800_000n, reinvestmentPriceE8: 23_277_970_113n },
  FACTS,
);
/** Each kind once; a correction downwards. */
const KINDS: readonly ActionTerms[] = [
  SPLIT,
  ratioTerms(ActionKind.ReverseSplit, { numerator: 1n, denominator: 3n }, FACTS),
  ratioTerms(ActionKind.StockDividend, { numerator: 21n, denominator: 20n }, FACTS),
  DIVIDEND,
  ratioTerms(ActionKind.SpinOff, { numerator: 1_012_691n, denominator: 1_001_655n }, FACTS),
  ratioTerms(ActionKind.Correction, { numerator: 1_000n, denominator: 1_001n }, FACTS),
  symbolChangeTerms('NEXT', FACTS),
  mergerTerms(new Uint8Array(32).fill(9), FACTS, 1_800_000_000n),
];

/** Four on each of two tickers: more are not scheduled in a day. */
async function completeAll(
  symbols: readonly string[],
  decider: (mint: Address, terms: ActionTerms) => Promise<ActionDecider>,
) {
  for (const [i, terms] of KINDS.entries()) {
    const mint = await mintOf(scene.context, symbols[Math.floor(i / 4)]!);
    await complete(mint, terms, await decider(mint, terms));
  }
}

test('each kind goes from announcement to closing, by a quorum', async () => {
  await completeAll(['AAPLx', 'MSFTx'], (mint, terms) => byQuorum(scene, mint, terms));
});

test('each kind goes from announcement to closing, by the role after its timelock', async () => {
  await completeAll(['NVDAx', 'GOOGLx'], async () => byRole(scene));
});

test('an action says in words what it is and when it counts', async () => {
  const { cluster, issuer } = scene.context;
  const mint = await mintOf(scene.context, 'NFLXx');
  await announce(scene, mint, SPLIT, byRole(scene));
  const waiting = await fetchActionView(cluster, mint);
  assert.match(
    waiting!.text,
    new RegExp(`^split, 10 for 1; announced by ${scene.officer.address}, it may be scheduled from `),
  );
  await send(cluster, scene.officer, await cancelActionPlan(cluster, issuer, byRole(scene), mint));
  await announce(scene, mint, SPLIT);
  await schedule(scene, mint);
  const { text } = (await fetchActionView(cluster, mint))!;
  assert.match(text, /^split, 10 for 1; announced by the custodian's quorum. At .*Z a multiplier of 1 becomes 10; /);
  assert.match(text, /minting and trades for cash are closed from .*Z until .*Z\.$/);
  await cancel(scene, mint);
});

test('it is for the role or a quorum, in terms that agree, and one at a time', async () => {
  const { cluster, issuer, admin } = scene.context;
  const mint = await mintOf(scene.context, 'NFLXx');
  const plan = (decider: ActionDecider, terms = SPLIT) => announceActionPlan(cluster, issuer, decider, mint, terms);
  await assertRefused(cluster, admin, await plan({ signer: admin }), 'PowerMissing');
  await assertRefused(cluster, scene.alice, await plan({ signer: scene.alice }), 'PowerMissing');
  const full = await attestAnnouncement(cluster, quorumOf(scene.context), { mint, terms: SPLIT });
  const few = await resign(full, scene.context.attestorSigners.slice(0, 2));
  await refused(await plan({ quorum: few, payer: admin }), 'ThresholdNotReached');
  const wide = ratioTerms(ActionKind.Split, { numerator: 11n, denominator: 1n }, FACTS);
  await refused(await plan({ quorum: full, payer: admin }, wide), 'AttestationMismatch');
  await refused(await plan(byRole(scene), { ...SPLIT, kind: ActionKind.ReverseSplit }), 'ActionTermsInvalid');
  const half = ratioTerms(ActionKind.SpinOff, { numerator: 3n, denominator: 2n }, FACTS);
  await refused(await plan(byRole(scene), half), 'ActionTooLarge');
  await refused(
    await plan(byRole(scene), { ...DIVIDEND, numerator: DIVIDEND.numerator + 1_000n }),
    'ActionTermsInvalid',
  );

  await announce(scene, mint, SPLIT, byRole(scene));
  const again = await plan(await byQuorum(scene, mint, SPLIT));
  // Its address is taken: the system program's own error.
  await assert.rejects(send(cluster, admin, again));
  await send(cluster, scene.officer, await cancelActionPlan(cluster, issuer, byRole(scene), mint));
  await assert.rejects(cancelActionPlan(cluster, issuer, byRole(scene), mint), /no open corporate action/);
});

test('it is cancelled at every stage before its second, and the multiplier stays what it was', async () => {
  const { cluster, issuer, admin } = scene.context;
  const mint = await mintOf(scene.context, 'NFLXx');
  // Announced by the role, taken back by the quorum; and the other way round.
  await announce(scene, mint, SPLIT, byRole(scene));
  await cancel(scene, mint);
  await announce(scene, mint, SPLIT);
  await send(cluster, scene.officer, await cancelActionPlan(cluster, issuer, byRole(scene), mint));

  // Scheduled, and taken back a minute before.
  await announce(scene, mint, SPLIT);
  const at = await schedule(scene, mint, WINDOW + 120n);
  await travelTo(cluster, at - 60n);
  await send(cluster, scene.alice, await createTokenAccountPlan(scene.alice, mint, scene.alice.address));
  const meanwhile = await attestMint(cluster, quorumOf(scene.context), mintOrder(mint, scene.alice.address));
  assert.equal((await fetchMultiplierHistory(cluster, mint)).at(-1)!.value, 10);
  await cancel(scene, mint);
  assert.equal((await fetchMultiplierHistory(cluster, mint)).at(-1)!.value, 1);
  await travelTo(cluster, at);
  await assertShown(mint, 1, at);
  const plan = await attestMintPlan(cluster, issuer, meanwhile.body, meanwhile.signed);
  await refused(plan, 'AttestationMismatch');

  // In effect, it stays.
  await announce(scene, mint, SPLIT);
  const second = await schedule(scene, mint, WINDOW);
  await travelTo(cluster, second);
  const late = await attestCancellation(cluster, quorumOf(scene.context), { mint });
  await refused(await cancelActionPlan(cluster, issuer, byRole(scene), mint), 'ActionEffective');
  await refused(await cancelActionPlan(cluster, issuer, { quorum: late, payer: admin }, mint), 'ActionEffective');
  await travelTo(cluster, second + WINDOW);
  await send(cluster, admin, await closeActionPlan(cluster, mint));
});
