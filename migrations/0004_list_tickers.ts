/** The tickers: for each its mint, with the whole set of extensions, and its records. */
import { generateKeyPairSigner, type Address, type ReadonlyUint8Array } from '@solana/kit';
import type { TickerFacts } from '@scrip/data';
import {
  eventAccounts,
  fetchMaybeSymbol,
  fetchTicker,
  findAuthority,
  findDelegate,
  findEscrow,
  findNonceWindow,
  findSymbol,
  findTicker,
  findTokenAccount,
  getListTickerInstruction,
  metadataUri,
  MODE_NAMES,
  send,
  symbolBytes,
  tokenName,
  type Cluster,
} from '@scrip/sdk';

import type { Config } from './config.ts';
import type { Context, Done, Step } from './context.ts';

export const listTickers: Step = (context) => Promise.all(context.tickers.map((facts) => listTicker(context, facts)));

/** The mint of a listed symbol of an issuer; undefined if it is not listed. */
export async function findListedMint(cluster: Cluster, issuer: Address, symbol: string): Promise<Address | undefined> {
  const record = await fetchMaybeSymbol(cluster.rpc, await findSymbol(cluster.programId, issuer, symbol));
  return record.exists ? record.data.mint : undefined;
}

async function listTicker(context: Context, facts: TickerFacts): Promise<Done> {
  const { cluster, issuer, custodian } = context;
  const what = `ticker ${facts.symbol}`;
  const listed = await findListedMint(cluster, issuer, facts.symbol);
  if (listed !== undefined) {
    const { data } = await fetchTicker(cluster.rpc, await findTicker(cluster.programId, listed));
    const isin = isinText(data.isin);
    if (data.custodian !== custodian || isin !== facts.isin) {
      throw new Error(
        `${facts.symbol} is listed with another custodian or ISIN (${isin ?? 'none'}) than the configuration wants.`,
      );
    }
    const wanted = strictness(context.config, facts.symbol);
    if (data.mode !== wanted.mode || (data.primaryKyc !== 0) !== wanted.primaryKyc) {
      throw new Error(
        `${facts.symbol} is listed as ${MODE_NAMES[data.mode]}, or with another primary market, than the configuration wants.`,
      );
    }
    return { what, address: listed, outcome: 'already there' };
  }
  return { what, address: await createMint(context, facts), outcome: 'created' };
}

function strictness({ tickers: { modes = {}, primaryKyc = [] } }: Config, symbol: string) {
  return { mode: MODE_NAMES.indexOf(modes[symbol] ?? 'open'), primaryKyc: primaryKyc.includes(symbol) };
}

async function createMint(
  { cluster, config, admin, issuer, custodian }: Context,
  facts: TickerFacts,
): Promise<Address> {
  const { programId } = cluster;
  // Signs once, for its own creation; no key to it is needed or kept.
  const mint = await generateKeyPairSigner();
  const escrow = await findEscrow(programId, mint.address);
  const ascii = new TextEncoder();
  const instruction = getListTickerInstruction(
    {
      payer: admin,
      operator: admin,
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
      ...strictness(config, facts.symbol),
    },
    { programAddress: programId },
  );
  await send(cluster, admin, [instruction]);
  return mint.address;
}

const ISIN_LENGTH = 12;

/** As a ticker holds it: zeros where none is assigned, or none is known. */
function isinBytes(isin: string | null): Uint8Array {
  return isin === null ? new Uint8Array(ISIN_LENGTH) : new TextEncoder().encode(isin);
}

function isinText(bytes: ReadonlyUint8Array): string | null {
  return bytes.every((byte) => byte === 0) ? null : new TextDecoder().decode(new Uint8Array(bytes));
}
