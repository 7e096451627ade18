/** What stops everything at once, and how it reaches wallets that have never heard of it. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, Instruction, KeyPairSigner } from '@solana/kit';
import { fetchToken, getBurnCheckedInstruction, getTransferCheckedInstruction } from '@solana-program/token-2022';
import type { Context } from '@scrip/migrations';
import {
  attestReject,
  claimRedemptionPlan,
  createTokenAccountPlan,
  fetchTickerView,
  findRedemption,
  findTokenAccount,
  parseAmount,
  Pause,
  programError,
  rejectRedemptionPlan,
  requestRedemptionPlan,
  send,
  setIssuerPausePlan,
  syncTransferPausePlan,
} from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, mintOrder, mintPlan, quorumOf } from './chain.ts';

const SHARE = parseAmount('1');

let context: Context;
let mint: Address;
let alice: KeyPairSigner;
let bob: KeyPairSigner;
before(async () => {
  context = await listed(71, ['METAx']);
  const { cluster } = context;
  mint = await mintOf(context, 'METAx');
  [alice, bob] = [await investor(cluster), await investor(cluster)];
  const order = mintOrder(mint, alice.address, { amount: 4n * SHARE });
  await send(cluster, alice, (await mintPlan(context, order, alice)).plan);
  await send(cluster, alice, await createTokenAccountPlan(alice, mint, bob.address));
});

const balance = async (owner: Address) =>
  (await fetchToken(context.cluster.rpc, await findTokenAccount(mint, owner))).data.amount;

/** As any wallet sends it. */
async function transfer(): Promise<Instruction[]> {
  const [source, destination] = [
    await findTokenAccount(mint, alice.address),
    await findTokenAccount(mint, bob.address),
  ];
  return [getTransferCheckedInstruction({ source, mint, destination, authority: alice, amount: SHARE, decimals: 8 })];
}

test("the issuer's pause of transfers stops stock wallets once anybody has carried it to the mint; so does lifting it", async () => {
  const { cluster, issuer, admin } = context;
  const request = await requestRedemptionPlan(cluster, issuer, alice, { mint, id: 0n, amount: SHARE });
  await send(cluster, alice, request);
  await send(cluster, alice, await transfer());

  await send(cluster, admin, await setIssuerPausePlan(cluster, issuer, { signer: admin }, { pause: Pause.Transfer }));
  const sync = await syncTransferPausePlan(cluster, issuer, mint);
  await send(cluster, bob, sync);
  const error: unknown = await send(cluster, alice, await transfer()).catch((failure: unknown) => failure);
  assert.equal(programError(error)?.name, 'MintPaused');
  assert.equal(await balance(bob.address), SHARE);

  // Ways out stay open.
  const redemption = await findRedemption(cluster.programId, mint, alice.address, 0n);
  const no = await attestReject(cluster, quorumOf(context), { mint, redemption, reason: 1 });
  await send(cluster, admin, await rejectRedemptionPlan(cluster, issuer, no.body, no.signed));
  await send(cluster, alice, await claimRedemptionPlan(cluster, issuer, alice, { mint, id: 0n }));
  assert.equal(await balance(alice.address), 3n * SHARE);

  await send(cluster, admin, await setIssuerPausePlan(cluster, issuer, { signer: admin }, { unpause: Pause.Transfer }));
  await assert.rejects(send(cluster, alice, await transfer()));
  await send(cluster, bob, sync);
  await send(cluster, alice, await transfer());
  assert.equal(await balance(bob.address), 2n * SHARE);
});

test('a pause of minting stops a signed mint, and it lands after it is lifted', async () => {
  const { cluster, issuer, admin } = context;
  const pause = (change: { pause?: number; unpause?: number }) =>
    setIssuerPausePlan(cluster, issuer, { signer: admin }, change);
  const { plan } = await mintPlan(context, mintOrder(mint, bob.address), bob);
  await send(cluster, admin, await pause({ pause: Pause.Mint }));
  await assertRefused(cluster, bob, plan, 'MintingPaused');
  await send(cluster, admin, await pause({ unpause: Pause.Mint }));
  await send(cluster, bob, plan);
});

test('a holder burns shares of its own with the stock client: supply falls, and the reserves cover more than before', async () => {
  const { cluster } = context;
  const before = await fetchTickerView(cluster, mint);
  const account = await findTokenAccount(mint, bob.address);
  await send(cluster, bob, [
    getBurnCheckedInstruction({ account, mint, authority: bob, amount: SHARE / 2n, decimals: 8 }),
  ]);
  const after = await fetchTickerView(cluster, mint);
  assert.equal(after.supply, before.supply - SHARE / 2n);
  // Nobody redeemed: the custodian keeps the shares.
  assert.deepEqual([after.ticker.redeemed, after.countedSharesE8], [before.ticker.redeemed, before.countedSharesE8]);
});
