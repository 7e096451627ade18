/**
 * What a wallet shows of a token: the entries that the mint itself holds, which rule, and the JSON file that its `uri`
 * names, with picture and terms. `metadata.schema.json` of this package is the file's JSON Schema.
 */
import type { Address } from '@solana/kit';
import { fetchMint, isExtension, type Mint } from '@solana-program/token-2022';

import type { Rpc } from './cluster.ts';
import { MODE_NAMES, type ModeName } from './modes.ts';

/** As long as the program allows. */
const MAX_NAME_BYTES = 64;

/** A document and sha256 of its bytes, in hexadecimal: the chain vouches for what the file at `uri` says. */
export type TermsDocument = Readonly<{ uri: string; sha256: string }>;

/** What a token is of: codes of the share or fund, null where none is assigned. */
export type Security = Readonly<{ underlying: string; kind?: 'stock' | 'etf'; mic: string; isin: string | null }>;

/** What a mint says of itself. */
export type OnChainMetadata = Readonly<{
  name: string;
  symbol: string;
  /** Of the JSON file. */
  uri: string;
  security: Security;
  mode: ModeName;
  document?: TermsDocument;
}>;

/** The JSON file, as wallets know it (`name`, `symbol`, `description`, `image`), and what is a security's own. */
export type MetadataJson = Readonly<{
  name: string;
  symbol: string;
  description: string;
  image: string;
  external_url?: string;
  security: Security;
  terms: Readonly<{
    mode: ModeName;
    /** Sentences to show before somebody buys. */
    summary: readonly string[];
    document?: TermsDocument;
  }>;
}>;

/** The name under which a share is listed: with what says that it is a token of it, where 64 bytes hold both. */
export function tokenName(share: string): string {
  const name = `${share} xStock`;
  return new TextEncoder().encode(name).length <= MAX_NAME_BYTES ? name : share;
}

/** Where a token's JSON file is: `{symbol}` in the issuer's template is replaced. */
export function metadataUri(template: string, symbol: string): string {
  return template.replaceAll('{symbol}', symbol);
}

/** A listing, and where its picture is; `shareName` is the company's or fund's. */
export type MetadataSource = Omit<OnChainMetadata, 'name' | 'uri'> &
  Readonly<{ shareName: string; image: string; externalUrl?: string; redemptionSecs: number; payoutSecs: number }>;

/** The JSON file for a listing: what an issuer puts at the token's `uri`. */
export function metadataJson(source: MetadataSource): MetadataJson {
  const { shareName, symbol, image, externalUrl, security, mode, document } = source;
  const { underlying, mic, isin, kind } = security;
  const codes = [underlying, mic, ...(isin === null ? [] : [isin])].join(', ');
  return {
    name: tokenName(shareName),
    symbol,
    description: `A token of ${kind === 'etf' ? 'the fund ' : ''}${shareName} (${codes}), backed one to one by what a custodian holds.`,
    image,
    ...(externalUrl !== undefined && { external_url: externalUrl }),
    security,
    terms: { mode, summary: summaryOf(source), ...(document && { document }) },
  };
}

const MODE_TEXTS: Readonly<Record<ModeName, string>> = {
  open: 'Anybody may hold and transfer it.',
  frozen: 'Registered wallets alone may hold it: an account is thawed once its owner is registered.',
  hooked: 'Registered wallets alone may hold it, and every transfer is checked.',
};
const DAY_SECS = 86_400;
const days = (secs: number) => `${Math.round((secs / DAY_SECS) * 10) / 10} days`;

/** What the programs enforce, in words. */
function summaryOf({ mode, redemptionSecs, payoutSecs }: MetadataSource): string[] {
  return [
    'A balance in shares is the raw amount times the multiplier of the mint, which splits and dividends change.',
    MODE_TEXTS[mode],
    `A redemption that is not taken up within ${days(redemptionSecs)}, or not paid within ${days(payoutSecs)} after that, can be taken back.`,
    'The issuer may pause the token, hold an account, and seize or recover shares after a public delay.',
  ];
}

/** Reads what a mint says of itself. Throws if it has no metadata, or is not one that Scrip lists. */
export async function fetchOnChainMetadata(rpc: Rpc, mint: Address): Promise<OnChainMetadata> {
  return onChainMetadataOf((await fetchMint(rpc, mint)).data);
}

/** The same of a mint that was read already. */
export function onChainMetadataOf({ extensions }: Pick<Mint, 'extensions'>): OnChainMetadata {
  const list = extensions.__option === 'Some' ? extensions.value : [];
  const found = list.find((extension) => isExtension('TokenMetadata', extension));
  const mode = MODE_NAMES.find((name) => name === found?.additionalMetadata.get('mode'));
  if (!found || mode === undefined) throw new Error('The mint has not the metadata of one that Scrip lists.');
  const { name, symbol, uri, additionalMetadata: entries } = found;
  const entry = (key: string) => entries.get(key) ?? '';
  const document = { uri: entry('prospectus_uri'), sha256: entry('prospectus_sha256') };
  return {
    ...{ name, symbol, uri, mode },
    security: { underlying: entry('underlying'), mic: entry('mic'), isin: entry('isin') || null },
    ...(document.uri && { document }),
  };
}

/**
 * Where a JSON file differs from what its mint says, by field; none if a wallet may show it. The file is the word of
 * whoever keeps its server, the mint is what the issuer signed.
 */
export function metadataDifferences(mint: OnChainMetadata, json: MetadataJson): string[] {
  const { underlying, mic, isin } = json.security;
  const { mode, document } = json.terms;
  const pairs: readonly (readonly [field: string, onChain: unknown, inFile: unknown])[] = [
    ['name', mint.name, json.name],
    ['symbol', mint.symbol, json.symbol],
    ['security.underlying', mint.security.underlying, underlying],
    ['security.mic', mint.security.mic, mic],
    ['security.isin', mint.security.isin, isin],
    ['terms.mode', mint.mode, mode],
    ['terms.document.uri', mint.document?.uri, document?.uri],
    ['terms.document.sha256', mint.document?.sha256, document?.sha256],
  ];
  return pairs.flatMap(([field, onChain, inFile]) => (onChain === inFile ? [] : [field]));
}
