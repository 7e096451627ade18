/** Streams of events that the programs told in the VM, read by the SDK: each event's fields, and where they lead. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { getBase16Encoder, type Address, type ReadonlyUint8Array, type Signature } from '@solana/kit';
import {
  checkStream,
  decodeEvent,
  ISSUER_EVENTS,
  ReturnReason,
  SeizureKind,
  streamOf,
  type EventProgram,
  type EventRecord,
  type StreamKind,
} from '@scrip/sdk';
import { COLLATERAL_EVENTS } from '@scrip/sdk/collateral';
import { GATE_EVENTS } from '@scrip/sdk/gate';

import { readFixture } from './fixtures.ts';
import { plain } from './plain.ts';

type GoldenEvent = { name: string; bytes: string; fields: Record<string, unknown> };
type Golden = { program: EventProgram; owner: string; events: GoldenEvent[]; sequence: string; hash: string };

const streams = Object.values(readFixture('events_golden') as Record<string, Golden[]>).flat();
const bytesOf = (hex: string) => getBase16Encoder().encode(hex);

/** Enums without fields are numbers here, and names in the file. */
const NAMED: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  RedemptionReturned: { reason: ReturnReason },
  SeizureAnnounced: { kind: SeizureKind },
  SeizureExecuted: { kind: SeizureKind },
};

function told(name: string, data: object): unknown {
  const named = Object.entries(NAMED[name] ?? {}).map(([field, names]) => {
    const number = (data as Record<string, number>)[field]!;
    return [field, (names as Record<number, string>)[number]] as const;
  });
  return { ...(plain(data) as object), ...Object.fromEntries(named) };
}

const recordsOf = ({ program, owner, events }: Golden): EventRecord[] =>
  events.map(({ bytes }) => ({
    event: decodeEvent(program, bytesOf(bytes)),
    bytes: bytesOf(bytes),
    signature: 'golden' as Signature,
    slot: 1n,
    accounts: [owner as Address],
  }));

for (const [i, golden] of streams.entries()) {
  test(`stream ${i}, ${golden.program}: each event has its golden name and fields`, () => {
    for (const { name, bytes, fields } of golden.events) {
      const event = decodeEvent(golden.program, bytesOf(bytes));
      assert.equal(event.name, name);
      assert.deepEqual(told(name, event.data), fields, name);
    }
  });

  test(`stream ${i}, ${golden.program}: its events lead to the golden hash, and to it alone`, async () => {
    const records = recordsOf(golden);
    const kind = streamOf(records[0]!.event) as StreamKind;
    const position = { sequence: BigInt(golden.sequence), hash: bytesOf(golden.hash) };
    const check = (some: EventRecord[]) =>
      checkStream(golden.owner as Address, { kind, position }, some).then(({ complete }) => complete);
    assert.equal(await check(records), true);
    assert.equal(await check(records.slice(1)), false);
    assert.equal(await check([altered(records[0]!), ...records.slice(1)]), false);
  });
}

test('every event of every program is in the file', () => {
  const told = new Set(streams.flatMap(({ program, events }) => events.map(({ name }) => `${program} ${name}`)));
  const all = Object.entries({ issuer: ISSUER_EVENTS, gate: GATE_EVENTS, collateral: COLLATERAL_EVENTS });
  const untold = all.flatMap(([program, events]) => Object.keys(events).map((name) => `${program} ${name}`));
  assert.deepEqual(
    untold.filter((event) => !told.has(event)),
    [],
  );
});

function altered(record: EventRecord): EventRecord {
  const bytes = new Uint8Array(record.bytes as ReadonlyUint8Array);
  bytes[bytes.length - 1]! ^= 1;
  return { ...record, bytes };
}
