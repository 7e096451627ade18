/** A price feed for each listed ticker whose share has a Pyth feed, under the default rules. */
import type { TickerFacts } from '@scrip/data';
import { shareFeedId } from '@scrip/prices';
import { send } from '@scrip/sdk';
import {
  configHash,
  createFeedPlan,
  defaultRules,
  fetchMaybeFeed,
  findFeed,
  pythSource,
  sameHash,
  Unit,
} from '@scrip/sdk/collateral';

import { findListedMint } from './0004_list_tickers.ts';
import type { Context, Done, Step } from './context.ts';

export const createFeeds: Step = (context) => Promise.all(context.tickers.map((facts) => createFeed(context, facts)));

async function createFeed(context: Context, facts: TickerFacts): Promise<Done> {
  const { cluster, admin, issuer, curator, calendar, marketDays } = context;
  const { symbol, mic } = facts;
  const mint = await findListedMint(cluster, issuer, symbol);
  if (mint === undefined) throw new Error(`${symbol} is not listed: its feed comes after it.`);
  const feed = await findFeed(cluster.programs.collateral, curator, mint);
  const done = { what: `feed ${symbol}`, address: feed };
  const feedId = shareFeedId(facts);
  if (feedId === undefined) return { ...done, outcome: 'no oracle feed' };
  if (!marketDays.venues.includes(mic)) {
    throw new Error(`${symbol} trades at ${mic}, which the calendar ${marketDays.mic} is not of.`);
  }
  const rules = defaultRules(calendar, pythSource(feedId, Unit.PerShare));
  const existing = await fetchMaybeFeed(cluster.rpc, feed);
  if (existing.exists) {
    // Tightening leaves the hash as it is.
    if (!sameHash(existing.data.configHash, await configHash(curator, mint, rules))) {
      throw new Error(
        `the feed of ${symbol}, ${feed}, has other rules than the default ones, or tightened ones of them.`,
      );
    }
    return { ...done, outcome: 'already there' };
  }
  await send(cluster, admin, await createFeedPlan(cluster, admin, curator, mint, rules));
  return { ...done, outcome: 'created' };
}
