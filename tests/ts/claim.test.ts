/** A wallet that knows nothing of Scrip cannot send to a frozen or missing account: the receiver opens a claim link. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { generateKeyPairSigner, type Address, type KeyPairSigner } from '@solana/kit';
import { AccountState, fetchMaybeToken, fetchToken, getTransferCheckedInstruction } from '@solana-program/token-2022';
import {
  claimLink,
  claimPlan,
  createTokenAccountPlan,
  findTokenAccount,
  parseAmount,
  parseClaimLink,
  placeHoldPlan,
  preflight,
  programError,
  send,
  type Claim,
} from '@scrip/sdk';

import { assertRefused, investor } from './chain.ts';
import { complianceOf, gatedMarket, primaryPlan, register, registered, type Market } from './gated.ts';

const PAGE = 'https://example.com/claim?lang=en';

let market: Market;
let alice: KeyPairSigner;
before(async () => {
  market = await gatedMarket(190);
  const { context, frozen } = market;
  alice = await registered(context);
  await send(context.cluster, alice, await primaryPlan(context, alice, frozen, alice.address));
});

const claimOfLink = (mint: Address, owner?: Address): Claim =>
  parseClaimLink(claimLink(PAGE, market.context.cluster, mint, owner));

async function stockTransfer(mint: Address, to: Address) {
  return getTransferCheckedInstruction({
    source: await findTokenAccount(mint, alice.address),
    mint,
    destination: await findTokenAccount(mint, to),
    authority: alice,
    amount: parseAmount('0.1'),
    decimals: 8,
  });
}

async function receivedBy(mint: Address, owner: Address): Promise<bigint> {
  return (await fetchToken(market.context.cluster.rpc, await findTokenAccount(mint, owner))).data.amount;
}

test('a stock transfer ends in AccountFrozen; the receiver opens the link, and it passes', async () => {
  const { context, frozen } = market;
  const { cluster } = context;
  const bob = await registered(context);
  // What a stock wallet does: it makes the account, which starts frozen.
  await send(cluster, alice, await createTokenAccountPlan(alice, frozen, bob.address));
  const error: unknown = await send(cluster, alice, [await stockTransfer(frozen, bob.address)]).catch(
    (e: unknown) => e,
  );
  const { name, advice } = programError(error)!;
  assert.equal(name, 'AccountFrozen');
  assert.match(advice!, /claim link/);

  const { possible, seenTo } = await preflight(cluster, { wish: 'receive', mint: frozen, owner: bob.address });
  assert.deepEqual([possible, seenTo.map((one) => one.name)], [true, ['THAW_FIRST']]);
  await send(cluster, bob, await claimPlan(cluster, bob, claimOfLink(frozen)));
  await send(cluster, alice, [await stockTransfer(frozen, bob.address)]);
  assert.equal(await receivedBy(frozen, bob.address), parseAmount('0.1'));
  assert.deepEqual(await claimPlan(cluster, bob, claimOfLink(frozen)), []);
});

test('the account is made too, and another may pay for it', async () => {
  const { context, frozen } = market;
  const { cluster } = context;
  const carol = await generateKeyPairSigner();
  await register(context, [carol]);
  await send(cluster, alice, await claimPlan(cluster, alice, claimOfLink(frozen, carol.address)));
  await send(cluster, alice, [await stockTransfer(frozen, carol.address)]);
  assert.equal(await receivedBy(frozen, carol.address), parseAmount('0.1'));
});

test('who may not hold the token is told before, and refused', async () => {
  const { context, frozen } = market;
  const { cluster } = context;
  const stranger = await investor(cluster);
  const { possible, obstacles } = await preflight(cluster, { wish: 'receive', mint: frozen, owner: stranger.address });
  assert.ok(!possible);
  assert.ok(obstacles.some((one) => one.name === 'NOT_REGISTERED' && one.about === 'owner'));
  await assertRefused(cluster, stranger, await claimPlan(cluster, stranger, claimOfLink(frozen)), 'NotRegistered');
  const account = await fetchMaybeToken(cluster.rpc, await findTokenAccount(frozen, stranger.address));
  assert.ok(!account.exists);
});

test('a held account is told apart from one that anybody may thaw', async () => {
  const { context, frozen } = market;
  const { cluster, issuer } = context;
  const dora = await registered(context);
  await send(cluster, dora, await claimPlan(cluster, dora, claimOfLink(frozen)));
  const why = { reason: 1, caseHash: new Uint8Array(32).fill(3) };
  const hold = await placeHoldPlan(
    cluster,
    issuer,
    complianceOf(context),
    frozen,
    await findTokenAccount(frozen, dora.address),
    why,
  );
  await send(cluster, context.admin, hold);
  const { obstacles, seenTo } = await preflight(cluster, { wish: 'receive', mint: frozen, owner: dora.address });
  assert.deepEqual([obstacles.map(({ name }) => name), seenTo], [['AccountHeld'], []]);
  await assertRefused(cluster, dora, await claimPlan(cluster, dora, claimOfLink(frozen)), 'AccountHeld');
});

test('a link of an open token makes the account, and there is nothing to thaw', async () => {
  const { context, open } = market;
  const { cluster } = context;
  const bob = await investor(cluster);
  await send(cluster, bob, await claimPlan(cluster, bob, claimOfLink(open)));
  const { data } = await fetchToken(cluster.rpc, await findTokenAccount(open, bob.address));
  assert.equal(data.state, AccountState.Initialized);
});

test('links are read as they were made, and nothing else is', async () => {
  const { context, frozen } = market;
  const link = claimLink(PAGE, context.cluster, frozen, alice.address);
  assert.ok(link.startsWith(PAGE));
  const claim = parseClaimLink(link);
  assert.deepEqual([claim.mint, claim.owner], [frozen, alice.address]);
  for (const [bad, why] of [
    ['', /no claim link/],
    ['not a link', /no claim link/],
    ['https://example.com/claim', /mint or chain is missing/],
    [link.replace(frozen, 'nonsense'), /"nonsense" in the link is no address/],
    [`${link}&owner=${frozen}`, /names owner more than once/],
  ] as const) {
    assert.throws(() => parseClaimLink(bad), why, bad);
  }
  const elsewhere = { ...claim, chain: frozen };
  await assert.rejects(claimPlan(context.cluster, alice, elsewhere), /is for the chain with genesis hash/);
});
