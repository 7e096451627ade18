/** Around a corporate action's second: what is closed, what never is, what must be covered, what lenders see. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, AddressesByLookupTableAddress, KeyPairSigner } from '@solana/kit';
import { fetchToken } from '@solana-program/token-2022';
import {
  ActionKind,
  announceChangePlan,
  attestAcknowledge,
  attestQuote,
  attestReject,
  attestSchedule,
  attestSettle,
  canMint,
  cancelRedemptionPlan,
  cashTableAddresses,
  chainTime,
  claimRedemptionPlan,
  acknowledgeRedemptionPlan,
  closeAnnouncementPlan,
  createLookupTable,
  createTestCash,
  fetchTickerView,
  findRedemption,
  findTokenAccount,
  fundCashDeskPlan,
  giveTestTokens,
  openCashDeskPlan,
  parseAmount,
  passTime,
  ratioTerms,
  redeemForCashPlan,
  rejectRedemptionPlan,
  requestRedemptionPlan,
  Role,
  scheduleActionPlan,
  send,
  setActionWindowPlan,
  setPriceBandPlan,
  settleRedemptionPlan,
  sharesFromRawCeil,
  Side,
  subscribeForCashPlan,
  timesRatio,
  transferPlan,
  travelTo,
  type TestCash,
} from '@scrip/sdk';
import { fetchStatus, findFeed, reasonsFor } from '@scrip/sdk/collateral';

import {
  actingScene,
  announce,
  cancel,
  close,
  FACTS,
  mintToAlice,
  schedule,
  SPLIT,
  WINDOW,
  type Scene,
} from './acting.ts';
import { assertRefused, investor, mintOf, operatorWith, quorumOf } from './chain.ts';

const SHARE = parseAmount('1');
const HOUR = 3_600n;
const HELD = parseAmount('200');
const dollars = (whole: number) => BigInt(whole) * 1_000_000n;

let scene: Scene;
before(async () => {
  scene = await actingScene(169, ['MSFTx', 'QQQx', 'SPYx', 'AMZNx']);
});

type Desk = Readonly<{ cash: TestCash; treasurer: KeyPairSigner; lookupTables: AddressesByLookupTableAddress }>;

/** A funded desk, and dollars for Alice. */
async function openDesk(mint: Address): Promise<Desk> {
  const { context, alice } = scene;
  const { cluster, issuer, admin, attestorSet } = context;
  const treasurer = await operatorWith(context, Role.Cash);
  const cash = await createTestCash(cluster, admin);
  await giveTestTokens(cluster, cash, alice.address, dollars(2_000));
  await giveTestTokens(cluster, cash, admin.address, dollars(2_000));
  const outflow = { capacity: dollars(1_000), windowSecs: 86_400 };
  await send(cluster, admin, await openCashDeskPlan(cluster, issuer, admin, cash, outflow));
  await send(cluster, admin, await fundCashDeskPlan(cluster, issuer, admin, cash, dollars(2_000)));
  const addresses = await cashTableAddresses(cluster, issuer, attestorSet, mint, cash);
  return { cash, treasurer, lookupTables: await createLookupTable(cluster, admin, addresses) };
}

async function setBand(mint: Address, { treasurer }: Desk, price: number, expiresAt: bigint): Promise<void> {
  const { cluster, issuer } = scene.context;
  const priceE8 = BigInt(price) * 10n ** 8n;
  const band = { minPriceE8: priceE8, maxPriceE8: priceE8, expiresAt };
  const operator = { signer: treasurer, granted: true };
  await send(cluster, treasurer, await setPriceBandPlan(cluster, issuer, operator, mint, band));
}

/** Alice's trade of one token for so many dollars. */
async function tradePlan(mint: Address, { cash }: Desk, side: Side, price: number, held = HELD) {
  const { context, alice } = scene;
  const { cluster, issuer } = context;
  const { body, signed } = await attestQuote(cluster, quorumOf(context), {
    mint,
    side,
    owner: alice.address,
    amount: SHARE,
    cashMint: cash.mint,
    cashAmount: dollars(price),
    ...(side === Side.Subscribe && { reserves: { settledSharesE8: held, receivableSharesE8: 0n } }),
  });
  const terms = { cashLimit: body.cashAmount, deadline: body.header.expiresAt };
  const plan = side === Side.Subscribe ? subscribeForCashPlan : redeemForCashPlan;
  return plan(cluster, issuer, alice, cash, body, signed, terms);
}

test('minting and trades for cash are closed from before to after, and open again', async () => {
  const { context, alice } = scene;
  const { cluster, issuer } = context;
  const mint = await mintOf(context, 'MSFTx');
  const desk = await openDesk(mint);
  const { lookupTables } = desk;
  await send(cluster, alice, await mintToAlice(scene, mint, 5n * SHARE, HELD));
  await announce(scene, mint, SPLIT);
  const at = await schedule(scene, mint, 2n * HOUR, { settledSharesE8: 10n * HELD, receivableSharesE8: 0n });
  await setBand(mint, desk, 400, at);
  const closed = async () => {
    const question = { issuer, mint, owner: alice.address, amount: SHARE, caller: alice.address };
    const { reasons } = await canMint(cluster, question);
    return reasons.some(({ name }) => name === 'CorporateActionWindow');
  };
  // The chain's clock runs on while a test does: not to the second, which the tests in the VM are.
  await travelTo(cluster, at - WINDOW - 300n);
  assert.equal(await closed(), false);
  await send(cluster, alice, await mintToAlice(scene, mint, SHARE, HELD));
  await send(cluster, alice, await tradePlan(mint, desk, Side.Subscribe, 400), { lookupTables });

  for (const [time, held, price] of [
    [at - WINDOW, HELD, 400],
    [at, 10n * HELD, 40],
  ] as const) {
    await travelTo(cluster, time);
    assert.equal(await closed(), true);
    const refused = 'CorporateActionWindow';
    await assertRefused(cluster, alice, await mintToAlice(scene, mint, SHARE, held), refused);
    for (const side of [Side.Subscribe, Side.Redeem])
      await assertRefused(cluster, alice, await tradePlan(mint, desk, side, price, held), refused, { lookupTables });
  }
  await travelTo(cluster, at + WINDOW);
  assert.equal(await closed(), false);
  await send(cluster, alice, await mintToAlice(scene, mint, SHARE, 10n * HELD));
  // A price per share does not outlive a change of what a share is.
  const redeem = await tradePlan(mint, desk, Side.Redeem, 400);
  await assertRefused(cluster, alice, redeem, 'PriceOutsideBand', { lookupTables });
  await setBand(mint, desk, 40, at + 2n * HOUR);
  await send(cluster, alice, await tradePlan(mint, desk, Side.Redeem, 400), { lookupTables });
  await close(scene, mint, at);
});

test('transfers, requests and every way out are open in the window', async () => {
  const { context, alice } = scene;
  const { cluster, issuer } = context;
  const quorum = quorumOf(context);
  const mint = await mintOf(context, 'SPYx');
  await send(cluster, alice, await mintToAlice(scene, mint, 5n * SHARE, HELD));
  await announce(scene, mint, SPLIT);
  const at = await schedule(scene, mint, WINDOW + 60n);
  const redemption = (id: bigint) => findRedemption(cluster.programId, mint, alice.address, id);
  const request = async (id: bigint) => {
    const plan = await requestRedemptionPlan(cluster, issuer, alice, { mint, id, amount: SHARE });
    await send(cluster, alice, plan);
    return redemption(id);
  };
  for (const time of [at - WINDOW + 60n, at]) {
    await travelTo(cluster, time);
    const bob = await investor(cluster);
    await send(cluster, alice, await transferPlan(cluster, alice, mint, bob.address, 1n));
    await request(0n);
    await send(cluster, alice, await cancelRedemptionPlan(cluster, issuer, alice, { mint, id: 0n }));
    const settled = await request(1n);
    const acknowledged = await attestAcknowledge(cluster, quorum, { mint, redemption: settled });
    await send(
      cluster,
      alice,
      await acknowledgeRedemptionPlan(cluster, issuer, acknowledged.body, acknowledged.signed),
    );
    const payoutReference = new Uint8Array(32).fill(1);
    const paid = await attestSettle(cluster, quorum, { mint, redemption: settled, amount: SHARE, payoutReference });
    await send(cluster, alice, await settleRedemptionPlan(cluster, issuer, alice.address, paid.body, paid.signed));
    const rejected = await attestReject(cluster, quorum, { mint, redemption: await request(2n), reason: 1 });
    await send(cluster, alice, await rejectRedemptionPlan(cluster, issuer, rejected.body, rejected.signed));
    await send(cluster, alice, await claimRedemptionPlan(cluster, issuer, alice, { mint, id: 2n }));
  }
  const { data } = await fetchToken(cluster.rpc, await findTokenAccount(mint, alice.address));
  assert.equal(data.amount, 3n * SHARE - 2n);
  await close(scene, mint, at);
});

test('a pending dividend must be covered, and a mint fits both pairs', async () => {
  const { context, alice } = scene;
  const { cluster, issuer, admin } = context;
  const mint = await mintOf(context, 'AMZNx');
  await send(cluster, alice, await mintToAlice(scene, mint, 10n * SHARE, HELD));
  const { supply, multiplier } = await fetchTickerView(cluster, mint);
  const terms = ratioTerms(ActionKind.StockDividend, { numerator: 1_001n, denominator: 1_000n }, FACTS);
  await announce(scene, mint, terms);
  const needed = sharesFromRawCeil(supply, timesRatio(multiplier, terms));
  const effectiveAt = (await chainTime(cluster)) + 2n * HOUR;
  const holding = async (settledSharesE8: bigint) => {
    const order = { mint, effectiveAt, after: { settledSharesE8, receivableSharesE8: 0n } };
    return scheduleActionPlan(cluster, issuer, await attestSchedule(cluster, quorumOf(context), order));
  };
  await assertRefused(cluster, admin, await holding(needed - 1n), 'ReservesInsufficient');
  await send(cluster, admin, await holding(needed));
  // Ever so many are held now, but none more after.
  const more = () => mintToAlice(scene, mint, 1n, parseAmount('900'));
  await assertRefused(cluster, alice, await more(), 'ReservesInsufficient');
  await cancel(scene, mint);
  await send(cluster, alice, await more());
});

test('a window is made longer at once, and shorter after an announcement', async () => {
  const { cluster, issuer, admin, config } = scene.context;
  const mint = await mintOf(scene.context, 'QQQx');
  const set = (beforeSecs: number, afterSecs: number, announcement?: bigint) =>
    setActionWindowPlan(cluster, issuer, admin, mint, { beforeSecs, afterSecs }, announcement);
  await send(cluster, admin, await set(1_800, 900));
  await assertRefused(cluster, admin, await set(1_800, 899), 'AnnouncementMissing');
  await assertRefused(cluster, admin, await set(59, 900), 'WindowInvalid');
  const change = { __kind: 'SetActionWindow', mint, window: { beforeSecs: 900, afterSecs: 900 } } as const;
  await send(cluster, admin, await announceChangePlan(cluster, issuer, { signer: admin }, 7n, change));
  await assertRefused(cluster, admin, await set(900, 900, 7n), 'TimelockNotPassed');
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  await send(cluster, admin, await set(900, 900, 7n));
  await send(cluster, admin, await closeAnnouncementPlan(cluster, issuer, admin, 7n, admin.address));
});

test('lenders see the window from the mint alone', async () => {
  const { context, alice } = scene;
  const { cluster, curator, calendar } = context;
  const mint = await mintOf(context, 'QQQx');
  const feed = await findFeed(cluster.programs.collateral, curator, mint);
  const status = () => fetchStatus(cluster, alice.address, { feed, calendar, mint });
  const names = async () =>
    reasonsFor(await status())
      .map(({ name }) => name)
      .filter((name) => name.startsWith('ACTION_'));
  await announce(scene, mint, SPLIT);
  assert.deepEqual(await names(), []);
  const at = await schedule(scene, mint, 6n * HOUR);
  const ahead = await status();
  assert.deepEqual([ahead.multiplier, ahead.nextMultiplier, ahead.nextEffectiveAt], [1, 10, at]);
  assert.deepEqual(await names(), []);
  await travelTo(cluster, at - 60n);
  assert.deepEqual(await names(), ['ACTION_PENDING']);
  await travelTo(cluster, at);
  const after = await status();
  assert.deepEqual([after.multiplier, after.nextMultiplier], [10, 0]);
  assert.deepEqual(await names(), ['ACTION_WINDOW']);
  await close(scene, mint, at);
});
