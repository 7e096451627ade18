/** The one question before a button is shown, held against what then happens. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { generateKeyPairSigner, type Address, type KeyPairSigner } from '@solana/kit';
import {
  allowed,
  createFeedPlan,
  defaultRules,
  fetchValues,
  findFeed,
  findValueAccounts,
  Flag,
  placePrice,
  pythSource,
  Unit,
} from '@scrip/sdk/collateral';
import { revokeInvestorPlan } from '@scrip/sdk/gate';
import {
  chainTime,
  createTestShare,
  freeRedemption,
  parseAmount,
  PAUSE_ALL,
  preflight,
  requestRedemptionPlan,
  send,
  setIssuerPausePlan,
  sha256,
  transferPlan,
  type Readiness,
  type Wish,
} from '@scrip/sdk';

import { assertRefused, investor, listed } from './chain.ts';
import { gatedMarket, primaryPlan, provider, register, registered, type Market } from './gated.ts';

let market: Market;
let alice: KeyPairSigner;
before(async () => {
  market = await gatedMarket(191);
  const { context, frozen, hooked } = market;
  alice = await registered(context);
  for (const mint of [frozen, hooked]) {
    await send(context.cluster, alice, await primaryPlan(context, alice, mint, alice.address));
  }
});

const ask = (wish: Wish): Promise<Readiness> => preflight(market.context.cluster, wish);
const names = ({ obstacles }: Readiness) => obstacles.map(({ about, name }) => `${about} ${name}`);
const seenTo = (readiness: Readiness) => readiness.seenTo.map(({ name }) => name);

test('a mint: the newer statement comes with it, and the account is made and thawed on the way', async () => {
  const { context, frozen } = market;
  const bob = await registered(context);
  const wish = { wish: 'mint', mint: frozen, owner: bob.address, amount: parseAmount('1') } as const;
  const first = await ask(wish);
  assert.deepEqual([first.possible, seenTo(first)], [true, ['ACCOUNT_MISSING', 'THAW_FIRST']]);
  const beyond = await ask({ ...wish, amount: parseAmount('1000') });
  assert.deepEqual([beyond.possible, seenTo(beyond)[0]], [true, 'ReservesInsufficient']);
  await send(context.cluster, bob, await primaryPlan(context, bob, frozen, bob.address));
  assert.deepEqual(seenTo(await ask(wish)), []);
  assert.deepEqual(names(await ask({ ...wish, amount: 0n })), ['owner AmountZero']);
});

test('a mint to somebody who may not hold it, once by each reason', async () => {
  const { context, frozen } = market;
  const stranger = await investor(context.cluster);
  const wish = { wish: 'mint', mint: frozen, owner: stranger.address, amount: 1n } as const;
  assert.deepEqual(names(await ask(wish)), ['owner NotRegistered', 'owner ACCOUNT_FROZEN']);
  await assertRefused(
    context.cluster,
    stranger,
    await primaryPlan(context, stranger, frozen, stranger.address),
    'NotRegistered',
  );
});

test('a mint of a token that is none of ours is no ticker', async () => {
  const foreign = '1nc1nerator11111111111111111111111111111111' as Address;
  const answer = await ask({ wish: 'mint', mint: foreign, owner: alice.address, amount: 1n });
  assert.deepEqual(names(answer), ['token NotListed']);
});

test('a transfer: by each side, with what the plan sees to', async () => {
  const { context, frozen, hooked } = market;
  const { cluster } = context;
  const amount = parseAmount('0.25');
  const bob = await registered(context);
  const wish = (mint: Address, to: Address, raw = amount) =>
    ({ wish: 'transfer', mint, from: alice.address, to, amount: raw }) as const;
  const ready = await ask(wish(frozen, bob.address));
  assert.deepEqual([ready.possible, seenTo(ready)], [true, ['ACCOUNT_MISSING', 'THAW_FIRST']]);
  await send(cluster, alice, await transferPlan(cluster, alice, frozen, bob.address, amount));
  assert.deepEqual(names(await ask(wish(frozen, bob.address, parseAmount('100')))), ['sender BALANCE_TOO_LOW']);
  assert.deepEqual(names(await ask(wish(frozen, bob.address, 0n))), ['sender AmountZero']);
  const stranger = await generateKeyPairSigner();
  assert.deepEqual(names(await ask(wish(hooked, stranger.address))), ['receiver NOT_REGISTERED']);
  const back = { wish: 'transfer', mint: hooked, from: bob.address, to: alice.address, amount } as const;
  assert.deepEqual(names(await ask(back)), ['sender BALANCE_TOO_LOW']);
});

test('a redemption takes the first number that is free, and a pause stops it', async () => {
  const { context, frozen } = market;
  const { cluster, issuer, admin } = context;
  const wish = { wish: 'redeem', mint: frozen, owner: alice.address, amount: parseAmount('0.1') } as const;
  assert.ok((await ask(wish)).possible);
  assert.equal(await freeRedemption(cluster, frozen, alice.address), 0n);
  const redemption = { mint: frozen, id: 0n, amount: wish.amount };
  await send(cluster, alice, await requestRedemptionPlan(cluster, issuer, alice, redemption, { registered: true }));
  assert.equal(await freeRedemption(cluster, frozen, alice.address), 1n);
  assert.ok((await ask(wish)).possible);
  assert.deepEqual(names(await ask({ ...wish, id: 0n })), ['owner RedemptionIdTaken']);
  await send(cluster, admin, await setIssuerPausePlan(cluster, issuer, { signer: admin }, { pause: PAUSE_ALL }));
  assert.deepEqual(names(await ask(wish)), ['token RedeemRequestPaused', 'token TransferPaused']);
  await send(cluster, admin, await setIssuerPausePlan(cluster, issuer, { signer: admin }, { unpause: PAUSE_ALL }));
});

test("a revoked owner's account is frozen to them, and the reason is the record's", async () => {
  const { context, frozen } = market;
  const { cluster } = context;
  const eve = await investor(cluster);
  const view = await register(context, [eve]);
  await send(cluster, context.admin, await revokeInvestorPlan(cluster, provider(context).authority, view));
  const answer = await ask({ wish: 'receive', mint: frozen, owner: eve.address });
  assert.ok(!answer.possible);
  assert.ok(names(answer).includes('owner REVOKED'));
});

test('a collateral: without a price, with an old one, and as the program says with a new one', async () => {
  const context = await listed(192, []);
  const { cluster, admin, curator, calendar } = context;
  const { collateral } = cluster.programs;
  const feedId = await sha256(new TextEncoder().encode('readiness'));
  const { mint } = await createTestShare(cluster, admin);
  const rules = defaultRules(calendar, pythSource(feedId, Unit.PerShare));
  await send(cluster, admin, await createFeedPlan(cluster, admin, curator, mint, rules));
  const feed = await findFeed(collateral, curator, mint);
  const wish = { wish: 'borrow', feed, caller: alice.address, amount: parseAmount('1') } as const;
  const missing = await ask(wish);
  assert.ok(!missing.possible && names(missing).includes('token PRICE_MISSING'));

  const quote = { feedId, priceE8: parseAmount('215'), confidenceE8: parseAmount('0.05') };
  await placePrice(cluster, { ...quote, publishTime: (await chainTime(cluster)) - 365n * 86_400n });
  const old = await ask(wish);
  assert.ok(!old.possible && names(old).includes('token PRICE_STALE'));
  for (const { text } of [...missing.obstacles, ...old.obstacles]) assert.match(text, /^[A-Z].*\.$/);

  // At night or on a weekend less is allowed: whatever the hour, both say the same.
  await placePrice(cluster, quote);
  const accounts = await findValueAccounts(cluster, feed);
  const [value] = await fetchValues(cluster, alice.address, [{ accounts, raw: wish.amount }]);
  for (const [use, flag] of [
    ['borrow', Flag.CanMintDebt],
    ['withdraw', Flag.CanWithdraw],
    ['liquidate', Flag.CanLiquidate],
  ] as const) {
    const { possible } = await ask({ ...wish, wish: use });
    assert.equal(possible, (allowed(value!) & flag) !== 0, use);
  }
});
