/** What the collateral program answers, as a client reads it: sessions, prices, halts, rules. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner } from '@solana/kit';
import { localTime, nextWeekend, type Weekend } from '@scrip/data';
import type { Context } from '@scrip/migrations';
import { auditStream, chainTime, createTestShare, parseAmount, programError, send, sha256, travelTo } from '@scrip/sdk';
import {
  allowed,
  ALL_FLAGS,
  COLLATERAL_ADVICE,
  collateralValueE8,
  configHash,
  createFeedPlan,
  defaultRules,
  fetchFeed,
  fetchStatus,
  fetchValues,
  findFeed,
  findPushPrice,
  findValueAccounts,
  Flag,
  haltTickerPlan,
  observePlan,
  placePrice,
  pythSource,
  reasonsFor,
  sameHash,
  sessionName,
  setFeedPlan,
  Unit,
  withTokenSource,
  type FeedConfigArgs,
  type Valuation,
  type ValueAccounts,
} from '@scrip/sdk/collateral';

import { assertRefused, investor, listed } from './chain.ts';

const PRICE = { priceE8: parseAmount('100'), confidenceE8: parseAmount('0.05') };
const RAW = parseAmount('1.5');

let context: Context;
let caller: KeyPairSigner;
let days: Weekend;

/** A share with a feed of its own; `change` what differs from the default rules. */
async function feedOf(name: string, change: (rules: FeedConfigArgs) => FeedConfigArgs = (rules) => rules) {
  const { cluster, admin, curator, calendar } = context;
  const feedId = await sha256(new TextEncoder().encode(name));
  const { mint } = await createTestShare(cluster, admin);
  const rules = change(defaultRules(calendar, pythSource(feedId, Unit.PerShare)));
  await send(cluster, admin, await createFeedPlan(cluster, admin, curator, mint, rules));
  const feed = await findFeed(cluster.programs.collateral, curator, mint);
  return { mint, feed, feedId, rules, accounts: await findValueAccounts(cluster, feed) };
}

async function valueOf(accounts: ValueAccounts, raw = RAW): Promise<Valuation> {
  return (await fetchValues(context.cluster, caller.address, [{ accounts, raw }]))[0]!;
}

const names = (answer: Valuation) => reasonsFor(answer).map(({ name }) => name);
const at = (date: string, time: string) => travelTo(context.cluster, localTime(context.marketDays, date, time));

before(async () => {
  context = await listed(130, ['SPYx']);
  caller = await investor(context.cluster);
  days = nextWeekend(context.marketDays, await chainTime(context.cluster));
  await at(days.friday, '11:00');
});

test('a value is what the rules make of a price, and everything is allowed in a regular session', async () => {
  const { mint, feedId, rules, accounts } = await feedOf('plain');
  const { cluster, curator } = context;
  await placePrice(cluster, { feedId, ...PRICE });
  const answer = await valueOf(accounts);
  assert.equal(answer.raw, RAW);
  assert.deepEqual([answer.floorPriceE8, answer.midPriceE8, answer.ceilingPriceE8].map(String), [
    '9995000000',
    '10000000000',
    '10005000000',
  ]);
  assert.equal(answer.floorValueE8, parseAmount('149.925'));
  // 5% off for new debt.
  assert.equal(collateralValueE8(answer), parseAmount('142.42875'));
  assert.equal(sessionName(answer), 'regular');
  assert.deepEqual([allowed(answer), names(answer)], [ALL_FLAGS, []]);
  assert.ok(sameHash(answer.configHash, await configHash(curator, mint, rules)));
});

test('several amounts are answered in one call, in their order', async () => {
  const [one, two] = [await feedOf('one'), await feedOf('two')];
  const { cluster } = context;
  await placePrice(cluster, { feedId: one.feedId, ...PRICE });
  await placePrice(cluster, { feedId: two.feedId, priceE8: parseAmount('7'), confidenceE8: 1n });
  const answers = await fetchValues(cluster, caller.address, [
    { accounts: two.accounts, raw: parseAmount('2') },
    { accounts: one.accounts, raw: parseAmount('3') },
  ]);
  assert.deepEqual(
    answers.map(({ mint, midValueE8 }) => [mint, midValueE8]),
    [
      [two.mint, parseAmount('14')],
      [one.mint, parseAmount('300')],
    ],
  );
});

test('a status needs no price, and says so', async () => {
  const { accounts } = await feedOf('status');
  const answer = await fetchStatus(context.cluster, caller.address, accounts);
  assert.deepEqual(names(answer), ['NO_PRICE']);
  assert.deepEqual([allowed(answer), sessionName(answer), answer.raw], [ALL_FLAGS, 'regular', 0n]);
});

test('an old price and one from the future leave nothing, with their reasons', async () => {
  const { feedId, accounts } = await feedOf('times');
  const { cluster } = context;
  for (const [away, reason] of [
    [-70n, 'PRICE_STALE'],
    [120n, 'PRICE_IN_FUTURE'],
  ] as const) {
    const publishTime = (await chainTime(cluster)) + away;
    await placePrice(cluster, { feedId, ...PRICE, publishTime });
    const answer = await valueOf(accounts);
    assert.deepEqual([names(answer), allowed(answer)], [[reason], 0]);
  }
});

test('a halted share takes no new debt, and tightened rules keep their hash', async () => {
  const { mint, feed, feedId, rules, accounts } = await feedOf('halted');
  const { cluster, admin, curator } = context;
  const until = (await chainTime(cluster)) + 3_600n;
  await send(cluster, admin, await haltTickerPlan(cluster, admin, curator, feed, until));
  const tighter = { ...rules, debtDisabled: 1 };
  await send(cluster, admin, await setFeedPlan(cluster, admin, curator, feed, tighter));
  await placePrice(cluster, { feedId, ...PRICE });
  const answer = await valueOf(accounts);
  assert.deepEqual(names(answer), ['TICKER_HALTED', 'DEBT_DISABLED']);
  assert.equal(allowed(answer), Flag.CanLiquidate);
  assert.equal(answer.configVersion, 2);
  assert.ok(sameHash(answer.configHash, await configHash(curator, mint, rules)));
});

test('looser rules count by themselves once their time has come, whatever the account still says', async () => {
  const { mint, feed, feedId, rules } = await feedOf('loosened');
  const { cluster, admin, curator } = context;
  const other = await sha256(new TextEncoder().encode('another source'));
  const looser = { ...rules, sources: [pythSource(other, Unit.PerShare), ...rules.sources.slice(1)] };
  const before = await findValueAccounts(cluster, feed);
  await send(cluster, admin, await setFeedPlan(cluster, admin, curator, feed, looser));
  assert.deepEqual(await findValueAccounts(cluster, feed), before);
  const { pendingAt } = (await fetchFeed(cluster.rpc, feed)).data;
  await travelTo(cluster, pendingAt);
  const after = await findValueAccounts(cluster, feed);
  assert.equal(after.price, await findPushPrice(other));
  assert.notEqual(after.price, await findPushPrice(feedId));
  const answer = await fetchStatus(cluster, caller.address, after);
  assert.ok(sameHash(answer.configHash, await configHash(curator, mint, looser)));
  days = nextWeekend(context.marketDays, await chainTime(cluster));
  await at(days.friday, '11:00');
});

test("the token's own market: apart from the share, or unknown, there is no new debt", async () => {
  const token = await sha256(new TextEncoder().encode('token'));
  const { feedId, accounts } = await feedOf('depeg', (rules) =>
    withTokenSource(rules, pythSource(token, Unit.PerToken)),
  );
  const { cluster } = context;
  assert.equal(accounts.tokenPrice, await findPushPrice(token));
  for (const [dollars, reasons] of [
    ['99', []],
    ['96', ['DEPEG']],
  ] as const) {
    await placePrice(cluster, { feedId, ...PRICE });
    await placePrice(cluster, { feedId: token, priceE8: parseAmount(dollars), confidenceE8: 1n });
    assert.deepEqual(names(await valueOf(accounts)), reasons);
  }
});

test('anyone may observe, and an older price than that does not count', async () => {
  const { feedId, feed, accounts } = await feedOf('observed');
  const { cluster } = context;
  const publishTime = await chainTime(cluster);
  await placePrice(cluster, { feedId, ...PRICE, publishTime });
  await send(cluster, caller, await observePlan(cluster, accounts));
  const { observed } = (await fetchFeed(cluster.rpc, feed)).data;
  assert.deepEqual([observed.midPriceE8, observed.publishTime], [PRICE.priceE8, publishTime]);
  // A feed's stream has its observations alone; its rules are in the curator's.
  const { kind, problems, events } = await auditStream(cluster, feed);
  assert.deepEqual([kind, problems, events.map(({ event }) => event.name)], ['Feed', [], ['PriceObserved']]);
  await placePrice(cluster, { feedId, ...PRICE, publishTime: publishTime - 1n });
  assert.deepEqual(names(await valueOf(accounts)), ['PRICE_SUPERSEDED']);
  await assertRefused(cluster, caller, await observePlan(cluster, accounts), 'ObservationUnusable');
});

test('a wrong account is an error, not an answer', async () => {
  const [one, two] = [await feedOf('right'), await feedOf('wrong')];
  const { cluster } = context;
  await placePrice(cluster, { feedId: one.feedId, ...PRICE });
  await placePrice(cluster, { feedId: two.feedId, ...PRICE });
  const mixed = { ...one.accounts, price: two.accounts.price };
  await assert.rejects(valueOf(mixed), /the program gave no answer/);
  await assertRefused(cluster, caller, await observePlan(cluster, mixed), 'WrongFeedId');
  const foreign: Address = (await feedOf('foreign')).mint;
  await assertRefused(cluster, caller, await observePlan(cluster, { ...one.accounts, mint: foreign }), 'WrongMint');
});

test('a stranger curates nothing', async () => {
  const { mint, rules } = await feedOf('curated');
  const { cluster, curator } = context;
  const feed = await findFeed(cluster.programs.collateral, curator, mint);
  await assertRefused(cluster, caller, await setFeedPlan(cluster, caller, curator, feed, rules), 'RoleMissing');
  const error: unknown = await send(cluster, caller, await haltTickerPlan(cluster, caller, curator, feed, 1n)).catch(
    (failure: unknown) => failure,
  );
  const { program, name, advice } = programError(error)!;
  assert.deepEqual([program, name, advice], ['collateral', 'RoleMissing', COLLATERAL_ADVICE.RoleMissing]);
});

test('sessions follow New York, and a closed market gives nothing', async () => {
  const { feedId, accounts } = await feedOf('sessions');
  const { cluster } = context;
  for (const [date, time, session, flags, reasons] of [
    [days.friday, '16:01', 'post', ALL_FLAGS, []],
    [days.friday, '20:01', 'closed', 0, ['SESSION_CLOSED', 'SESSION_RULE']],
    [days.monday, '03:00', 'overnight', Flag.CanLiquidate, ['SESSION_RULE']],
    [days.monday, '04:01', 'pre', ALL_FLAGS, []],
  ] as const) {
    await at(date, time);
    await placePrice(cluster, { feedId, ...PRICE });
    const answer = await valueOf(accounts);
    assert.deepEqual([sessionName(answer), allowed(answer), names(answer)], [session, flags, reasons]);
  }
});
