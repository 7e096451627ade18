/** The series that is replayed on a local chain, read and checked. README.md says which points are real. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const DEFAULT_PRICES_FILE = fileURLToPath(new URL('./prices.json', import.meta.url));

/** USD per share as decimal texts, and half the width of the oracle's confidence interval. */
export type SharePrice = Readonly<{
  symbol: string;
  price: string;
  confidence: string;
  origin: 'published' | 'made up';
  sources?: readonly string[];
  note?: string;
}>;

export type PriceSeries = Readonly<{
  prices: readonly SharePrice[];
  /** In 1/10,000 of the price: how it moves from one replayed point to the next, again and again. */
  wave: readonly number[];
  /** Prices of the demo's steps, by symbol. */
  story: readonly Readonly<{ step: string; prices: Readonly<Record<string, string>>; origin: string }>[];
}>;

const isPrice = (text: unknown) => typeof text === 'string' && /^\d{1,7}(\.\d{1,8})?$/.test(text) && /[1-9]/.test(text);

/** Reads and checks a file of prices. Throws one sentence at the first fault. */
export function loadPrices(file: string = DEFAULT_PRICES_FILE): PriceSeries {
  const series = JSON.parse(readFileSync(file, 'utf8')) as PriceSeries & {
    version: number;
    sources: Record<string, string>;
  };
  const fail = (what: string): never => {
    throw new Error(`${file}: ${what}.`);
  };
  if (series.version !== 1) fail('it is not a file of prices of version 1');
  for (const { symbol, price, confidence, origin, sources = [] } of series.prices) {
    if (!isPrice(price) || !isPrice(confidence)) fail(`${symbol}'s price or confidence is no decimal above 0`);
    const sourced = sources.length > 0 && sources.every((key) => key in series.sources);
    if (origin === 'published' ? !sourced : origin !== 'made up') fail(`${symbol}'s price is published nowhere`);
  }
  const symbols = series.prices.map(({ symbol }) => symbol);
  if (new Set(symbols).size < symbols.length) fail('a symbol has two prices');
  if (!series.wave.every((bps) => Number.isInteger(bps) && Math.abs(bps) < 100)) fail('the wave is not of small steps');
  for (const { step, prices, origin } of series.story) {
    const known = Object.entries(prices).every(([symbol, price]) => symbols.includes(symbol) && isPrice(price));
    if (!known || !origin) fail(`the step "${step}" has a price that is none, of no share above, or of no origin`);
  }
  return series;
}
