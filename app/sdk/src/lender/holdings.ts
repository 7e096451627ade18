/** What a position holds, with the accounts that value it. */
import { AccountRole, type AccountMeta, type Address } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import { findValueAccounts, valueMetas, type ValueAccounts } from '../collateral/views.ts';
import {
  fetchAllCollateral,
  fetchPosition,
  type Collateral,
  type Position,
} from '../generated/lender/accounts/index.ts';
import { NO_ADDRESS } from '../pdas.ts';
import { findPosition } from './pdas.ts';

/** One collateral of a position, and the accounts by which it is valued. `raw` is an amount of the mint. */
export type Held = Readonly<{
  /** The market's `Collateral` account. */
  address: Address;
  collateral: Collateral;
  raw: bigint;
  accounts: ValueAccounts;
}>;

/** Where the price of a mint is, if not where `findValueAccounts` looks for it. */
export type PriceAccounts = ReadonlyMap<Address, Pick<ValueAccounts, 'price' | 'tokenPrice'>>;

/** A debtor's position and its holdings, in the order in which the program values them. */
export async function fetchHoldings(
  cluster: Cluster,
  market: Address,
  owner: Address,
  prices: PriceAccounts = new Map(),
): Promise<{ position: Position; holdings: Held[] }> {
  const { data: position } = await fetchPosition(
    cluster.rpc,
    await findPosition(cluster.programs.lender, market, owner),
  );
  const used = position.holdings.filter(({ collateral }) => collateral !== NO_ADDRESS);
  const collaterals = await fetchAllCollateral(
    cluster.rpc,
    used.map(({ collateral }) => collateral),
  );
  const held = collaterals.map(async ({ address, data: collateral }, i) => {
    const accounts = { ...(await findValueAccounts(cluster, collateral.feed)), ...prices.get(collateral.mint) };
    return { address, collateral, raw: used[i]!.raw, accounts };
  });
  return { position, holdings: await Promise.all(held) };
}

/** What an instruction that values holdings takes behind its own accounts. */
export function holdingMetas(
  collateralProgram: Address,
  holdings: readonly Pick<Held, 'address' | 'accounts'>[],
): AccountMeta[] {
  const readonly = (address: Address): AccountMeta => ({ address, role: AccountRole.READONLY });
  return [
    readonly(collateralProgram),
    ...holdings.map(({ address }) => readonly(address)),
    ...holdings.flatMap(({ accounts }) => valueMetas(accounts)),
  ];
}
