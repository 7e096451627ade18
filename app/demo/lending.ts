/** Shares as collateral: a loan, a weekend without new debt, Monday's fall, a liquidation. */
import { fetchToken } from '@solana-program/token-2022';
import { nextWeekend, type Weekend } from '@scrip/data';
import { short } from '@scrip/migrations';
import { chainTime, findTokenAccount, formatAmount, parseAmount } from '@scrip/sdk';
import { Flag, type ValueReason } from '@scrip/sdk/collateral';
import { borrowPlan, depositPlan, fetchMarket, liquidatePlan, repayPlan } from '@scrip/sdk/lender';

import {
  act,
  expectDenied,
  expectNotAllowed,
  holdingsOf,
  LTV,
  openBank,
  positionOf,
  quoteOf,
  replayStep,
  SUPPLIED,
  takeAsCollateral,
  type Bank,
  type Stock,
} from './bank.ts';
import { dollars, type Desk } from './cash.ts';
import { travel } from './days.ts';
import type { Output } from './output.ts';
import { dollarsE8, facts, renderHoldings, renderMoments, type Moment } from './positions.ts';
import { splitUnderDebt } from './split.ts';
import { createInvestor, expectEqual, type Market, type World } from './world.ts';

const DEPOSITS = { SPYx: parseAmount('2'), NVDAx: parseAmount('10') } as const;
const BORROWED = dollars('2000');
const MORE = dollars('5');
const REPAID = dollars('5');
const ALL = 2n ** 64n - 1n;

/** The listed shares that are lent against. */
export type Lent = Readonly<{ spy: Market; nvidia: Market; netflix: Market }>;

export async function lendAgainstShares(
  world: World,
  { spy, nvidia, netflix }: Lent,
  desk: Desk,
  output: Output,
): Promise<void> {
  output.heading('Alice borrows against her shares');
  const { context } = world;
  const [carol, dave] = await Promise.all([createInvestor(context, 'Carol'), createInvestor(context, 'Dave')]);
  const bank = await openBank(world, carol, dave, desk.cash);
  const stocks = [spy, nvidia].map(({ symbol, mint }) => ({ symbol, mint, quote: quoteOf(bank, symbol) }));
  for (const stock of stocks) await takeAsCollateral(bank, stock, LTV[stock.symbol as keyof typeof LTV]);
  output.say(`Carol lends ${formatAmount(SUPPLIED * 100n)} dollars; for the prices she asks the collateral program.`);
  output.say('The prices are replayed: app/data/README.md says which of them are real.');

  const days = nextWeekend(context.marketDays, await chainTime(context.cluster));
  const moments: Moment[] = [];
  await friday(bank, stocks, days, moments, output);
  await saturday(bank, stocks, days, moments, output);
  await monday(bank, stocks, days, moments, output);
  output.say(`\n${renderMoments(moments)}`);
  await splitUnderDebt(bank, netflix, days.monday, output);
}

/** Adds a row to the table. */
async function note(bank: Bank, moments: Moment[], when: string, output: Output): Promise<Moment> {
  const moment = { when, view: await positionOf(bank, bank.world.alice) };
  moments.push(moment);
  output.event('position', { investor: bank.world.alice.name, ...facts(moment) });
  return moment;
}

async function friday(bank: Bank, stocks: readonly Stock[], days: Weekend, moments: Moment[], output: Output) {
  const { market, dave, world } = bank;
  const { cluster } = world.context;
  const { alice } = world;
  await travel(world, days.friday, '15:30', output);
  await replayStep(bank, 'friday', stocks);
  for (const { symbol, mint } of stocks) {
    const raw = DEPOSITS[symbol as keyof typeof DEPOSITS];
    await act(bank, alice, await depositPlan(cluster, alice.wallet, market, mint, raw));
    output.event('deposited', { symbol, investor: alice.name, amount: formatAmount(raw) });
  }
  const { view } = await note(bank, moments, 'Friday, deposited', output);
  const symbols = new Map(stocks.map(({ symbol, mint }) => [`${mint}`, symbol]));
  output.say(`Alice deposits:\n${renderHoldings(view, (mint) => symbols.get(mint) ?? short(mint))}`);

  const borrow = await borrowPlan(cluster, alice.wallet, market, BORROWED, await holdingsOf(bank, alice));
  const signature = await act(bank, alice, borrow);
  output.say(`She borrows ${formatAmount(BORROWED * 100n)} dollars, ${short(signature)}, nearly all that it carries.`);
  output.event('borrowed', { investor: alice.name, amount: formatAmount(BORROWED * 100n), signature });
  await note(bank, moments, 'Friday, borrowed', output);
  const { mint } = stocks[0]!;
  const limits = { maxRepaid: ALL, minSeized: 0n };
  const liquidate = async () =>
    liquidatePlan(cluster, dave.wallet, market, alice.wallet.address, mint, limits, await holdingsOf(bank, alice));
  await expectDenied(bank, dave, await liquidate(), 'Healthy');
  output.say('Dave, who lives on liquidations, tries at once: refused, Healthy.');
}

/** Neither Friday's price nor a newer one gives debt while the exchange is closed. Repaying always works. */
async function saturday(bank: Bank, stocks: readonly Stock[], days: Weekend, moments: Moment[], output: Output) {
  const { market, world } = bank;
  const { alice } = world;
  const { cluster } = world.context;
  await travel(world, days.saturday, '12:00', output);
  for (const [price, replay] of [
    ["Friday's price", false],
    ['a fresh price', true],
  ] as const) {
    if (replay) await replayStep(bank, 'saturday', stocks);
    const borrow = await borrowPlan(cluster, alice.wallet, market, MORE, await holdingsOf(bank, alice));
    await refusedBorrow(bank, borrow, ['SESSION_CLOSED', 'SESSION_RULE'], price, output);
  }
  const repay = await repayPlan(cluster, alice.wallet, market, alice.wallet.address, REPAID);
  await act(bank, alice, repay);
  output.say(`She repays ${formatAmount(REPAID * 100n)} dollars instead: that needs no price, at any hour.`);
  await note(bank, moments, 'Saturday', output);
}

async function refusedBorrow(
  bank: Bank,
  borrow: Parameters<typeof expectNotAllowed>[2],
  expected: readonly ValueReason['name'][],
  price: string,
  output: Output,
): Promise<void> {
  const { alice } = bank.world;
  const reasons = await expectNotAllowed(bank, alice, borrow, expected);
  output.say(`Alice asks for more at ${price}. Refused, NotAllowed:`);
  for (const { name, text } of reasons) output.say(`  ${name}: ${text}`);
  output.event('borrow_refused', { investor: alice.name, error: 'NotAllowed', reasons: expected });
}

async function monday(bank: Bank, stocks: readonly Stock[], days: Weekend, moments: Moment[], output: Output) {
  const { market, dave, world } = bank;
  const { alice } = world;
  const { cluster } = world.context;
  await travel(world, days.monday, '09:31', output);
  await replayStep(bank, 'monday', stocks);
  const before = (await note(bank, moments, 'Monday, 15% lower', output)).view;
  if ((before.healthBps ?? 0n) >= 10_000n || !(before.flags & Flag.CanLiquidate)) {
    throw new Error('the fall leaves the position healthy: the story wants a liquidation.');
  }
  const [{ mint, symbol }] = stocks as [Stock];
  const limits = { maxRepaid: ALL, minSeized: 1n };
  const holdings = await holdingsOf(bank, alice);
  const plan = await liquidatePlan(cluster, dave.wallet, market, alice.wallet.address, mint, limits, holdings);
  const signature = await act(bank, dave, plan);
  const after = (await note(bank, moments, 'Monday, liquidated', output)).view;

  const seized = (await fetchToken(cluster.rpc, await findTokenAccount(mint, dave.wallet.address))).data.amount;
  const repaid = before.debt - after.debt;
  const left = after.holdings.find((held) => held.collateral.mint === mint)?.raw ?? 0n;
  expectEqual(`what Dave got and Alice keeps of her ${symbol}`, seized + left, DEPOSITS.SPYx);
  if (repaid <= 0n || (after.healthBps ?? 0n) < 10_000n) throw new Error('the liquidation did not heal the position.');
  const { badDebt } = (await fetchMarket(cluster.rpc, market.address)).data;
  expectEqual('bad debt', badDebt, 0n);
  const price = before.holdings[0]!.value.midPriceE8;
  output.say(
    `Both open 15% lower. Dave repays ${dollarsE8(repaid * 100n)} of Alice's debt and gets ${formatAmount(seized)} ${symbol},`,
  );
  output.say(
    `worth ${dollarsE8((seized * price) / 10n ** 8n)}: a bonus of 5%, ${short(signature)}. Carol loses nothing.`,
  );
  output.event('liquidated', {
    investor: alice.name,
    liquidator: dave.name,
    symbol,
    repaid: dollarsE8(repaid * 100n),
    seized: formatAmount(seized),
    badDebt: '0',
    signature,
  });
}
