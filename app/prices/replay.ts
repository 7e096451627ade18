/** Replays the recorded series into price accounts of a local chain: nobody publishes prices there. */
import { getBase16Encoder, type ReadonlyUint8Array } from '@solana/kit';
import type { PriceSeries, TickerFacts } from '@scrip/data';
import { parseAmount, type Cluster } from '@scrip/sdk';
import { placePrice } from '@scrip/sdk/collateral';

/** A share's price in USD x 10^8, and the Pyth feed that tells it. */
export type Quote = Readonly<{ symbol: string; feedId: ReadonlyUint8Array; priceE8: bigint; confidenceE8: bigint }>;

const BPS = 10_000n;

/** The Pyth feed of a ticker's share; undefined if none is known. */
export function shareFeedId({ feeds }: TickerFacts): ReadonlyUint8Array | undefined {
  return feeds.regular && getBase16Encoder().encode(feeds.regular.id);
}

/** The series' prices of those tickers that have a feed and a price. */
export function quotesOf(tickers: readonly TickerFacts[], { prices }: PriceSeries): Quote[] {
  return tickers.flatMap((ticker) => {
    const found = prices.find(({ symbol }) => symbol === ticker.underlying);
    const feedId = shareFeedId(ticker);
    if (found === undefined || feedId === undefined) return [];
    const { symbol, price, confidence } = found;
    return [{ symbol, feedId, priceE8: parseAmount(price), confidenceE8: parseAmount(confidence) }];
  });
}

/** The quote as the series has it at a point: the wave begins again when it is over. */
export function atPoint(quote: Quote, { wave }: Pick<PriceSeries, 'wave'>, point: number): Quote {
  const bps = BigInt(wave[point % wave.length] ?? 0);
  return { ...quote, priceE8: quote.priceE8 + (quote.priceE8 * bps) / BPS };
}

/** Writes one point of the series, dated now. Throws elsewhere than on this machine. */
export async function replayPoint(
  cluster: Cluster,
  quotes: readonly Quote[],
  series: Pick<PriceSeries, 'wave'>,
  point: number,
): Promise<void> {
  await Promise.all(quotes.map((quote) => placePrice(cluster, atPoint(quote, series, point))));
}
