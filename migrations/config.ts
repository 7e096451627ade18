/** What the migrations should bring about: a JSON file, checked. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { isAddress, type Address } from '@solana/kit';
import { loadTickers, pickTickers, type TickerFacts } from '@scrip/data';
import { Kind, MODE_NAMES, type ModeName } from '@scrip/sdk';
import { countryNumber } from '@scrip/sdk/gate';

export const LOCAL_CONFIG_FILE = fileURLToPath(new URL('./config/local.json', import.meta.url));

/** Instead of a list of symbols. */
const ALL = 'all';

export type Config = Readonly<{
  issuer: Readonly<{
    id: number;
    /** Who created it, if the key `admin` does not: its address follows from this one, whoever is the admin now. */
    creator?: Address;
    /** How long dangerous changes wait: 1 hour to 30 days. */
    timelockSecs: number;
  }>;
  custodian: Readonly<{ number: number; name: string }>;
  /** Who signs every day: mints, settlements, quotes. */
  attestors: AttestorsConfig;
  /** Who signs seldom, with keys that are kept offline: attestors, corporate actions. Optional. */
  coldAttestors?: AttestorsConfig;
  tickers: Readonly<{
    /** Another tickers file than the one that comes with Scrip. */
    file?: string;
    /** Or every row of the file. */
    symbols: readonly string[] | typeof ALL;
    /** How strict a ticker is about who holds it, by its symbol; open, if it is not here. */
    modes?: Readonly<Record<string, ModeName>>;
    /** Open ones that are minted to and redeemed by registered wallets only. */
    primaryKyc?: readonly string[];
    /** `{symbol}` is replaced. */
    metadataUri: string;
    terms: Readonly<{
      maxStatementAgeSecs: number;
      maxReceivableBps: number;
      redemptionSecs: number;
      payoutSecs: number;
      /** Raw. */
      minRedemption: number;
      /** Raw, in a window of time; a window of 0 seconds is no limit. */
      mintLimit: Limit;
      ownerMintLimit: Limit;
      cashLimit: Limit;
      ownerCashLimit: Limit;
    }>;
  }>;
  /** Who may hold the tickers that ask: providers and one policy for all of these. */
  gate?: Readonly<{
    /** How long the COMPLIANCE role of the key `compliance` lasts. */
    complianceDays: number;
    /** Who that is, if its key is not in the key folder. */
    compliance?: Address;
    providers: readonly ProviderConfig[];
    policy: Readonly<{
      countries: readonly string[];
      minTier: number;
      sourceCheck: boolean;
      venues: boolean;
    }>;
  }>;
  /** The curator of price feeds, number and timelock; the years of the calendar to load. */
  collateral: Readonly<{
    curator: number;
    /** Who created the curator, if the key `admin` does not. */
    creator?: Address;
    timelockSecs: number;
    /** Another calendar file than the one that comes with Scrip. */
    calendarFile?: string;
    years: readonly number[];
  }>;
  /** Millionths of a lamport for each compute unit: what a busy cluster is paid to take a transaction at once. */
  priorityFee?: number;
}>;

export type AttestorsConfig = Readonly<{
  index: number;
  /** On a local cluster: how many keys to make up. */
  count?: number;
  /** Elsewhere: the attestors' own public keys. */
  keys?: readonly Address[];
  threshold: number;
  kinds: readonly (keyof typeof Kind)[];
  validDays: number;
}>;

export type ProviderConfig = Readonly<{
  /** Who signs; on a local cluster a key is made up if none is given. */
  authority?: Address;
  /** Whose investors it may register: codes of two letters. */
  countries: readonly string[];
  maxTier: number;
  validDays: number;
}>;

type Limit = Readonly<{ capacity: number; windowSecs: number }>;

type Check = (value: unknown) => string | undefined;
type Shape = { [field: string]: Shape | Check };

const integer =
  (low: number, high: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high
      ? undefined
      : `a whole number from ${low} to ${high}`;
const text = (value: unknown) => (typeof value === 'string' && value.length > 0 ? undefined : 'a text');
const list =
  (member: Check, says: string): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => member(item) === undefined)
      ? undefined
      : `a list of ${says}`;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);

const U32 = 2 ** 32 - 1;
const isKey: Check = (value) => (typeof value === 'string' && isAddress(value) ? undefined : 'an address');
const isKind: Check = (value) => (typeof value === 'string' && value in Kind ? undefined : 'a kind');

const isCountry: Check = (value) => {
  try {
    countryNumber(value as string);
    return undefined;
  } catch {
    return 'a country';
  }
};
const isFlag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const isModes: Check = (value) => {
  const modes = typeof value === 'object' && value !== null ? Object.values(value) : [undefined];
  return modes.every((mode) => MODE_NAMES.includes(mode)) ? undefined : `modes by symbol (${MODE_NAMES.join(', ')})`;
};

const COUNTRIES = list(isCountry, 'countries (codes of two letters)');
const PROVIDER: Shape = {
  authority: optional(isKey),
  countries: COUNTRIES,
  maxTier: integer(0, 255),
  validDays: integer(1, 3650),
};
const GATE: Shape = {
  complianceDays: integer(1, 3650),
  compliance: optional(isKey),
  providers: (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= 64 ? undefined : 'a list of 1 to 64',
  policy: { countries: COUNTRIES, minTier: integer(0, 255), sourceCheck: isFlag, venues: isFlag },
};

const ATTESTORS: Shape = {
  index: integer(0, U32),
  count: optional(integer(1, 16)),
  keys: optional(list(isKey, 'addresses')),
  threshold: integer(1, 16),
  kinds: list(isKind, `kinds (${Object.keys(Kind).join(', ')})`),
  validDays: integer(1, 3650),
};

const LIMIT: Shape = { capacity: integer(0, Number.MAX_SAFE_INTEGER), windowSecs: integer(0, U32) };

const SHAPE: Shape = {
  issuer: { id: integer(0, U32), creator: optional(isKey), timelockSecs: integer(3_600, 30 * 86_400) },
  custodian: { number: integer(0, U32), name: text },
  attestors: ATTESTORS,
  // Checked by itself, where it is given.
  coldAttestors: () => undefined,
  tickers: {
    file: optional(text),
    symbols: (value) => (value === ALL ? undefined : list(text, `symbols, or "${ALL}"`)(value)),
    modes: optional(isModes),
    primaryKyc: optional(list(text, 'symbols')),
    metadataUri: text,
    terms: {
      maxStatementAgeSecs: integer(1, U32),
      maxReceivableBps: integer(0, 10_000),
      redemptionSecs: integer(1, U32),
      payoutSecs: integer(1, U32),
      minRedemption: integer(0, Number.MAX_SAFE_INTEGER),
      mintLimit: LIMIT,
      ownerMintLimit: LIMIT,
      cashLimit: LIMIT,
      ownerCashLimit: LIMIT,
    },
  },
  // Checked by itself, where it is given.
  gate: () => undefined,
  collateral: {
    curator: integer(0, U32),
    creator: optional(isKey),
    timelockSecs: integer(3_600, 30 * 86_400),
    calendarFile: optional(text),
    years: list(integer(2000, 2399), 'years'),
  },
  priorityFee: optional(integer(1, Number.MAX_SAFE_INTEGER)),
};

/** Reads and checks a configuration. Throws one sentence that names the field. */
export function loadConfig(file: string = LOCAL_CONFIG_FILE): Config {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`the configuration ${file} cannot be read (${(error as Error).message}).`);
  }
  checkShape(json, SHAPE, file, '');
  const config = json as Config;
  checkAttestors(config, file);
  checkGate(config, file);
  return config;
}

function checkAttestors({ attestors, coldAttestors }: Config, file: string): void {
  if (coldAttestors !== undefined) checkShape(coldAttestors, ATTESTORS, file, 'coldAttestors');
  for (const [name, set] of Object.entries({ attestors, ...(coldAttestors && { coldAttestors }) })) {
    const { count, keys, threshold } = set;
    if ((count === undefined) === (keys === undefined)) {
      throw new Error(`${file}, ${name}: give "keys" (public keys), or "count" on a local cluster; not both.`);
    }
    if (threshold > (keys?.length ?? count ?? 0)) {
      throw new Error(`${file}, ${name}.threshold: ${threshold} is above the number of attestors.`);
    }
  }
  if (attestors.index === coldAttestors?.index) {
    throw new Error(`${file}, coldAttestors.index: ${attestors.index} is that of the other set.`);
  }
}

function checkGate({ gate, tickers }: Config, file: string): void {
  if (gate !== undefined) {
    checkShape(gate, GATE, file, 'gate');
    gate.providers.forEach((provider, i) => checkShape(provider, PROVIDER, file, `gate.providers.${i}`));
  }
  const { symbols, modes = {}, primaryKyc = [] } = tickers;
  const asking = [...Object.keys(modes), ...primaryKyc];
  const unlisted = asking.find((symbol) => symbols !== ALL && !symbols.includes(symbol));
  if (unlisted !== undefined) throw new Error(`${file}, tickers: ${unlisted} has a mode, and is not in symbols.`);
  if (gate === undefined && asking.some((symbol) => asksRegistration({ tickers }, symbol))) {
    throw new Error(`${file}, gate: it is missing, and there are tickers for registered wallets only.`);
  }
}

/** Whether the primary market of a ticker, at least, is for registered wallets: then it needs a policy. */
export function asksRegistration({ tickers }: Pick<Config, 'tickers'>, symbol: string): boolean {
  const { modes = {}, primaryKyc = [] } = tickers;
  return (modes[symbol] ?? 'open') !== 'open' || primaryKyc.includes(symbol);
}

/** The configured rows of the tickers file, in their order. Throws where a symbol has none. */
export function wantedTickers({ tickers: { file, symbols, modes = {}, primaryKyc = [] } }: Config): TickerFacts[] {
  const all = loadTickers(file);
  if (symbols !== ALL) return pickTickers(all, symbols);
  // A mode of a ticker that is not there would be no mode of any.
  pickTickers(all, [...Object.keys(modes), ...primaryKyc]);
  return all;
}

function checkShape(value: unknown, shape: Shape, file: string, path: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${file}${path && `, ${path}`}: it must be an object.`);
  }
  const fields = value as Record<string, unknown>;
  const unknown = Object.keys(fields).find((field) => !(field in shape));
  if (unknown !== undefined) throw new Error(`${file}, ${join(path, unknown)}: there is no such field.`);
  for (const [field, expected] of Object.entries(shape)) {
    if (typeof expected !== 'function') {
      checkShape(fields[field], expected, file, join(path, field));
      continue;
    }
    const wanted = expected(fields[field]);
    if (wanted !== undefined) {
      throw new Error(`${file}, ${join(path, field)}: ${JSON.stringify(fields[field]) ?? 'nothing'} is not ${wanted}.`);
    }
  }
}

const join = (path: string, field: string) => (path ? `${path}.${field}` : field);
