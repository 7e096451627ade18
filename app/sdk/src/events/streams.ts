/**
 * Event streams: each account that owns one numbers its events from 1 and keeps a running hash,
 * `sha256(hash before || event)` from 32 zero bytes on. With both, nobody can leave an event out unseen.
 */
import { fetchEncodedAccount, getBase16Decoder, type Address, type ReadonlyUint8Array } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import {
  CURATOR_DISCRIMINATOR,
  FEED_DISCRIMINATOR,
  getCuratorDecoder,
  getFeedDecoder,
} from '../generated/collateral/accounts/index.ts';
import {
  getPolicyDecoder,
  getProviderDecoder,
  getRegistryDecoder,
  POLICY_DISCRIMINATOR,
  PROVIDER_DISCRIMINATOR,
  REGISTRY_DISCRIMINATOR,
} from '../generated/gate/accounts/index.ts';
import {
  getIssuerDecoder,
  getTickerDecoder,
  ISSUER_DISCRIMINATOR,
  TICKER_DISCRIMINATOR,
} from '../generated/issuer/accounts/index.ts';
import { sha256 } from '../hash.ts';
import type { EventProgram, ScripEvent } from './decode.ts';
import { fetchEvents, type EventRecord, type HistoryOptions } from './history.ts';

/** Accounts that own a stream. */
const OWNERS = {
  Issuer: { program: 'issuer', discriminator: ISSUER_DISCRIMINATOR, decoder: getIssuerDecoder },
  Ticker: { program: 'issuer', discriminator: TICKER_DISCRIMINATOR, decoder: getTickerDecoder },
  Registry: { program: 'gate', discriminator: REGISTRY_DISCRIMINATOR, decoder: getRegistryDecoder },
  Provider: { program: 'gate', discriminator: PROVIDER_DISCRIMINATOR, decoder: getProviderDecoder },
  Policy: { program: 'gate', discriminator: POLICY_DISCRIMINATOR, decoder: getPolicyDecoder },
  Curator: { program: 'collateral', discriminator: CURATOR_DISCRIMINATOR, decoder: getCuratorDecoder },
  Feed: { program: 'collateral', discriminator: FEED_DISCRIMINATOR, decoder: getFeedDecoder },
} as const satisfies Record<StreamKind, Readonly<{ program: EventProgram; discriminator: object; decoder: object }>>;
/** Whose stream it is. */
export type StreamKind = 'Issuer' | 'Ticker' | 'Registry' | 'Provider' | 'Policy' | 'Curator' | 'Feed';

/** Whose stream an event is in, by what it names first after its number. */
const FIRST_NAMED: { readonly [P in EventProgram]: Readonly<Record<string, StreamKind>> } = {
  issuer: { mint: 'Ticker', issuer: 'Issuer', custodian: 'Issuer', desk: 'Issuer' },
  gate: { policy: 'Policy', registry: 'Registry', provider: 'Provider' },
  collateral: { curator: 'Curator', account: 'Curator', calendar: 'Curator', feed: 'Curator' },
};
/** The one that is in the stream of what it names, and not in that of the one who governs it. */
const OWN_STREAM: Readonly<Record<string, StreamKind>> = { PriceObserved: 'Feed' };

/** Whose stream an event is in; undefined for one that this SDK does not know. */
export function streamOf({ program, name, data }: ScripEvent): StreamKind | undefined {
  return OWN_STREAM[name] ?? FIRST_NAMED[program][Object.keys(data)[1] ?? ''];
}

/** The number of the last event, and the hash over all until it. */
export type StreamPosition = Readonly<{ sequence: bigint; hash: ReadonlyUint8Array }>;

/** Before the first event. */
export const STREAM_START: StreamPosition = { sequence: 0n, hash: new Uint8Array(32) };

/** A stream as its account tells it. */
export type OwnedStream = Readonly<{ kind: StreamKind; position: StreamPosition }>;

/** The stream of an account. Throws if the account is missing or owns none. */
export async function fetchStream(
  { rpc, programId, programs }: Pick<Cluster, 'rpc' | 'programId' | 'programs'>,
  address: Address,
): Promise<OwnedStream> {
  const account = await fetchEncodedAccount(rpc, address, { commitment: 'confirmed' });
  if (!account.exists) throw new Error(`${address} is no account on this cluster.`);
  const ids = { issuer: programId, gate: programs.gate, collateral: programs.collateral };
  for (const [kind, { program, discriminator, decoder }] of Object.entries(OWNERS)) {
    if (account.programAddress !== ids[program] || !discriminator.every((byte, i) => account.data[i] === byte))
      continue;
    const { sequence, hash } = decoder().decode(account.data).stream;
    return { kind: kind as StreamKind, position: { sequence, hash } };
  }
  throw new Error(`${address} owns no events: ${Object.keys(OWNERS).join(', ')} accounts do.`);
}

/** What events prove about a stream. */
export type StreamCheck = Readonly<{
  /** The events of the stream, by their numbers. */
  events: readonly EventRecord[];
  /** Every event is there, and they are the very ones that the program hashed. */
  complete: boolean;
  /** What is wrong, each as a sentence; none if `complete`. */
  problems: readonly string[];
}>;

/**
 * Holds events against a stream. `records` may have others among them: those of other streams, and those
 * after `position`, are left out. `since`: what was checked before.
 */
export async function checkStream(
  address: Address,
  { kind, position }: OwnedStream,
  records: readonly EventRecord[],
  since: StreamPosition = STREAM_START,
): Promise<StreamCheck> {
  const wanted = position.sequence - since.sequence;
  if (wanted < 0n) {
    const text = `The account is at event ${position.sequence}, and ${since.sequence} were there before: it went back.`;
    return { events: [], complete: false, problems: [text] };
  }
  const found = new Map<bigint, EventRecord>();
  const problems: string[] = [];
  for (const record of ownRecords(address, kind, records)) {
    const { sequence } = record.event.data;
    if (sequence <= since.sequence || sequence > position.sequence) continue;
    const before = found.get(sequence);
    if (before && !sameBytes(before.bytes, record.bytes)) {
      problems.push(
        `Event ${sequence} is there twice, and not the same: in ${before.signature} and ${record.signature}.`,
      );
    } else if (!before) found.set(sequence, record);
  }
  const events = [...found.values()].sort((a, b) => (a.event.data.sequence < b.event.data.sequence ? -1 : 1));
  const missing = gaps(since.sequence, position.sequence, events);
  if (missing.length > 0) {
    problems.push(`The account has had ${position.sequence} events; missing: ${missing.join(', ')}.`);
  } else if (problems.length === 0) {
    let { hash } = since;
    for (const { bytes } of events) hash = await sha256(hash, bytes);
    if (!sameBytes(hash, position.hash)) {
      problems.push(
        `All numbers are there, but the hash over events ${since.sequence + 1n} to ${position.sequence} is ` +
          `${hex(hash)} and the account's is ${hex(position.hash)}: an event is not what the program emitted.`,
      );
    }
  }
  return { events, complete: problems.length === 0, problems };
}

/** Known ones by their kind; unknown ones last, so that they fill in only where no known one is. */
function ownRecords(address: Address, kind: StreamKind, records: readonly EventRecord[]): EventRecord[] {
  const { program } = OWNERS[kind];
  const near = records.filter(({ event, accounts }) => event.program === program && accounts.includes(address));
  const known = near.filter(({ event }) => streamOf(event) === kind);
  const taken = new Set(known.map(({ event }) => event.data.sequence));
  const unknown = near.filter(({ event }) => streamOf(event) === undefined && !taken.has(event.data.sequence));
  return [...known, ...unknown];
}

/** Numbers between two positions that no event has: "5", "7 to 9". */
function gaps(from: bigint, to: bigint, events: readonly EventRecord[]): string[] {
  const found: string[] = [];
  let next = from + 1n;
  for (const sequence of [...events.map(({ event }) => event.data.sequence), to + 1n]) {
    if (sequence > next) found.push(sequence - 1n === next ? `${next}` : `${next} to ${sequence - 1n}`);
    next = sequence + 1n;
  }
  return found;
}

/** Where an audit goes on from. */
export type AuditOptions = HistoryOptions &
  Readonly<{
    /** What was checked before; with `after`, the last transaction that was read then, only new ones are read. */
    since?: StreamPosition;
  }>;

/** A stream and what its events prove. */
export type StreamAudit = StreamCheck & OwnedStream;

/**
 * Reads all events of an account's stream out of its history and proves that none is missing: an issuer's, a
 * ticker's, a registry's, a provider's, a policy's, a curator's or a feed's. What the node says is believed in
 * one thing only, the account itself. Throws if the account owns no stream.
 */
export async function auditStream(
  cluster: Pick<Cluster, 'rpc' | 'programId' | 'programs'>,
  address: Address,
  { since, ...history }: AuditOptions = {},
): Promise<StreamAudit> {
  // First the account: what comes in meanwhile is left out.
  const stream = await fetchStream(cluster, address);
  const records = await fetchEvents(cluster, address, history);
  return { ...stream, ...(await checkStream(address, stream, records, since)) };
}

const hex = (bytes: ReadonlyUint8Array) => getBase16Decoder().decode(bytes);

const sameBytes = (a: ReadonlyUint8Array, b: ReadonlyUint8Array) =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
