/** What holders see of a corporate action: the same tokens, other shares. */
import type { Address } from '@solana/kit';
import { fetchToken } from '@solana-program/token-2022';
import { renderTable } from '@scrip/migrations';
import { fetchTickerView, fetchUiAmount, formatAmount, parseAmount, sharesFromRawFloor } from '@scrip/sdk';

import type { Output } from './output.ts';
import { dollarsE8 } from './positions.ts';
import type { Market, World } from './world.ts';

/** A token account, by whose it is. */
export type Holder = Readonly<{ name: string; account: Address }>;

type Holding = Readonly<{
  name: string;
  /** What Token-2022 moves. */
  raw: bigint;
  /** What wallets show, as Token-2022 itself says. */
  shown: bigint;
  /** Exact, rounded down. */
  sharesE8: bigint;
}>;

/** Holdings at a moment, and what a share was worth then. */
export type Snapshot = Readonly<{ holdings: readonly Holding[]; priceE8: bigint }>;

/** Throws unless what wallets show is the exact number of shares, but for the last place, where doubles are rounded. */
export async function takeSnapshot(
  { context }: World,
  { mint, symbol }: Market,
  holders: readonly Holder[],
  priceE8: bigint,
): Promise<Snapshot> {
  const { cluster, admin } = context;
  const { multiplier } = await fetchTickerView(cluster, mint);
  const holdings = await Promise.all(
    holders.map(async ({ name, account }) => {
      const raw = (await fetchToken(cluster.rpc, account)).data.amount;
      const shown = parseAmount(await fetchUiAmount(cluster, admin.address, mint, raw));
      const sharesE8 = sharesFromRawFloor(raw, multiplier);
      const apart = shown > sharesE8 ? shown - sharesE8 : sharesE8 - shown;
      if (apart > 1n)
        throw new Error(
          `${name}'s ${symbol} show as ${formatAmount(shown)}, and are ${formatAmount(sharesE8)} shares.`,
        );
      return { name, raw, shown, sharesE8 };
    }),
  );
  return { holdings, priceE8 };
}

const valueE8 = ({ sharesE8 }: Holding, priceE8: bigint) => (sharesE8 * priceE8) / 10n ** 8n;

/** A row for each holder. Throws unless every raw balance is what it was. */
export function renderChange(before: Snapshot, after: Snapshot, symbol: string, output: Output): string {
  const rows = before.holdings.map((old, i) => {
    const now = after.holdings[i]!;
    if (now.raw !== old.raw) throw new Error(`${old.name}'s raw balance of ${symbol} changed with the multiplier.`);
    const values = [valueE8(old, before.priceE8), valueE8(now, after.priceE8)].map(dollarsE8) as [string, string];
    const facts = {
      holder: old.name,
      symbol,
      raw: old.raw,
      before: formatAmount(old.shown),
      after: formatAmount(now.shown),
    };
    output.event('holding', { ...facts, dollarsBefore: values[0], dollarsAfter: values[1] });
    return [old.name, `${old.raw}`, facts.before, facts.after, ...values];
  });
  const [old, now] = [before, after].map(({ priceE8 }) => dollarsE8(priceE8));
  const columns = ['', 'raw, as before', `${symbol} shown before`, 'shown after', `dollars at ${old}`, `at ${now}`];
  return renderTable(
    columns.map((title, i) => ({ title, right: i > 0 })),
    rows,
  );
}
