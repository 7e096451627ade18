/** What tests and demos rely on in the local validator: its clock, and moving it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { chainTime, DEFAULT_LIFETIME_SECS, fetchTickerView, send, type Cluster } from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, mintOrder, mintPlan } from './chain.ts';

/** Moves the chain's clock forward. Only surfpool can. */
async function travelTo(cluster: Cluster, unixSeconds: bigint): Promise<void> {
  const response = await fetch(cluster.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'surfnet_timeTravel',
      params: [{ absoluteTimestamp: Number(unixSeconds * 1000n) }],
    }),
  });
  const { error } = (await response.json()) as { error?: { message: string } };
  assert.equal(error, undefined);
}

test("the chain's clock keeps to real time", async () => {
  const { cluster } = await listed(50, ['AMZNx']);
  const behind = BigInt(Math.floor(Date.now() / 1000)) - (await chainTime(cluster));
  assert.ok(behind > -5n && behind < 30n, `the chain is ${behind} s behind`);
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
