/**
 * The issuer's lookup tables: by them a transaction about a ticker names its accounts by a byte each. The
 * SDK finds them on chain (`fetchTickerTable`). What is new since the last run, a ticker, an attestor set
 * or a cash desk, is added; nothing can be taken out.
 */
import type { Address } from '@solana/kit';
import {
  ADDRESSES_PER_EXTENSION,
  createTablePlan,
  extendTablePlan,
  fetchIssuerTables,
  findEventAuthority,
  LOOKUP_TABLE_CAPACITY,
  recentSlots,
  sharedTableAddresses,
  tickerTableAddresses,
  waitForNextSlot,
  type LookupTable,
} from '@scrip/sdk';
import { findFeed } from '@scrip/sdk/collateral';

import { withMints } from './0004_list_tickers.ts';
import type { Context, Done, Outcome, Step } from './context.ts';
import { submitAll, type Order } from './send.ts';

/** Kept free in each table for what all tickers will have in common later: sets after rotations, desks. */
const SPARE = 40;

export const extendLookupTables: Step = async (context) => {
  const { cluster, admin, issuer } = context;
  const existing = await fetchIssuerTables(cluster, issuer);
  const wanted = arrange(admin.address, existing, await shared(context), await groups(context));
  const slots = await recentSlots(cluster, wanted.length);
  const first: Order[] = [];
  const rest: Order[] = [];
  const done: Done[] = [];
  for (const [i, { address, added }] of wanted.entries()) {
    const parts = inParts(added);
    if (address === undefined) {
      const slot = slots[i];
      if (slot === undefined) throw new Error('the chain is too young for so many lookup tables: run this again.');
      const { table, plan } = await createTablePlan(admin, slot, added);
      first.push({ what: `lookup table ${i}`, plan: async () => plan });
      parts.shift();
      rest.push(...extensions(context, table, parts));
      done.push(row(i, table, 'created'));
    } else {
      rest.push(...extensions(context, address, parts));
      done.push(row(i, address, added.length > 0 ? 'extended' : 'already there'));
    }
  }
  // A table is found by its first address: it is made before anything else is in it.
  await submitAll(context, first);
  await submitAll(context, rest);
  if (first.length + rest.length > 0) await waitForNextSlot(cluster);
  return done;
};

const row = (i: number, address: Address, outcome: Outcome): Done => ({ what: `lookup table ${i}`, address, outcome });

const extensions = ({ admin }: Context, table: Address, parts: readonly Address[][]): Order[] =>
  parts.map((part) => ({ what: `lookup table ${table}`, plan: async () => extendTablePlan(table, admin, part) }));

const inParts = (addresses: readonly Address[]): Address[][] =>
  Array.from({ length: Math.ceil(addresses.length / ADDRESSES_PER_EXTENSION) }, (_, i) =>
    addresses.slice(i * ADDRESSES_PER_EXTENSION, (i + 1) * ADDRESSES_PER_EXTENSION),
  );

async function shared({ cluster, issuer, custodian, curator, calendar }: Context): Promise<Address[]> {
  return [
    ...(await sharedTableAddresses(cluster, issuer, custodian)),
    await findEventAuthority(cluster.programs.collateral),
    curator,
    calendar,
  ];
}

/** Each ticker's addresses, the mint first. */
async function groups(context: Context): Promise<Address[][]> {
  const { cluster, config, curator } = context;
  const { collateral } = cluster.programs;
  return Promise.all(
    (await withMints(context, context.tickers)).map(async ({ facts, mint }) => [
      ...(await tickerTableAddresses(cluster, mint, { hooked: config.tickers.modes?.[facts.symbol] === 'hooked' })),
      await findFeed(collateral, curator, mint),
    ]),
  );
}

/** A table, new where it has no address, and what it lacks. */
type Change = Readonly<{ address?: Address; added: readonly Address[] }>;

/**
 * Which addresses each table lacks: all of them what is shared, one of them each group. New tables where
 * the groups do not fit. Only an authority's own tables can be added to.
 */
export function arrange(
  authority: Address,
  existing: readonly LookupTable[],
  shared: readonly Address[],
  groups: readonly (readonly Address[])[],
): Change[] {
  const tables = existing.map((table) => new Filling(table.addresses, table.address, table.authority === authority));
  for (const table of tables) table.add(shared);
  for (const group of groups) {
    const home = tables.find((table) => table.has(group[0]!)) ?? tables.find((table) => table.fits(group));
    if (home !== undefined) {
      home.add(group);
      continue;
    }
    const table = new Filling([]);
    table.add(shared);
    table.add(group);
    tables.push(table);
  }
  return tables.map(({ address, added }) => ({ ...(address && { address }), added }));
}

class Filling {
  readonly added: Address[] = [];
  readonly address: Address | undefined;
  readonly #all: Set<Address>;
  readonly #capacity: number;

  constructor(present: readonly Address[], address?: Address, open = true) {
    this.#all = new Set(present);
    this.address = address;
    this.#capacity = open ? LOOKUP_TABLE_CAPACITY : present.length;
  }

  has(one: Address): boolean {
    return this.#all.has(one);
  }

  /** Whether all of a group has room here, and enough is left for what will be shared. */
  fits(group: readonly Address[]): boolean {
    return this.#all.size + group.length + SPARE <= this.#capacity;
  }

  /** As many of them as there is room for. */
  add(addresses: readonly Address[]): void {
    for (const one of addresses) {
      if (this.#all.has(one) || this.#all.size >= this.#capacity) continue;
      this.#all.add(one);
      this.added.push(one);
    }
  }
}
