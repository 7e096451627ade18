/** Events as bytes and names, held against the programs' source. No chain needed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import type { Address, Decoder } from '@solana/kit';
import { decodeEvent, eventBytes, getSharesMintedEncoder, ISSUER_EVENTS, streamOf } from '@scrip/sdk';
import { COLLATERAL_EVENTS } from '@scrip/sdk/collateral';
import { GATE_EVENTS } from '@scrip/sdk/gate';

const KEY = '11111111111111111111111111111111' as Address;

test('an event of a later release is kept as unknown, and one that is cut too', () => {
  const { discriminator } = ISSUER_EVENTS.SharesMinted;
  const known = [...Buffer.from(discriminator, 'hex')];
  const number = [7, 0, 0, 0, 0, 0, 0, 0];
  const unknown = { program: 'issuer', name: 'Unknown', data: { sequence: 7n } };
  assert.deepEqual(decodeEvent('issuer', new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, ...number, 9])), unknown);
  assert.deepEqual(decodeEvent('issuer', new Uint8Array([...known, ...number])), unknown);
  const whole = getSharesMintedEncoder().encode({
    sequence: 7n,
    mint: KEY,
    owner: KEY,
    amount: 1n,
    supply: 1n,
    attestorSet: KEY,
    nonce: 0n,
    signers: 1,
    statementAsOf: 0n,
    countedSharesE8: 1n,
  });
  assert.equal(decodeEvent('issuer', new Uint8Array([...known, ...whole])).name, 'SharesMinted');
  assert.deepEqual(decodeEvent('issuer', new Uint8Array([...known, ...whole, 0])), unknown);
  assert.throws(() => decodeEvent('issuer', new Uint8Array(15)), /15 bytes are no event/);
  assert.equal(eventBytes(new Uint8Array(20)), undefined);
});

test('every event is in the stream that its program publishes it to', () => {
  const published = new Map<string, string>();
  for (const program of ['issuer', 'gate', 'collateral']) {
    for (const [owner, name] of publications(program)) published.set(`${program} ${name}`, owner);
  }
  const all: Record<string, Record<string, Readonly<{ decoder: () => Decoder<object> }>>> = {
    issuer: ISSUER_EVENTS,
    gate: GATE_EVENTS,
    collateral: COLLATERAL_EVENTS,
  };
  const known = Object.entries(all).flatMap(([program, events]) =>
    Object.keys(events).map((name) => `${program} ${name}`),
  );
  assert.deepEqual([...published.keys()].sort(), known.sort());
  for (const [program, events] of Object.entries(all)) {
    for (const [name, { decoder }] of Object.entries(events)) {
      // Zeros are long enough for every event: vectors and texts are empty then.
      const data = decoder().decode(new Uint8Array(2_000));
      const kind = streamOf({ program, name, data } as never);
      assert.equal(kind?.toLowerCase(), published.get(`${program} ${name}`), name);
    }
  }
});

/** Owner and event of each `owner.stream.publish(.., |sequence| Event {` in a program's source. */
function publications(program: string): [owner: string, event: string][] {
  const folder = new URL(`../../programs/${program}/src/`, import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rs'));
  return files.flatMap((file) => {
    const source = readFileSync(new URL(file, folder), 'utf8');
    const calls = source.matchAll(
      /(\w+)(?:\.load_mut\(\)\?)?\s*\.stream\s*\.publish\([^|]*\|sequence\|\s*(?:\{\s*)?(\w+) \{/g,
    );
    return [...calls].map(([, owner, event]) => [owner!, event!] as [string, string]);
  });
}
