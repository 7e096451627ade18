/** A price feed for each listed ticker whose share has a Pyth feed, under the default rules. */
import type { Address } from '@solana/kit';
import type { TickerFacts } from '@scrip/data';
import { shareFeedId } from '@scrip/prices';
import {
  configHash,
  createFeedPlan,
  defaultRules,
  fetchAllMaybeFeed,
  findFeed,
  pythSource,
  sameHash,
  Unit,
  type Feed,
  type FeedConfigArgs,
} from '@scrip/sdk/collateral';

import { withMints } from './0004_list_tickers.ts';
import type { Context, Done, Step } from './context.ts';
import { readAll } from './read.ts';
import { submitAll, type Order } from './send.ts';

export const createFeeds: Step = async (context) => {
  const { cluster, admin, curator } = context;
  const wanted = await Promise.all(
    (await withMints(context, context.tickers)).map(async ({ facts, mint }) => ({
      what: `feed ${facts.symbol}`,
      mint,
      address: await findFeed(cluster.programs.collateral, curator, mint),
      rules: rulesFor(context, facts),
    })),
  );
  const accounts = await readAll(
    cluster.rpc,
    fetchAllMaybeFeed,
    wanted.map(({ address }) => address),
  );
  const orders: Order[] = [];
  const done: Done[] = [];
  for (const [i, { what, mint, address, rules }] of wanted.entries()) {
    const account = accounts[i]!;
    if (rules === undefined) {
      done.push({ what, address, outcome: 'no oracle feed' });
    } else if (account.exists) {
      await requireSame(context, what, mint, rules, account);
      done.push({ what, address, outcome: 'already there' });
    } else {
      orders.push({ what, plan: () => createFeedPlan(cluster, admin, curator, mint, rules) });
      done.push({ what, address, outcome: 'created' });
    }
  }
  await submitAll(context, orders);
  return done;
};

/** None for a share without a Pyth feed. */
function rulesFor({ calendar, marketDays }: Context, facts: TickerFacts): FeedConfigArgs | undefined {
  const feedId = shareFeedId(facts);
  if (feedId === undefined) return undefined;
  if (!marketDays.venues.includes(facts.mic)) {
    throw new Error(`${facts.symbol} trades at ${facts.mic}, which the calendar ${marketDays.mic} is not of.`);
  }
  return defaultRules(calendar, pythSource(feedId, Unit.PerShare));
}

async function requireSame(
  { curator }: Context,
  what: string,
  mint: Address,
  rules: FeedConfigArgs,
  { address, data }: Readonly<{ address: Address; data: Feed }>,
): Promise<void> {
  // Tightening leaves the hash as it is.
  if (sameHash(data.configHash, await configHash(curator, mint, rules))) return;
  throw new Error(`${what}, ${address}, has other rules than the default ones, or tightened ones of them.`);
}
