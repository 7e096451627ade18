/** The ways out of the escrow that do not need the custodian to pay. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner } from '@solana/kit';
import { fetchMint, fetchToken } from '@solana-program/token-2022';
import type { Context } from '@scrip/migrations';
import {
  acknowledgeRedemptionPlan,
  attestAcknowledge,
  attestReject,
  attestSettle,
  cancelRedemptionPlan,
  claimRedemptionPlan,
  fetchMaybeRedemption,
  fetchRedemption,
  fetchTickerView,
  findRedemption,
  findTokenAccount,
  parseAmount,
  Pause,
  PAUSE_ALL,
  reclaimRedemptionPlan,
  rejectRedemptionPlan,
  requestRedemptionPlan,
  send,
  setIssuerPausePlan,
  setTickerPausePlan,
  settleRedemptionPlan,
  transferPlan,
  travelTo,
} from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, mintOrder, mintPlan, quorumOf } from './chain.ts';
import { extensionsOf } from './fixtures.ts';

const HELD = parseAmount('10');
const PART = parseAmount('2');

let context: Context;
let mint: Address;
let alice: KeyPairSigner;
before(async () => {
  context = await listed(90, ['METAx']);
  mint = await mintOf(context, 'METAx');
  alice = await investor(context.cluster);
  await send(
    context.cluster,
    alice,
    (await mintPlan(context, mintOrder(mint, alice.address, { amount: HELD }), alice)).plan,
  );
});

const balance = async () =>
  (await fetchToken(context.cluster.rpc, await findTokenAccount(mint, alice.address))).data.amount;
const redemptionOf = (id: bigint) => findRedemption(context.cluster.programId, mint, alice.address, id);
const isOpen = async (id: bigint) => (await fetchMaybeRedemption(context.cluster.rpc, await redemptionOf(id))).exists;

async function request(id: bigint, amount = PART): Promise<void> {
  const { cluster, issuer } = context;
  await send(cluster, alice, await requestRedemptionPlan(cluster, issuer, alice, { mint, id, amount }));
}

type WayOut = typeof cancelRedemptionPlan;
const out = (plan: WayOut, id: bigint) => plan(context.cluster, context.issuer, alice, { mint, id });
const refused = async (plan: WayOut, id: bigint, error: string) =>
  assertRefused(context.cluster, alice, await out(plan, id), error);
const order = async (id: bigint) => ({ mint, redemption: await redemptionOf(id) });

test('the owner cancels what nobody has taken up', async () => {
  await request(0n);
  assert.equal(await balance(), HELD - PART);
  await refused(claimRedemptionPlan, 0n, 'RedemptionNotRejected');
  await refused(reclaimRedemptionPlan, 0n, 'RedemptionNotOverdue');
  await send(context.cluster, alice, await out(cancelRedemptionPlan, 0n));
  assert.equal(await balance(), HELD);
  assert.equal(await isOpen(0n), false);
});

test('a settlement for an earlier request at the same address burns nothing of the next', async () => {
  const { cluster, issuer } = context;
  await request(0n);
  const settle = { ...(await order(0n)), amount: PART, payoutReference: new Uint8Array(32).fill(1) };
  const early = await attestSettle(cluster, quorumOf(context), settle);
  await send(cluster, alice, await out(cancelRedemptionPlan, 0n));
  await request(0n);
  const land = await settleRedemptionPlan(cluster, issuer, alice.address, early.body, early.signed);
  await assertRefused(cluster, alice, land, 'AttestationMismatch');
  await send(cluster, alice, await out(cancelRedemptionPlan, 0n));
  assert.equal(await balance(), HELD);
});

test('an acknowledgement replaces the deadline once, and ends the right to cancel', async () => {
  const { cluster, issuer, config } = context;
  await request(1n);
  const acknowledged = await attestAcknowledge(cluster, quorumOf(context), await order(1n));
  const land = await acknowledgeRedemptionPlan(cluster, issuer, acknowledged.body, acknowledged.signed);
  await send(cluster, alice, land);
  const { data } = await fetchRedemption(cluster.rpc, await redemptionOf(1n));
  const now = data.deadline - BigInt(config.tickers.terms.payoutSecs);
  assert.ok(now >= data.requestedAt && now < data.requestedAt + 60n, `${data.deadline}`);
  await refused(cancelRedemptionPlan, 1n, 'RedemptionAcknowledged');
  const again = await attestAcknowledge(cluster, quorumOf(context), await order(1n));
  const second = await acknowledgeRedemptionPlan(cluster, issuer, again.body, again.signed);
  await assertRefused(cluster, alice, second, 'RedemptionAcknowledged');
});

test('what the custodian rejects the owner claims', async () => {
  const { cluster, issuer } = context;
  await request(2n);
  const { body, signed } = await attestReject(cluster, quorumOf(context), { ...(await order(2n)), reason: 404 });
  await send(cluster, alice, await rejectRedemptionPlan(cluster, issuer, body, signed));
  assert.equal((await fetchRedemption(cluster.rpc, await redemptionOf(2n))).data.rejectReason, 404);
  await refused(cancelRedemptionPlan, 2n, 'RedemptionRejected');
  const before = await balance();
  await send(cluster, alice, await out(claimRedemptionPlan, 2n));
  assert.equal(await balance(), before + PART);
});

test('after the deadline the owner alone takes back what is left, while everything is paused', async () => {
  const { cluster, issuer, admin } = context;
  await request(3n);
  // A part of it was paid; the rest is ignored.
  const settle = { ...(await order(3n)), amount: PART / 4n, payoutReference: new Uint8Array(32).fill(2) };
  const paid = await attestSettle(cluster, quorumOf(context), settle);
  await send(cluster, alice, await settleRedemptionPlan(cluster, issuer, alice.address, paid.body, paid.signed));
  const operator = { signer: admin };
  await send(cluster, admin, await setIssuerPausePlan(cluster, issuer, operator, { pause: PAUSE_ALL }));
  await send(cluster, admin, await setTickerPausePlan(cluster, issuer, operator, mint, { pause: PAUSE_ALL }));
  const isPaused = async () =>
    extensionsOf((await fetchMint(cluster.rpc, mint)).data).some(
      (one) => one.__kind === 'PausableConfig' && one.paused,
    );
  assert.ok(await isPaused());
  await assert.rejects(send(cluster, alice, await transferPlan(cluster, alice, mint, admin.address, 1n)));
  await refused(reclaimRedemptionPlan, 3n, 'RedemptionNotOverdue');

  const { deadline } = (await fetchRedemption(cluster.rpc, await redemptionOf(3n))).data;
  await travelTo(cluster, deadline);
  const before = await balance();
  await send(cluster, alice, await out(reclaimRedemptionPlan, 3n));
  assert.equal(await balance(), before + (PART * 3n) / 4n);
  assert.equal(await isOpen(3n), false);
  assert.ok(await isPaused(), 'paused as before');

  // The acknowledged one of before is overdue too.
  await send(cluster, alice, await out(reclaimRedemptionPlan, 1n));
  assert.equal((await fetchTickerView(cluster, mint)).ticker.openRedemptions, 0n);
});

test('a pause stops what it names until the role that may lifts it', async () => {
  const { cluster, issuer, admin } = context;
  const stopped = (plan: Awaited<ReturnType<typeof requestRedemptionPlan>>, error: string) =>
    assertRefused(cluster, alice, plan, error);
  const ask = await requestRedemptionPlan(cluster, issuer, alice, { mint, id: 0n, amount: PART });
  await stopped(ask, 'RedemptionRequestsPaused');
  await stopped((await mintPlan(context, mintOrder(mint, alice.address), alice)).plan, 'MintingPaused');
  const unpause = PAUSE_ALL & ~Pause.RedeemRequest;
  await send(cluster, admin, [
    ...(await setIssuerPausePlan(cluster, issuer, { signer: admin }, { unpause: PAUSE_ALL })),
    ...(await setTickerPausePlan(cluster, issuer, { signer: admin }, mint, { unpause })),
  ]);
  await stopped(ask, 'RedemptionRequestsPaused');
  await send(
    cluster,
    admin,
    await setTickerPausePlan(cluster, issuer, { signer: admin }, mint, { unpause: Pause.RedeemRequest }),
  );
  await send(cluster, alice, ask);
});

test('an owner has at most 8 open at a time', async () => {
  for (const id of [1n, 2n, 3n, 4n, 5n, 6n, 7n]) await request(id, 1n);
  const ninth = requestRedemptionPlan(context.cluster, context.issuer, alice, { mint, id: 8n, amount: 1n });
  await assertRefused(context.cluster, alice, await ninth, 'RedemptionIdInvalid');
});
