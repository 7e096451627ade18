/**
 * Events as the programs emit them: by an instruction to themselves that only their event authority may
 * sign. Its data is a tag, the event's discriminator and its Borsh bytes.
 */
import { getBase16Decoder, getStructDecoder, getU64Decoder, type Decoder, type ReadonlyUint8Array } from '@solana/kit';

import { COLLATERAL_EVENTS, type CollateralEvents } from '../generated/collateral/events.ts';
import { GATE_EVENTS, type GateEvents } from '../generated/gate/events.ts';
import { ISSUER_EVENTS, type IssuerEvents } from '../generated/issuer/events.ts';

/** Events of each program that emits any, by their names. */
export type ProgramEvents = { issuer: IssuerEvents; gate: GateEvents; collateral: CollateralEvents };
/** A program that emits events. */
export type EventProgram = keyof ProgramEvents;

/** Events of one program, each with its name and what it says. */
export type NamedEvent<P extends EventProgram, E> = {
  [N in keyof E]: Readonly<{ program: P; name: N; data: E[N] }>;
}[keyof E];

/** An event of a later release than this SDK: all begin with their number in the stream. */
export type UnknownEvent = Readonly<{ program: EventProgram; name: 'Unknown'; data: { sequence: bigint } }>;

/** `switch` on `program` and `name` to have `data` in its type. */
export type ScripEvent = { [P in EventProgram]: NamedEvent<P, ProgramEvents[P]> }[EventProgram] | UnknownEvent;

const EVENTS: { readonly [P in EventProgram]: Readonly<Record<string, Entry>> } = {
  issuer: ISSUER_EVENTS,
  gate: GATE_EVENTS,
  collateral: COLLATERAL_EVENTS,
};
type Entry = Readonly<{ discriminator: string; decoder: () => Decoder<{ sequence: bigint }> }>;

/** sha256("anchor:event"), the first 8 bytes, reversed: what the data of an instruction that is an event begins with. */
const TAG = new Uint8Array([0xe4, 0x45, 0xa5, 0x2e, 0x51, 0xcb, 0x9a, 0x1d]);
const DISCRIMINATOR_LENGTH = 8;
const SEQUENCE_LENGTH = 8;

const unknown = getStructDecoder([['sequence', getU64Decoder()]]);

/** The event in an instruction's data: its discriminator and Borsh bytes, which is what the running hash is over. */
export function eventBytes(data: ReadonlyUint8Array): ReadonlyUint8Array | undefined {
  return TAG.every((byte, i) => data[i] === byte) ? data.slice(TAG.length) : undefined;
}

/**
 * Reads an event. One that this SDK does not know, or that is longer or shorter than it knows it, is kept as
 * `Unknown`. Throws on bytes that are too few for any event.
 */
export function decodeEvent(program: EventProgram, bytes: ReadonlyUint8Array): ScripEvent {
  if (bytes.length < DISCRIMINATOR_LENGTH + SEQUENCE_LENGTH) {
    throw new Error(`${bytes.length} bytes are no event: it has a discriminator and a number at least.`);
  }
  const discriminator = getBase16Decoder().decode(bytes.slice(0, DISCRIMINATOR_LENGTH));
  const found = Object.entries(EVENTS[program]).find(([, entry]) => entry.discriminator === discriminator);
  const data = found && readWhole(found[1].decoder(), bytes);
  // Name and data are of the same entry, which the types cannot follow through the search.
  if (found && data) return { program, name: found[0], data } as ScripEvent;
  return { program, name: 'Unknown', data: unknown.decode(bytes, DISCRIMINATOR_LENGTH) };
}

function readWhole<T>(decoder: Decoder<T>, bytes: ReadonlyUint8Array): T | undefined {
  try {
    const [data, end] = decoder.read(bytes, DISCRIMINATOR_LENGTH);
    return end === bytes.length ? data : undefined;
  } catch {
    return undefined;
  }
}
