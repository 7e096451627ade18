/** A market of the example lender for the story, and what its people do there. */
import type { Address, Instruction, KeyPairSigner, Signature } from '@solana/kit';
import { loadPrices, type PriceSeries } from '@scrip/data';
import { quotesOf, type Quote } from '@scrip/prices';
import { giveTestTokens, parseAmount, programError, send, type TestCash } from '@scrip/sdk';
import {
  configHash,
  defaultRules,
  fetchFeed,
  findFeed,
  placePrice,
  pythSource,
  sameHash,
  Unit,
  type ValueReason,
} from '@scrip/sdk/collateral';
import {
  addCollateralPlan,
  createMarketPlan,
  fetchHoldings,
  fetchPositionView,
  notAllowed,
  supplyPlan,
  type CollateralTermsArgs,
  type Held,
  type LentMarket,
  type PositionView,
} from '@scrip/sdk/lender';

import { dollars } from './cash.ts';
import type { World } from './world.ts';

export type Person = Readonly<{ name: string; wallet: KeyPairSigner }>;

/** A share that the market takes, and the quote that its feed replays. */
export type Stock = Readonly<{ symbol: string; mint: Address; quote: Quote }>;

export type Bank = Readonly<{
  world: World;
  /** Owns the market and lends. */
  carol: Person;
  /** Liquidates. */
  dave: Person;
  cash: TestCash;
  market: LentMarket;
  series: PriceSeries;
}>;

export const SUPPLIED = dollars('50000');
const DAVES_CASH = dollars('20000');
const MARKET_TERMS = { baseRateBps: 200, slopeBps: 1_000, closeFactorBps: 5_000, minDebt: dollars('100') };

/** As lenders on Solana take them. */
export const LTV = {
  SPYx: { ltvBps: 7_300, liquidationBps: 7_500 },
  NVDAx: { ltvBps: 5_500, liquidationBps: 6_500 },
} as const;

export async function openBank(world: World, carol: Person, dave: Person, cash: TestCash): Promise<Bank> {
  const { cluster } = world.context;
  await giveTestTokens(cluster, cash, carol.wallet.address, SUPPLIED);
  await giveTestTokens(cluster, cash, dave.wallet.address, DAVES_CASH);
  const { market, plan } = await createMarketPlan(cluster, carol.wallet, cash, 0n, MARKET_TERMS);
  await send(cluster, carol.wallet, [...plan, ...(await supplyPlan(cluster, carol.wallet, market, SUPPLIED))]);
  return { world, carol, dave, cash, market, series: loadPrices() };
}

/** The quote of a listed share, by the token's symbol. */
export function quoteOf({ world, series }: Bank, symbol: string): Quote {
  const [quote] = quotesOf(
    world.context.tickers.filter((ticker) => ticker.symbol === symbol),
    series,
  );
  if (quote === undefined) throw new Error(`there is no price of ${symbol} to replay.`);
  return quote;
}

/** The market's owner reads a feed's rules, finds the default ones, and agrees to them by their hash. */
export async function takeAsCollateral(
  { world, carol, market }: Bank,
  { symbol, mint, quote }: Stock,
  terms: Pick<CollateralTermsArgs, 'ltvBps' | 'liquidationBps'>,
): Promise<void> {
  const { cluster, curator, calendar } = world.context;
  const feed = await findFeed(cluster.programs.collateral, curator, mint);
  const { data } = await fetchFeed(cluster.rpc, feed);
  const rules = defaultRules(calendar, pythSource(quote.feedId, Unit.PerShare));
  const hash = await configHash(curator, mint, rules);
  if (!sameHash(data.configHash, hash)) throw new Error(`the feed of ${symbol} has other rules than the default ones.`);
  const all = { ...terms, configHash: hash, bonusBps: 500, maxRaw: parseAmount('1000000') };
  await send(
    cluster,
    carol.wallet,
    await addCollateralPlan(cluster, carol.wallet, market, { mint, feed, calendar, terms: all }),
  );
}

/** Replays a step of the series: prices dated now. */
export async function replayStep({ world, series }: Bank, step: string, stocks: readonly Stock[]): Promise<void> {
  const found = series.story.find((one) => one.step === step);
  if (found === undefined) throw new Error(`the series has no step "${step}".`);
  for (const { quote } of stocks) {
    const price = found.prices[quote.symbol];
    if (price === undefined) throw new Error(`the step "${step}" has no price of ${quote.symbol}.`);
    await placePrice(world.context.cluster, { ...quote, priceE8: parseAmount(price) });
  }
}

export function positionOf({ world, market }: Bank, { wallet }: Person): Promise<PositionView> {
  const { cluster } = world.context;
  return fetchPositionView(cluster, wallet.address, market.address, wallet.address);
}

export async function holdingsOf({ world, market }: Bank, { wallet }: Person): Promise<readonly Held[]> {
  return (await fetchHoldings(world.context.cluster, market.address, wallet.address)).holdings;
}

/** Sends what somebody alone signs. */
export function act({ world }: Bank, { wallet }: Person, plan: readonly Instruction[]): Promise<Signature> {
  return send(world.context.cluster, wallet, plan);
}

/** Sends what the lender must refuse, as a wallet does: simulated first. Throws unless this is the error. */
export async function expectDenied(
  bank: Bank,
  person: Person,
  plan: readonly Instruction[],
  expected: string,
): Promise<readonly ValueReason[]> {
  const error: unknown = await act(bank, person, plan).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (error === undefined) throw new Error(`${person.name}'s transaction went through that must be refused.`);
  const refusal = programError(error);
  if (refusal === undefined) throw error;
  if (refusal.name !== expected) throw new Error(`refused with ${refusal.name}, not with ${expected}.`);
  return notAllowed(error)?.reasons ?? [];
}

/** The same, with `NotAllowed` for exactly these reasons of the collateral program. */
export async function expectNotAllowed(
  bank: Bank,
  person: Person,
  plan: readonly Instruction[],
  expected: readonly ValueReason['name'][],
): Promise<readonly ValueReason[]> {
  const reasons = await expectDenied(bank, person, plan, 'NotAllowed');
  const names = reasons.map(({ name }) => name);
  if (names.join() !== expected.join()) throw new Error(`refused for ${names.join()}, not for ${expected.join()}.`);
  return reasons;
}
