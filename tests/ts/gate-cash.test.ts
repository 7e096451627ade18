/** The cash desk of strict tickers: registered wallets trade, the account is made and thawed on the way. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner } from '@solana/kit';
import {
  attestQuote,
  cashTableAddresses,
  chainTime,
  createLookupTable,
  createTestCash,
  fetchTickerView,
  fundCashDeskPlan,
  giveTestTokens,
  openCashDeskPlan,
  parseAmount,
  redeemForCashPlan,
  Role,
  send,
  setPriceBandPlan,
  Side,
  subscribeForCashPlan,
  type TestCash,
} from '@scrip/sdk';

import { assertRefused, investor, operatorWith, quorumOf } from './chain.ts';
import { gatedMarket, registered, type Market } from './gated.ts';

const DOLLAR = 1_000_000n;
const SHARE = parseAmount('1');
const PRICE = 300n * DOLLAR;

let market: Market;
let cash: TestCash;
let alice: KeyPairSigner;
let stranger: KeyPairSigner;
before(async () => {
  market = await gatedMarket(143);
  const { context, frozen, hooked } = market;
  const { cluster, issuer, admin } = context;
  cash = await createTestCash(cluster, admin);
  [alice, stranger] = [await registered(context), await investor(cluster)];
  for (const owner of [alice, stranger]) await giveTestTokens(cluster, cash, owner.address, 1_000n * DOLLAR);
  await giveTestTokens(cluster, cash, admin.address, 1_000n * DOLLAR);
  const outflow = { capacity: 1_000n * DOLLAR, windowSecs: 86_400 };
  await send(cluster, admin, await openCashDeskPlan(cluster, issuer, admin, cash, outflow));
  await send(cluster, admin, await fundCashDeskPlan(cluster, issuer, admin, cash, 1_000n * DOLLAR));
  const treasurer = { signer: await operatorWith(context, Role.Cash), granted: true };
  const expiresAt = (await chainTime(cluster)) + 86_400n;
  const band = { minPriceE8: 290n * 10n ** 8n, maxPriceE8: 310n * 10n ** 8n, expiresAt };
  for (const mint of [frozen, hooked]) {
    await send(cluster, treasurer.signer, await setPriceBandPlan(cluster, issuer, treasurer, mint, band));
  }
});

async function trade(mint: Address, side: Side, owner: KeyPairSigner, registered = true) {
  const { cluster, issuer } = market.context;
  const reserves = { settledSharesE8: 100n * SHARE, receivableSharesE8: 0n };
  const { body, signed } = await attestQuote(cluster, quorumOf(market.context), {
    mint,
    side,
    owner: owner.address,
    amount: SHARE,
    cashMint: cash.mint,
    cashAmount: PRICE,
    ...(side === Side.Subscribe && { reserves }),
  });
  const plan = side === Side.Subscribe ? subscribeForCashPlan : redeemForCashPlan;
  const terms = { cashLimit: PRICE, deadline: body.header.expiresAt, registered };
  return plan(cluster, issuer, owner, cash, body, signed, terms);
}

for (const mode of ['frozen', 'hooked'] as const) {
  test(`${mode}: shares for cash and back, for registered wallets only`, async () => {
    const { cluster, issuer, admin, attestorSet } = market.context;
    const mint = market[mode];
    const addresses = await cashTableAddresses(cluster, issuer, attestorSet, mint, cash);
    const options = { lookupTables: await createLookupTable(cluster, admin, addresses) };
    const supply = async () => (await fetchTickerView(cluster, mint)).supply;

    const unregistered = await trade(mint, Side.Subscribe, stranger);
    await assertRefused(cluster, stranger, unregistered, 'NotRegistered', options);
    const without = await trade(mint, Side.Subscribe, alice, false);
    // In frozen mode the thaw on the way has asked already; the trade itself is not told.
    await assertRefused(cluster, alice, without, 'RegistrationMissing', options);
    await send(cluster, alice, await trade(mint, Side.Subscribe, alice), options);
    assert.equal(await supply(), SHARE);
    await assertRefused(cluster, alice, await trade(mint, Side.Redeem, alice, false), 'RegistrationMissing', options);
    await send(cluster, alice, await trade(mint, Side.Redeem, alice), options);
    assert.equal(await supply(), 0n);
  });
}
