/** What the programs said, read from transactions; that nothing of it is missing, and what shows if something is. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner, ReadonlyUint8Array } from '@solana/kit';
import type { Context } from '@scrip/migrations';
import {
  auditStream,
  checkStream,
  fetchEvents,
  fetchEventsOf,
  fetchStream,
  findTicker,
  parseAmount,
  requestRedemptionPlan,
  send,
  transferPlan,
  type EventRecord,
  type OwnedStream,
} from '@scrip/sdk';
import { findPolicy, findProvider, findRegistry } from '@scrip/sdk/gate';

import { investor, listed, mintOf, mintOrder, mintPlan } from './chain.ts';
import { gatedMarket, registered } from './gated.ts';

let context: Context;
let mint: Address;
let ticker: Address;
let alice: KeyPairSigner;
let minted: Awaited<ReturnType<typeof send>>;
/** The ticker's stream after a mint, a transfer, a request and another mint. */
let stream: OwnedStream;
let records: EventRecord[];

before(async () => {
  context = await listed(180, ['AAPLx', 'TSLAx']);
  const { cluster, issuer } = context;
  mint = await mintOf(context, 'AAPLx');
  ticker = await findTicker(cluster.programId, mint);
  alice = await investor(cluster);
  const bob = await investor(cluster);
  minted = await send(cluster, alice, (await mintPlan(context, mintOrder(mint, alice.address), alice)).plan);
  await send(cluster, alice, await transferPlan(cluster, alice, mint, bob.address, parseAmount('0.5')));
  const redemption = { mint, id: 0n, amount: parseAmount('0.25') };
  await send(cluster, alice, await requestRedemptionPlan(cluster, issuer, alice, redemption));
  // A mint of another ticker in the same history of the issuer, and one more of this.
  const other = await mintOf(context, 'TSLAx');
  await send(cluster, alice, (await mintPlan(context, mintOrder(other, alice.address), alice)).plan);
  await send(cluster, alice, (await mintPlan(context, mintOrder(mint, bob.address), alice)).plan);
  stream = await fetchStream(cluster, ticker);
  records = await fetchEvents(cluster, ticker);
});

const namesOf = (list: readonly EventRecord[]) => list.map(({ event }) => event.name);

test('a transaction tells its events, typed', async () => {
  const [record, ...rest] = await fetchEventsOf(context.cluster, [minted]);
  assert.deepEqual(rest, []);
  assert.equal(record?.signature, minted);
  assert.ok(record.event.program === 'issuer' && record.event.name === 'SharesMinted');
  const { owner, amount, supply, signers } = record.event.data;
  assert.deepEqual([owner, amount, supply], [alice.address, parseAmount('1'), parseAmount('1')]);
  assert.equal(signers.toString(2).replaceAll('0', '').length, context.config.attestors.threshold);
});

test("a ticker's stream is whole, and without a transfer's", async () => {
  const audit = await auditStream(context.cluster, ticker);
  assert.deepEqual(audit.problems, []);
  assert.ok(audit.complete);
  assert.equal(audit.kind, 'Ticker');
  assert.deepEqual(namesOf(audit.events), ['SharesMinted', 'RedemptionRequested', 'SharesMinted']);
  assert.equal(audit.position.sequence, 3n);
});

test('an audit goes on from where an earlier one ended, and reads only what is new', async () => {
  const { cluster } = context;
  const first = await auditStream(cluster, ticker);
  const since = first.position;
  const after = first.events.at(-1)!.signature;
  assert.deepEqual((await auditStream(cluster, ticker, { since, after })).events, []);
  await send(cluster, alice, (await mintPlan(context, mintOrder(mint, alice.address), alice)).plan);
  const next = await auditStream(cluster, ticker, { since, after });
  assert.deepEqual([next.complete, namesOf(next.events)], [true, ['SharesMinted']]);
  // From a position that was not there: the hash shows it.
  const forged = { ...since, hash: new Uint8Array(32).fill(1) };
  const { problems } = await auditStream(cluster, ticker, { since: forged, after });
  assert.match(problems[0]!, /^All numbers are there, but the hash over events 4 to 4 is/);
});

test('what is left out, changed or doubled is named', async () => {
  const check = (list: readonly EventRecord[]) => checkStream(ticker, stream, list);
  assert.deepEqual((await check(records)).problems, []);
  const own = (await check(records)).events;
  assert.deepEqual((await check(own.toSpliced(1, 1))).problems, ['The account has had 3 events; missing: 2.']);
  assert.deepEqual((await check([])).problems, ['The account has had 3 events; missing: 1 to 3.']);
  const [first] = own;
  const forged = { ...first!, bytes: changed(first!.bytes) };
  assert.match((await check([forged, ...own.slice(1)])).problems[0]!, /an event is not what the program emitted\.$/);
  assert.match((await check([...own, forged])).problems[0]!, /^Event 1 is there twice, and not the same/);
  const earlier = { kind: stream.kind, position: { ...stream.position, sequence: 2n } };
  assert.match((await checkStream(ticker, earlier, own)).problems[0]!, /^All numbers are there, but the hash/);
  const back = await checkStream(ticker, earlier, own, stream.position);
  assert.match(back.problems[0]!, /it went back\.$/);
});

/** The amount's last byte, the way a forger would. */
function changed(bytes: ReadonlyUint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[8 + 8 + 32 + 32]! ^= 1;
  return copy;
}

test('streams of issuer, registry, provider, policy and curator are whole', async () => {
  const { context: gated, frozen } = await gatedMarket(181);
  await registered(gated);
  const { cluster, issuer } = gated;
  const { gate } = cluster.programs;
  const owned: Record<string, Address> = {
    Issuer: issuer,
    Ticker: await findTicker(cluster.programId, frozen),
    Registry: await findRegistry(gate, issuer),
    Provider: await findProvider(gate, issuer, 0),
    Policy: await findPolicy(gate, frozen),
    Curator: gated.curator,
  };
  for (const [kind, account] of Object.entries(owned)) {
    const audit = await auditStream(cluster, account);
    assert.deepEqual([audit.kind, audit.problems], [kind, []]);
    assert.equal(BigInt(audit.events.length), audit.position.sequence);
    assert.ok(!namesOf(audit.events).includes('Unknown'));
    if (kind !== 'Ticker') assert.ok(audit.events.length > 0, kind);
  }
});

test('an account without a stream, and one that is not there, are refused', async () => {
  const { cluster } = context;
  await assert.rejects(auditStream(cluster, mint), /owns no events: Issuer, Ticker, .* accounts do\.$/);
  const nobody = '1nc1nerator11111111111111111111111111111112' as Address;
  await assert.rejects(auditStream(cluster, nobody), /is no account on this cluster/);
});
