/** A debtor's position in numbers: what it holds and owes, and what may be done with it. */
import type { Address } from '@solana/kit';

import { chainTime, type Cluster } from '../cluster.ts';
import { ALL_FLAGS, valueReasonsOf, type ValueReason } from '../collateral/flags.ts';
import { allowed, collateralValueE8, liquidationValueE8, type Valuation } from '../collateral/valuation.ts';
import { fetchValues } from '../collateral/views.ts';
import { fetchMarket, type Market } from '../generated/lender/accounts/index.ts';
import { fetchHoldings, type Held, type PriceAccounts } from './holdings.ts';
import { debtAt, debtValueE8, portionFloor } from './ledger.ts';

/** A holding with what it is worth now. */
export type ValuedHolding = Held & Readonly<{ value: Valuation }>;

/** Values are USD x 10^8. */
export type PositionView = Readonly<{
  market: Market;
  holdings: readonly ValuedHolding[];
  /** In the lent token's smallest unit, with the interest until now. */
  debt: bigint;
  debtValueE8: bigint;
  /** The most that may be owed after a new borrow. */
  debtLimitE8: bigint;
  /** Above this debt the position may be liquidated. */
  liquidationLimitE8: bigint;
  /** Liquidation limit over debt, in 1/10,000: below 10,000 it may be liquidated. Undefined without debt. */
  healthBps?: bigint;
  /** Bits of `Flag` that every holding allows. */
  flags: number;
  reasons: readonly ValueReason[];
}>;

/** As the program would see the position now. `caller` is any wallet with a balance. */
export async function fetchPositionView(
  cluster: Cluster,
  caller: Address,
  market: Address,
  owner: Address,
  prices?: PriceAccounts,
): Promise<PositionView> {
  const { position, holdings } = await fetchHoldings(cluster, market, owner, prices);
  const [{ data }, values, now] = await Promise.all([
    fetchMarket(cluster.rpc, market),
    holdings.length === 0 ? [] : fetchValues(cluster, caller, holdings),
    chainTime(cluster),
  ]);
  const valued = holdings.map((held, i) => ({ ...held, value: values[i]! }));
  const sum = (of: (held: ValuedHolding) => bigint) => valued.reduce((total, held) => total + of(held), 0n);
  const debt = debtAt(data, position, now);
  const owed = debtValueE8(debt, data.cashDecimals);
  const limit = sum(({ value, collateral }) =>
    portionFloor(liquidationValueE8(value), collateral.terms.liquidationBps),
  );
  const reasonBits = values.reduce((bits, { reasonBits }) => bits | reasonBits, 0);
  return {
    market: data,
    holdings: valued,
    debt,
    debtValueE8: owed,
    debtLimitE8: sum(({ value, collateral }) => portionFloor(collateralValueE8(value), collateral.terms.ltvBps)),
    liquidationLimitE8: limit,
    ...(owed > 0n && { healthBps: (limit * 10_000n) / owed }),
    flags: values.reduce((flags, value) => flags & allowed(value), ALL_FLAGS),
    reasons: valueReasonsOf(reasonBits >>> 0),
  };
}
