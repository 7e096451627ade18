/** The example lender through its client: every plan sent, refusals with their reasons, numbers as the program counts. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Instruction, KeyPairSigner } from '@solana/kit';
import { fetchToken } from '@solana-program/token-2022';
import { localTime, nextWeekend, type Weekend } from '@scrip/data';
import type { Context } from '@scrip/migrations';
import {
  chainTime,
  createTestCash,
  createTestShare,
  describeError,
  findTokenAccount,
  giveTestTokens,
  parseAmount,
  programError,
  send,
  sha256,
  travelTo,
  type TestToken,
} from '@scrip/sdk';
import {
  configHash,
  createFeedPlan,
  defaultRules,
  findFeed,
  placePrice,
  pythSource,
  setFeedPlan,
  Unit,
} from '@scrip/sdk/collateral';
import {
  addCollateralPlan,
  borrowPlan,
  createMarketPlan,
  depositPlan,
  fetchCollateral,
  fetchHoldings,
  fetchMarket,
  fetchPositionView,
  fetchSupplier,
  findCollateral,
  findSupplier,
  liquidatePlan,
  notAllowed,
  redeemPlan,
  repayPlan,
  setCollateralPlan,
  supplyPlan,
  withdrawPlan,
  type LentMarket,
} from '@scrip/sdk/lender';

import { assertRefused, investor, listed } from './chain.ts';

const USD = 1_000_000n;
const TERMS = { ltvBps: 7_300, liquidationBps: 7_500, bonusBps: 500, maxRaw: parseAmount('1000') };
const LIMITS = { maxRepaid: 2n ** 64n - 1n, minSeized: 1n };

type Stock = TestToken & Readonly<{ feedId: Uint8Array; hash: Uint8Array }>;

let context: Context;
let owner: KeyPairSigner, bob: KeyPairSigner, dave: KeyPairSigner;
let cash: TestToken;
let market: LentMarket;
let stocks: readonly [Stock, Stock];
let days: Weekend;

/** A share at 100 dollars that the market takes. */
async function addStock(name: string): Promise<Stock> {
  const { cluster, admin, curator, calendar } = context;
  const share = await createTestShare(cluster, admin);
  const feedId = await sha256(new TextEncoder().encode(name));
  const rules = defaultRules(calendar, pythSource(feedId, Unit.PerShare));
  await send(cluster, admin, await createFeedPlan(cluster, admin, curator, share.mint, rules));
  const feed = await findFeed(cluster.programs.collateral, curator, share.mint);
  const hash = await configHash(curator, share.mint, rules);
  const terms = { ...TERMS, configHash: hash };
  const collateral = { mint: share.mint, feed, calendar, terms };
  await send(cluster, owner, await addCollateralPlan(cluster, owner, market, collateral));
  await giveTestTokens(cluster, share, bob.address, parseAmount('100'));
  return { ...share, feedId, hash };
}

async function price(stock: Stock, dollars: string): Promise<void> {
  await placePrice(context.cluster, { feedId: stock.feedId, priceE8: parseAmount(dollars), confidenceE8: 1n });
}

async function priceAll(dollars: string): Promise<void> {
  for (const stock of stocks) await price(stock, dollars);
}

const holdings = async () => (await fetchHoldings(context.cluster, market.address, bob.address)).holdings;
const view = () => fetchPositionView(context.cluster, bob.address, market.address, bob.address);
const borrow = async (amount: bigint) => borrowPlan(context.cluster, bob, market, amount, await holdings());
const balance = async ({ mint, tokenProgram }: TestToken, { address }: KeyPairSigner) =>
  (await fetchToken(context.cluster.rpc, await findTokenAccount(mint, address, tokenProgram))).data.amount;
const at = (date: string, time: string) => travelTo(context.cluster, localTime(context.marketDays, date, time));

async function assertNotAllowed(signer: KeyPairSigner, plan: readonly Instruction[], mint: string, reasons: string[]) {
  const error: unknown = await send(context.cluster, signer, plan).then(
    () => 'accepted',
    (failure: unknown) => failure,
  );
  assert.equal(programError(error)?.name, 'NotAllowed');
  const refusal = notAllowed(error);
  assert.deepEqual([refusal?.mint, refusal?.reasons.map(({ name }) => name)], [mint, reasons]);
  for (const { text } of refusal!.reasons) assert.ok(describeError(error).includes(text));
}

before(async () => {
  context = await listed(145, ['SPYx']);
  const { cluster, admin } = context;
  [owner, bob, dave] = [await investor(cluster), await investor(cluster), await investor(cluster)];
  cash = await createTestCash(cluster, admin);
  for (const person of [owner, bob, dave]) await giveTestTokens(cluster, cash, person.address, 10_000n * USD);
  const terms = { baseRateBps: 200, slopeBps: 1_000, closeFactorBps: 5_000, minDebt: 100n * USD };
  const created = await createMarketPlan(cluster, owner, cash, 0n, terms);
  market = created.market;
  await send(cluster, owner, created.plan);
  stocks = [await addStock('one'), await addStock('two')];
  days = nextWeekend(context.marketDays, await chainTime(cluster));
  await at(days.friday, '11:00');
});

test('supply and redeem: shares of the pool for cash, and back', async () => {
  const { cluster } = context;
  await send(cluster, owner, await supplyPlan(cluster, owner, market, 5_000n * USD));
  const supplier = await findSupplier(cluster.programs.lender, market.address, owner.address);
  const { shares } = (await fetchSupplier(cluster.rpc, supplier)).data;
  assert.equal(shares, 5_000n * USD);
  await send(cluster, owner, await redeemPlan(cluster, owner, market, 1_000n * USD));
  assert.equal(await balance(cash, owner), 6_000n * USD);
  await assertRefused(cluster, owner, await redeemPlan(cluster, owner, market, shares), 'SharesInsufficient');
});

test('a position in numbers is what the program decides by: one dollar more is refused', async () => {
  const { cluster } = context;
  await priceAll('100');
  for (const { mint } of stocks) {
    await send(cluster, bob, await depositPlan(cluster, bob, market, mint, parseAmount('10')));
  }
  const { debtLimitE8, debt, healthBps } = await view();
  assert.deepEqual([debt, healthBps], [0n, undefined]);
  // Down to the unit of 10^-6 dollars.
  const most = debtLimitE8 / 100n;
  assert.ok(most > 1_380n * USD && most < 1_390n * USD);
  await assertRefused(cluster, bob, await borrow(most + 1n), 'DebtTooHigh');
  await send(cluster, bob, await borrow(most - 10n));
  const after = await view();
  assert.ok(after.debt >= most - 10n && after.debt <= most);
  assert.equal(await balance(cash, bob), 10_000n * USD + most - 10n);
  assert.ok(after.healthBps! > 10_000n);
});

test('withdrawing in debt asks what remains, and repaying asks nobody', async () => {
  const { cluster } = context;
  const [one] = stocks;
  await priceAll('100');
  const withdraw = async (raw: bigint) => withdrawPlan(cluster, bob, market, one.mint, raw, await holdings());
  await assertRefused(cluster, bob, await withdraw(parseAmount('1')), 'DebtTooHigh');
  await send(cluster, bob, await repayPlan(cluster, bob, market, bob.address, 100n * USD));
  await send(cluster, bob, await withdraw(parseAmount('1')));
  assert.equal((await holdings())[0]!.raw, parseAmount('9'));
  await send(cluster, bob, await depositPlan(cluster, bob, market, one.mint, parseAmount('1')));
});

test('a healthy position is not liquidated, whoever asks', async () => {
  const { cluster } = context;
  await priceAll('100');
  const [{ mint }] = stocks;
  const plan = await liquidatePlan(cluster, dave, market, bob.address, mint, LIMITS, await holdings());
  await assertRefused(cluster, dave, plan, 'Healthy');
});

test('on Saturday a borrow is refused, and so is a liquidation, with the reasons in words', async () => {
  const { cluster } = context;
  await at(days.saturday, '12:00');
  await priceAll('50');
  const [{ mint }] = stocks;
  const reasons = ['SESSION_CLOSED', 'SESSION_RULE'];
  await assertNotAllowed(bob, await borrow(USD), mint, reasons);
  const sell = await liquidatePlan(cluster, dave, market, bob.address, mint, LIMITS, await holdings());
  await assertNotAllowed(dave, sell, mint, reasons);
  const { flags, reasons: shown } = await view();
  assert.deepEqual([flags, shown.map(({ name }) => name)], [0, reasons]);
  await send(cluster, bob, await repayPlan(cluster, bob, market, bob.address, 1n));
});

test('one holding without a price stands in the way of all of them', async () => {
  const { cluster } = context;
  await at(days.monday, '09:35');
  await price(stocks[0], '85');
  const { mint } = stocks[1];
  await assertNotAllowed(bob, await borrow(USD), mint, ['PRICE_STALE']);
  const sell = await liquidatePlan(cluster, dave, market, bob.address, stocks[0].mint, LIMITS, await holdings());
  await assertNotAllowed(dave, sell, mint, ['PRICE_STALE']);
});

test('after a fall it is liquidated: half of the debt, for collateral and a bonus', async () => {
  const { cluster } = context;
  await priceAll('85');
  const [{ mint }] = stocks;
  const old = await view();
  assert.ok(old.healthBps! < 10_000n);
  const paid = await balance(cash, dave);
  await send(cluster, dave, await liquidatePlan(cluster, dave, market, bob.address, mint, LIMITS, old.holdings));
  const now = await view();
  const repaid = paid - (await balance(cash, dave));
  const seized = await balance(stocks[0], dave);
  // Interest of the seconds between makes the debt a little larger than was seen.
  assert.ok(repaid >= old.debt / 2n && repaid < old.debt / 2n + 1_000n);
  // repaid x 1.05 / 85 tokens.
  const expected = (repaid * 105n * 100n) / (100n * 85n);
  assert.ok(seized <= expected && seized > expected - 10n, `${seized} of ${expected}`);
  assert.ok(now.healthBps! > 10_000n);
  assert.equal(now.holdings[0]!.raw + seized, parseAmount('10'));
  assert.equal((await fetchMarket(cluster.rpc, market.address)).data.badDebt, 0n);
  const collateral = await findCollateral(cluster.programs.lender, market.address, mint);
  assert.equal((await fetchCollateral(cluster.rpc, collateral)).data.deposited, now.holdings[0]!.raw);
});

test('loosened rules count for a market once its owner has agreed to them', async () => {
  const { cluster, admin, curator, calendar, config } = context;
  const [one] = stocks;
  const rules = { ...defaultRules(calendar, pythSource(one.feedId, Unit.PerShare)), maxDepegBps: 301 };
  const feed = await findFeed(cluster.programs.collateral, curator, one.mint);
  await send(cluster, admin, await setFeedPlan(cluster, admin, curator, feed, rules));
  await travelTo(cluster, (await chainTime(cluster)) + BigInt(config.collateral.timelockSecs));
  await priceAll('85');
  await assertRefused(cluster, bob, await borrow(USD), 'RulesNotAgreed');
  const terms = { ...TERMS, configHash: await configHash(curator, one.mint, rules) };
  const stranger = await setCollateralPlan(cluster, bob, market.address, one.mint, terms);
  await assertRefused(cluster, bob, stranger, 'WrongOwner');
  await send(cluster, owner, await setCollateralPlan(cluster, owner, market.address, one.mint, terms));
  await priceAll('85');
  await send(cluster, bob, await borrow(USD));
});

test('without debt everything comes back, at any hour and without a price', async () => {
  const { cluster } = context;
  await send(cluster, bob, await repayPlan(cluster, bob, market, bob.address, LIMITS.maxRepaid));
  assert.equal((await view()).debt, 0n);
  for (const { address, raw, collateral } of await holdings()) {
    assert.ok(address);
    await send(cluster, bob, await withdrawPlan(cluster, bob, market, collateral.mint, raw, []));
  }
  assert.deepEqual(await holdings(), []);
  const [one, two] = stocks;
  assert.equal((await balance(one, bob)) + (await balance(one, dave)), parseAmount('100'));
  assert.equal(await balance(two, bob), parseAmount('100'));
});
