/** What a transaction asks for, how large it may be, and what is tried again. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { generateKeyPairSigner, type Address, type Blockhash, type KeyPairSigner, type Signature } from '@solana/kit';
import { fetchToken } from '@solana-program/token-2022';
import {
  attestMint,
  attestMintPlan,
  createLookupTable,
  createTokenAccountPlan,
  fetchPriorityFee,
  fetchTickerTable,
  findTokenAccount,
  mintTableAddresses,
  parseAmount,
  programError,
  receivePlan,
  send,
  TokenAccountMissingError,
  TransactionTooLargeError,
  transferPlan,
  withLookupTables,
  type Cluster,
} from '@scrip/sdk';

import { investor, mintOrder, quorumOf } from './chain.ts';
import { gatedMarket, primaryPlan, register, registered, type Market } from './gated.ts';

const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111';
const PART = parseAmount('0.1');

let market: Market;
let cluster: Cluster;
let alice: KeyPairSigner;
before(async () => {
  market = await gatedMarket(193);
  cluster = market.context.cluster;
  alice = await registered(market.context);
  await send(cluster, alice, await primaryPlan(market.context, alice, market.frozen, alice.address));
});

/** What a landed transaction asked the runtime for, and how much it used. */
async function askedFor(signature: Signature) {
  const found = await cluster.rpc
    .getTransaction(signature, { commitment: 'confirmed', encoding: 'json', maxSupportedTransactionVersion: 0 })
    .send();
  const { accountKeys, instructions } = found!.transaction.message as unknown as {
    accountKeys: Address[];
    instructions: { programIdIndex: number }[];
  };
  const asked = instructions.filter(({ programIdIndex }) => accountKeys[programIdIndex] === COMPUTE_BUDGET);
  return { asked: asked.length, fee: BigInt(found!.meta!.fee) };
}

async function transfer(options: Parameters<typeof send>[3] = {}) {
  const bob = await registered(market.context);
  const plan = await transferPlan(cluster, alice, market.frozen, bob.address, PART);
  const signature = await send(cluster, alice, plan, options);
  const { data } = await fetchToken(cluster.rpc, await findTokenAccount(market.frozen, bob.address));
  assert.equal(data.amount, PART);
  return signature;
}

test('limits are set from a simulation, and the transaction passes within them', async () => {
  const bare = await askedFor(await transfer());
  assert.equal(bare.asked, 0);
  const limited = await askedFor(await transfer({ limits: true }));
  // Units, and account bytes where the node tells them.
  assert.ok(limited.asked >= 1);
  const paid = await askedFor(await transfer({ limits: true, priorityFee: 1_000_000n }));
  assert.equal(paid.asked, limited.asked + 1);
  assert.ok(paid.fee > limited.fee, 'a price for each unit costs something');
  assert.ok((await fetchPriorityFee(cluster)) >= 0n);
});

test('what a simulation for the limits refuses is named as any refusal', async () => {
  const stranger = await generateKeyPairSigner();
  const plan = await receivePlan(cluster, alice, market.frozen, stranger.address);
  const error: unknown = await send(cluster, alice, plan, { limits: true }).catch((failure: unknown) => failure);
  assert.equal(programError(error)?.name, 'NotRegistered');
});

test('a transaction with an expired blockhash is signed anew, once it cannot land any more', async () => {
  const lifetime = { blockhash: '1nc1nerator11111111111111111111111111111112' as Blockhash, lastValidBlockHeight: 0n };
  await transfer({ lifetime });
  await assert.rejects(transfer({ lifetime, attempts: 1 }));
});

test('one that is too large says how much, and fits with the tables of the connection', async () => {
  const { context, frozen } = market;
  const { issuer, admin, attestorSet } = context;
  const carol = await generateKeyPairSigner();
  await register(context, [carol]);
  const { body, signed } = await attestMint(cluster, quorumOf(context), mintOrder(frozen, carol.address));
  const plan = [
    ...(await receivePlan(cluster, admin, frozen, carol.address)),
    ...(await attestMintPlan(cluster, issuer, body, signed, { registered: true })),
  ];
  const error: unknown = await send(cluster, admin, plan).catch((failure: unknown) => failure);
  assert.ok(error instanceof TransactionTooLargeError, String(error));
  assert.ok(error.size > error.limit);
  assert.match(error.message, /\d+ bytes, and 1232 are allowed\. Name accounts by a lookup table/);

  // The table of the issuer's, made once, is found on chain.
  await createLookupTable(cluster, admin, await mintTableAddresses(cluster, issuer, attestorSet, frozen));
  const connected = withLookupTables(cluster, await fetchTickerTable(cluster, issuer, frozen));
  await send(connected, admin, plan);
  const { data } = await fetchToken(cluster.rpc, await findTokenAccount(frozen, carol.address));
  assert.equal(data.amount, body.amount);
  // Where a transaction fits, it goes without: nobody has to fetch the table to read it.
  const bob = await investor(cluster);
  const small = await send(connected, bob, await createTokenAccountPlan(bob, market.open, bob.address));
  const found = await cluster.rpc
    .getTransaction(small, { commitment: 'confirmed', encoding: 'json', maxSupportedTransactionVersion: 0 })
    .send();
  assert.deepEqual(found!.meta!.loadedAddresses ?? { readonly: [], writable: [] }, { readonly: [], writable: [] });
});

test('who has no account of a hooked mint is told so, before anything is sent', async () => {
  const nobody = await registered(market.context);
  const plan = transferPlan(cluster, nobody, market.hooked, alice.address, PART);
  const error: unknown = await plan.catch((failure: unknown) => failure);
  assert.ok(error instanceof TokenAccountMissingError, String(error));
  const account = await findTokenAccount(market.hooked, nobody.address);
  assert.deepEqual([error.mint, error.owner, error.account], [market.hooked, nobody.address, account]);
  assert.match(error.message, /has no token account of .* so there is nothing to send/);
});
