/** What stands in the way of an act with a collateral now. */
import { fetchEncodedAccounts, type Address } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import { Flag } from './flags.ts';
import { allowed, reasonsFor } from './valuation.ts';
import { fetchStatus, fetchValues, findValueAccounts } from './views.ts';

/** What a debtor or a liquidator does, as far as it depends on the collateral's value. */
export type CollateralUse = 'borrow' | 'withdraw' | 'liquidate';

/** A reason against a use of a collateral. */
export type CollateralObstacle = Readonly<{ about: 'token'; name: string; text: string }>;
/** Of which feed, asked in whose name, about how much (raw). */
export type CollateralQuestion = Readonly<{ feed: Address; caller: Address; amount: bigint }>;

const FLAGS = { borrow: Flag.CanMintDebt, withdraw: Flag.CanWithdraw, liquidate: Flag.CanLiquidate } as const;
const MISSING: CollateralObstacle = {
  about: 'token',
  name: 'PRICE_MISSING',
  text: 'The price of this share is not on chain now: post it.',
};

/** None: the collateral program allows it. A price that nobody has posted is an obstacle, not an error. */
export async function collateralObstacles(
  cluster: Cluster,
  use: CollateralUse,
  { feed, caller, amount }: CollateralQuestion,
): Promise<CollateralObstacle[]> {
  const accounts = await findValueAccounts(cluster, feed);
  const { price, tokenPrice = price } = accounts;
  const prices = await fetchEncodedAccounts(cluster.rpc, [price, tokenPrice]);
  const toObstacle = (reason: Readonly<{ name: string; text: string }>) => ({ about: 'token' as const, ...reason });
  if (prices.some(({ exists }) => !exists)) {
    const reasons = reasonsFor(await fetchStatus(cluster, caller, accounts));
    return [...reasons.filter(({ name }) => name !== 'NO_PRICE').map(toObstacle), MISSING];
  }
  const [valuation] = await fetchValues(cluster, caller, [{ accounts, raw: amount }]);
  // Reasons that take nothing away from this use are not in its way.
  return allowed(valuation!) & FLAGS[use] ? [] : reasonsFor(valuation!).map(toObstacle);
}
