/**
 * A split of 10 for 1 under a running loan. The issuer has no corporate actions yet: the share is a
 * Token-2022 mint of the story's own, split by Token-2022's own instruction. To the collateral program
 * it is a mint like any other.
 */
import { getUpdateMultiplierScaledUiMintInstruction } from '@solana-program/token-2022';
import { localTime } from '@scrip/data';
import { createTestShare, formatAmount, giveTestTokens, parseAmount, type TestToken } from '@scrip/sdk';
import {
  createFeedPlan,
  defaultRules,
  findFeed,
  findValueAccounts,
  observePlan,
  pythSource,
  Unit,
  type ValueReason,
} from '@scrip/sdk/collateral';
import { borrowPlan, depositPlan, liquidatePlan } from '@scrip/sdk/lender';

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
import type { Output } from './output.ts';
import { facts, renderMoments, total, type Moment } from './positions.ts';
import { expectEqual } from './world.ts';

const DEPOSITED = parseAmount('10');
const BORROWED = dollars('3000');
const MORE = dollars('100');
const RATIO = 10;
const ALL = 2n ** 64n - 1n;
/** How far the value may move while debt can be drawn, in 1/10,000: what the prices of the story move. */
const CONTINUITY_BPS = 20n;

type Case = Readonly<{ bank: Bank; stock: Stock; share: TestToken; moments: Moment[]; output: Output }>;

export async function splitUnderDebt(bank: Bank, date: string, output: Output): Promise<void> {
  output.heading('A split of 10 for 1 while Bob owes');
  const it = await setUp(bank, output);
  await before(it, date);
  await refused(it, date, '11:00', 'before split', 'half an hour before', ['ACTION_PENDING']);
  await refused(it, date, '11:31', 'before split', 'split, price behind', ['ACTION_WINDOW']);
  await refused(it, date, '11:41', 'after split', 'price follows', ['ACTION_WINDOW']);
  await after(it, date);
  output.say(`\n${renderMoments(it.moments)}`);
}

/** A share with a feed of its own, taken by the market as it takes SPYx. */
async function setUp(bank: Bank, output: Output): Promise<Case> {
  const { world } = bank;
  const { cluster, admin, curator, calendar } = world.context;
  const share = await createTestShare(cluster, admin);
  const stock = { symbol: 'a share like NFLXx', mint: share.mint, quote: quoteOf(bank, 'NFLXx') };
  await giveTestTokens(cluster, share, world.bob.wallet.address, DEPOSITED);
  const rules = defaultRules(calendar, pythSource(stock.quote.feedId, Unit.PerShare));
  await act(
    bank,
    { name: 'the curator', wallet: admin },
    await createFeedPlan(cluster, admin, curator, share.mint, rules),
  );
  await takeAsCollateral(bank, stock, LTV.SPYx);
  return { bank, stock, share, moments: [], output };
}

async function note({ bank, moments, output }: Case, when: string): Promise<Moment> {
  const moment = { when, view: await positionOf(bank, bank.world.bob) };
  moments.push(moment);
  output.event('position', { investor: bank.world.bob.name, ...facts(moment) });
  return moment;
}

/** Bob borrows, a bot of Carol's records the price, and the split is set for 11:30. */
async function before(it: Case, date: string): Promise<void> {
  const { bank, stock, share, output } = it;
  const { world, market } = bank;
  const { cluster, admin, marketDays } = world.context;
  const { bob } = world;
  await replayStep(bank, 'before split', [stock]);
  await act(bank, bob, await depositPlan(cluster, bob.wallet, market, share.mint, DEPOSITED));
  await borrow(it, BORROWED);
  await observe(it);
  const split = getUpdateMultiplierScaledUiMintInstruction({
    mint: share.mint,
    authority: admin,
    multiplier: RATIO,
    effectiveTimestamp: localTime(marketDays, date, '11:30'),
  });
  await act(bank, { name: 'the issuer', wallet: admin }, [split]);
  output.say(
    "The mint is the story's own: the issuer program has no corporate actions yet. At 11:30 a token becomes ten shares.",
  );
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
