/** What tests and demos rely on in the local validator: its clock, and moving it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chainTime, DEFAULT_LIFETIME_SECS, fetchTickerView, send, travelTo } from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, mintOrder, mintPlan } from './chain.ts';

test("the chain's clock keeps to real time", async () => {
  const { cluster } = await listed(50, ['AMZNx']);
  const ahead = async () => Number(await chainTime(cluster)) - Date.now() / 1000;
  // Other files may have moved it: it must not drift from where it is.
  const before = await ahead();
  await new Promise((done) => setTimeout(done, 4_000));
  const drift = (await ahead()) - before;
  assert.ok(Math.abs(drift) < 3, `the chain's clock drifts by ${drift} s in 4 s`);
});

test('the clock is moved forward only, and on this machine only', async () => {
  const { cluster } = await listed(50, ['AMZNx']);
  const now = await chainTime(cluster);
  await assert.rejects(travelTo(cluster, now - 100n), /cannot go back/);
  await assert.rejects(travelTo({ ...cluster, url: 'https://rpc.example' }, now + 1n), /it is not a local cluster/);
});

test('time travel: an attestation is refused once its time is over', async () => {
  const context = await listed(50, ['AMZNx']);
  const { cluster } = context;
  const mint = await mintOf(context, 'AMZNx');
  const alice = await investor(cluster);
  const order = mintOrder(mint, alice.address);
  const { attested, plan } = await mintPlan(context, order, alice);

  await travelTo(cluster, attested.body.header.issuedAt + DEFAULT_LIFETIME_SECS + 1n);
  assert.ok((await chainTime(cluster)) > attested.body.header.expiresAt);
  await assertRefused(cluster, alice, plan, 'AttestationExpired');

  const fresh = await mintPlan(context, order, alice);
  await send(cluster, alice, fresh.plan);
  assert.equal((await fetchTickerView(cluster, mint)).supply, order.amount);
});
