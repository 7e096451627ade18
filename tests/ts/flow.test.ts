import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, test } from 'node:test';

import { createSolanaRpcSubscriptions, type Address, type KeyPairSigner } from '@solana/kit';
import {
  fetchMint,
  fetchToken,
  findAssociatedTokenPda,
  getCreateAssociatedTokenIdempotentInstructionAsync,
  getTransferCheckedInstruction,
  TOKEN_2022_PROGRAM_ADDRESS,
} from '@solana-program/token-2022';
import type { Context } from '@scrip/migrations';
import {
  attestSettle,
  fetchMaybeRedemption,
  fetchNextNonce,
  fetchRedemption,
  fetchTickerView,
  findEscrow,
  findRedemption,
  findTokenAccount,
  parseAmount,
  requestRedemptionPlan,
  send,
  settleRedemptionPlan,
  shareCount,
} from '@scrip/sdk';

import { investor, listed, mintOf, mintOrder, mintPlan, quorumOf } from './chain.ts';

const reference = (text: string) => createHash('sha256').update(text).digest();

let context: Context;
let mint: Address;
let alice: KeyPairSigner;
let bob: KeyPairSigner;
before(async () => {
  context = await listed(30, ['NVDAx']);
  mint = await mintOf(context, 'NVDAx');
  [alice, bob] = await Promise.all([investor(context.cluster), investor(context.cluster)]);
});

const balance = async (owner: Address) =>
  (await fetchToken(context.cluster.rpc, await findTokenAccount(mint, owner))).data.amount;

test('shares are minted to their attested owner, and the statement is recorded', async () => {
  const { cluster } = context;
  const order = mintOrder(mint, alice.address, { amount: parseAmount('10.00000001') });
  const { attested, plan } = await mintPlan(context, order, alice);
  await send(cluster, alice, plan);

  assert.equal(await balance(alice.address), 1_000_000_001n);
  const { supply, ticker, countedSharesE8 } = await fetchTickerView(cluster, mint);
  assert.equal(supply, 1_000_000_001n);
  assert.equal(ticker.minted, 1_000_000_001n);
  assert.equal(ticker.reserves.asOf, attested.body.statement.asOf);
  assert.equal(shareCount(ticker.reserves.settled), parseAmount('100'));
  assert.equal(countedSharesE8, parseAmount('100'));
  assert.equal(await fetchNextNonce(cluster, mint), 1n);
});

test('anyone may land an attestation: the owner need not sign', async () => {
  const { plan } = await mintPlan(context, mintOrder(mint, alice.address), bob);
  await send(context.cluster, bob, plan);
  assert.equal(await balance(alice.address), 1_100_000_001n);
});

test('attestations land in any order within the window', async () => {
  const order = mintOrder(mint, bob.address);
  const later = await mintPlan(context, { ...order, nonce: 7n }, bob);
  const earlier = await mintPlan(context, { ...order, nonce: 5n }, bob);
  await send(context.cluster, bob, later.plan);
  await send(context.cluster, bob, earlier.plan);
  assert.equal(await balance(bob.address), parseAmount('2'));
  assert.equal(await fetchNextNonce(context.cluster, mint), 8n);
});

test('a plain transfer needs nothing of Scrip: the stock Token-2022 client alone', async () => {
  const { cluster } = context;
  const carol = await investor(cluster);
  const [source] = await findAssociatedTokenPda({
    mint,
    owner: alice.address,
    tokenProgram: TOKEN_2022_PROGRAM_ADDRESS,
  });
  const [destination] = await findAssociatedTokenPda({
    mint,
    owner: carol.address,
    tokenProgram: TOKEN_2022_PROGRAM_ADDRESS,
  });
  await send(cluster, alice, [
    await getCreateAssociatedTokenIdempotentInstructionAsync({
      payer: alice,
      owner: carol.address,
      mint,
      tokenProgram: TOKEN_2022_PROGRAM_ADDRESS,
    }),
    getTransferCheckedInstruction({ source, mint, destination, authority: alice, amount: 1n, decimals: 8 }),
  ]);
  assert.equal((await fetchToken(cluster.rpc, destination)).data.amount, 1n);
  assert.equal(await balance(alice.address), 1_100_000_000n);
});

test('a redemption waits in escrow, is settled in parts, burned, and closed with the last', async () => {
  const { cluster, issuer } = context;
  const amount = parseAmount('3');
  const before = await fetchTickerView(cluster, mint);
  await send(cluster, alice, await requestRedemptionPlan(cluster, issuer, alice, { mint, id: 7n, amount }));

  const redemption = await findRedemption(cluster.programId, mint, alice.address, 7n);
  const escrow = await findEscrow(cluster.programId, mint);
  const { data } = await fetchRedemption(cluster.rpc, redemption);
  assert.equal(data.owner, alice.address);
  assert.equal(data.amountLeft, amount);
  assert.equal(data.deadline - data.requestedAt, BigInt(context.config.tickers.terms.redemptionSecs));
  assert.equal(await balance(escrow), amount);
  assert.equal((await fetchTickerView(cluster, mint)).ticker.openRedemptions, amount);

  const settle = async (part: bigint) => {
    const order = { mint, redemption, amount: part, payoutReference: reference(`wire of ${part}`) };
    const { body, signed } = await attestSettle(cluster, quorumOf(context), order);
    await send(cluster, bob, await settleRedemptionPlan(cluster, issuer, alice.address, body, signed));
  };
  await settle(parseAmount('1'));
  assert.equal((await fetchRedemption(cluster.rpc, redemption)).data.amountLeft, parseAmount('2'));
  await settle(parseAmount('2'));

  const { supply, ticker } = await fetchTickerView(cluster, mint);
  assert.equal(supply, before.supply - amount);
  assert.equal(ticker.redeemed, before.ticker.redeemed + amount);
  assert.equal(ticker.openRedemptions, 0n);
  assert.equal(await balance(escrow), 0n);
  assert.equal((await fetchMaybeRedemption(cluster.rpc, redemption)).exists, false);
});

test('a mint may use the reserves to the last unit', async () => {
  const { cluster } = context;
  const { supply, countedSharesE8 } = await fetchTickerView(cluster, mint);
  const order = mintOrder(mint, bob.address, { amount: countedSharesE8 - supply });
  await send(cluster, bob, (await mintPlan(context, order, bob)).plan);
  const { data } = await fetchMint(cluster.rpc, mint);
  assert.equal(data.supply, countedSharesE8);
});

test('receivable shares count up to the limit of the ticker', async () => {
  const { cluster } = context;
  // 100 settled, 50 receivable, of which 5% of the settled ones count.
  const reserves = { settledSharesE8: parseAmount('100'), receivableSharesE8: parseAmount('50') };
  // A statement replaces the last one only if it is newer.
  await new Promise((done) => setTimeout(done, 1_100));
  const order = mintOrder(mint, bob.address, { amount: parseAmount('5'), reserves });
  await send(cluster, bob, (await mintPlan(context, order, bob)).plan);
  const { supply, countedSharesE8 } = await fetchTickerView(cluster, mint);
  assert.equal(supply, parseAmount('105'));
  assert.equal(countedSharesE8, parseAmount('105'));
});

test('the websocket announces a change of an account', async () => {
  const { cluster } = context;
  const subscriptions = createSolanaRpcSubscriptions(process.env['SCRIP_WS'] ?? 'ws://127.0.0.1:8900');
  const abort = new AbortController();
  const account = await findTokenAccount(mint, bob.address);
  const notifications = await subscriptions
    .accountNotifications(account, { encoding: 'base64' })
    .subscribe({ abortSignal: abort.signal });
  const next = notifications[Symbol.asyncIterator]().next();
  await send(cluster, bob, await requestRedemptionPlan(cluster, context.issuer, bob, { mint, id: 1n, amount: 1n }));
  const { value } = await next;
  assert.equal(value?.value.owner, TOKEN_2022_PROGRAM_ADDRESS);
  abort.abort();
});
