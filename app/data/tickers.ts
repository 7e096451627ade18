/**
 * The tickers' facts, read and checked. A wrong row ends with one sentence that names row and field:
 * what is listed on chain is listed for good, so nothing is guessed or repaired here.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { isAddress } from '@solana/kit';

import { isValidIsin } from './isin.ts';

export { isValidIsin } from './isin.ts';

export const DEFAULT_TICKERS_FILE = fileURLToPath(new URL('./tickers.json', import.meta.url));

export type FeedKind = 'regular' | 'pre' | 'post' | 'overnight' | 'xstock' | 'redemptionRate';
export type Feed = Readonly<{ symbol: string; id: string; deprecated?: true }>;

/** One row; README.md says what each field is. */
export type TickerFacts = Readonly<{
  symbol: string;
  name: string;
  underlying: string;
  kind: 'stock' | 'etf';
  mic: string;
  isin: string | null;
  xstockIsin: string | null;
  mint: string;
  decimals: number;
  feeds: Readonly<Partial<Record<FeedKind, Feed>>>;
  sources: Readonly<Record<string, readonly string[]>>;
  note?: string;
}>;

/** A tickers file that cannot be used; its message is one sentence for a person. */
export class TickersError extends Error {
  override name = 'TickersError';
}

/** Reads and checks a tickers file. Throws `TickersError` at the first fault. */
export function loadTickers(file: string = DEFAULT_TICKERS_FILE): TickerFacts[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new TickersError(`cannot read the tickers file ${file} (${(error as NodeJS.ErrnoException).code}).`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new TickersError(`${file} is not JSON (${(error as Error).message}).`);
  }
  return parseTickers(json, file);
}

/** Checks a parsed tickers file; `file` is its name for messages. */
export function parseTickers(json: unknown, file = 'tickers'): TickerFacts[] {
  if (!isRecord(json) || json['version'] !== 1 || !isRecord(json['sources']) || !Array.isArray(json['tickers'])) {
    throw new TickersError(
      `${file} is not a tickers file of version 1: it needs "version": 1, "sources" and "tickers".`,
    );
  }
  const sources = new Set(Object.keys(json['sources']));
  const seen = new Map<string, string>();
  return json['tickers'].map((row: unknown, index) => checkRow(row, index, { file, sources, seen }));
}

/** The rows of the given symbols, in their order. Throws for one that is not there. */
export function pickTickers(tickers: readonly TickerFacts[], symbols: readonly string[]): TickerFacts[] {
  return symbols.map((symbol) => {
    const found = tickers.find((ticker) => ticker.symbol === symbol);
    if (!found) throw new TickersError(`there is no ticker ${symbol} in the tickers file.`);
    return found;
  });
}

type Context = { file: string; sources: Set<string>; seen: Map<string, string> };
type Row = Record<string, unknown>;
type Rule = { test: (value: unknown, row: Row) => boolean; says: string; nullable?: boolean; unique?: boolean };

const text = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isin: Rule = {
  test: (value) => typeof value === 'string' && isValidIsin(value),
  says: 'an ISIN with a right check digit, or null',
  nullable: true,
  unique: true,
};

const RULES: Record<string, Rule> = {
  symbol: { test: text(/^[A-Z0-9.]{1,9}x$/), says: '2 to 10 of A-Z, 0-9 and ".", ending in "x"', unique: true },
  name: { test: text(/^\S(.{0,62}\S)?$/), says: '1 to 64 characters without space at either end' },
  underlying: {
    test: (value, row) =>
      text(/^[A-Z0-9.]{1,8}$/)(value) &&
      `${value}`.replaceAll('.', '') === `${row['symbol']}`.replaceAll('.', '').slice(0, -1),
    says: 'the symbol without its "x"',
  },
  kind: { test: text(/^(stock|etf)$/), says: '"stock" or "etf"' },
  mic: { test: text(/^[A-Z0-9]{4}$/), says: 'an exchange code of ISO 10383, like "XNAS"' },
  isin,
  xstockIsin: isin,
  mint: {
    test: (value) => typeof value === 'string' && isAddress(value),
    says: 'an address: base58 of 32 bytes',
    unique: true,
  },
  decimals: { test: (value) => value === 8, says: '8' },
};
const OTHER_FIELDS = ['feeds', 'sources', 'note'];
const FEED_KINDS = ['regular', 'pre', 'post', 'overnight', 'xstock', 'redemptionRate'];

function checkRow(row: unknown, index: number, context: Context): TickerFacts {
  const where = (symbol: unknown) =>
    `${context.file}, row ${index + 1}${typeof symbol === 'string' ? ` (${symbol})` : ''}`;
  if (!isRecord(row)) throw new TickersError(`${where(null)}: it is not an object.`);
  const fail = (field: string, sentence: string): never => {
    throw new TickersError(`${where(row['symbol'])}, field "${field}": ${sentence}.`);
  };
  for (const field of Object.keys(row)) {
    if (!(field in RULES) && !OTHER_FIELDS.includes(field)) fail(field, 'there is no such field');
  }
  for (const [field, rule] of Object.entries(RULES)) {
    const value = row[field];
    if (value === null && rule.nullable) continue;
    if (!rule.test(value, row)) fail(field, `${show(value)} is not ${rule.says}`);
    if (rule.unique) claim(field, value as string, row, context, fail);
  }
  checkFeeds(row, context, fail);
  checkSources(row, context, fail);
  if ('note' in row && typeof row['note'] !== 'string') fail('note', `${show(row['note'])} is not a text`);
  return row as unknown as TickerFacts;
}

type Fail = (field: string, sentence: string) => never;

/** Refuses a value that another row has already. */
function claim(field: string, value: string, row: Row, { seen }: Context, fail: Fail): void {
  const key = `${field}:${value}`;
  const other = seen.get(key);
  if (other !== undefined) fail(field, `${show(value)} is already that of ${other}`);
  seen.set(key, `${row['symbol']}`);
}

function checkFeeds(row: Row, context: Context, fail: Fail): void {
  const feeds = row['feeds'];
  if (!isRecord(feeds)) return fail('feeds', `${show(feeds)} is not an object`);
  for (const [kind, feed] of Object.entries(feeds)) {
    const field = `feeds.${kind}`;
    if (!FEED_KINDS.includes(kind)) fail(field, `there is no such feed; there are ${FEED_KINDS.join(', ')}`);
    if (!isRecord(feed)) return fail(field, `${show(feed)} is not an object`);
    if (!text(/^\S{3,40}$/)(feed['symbol'])) fail(`${field}.symbol`, `${show(feed['symbol'])} is not a feed's symbol`);
    if (!text(/^[0-9a-f]{64}$/)(feed['id'])) fail(`${field}.id`, `${show(feed['id'])} is not 64 lower-case hex digits`);
    if ('deprecated' in feed && feed['deprecated'] !== true) fail(`${field}.deprecated`, 'it is true or absent');
    claim(`${field}.id`, feed['id'] as string, row, context, fail);
  }
}

function checkSources(row: Row, { sources: known }: Context, fail: Fail): void {
  const sources = row['sources'];
  if (!isRecord(sources)) return fail('sources', `${show(sources)} is not an object`);
  for (const [field, keys] of Object.entries(sources)) {
    if (!Array.isArray(keys) || keys.length === 0)
      return fail(`sources.${field}`, `${show(keys)} is not a list of sources`);
    const unknown = keys.find((key) => !known.has(key));
    if (unknown !== undefined) fail(`sources.${field}`, `${show(unknown)} is not in the file's table of sources`);
  }
  const sourced = ['mic', 'isin', 'xstockIsin', 'mint', 'decimals'].filter((field) => row[field] !== null);
  if (Object.keys(row['feeds'] as Row).length > 0) sourced.push('feeds');
  const missing = sourced.find((field) => !(field in sources));
  if (missing !== undefined) fail(missing, 'it has no source');
}

function isRecord(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
