/** The tickers: for each its mint, with the whole set of extensions, and its records. */
import type { Address, Instruction, ReadonlyUint8Array } from '@solana/kit';
import type { TickerFacts } from '@scrip/data';
import {
  eventAccounts,
  fetchAllMaybeSymbol,
  fetchAllMaybeTicker,
  findAuthority,
  findDelegate,
  findEscrow,
  findNonceWindow,
  findRoleGrant,
  findSymbol,
  findTicker,
  findTokenAccount,
  getListTickerInstruction,
  Mode,
  metadataUri,
  MODE_NAMES,
  symbolBytes,
  tokenName,
  type Cluster,
  type Ticker,
} from '@scrip/sdk';

import type { Config } from './config.ts';
import type { Context, Done, Step } from './context.ts';
import { findMintKey } from './mintKey.ts';
import { readAll } from './read.ts';
import { submitAll, type Order } from './send.ts';

export const listTickers: Step = async (context) => {
  const { cluster, issuer, tickers } = context;
  const mints = await findListedMints(cluster, issuer, tickers);
  await requireSame(context, mints);
  const missing = tickers.filter(({ symbol }) => !mints.has(symbol));
  const made = new Map<string, Address>();
  await submitAll(
    context,
    missing.map((facts) => listing(context, facts, made)),
  );
  return tickers.map(({ symbol }): Done => {
    const address = mints.get(symbol);
    const what = `ticker ${symbol}`;
    return address
      ? { what, address, outcome: 'already there' }
      : { what, address: made.get(symbol)!, outcome: 'created' };
  });
};

type Named = Pick<TickerFacts, 'symbol'>;

/** The mints of an issuer's listed tickers, by symbol. */
export async function findListedMints(
  { rpc, programId }: Cluster,
  issuer: Address,
  tickers: readonly Named[],
): Promise<Map<string, Address>> {
  const addresses = await Promise.all(tickers.map(({ symbol }) => findSymbol(programId, issuer, symbol)));
  const records = await readAll(rpc, fetchAllMaybeSymbol, addresses);
  return new Map(records.flatMap((record, i) => (record.exists ? [[tickers[i]!.symbol, record.data.mint]] : [])));
}

/** The mint of a listed symbol of an issuer; undefined if it is not listed. */
export async function findListedMint(cluster: Cluster, issuer: Address, symbol: string): Promise<Address | undefined> {
  return (await findListedMints(cluster, issuer, [{ symbol }])).get(symbol);
}

/** For the steps after this one: each ticker with its mint. */
export async function withMints({ cluster, issuer }: Context, tickers: readonly TickerFacts[]) {
  const mints = await findListedMints(cluster, issuer, tickers);
  return tickers.map((facts) => {
    const mint = mints.get(facts.symbol);
    if (mint === undefined) throw new Error(`${facts.symbol} is not listed: this comes after it.`);
    return { facts, mint };
  });
}

async function requireSame(context: Context, mints: ReadonlyMap<string, Address>): Promise<void> {
  const { cluster, tickers } = context;
  const listed = tickers.filter(({ symbol }) => mints.has(symbol));
  const addresses = await Promise.all(listed.map(({ symbol }) => findTicker(cluster.programId, mints.get(symbol)!)));
  const accounts = await readAll(cluster.rpc, fetchAllMaybeTicker, addresses);
  for (const [i, account] of accounts.entries()) {
    if (!account.exists) throw new Error(`${listed[i]!.symbol} is listed, and has no ticker account.`);
    requireSameTicker(context, listed[i]!, account.data);
  }
}

function requireSameTicker({ config, custodian }: Context, { symbol, isin }: TickerFacts, data: Ticker): void {
  const onChain = isinText(data.isin);
  if (data.custodian !== custodian || onChain !== isin) {
    throw new Error(
      `${symbol} is listed with another custodian or ISIN (${onChain ?? 'none'}) than the configuration wants.`,
    );
  }
  const wanted = strictness(config, symbol);
  if (data.mode !== wanted.mode || (data.primaryKyc !== 0) !== wanted.primaryKyc) {
    throw new Error(
      `${symbol} is listed as ${MODE_NAMES[data.mode]}, or with another primary market, than the configuration wants.`,
    );
  }
}

function strictness({ tickers: { modes = {}, primaryKyc = [] } }: Config, symbol: string) {
  return { mode: MODE_NAMES.indexOf(modes[symbol] ?? 'open'), primaryKyc: primaryKyc.includes(symbol) };
}

const listing = (context: Context, facts: TickerFacts, made: Map<string, Address>): Order => ({
  what: `ticker ${facts.symbol}`,
  plan: async () => {
    const { mint, instruction } = await listTicker(context, facts);
    made.set(facts.symbol, mint);
    return [instruction];
  },
});

async function listTicker(
  { cluster, config, admin, issuer, custodian, granted }: Context,
  facts: TickerFacts,
): Promise<{ mint: Address; instruction: Instruction }> {
  const { programId } = cluster;
  const strict = strictness(config, facts.symbol);
  const mint = await findMintKey(cluster, strict.mode === Mode.Hooked);
  const escrow = await findEscrow(programId, mint.address);
  const ascii = new TextEncoder();
  const instruction = getListTickerInstruction(
    {
      payer: admin,
      operator: admin,
      ...(granted && { roleGrant: await findRoleGrant(programId, issuer, admin.address) }),
      issuer,
      custodian,
      mint,
      ticker: await findTicker(programId, mint.address),
      symbolRecord: await findSymbol(programId, issuer, facts.symbol),
      nonces: await findNonceWindow(programId, mint.address),
      authority: await findAuthority(programId, mint.address),
      delegate: await findDelegate(programId, mint.address),
      escrow,
      escrowAccount: await findTokenAccount(mint.address, escrow),
      ...(await eventAccounts(cluster)),
      symbol: symbolBytes(facts.symbol),
      underlying: symbolBytes(facts.underlying),
      isin: isinBytes(facts.isin),
      mic: ascii.encode(facts.mic),
      name: tokenName(facts.name),
      uri: metadataUri(config.tickers.metadataUri, facts.symbol),
      terms: config.tickers.terms,
      ...strict,
    },
    { programAddress: programId },
  );
  return { mint: mint.address, instruction };
}

const ISIN_LENGTH = 12;

/** As a ticker holds it: zeros where none is assigned, or none is known. */
function isinBytes(isin: string | null): Uint8Array {
  return isin === null ? new Uint8Array(ISIN_LENGTH) : new TextEncoder().encode(isin);
}

function isinText(bytes: ReadonlyUint8Array): string | null {
  return bytes.every((byte) => byte === 0) ? null : new TextDecoder().decode(new Uint8Array(bytes));
}
