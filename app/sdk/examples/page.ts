/**
 * A page that shows how many shares a wallet holds and what they are worth, with nothing but an RPC node:
 *
 *     page.html?rpc=https://..&owner=<wallet>&mint=<share>&feed=<whose valuation to go by>
 *
 * By https or from localhost, as browsers hash nothing elsewhere. `npm run check` of this package bundles this file and
 * prints what a visitor has to load.
 */
import { address, createSolanaRpc, type Address } from '@solana/kit';
import { formatAmount, formatDollars, multiplierOf, sharesFromRawFloor, type Rpc } from '@scrip/sdk';
import {
  COLLATERAL_PROGRAM_ADDRESS,
  fetchValues,
  findValueAccounts,
  reasonsFor,
  sessionName,
} from '@scrip/sdk/collateral';

export type Question = Readonly<{ rpc: Rpc; owner: Address; mint: Address; feed: Address; program?: Address }>;
export type Balance = Readonly<{ shares: string; dollars: string; session: string; notes: readonly string[] }>;

/** What the wallet's token accounts hold together, raw. */
async function fetchRaw({ rpc, owner, mint }: Question): Promise<bigint> {
  const { value } = await rpc
    .getTokenAccountsByOwner(owner, { mint }, { encoding: 'jsonParsed', commitment: 'confirmed' })
    .send();
  return value.reduce((sum, { account }) => sum + BigInt(account.data.parsed.info.tokenAmount.amount), 0n);
}

/** Shares, their value at the middle of the price, and what is to be said about that price. */
export async function fetchBalance(question: Question): Promise<Balance> {
  const { rpc, owner, feed, program = COLLATERAL_PROGRAM_ADDRESS } = question;
  const cluster = { rpc, programs: { collateral: program } };
  const [raw, accounts] = await Promise.all([fetchRaw(question), findValueAccounts(cluster, feed)]);
  const [value] = await fetchValues(cluster, owner, [{ accounts, raw }]);
  return {
    shares: formatAmount(sharesFromRawFloor(raw, multiplierOf(value!.multiplier))),
    dollars: `$${formatDollars(value!.midValueE8)}`,
    session: sessionName(value!),
    notes: reasonsFor(value!).map(({ text }) => text),
  };
}

/** Reads the question from the page's address. Throws for one that is missing or no address. */
export function questionOf(query: URLSearchParams): Question {
  const one = (name: string) => address(query.get(name) ?? '');
  return {
    rpc: createSolanaRpc(query.get('rpc') ?? 'https://api.mainnet-beta.solana.com'),
    owner: one('owner'),
    mint: one('mint'),
    feed: one('feed'),
  };
}

async function show(): Promise<void> {
  const write = (id: string, text: string) => document.getElementById(id)!.replaceChildren(text);
  try {
    const { shares, dollars, session, notes } = await fetchBalance(questionOf(new URLSearchParams(location.search)));
    write('shares', shares);
    write('dollars', dollars);
    write('notes', [`Market: ${session}.`, ...notes].join(' '));
  } catch (error) {
    write('notes', error instanceof Error ? error.message : String(error));
  }
}

if (typeof document !== 'undefined') void show();
