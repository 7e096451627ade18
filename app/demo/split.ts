/**
 * A split of 10 for 1 under a running loan, announced and scheduled by the custodian's quorum. The collateral
 * program asks nobody about it: it sees the mint.
 */
import { createHash } from 'node:crypto';

import { localTime } from '@scrip/data';
import {
  ActionKind,
  announceActionPlan,
  attestAnnouncement,
  findTokenAccount,
  formatAmount,
  parseAmount,
  ratioTerms,
  send,
} from '@scrip/sdk';
import { findFeed, findValueAccounts, observePlan, type ValueReason } from '@scrip/sdk/collateral';
import { borrowPlan, depositPlan, liquidatePlan } from '@scrip/sdk/lender';

import { actionQuorum, closeAction, expectClosed, scheduleAction } from './action.ts';
import {
  act,
  expectDenied,
  expectNotAllowed,
  holdingsOf,
  LTV,
  positionOf,
  quoteOf,
  replayStep,
  takeAsCollateral,
  type Bank,
  type Stock,
} from './bank.ts';
import { dollars } from './cash.ts';
import { travel } from './days.ts';
import { renderChange, takeSnapshot, type Holder } from './holdings.ts';
import type { Output } from './output.ts';
import { facts, renderMoments, total, type Moment } from './positions.ts';
import { buy, expectEqual, type Market } from './world.ts';

const DEPOSITED = parseAmount('10');
const BORROWED = dollars('3000');
const MORE = dollars('100');
const RATIO = 10n;
const ALL = 2n ** 64n - 1n;
/** How far the value may move while debt can be drawn, in 1/10,000: what the prices of the story move. */
const CONTINUITY_BPS = 20n;

type Case = Readonly<{
  bank: Bank;
  listed: Market;
  stock: Stock;
  holders: readonly Holder[];
  moments: Moment[];
  output: Output;
}>;

export async function splitUnderDebt(bank: Bank, listed: Market, date: string, output: Output): Promise<void> {
  output.heading(`${listed.symbol}: a split of ${RATIO} for 1 while Bob owes`);
  const it = await setUp(bank, listed, output);
  await before(it, date);
  const snapshot = await takeSnapshot(bank.world, listed, it.holders, priceOf(bank, 'before split'));
  await refused(it, date, '11:00', 'before split', 'half an hour before', ['ACTION_PENDING']);
  await refused(it, date, '11:31', 'before split', 'split, price behind', ['ACTION_WINDOW']);
  await expectClosed(bank.world, listed, output);
  await refused(it, date, '11:41', 'after split', 'price follows', ['ACTION_WINDOW']);
  await after(it, date);
  output.say(`\n${renderMoments(it.moments)}`);
  await travel(bank.world, date, '11:46', output);
  await closeAction(bank.world, listed, listed.heldE8 * RATIO, output);
  const now = await takeSnapshot(bank.world, listed, it.holders, priceOf(bank, 'after split'));
  output.say(`The split is closed. Who held ${listed.symbol}:\n`);
  output.say(renderChange(snapshot, now, listed.symbol, output));
}

/** Bob has enough of it to borrow against; the market takes it as it takes SPYx. */
async function setUp(bank: Bank, listed: Market, output: Output): Promise<Case> {
  const { world } = bank;
  const { alice, bob } = world;
  const { symbol, mint } = listed;
  const stock = { symbol, mint, quote: quoteOf(bank, symbol) };
  await buy(world, listed, bob, DEPOSITED, 1);
  await takeAsCollateral(bank, stock, LTV.SPYx);
  const holders = await Promise.all(
    [
      { name: alice.name, owner: alice.wallet.address },
      { name: bob.name, owner: bob.wallet.address },
      { name: "the lender, Bob's", owner: bank.market.address },
    ].map(async ({ name, owner }) => ({ name, account: await findTokenAccount(mint, owner) })),
  );
  return { bank, listed, stock, holders, moments: [], output };
}

/** Of the share, in a step of the replayed series. */
function priceOf({ series }: Bank, step: string): bigint {
  const price = series.story.find((one) => one.step === step)?.prices['NFLX'];
  if (price === undefined) throw new Error(`the series has no price of NFLX in its step "${step}".`);
  return parseAmount(price);
}

async function note({ bank, moments, output }: Case, when: string): Promise<Moment> {
  const moment = { when, view: await positionOf(bank, bank.world.bob) };
  moments.push(moment);
  output.event('position', { investor: bank.world.bob.name, ...facts(moment) });
  return moment;
}

/** Bob borrows, a bot of Carol's records the price, and the split is set for 11:30. */
async function before(it: Case, date: string): Promise<void> {
  const { bank, listed, stock, output } = it;
  const { world, market } = bank;
  const { cluster, issuer, admin, marketDays } = world.context;
  const { bob } = world;
  await replayStep(bank, 'before split', [stock]);
  await act(bank, bob, await depositPlan(cluster, bob.wallet, market, stock.mint, DEPOSITED));
  await borrow(it, BORROWED);
  await observe(it);
  const evidenceHash = createHash('sha256').update('Netflix splits its shares ten for one').digest();
  const ratio = { numerator: RATIO, denominator: 1n };
  const terms = ratioTerms(ActionKind.Split, ratio, { exDate: BigInt(Date.parse(date) / 1000), evidenceHash });
  const quorum = await attestAnnouncement(cluster, actionQuorum(world), { mint: stock.mint, terms });
  await send(cluster, admin, await announceActionPlan(cluster, issuer, { quorum, payer: admin }, stock.mint, terms));
  output.say("The custodian's quorum announces the split with the company's decision: at once, with no role.");
  await scheduleAction(world, listed, localTime(marketDays, date, '11:30'), listed.heldE8 * RATIO, output);
  await note(it, '09:31, split announced');
}

async function borrow({ bank, output }: Case, amount: bigint): Promise<void> {
  const { world, market } = bank;
  const { bob } = world;
  const plan = await borrowPlan(world.context.cluster, bob.wallet, market, amount, await holdingsOf(bank, bob));
  const signature = await act(bank, bob, plan);
  output.event('borrowed', { investor: bob.name, amount: formatAmount(amount * 100n), signature });
}

async function observe({ bank, stock }: Case): Promise<void> {
  const { cluster, curator } = bank.world.context;
  const feed = await findFeed(cluster.programs.collateral, curator, stock.mint);
  await act(bank, bank.carol, await observePlan(cluster, await findValueAccounts(cluster, feed)));
}

/** Around the split: no new debt, and no liquidation either, whichever of price and multiplier is ahead. */
async function refused(
  it: Case,
  date: string,
  time: string,
  step: string,
  when: string,
  expected: readonly ValueReason['name'][],
): Promise<void> {
  const { bank, stock, output } = it;
  const { world, market, dave } = bank;
  const { cluster } = world.context;
  const { bob } = world;
  await travel(world, date, time, output);
  await replayStep(bank, step, [stock]);
  const holdings = await holdingsOf(bank, bob);
  const more = await borrowPlan(cluster, bob.wallet, market, MORE, holdings);
  const reasons = await expectNotAllowed(bank, bob, more, expected);
  output.say(`Bob asks for more: refused, ${reasons.map(({ name, text }) => `${name}: ${text}`).join(' ')}`);
  output.event('borrow_refused', { investor: bob.name, error: 'NotAllowed', reasons: expected });
  const limits = { maxRepaid: ALL, minSeized: 0n };
  const sell = await liquidatePlan(cluster, dave.wallet, market, bob.wallet.address, stock.mint, limits, holdings);
  await expectDenied(bank, dave, sell, 'Healthy');
  output.say('Dave tries to liquidate: refused, Healthy.');
  await note(it, `${time}, ${when}`);
  // Carol's bot records prices: the first one that follows the split; the second is seen by whoever asks.
  await observe(it);
}

async function after(it: Case, date: string): Promise<void> {
  const { bank, stock, moments, output } = it;
  await travel(bank.world, date, '11:43', output);
  await replayStep(bank, 'after split, a minute later', [stock]);
  const [first] = moments as [Moment];
  const last = await note(it, '11:43, price confirmed');
  const [old, now] = [total(first.view, 'midValueE8'), total(last.view, 'midValueE8')];
  const moved = old > now ? old - now : now - old;
  if (moved * 10_000n > old * CONTINUITY_BPS) throw new Error('the split moved the value of the position.');
  expectEqual("Bob's tokens", last.view.holdings[0]!.raw, DEPOSITED);
  await borrow(it, MORE);
  output.say('A second price follows, a minute and more after the first: the window closes, and Bob borrows again.');
  output.event('split', { ratio: `${RATIO}:1`, ...facts(last) });
}
