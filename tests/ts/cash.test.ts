/** Shares against stablecoin, both ways in one transaction, at a price that a quorum signed. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, AddressesByLookupTableAddress, Instruction, KeyPairSigner } from '@solana/kit';
import { fetchMaybeToken, fetchToken } from '@solana-program/token-2022';
import type { Context } from '@scrip/migrations';
import {
  announceChangePlan,
  attestQuote,
  cashTableAddresses,
  chainTime,
  createLookupTable,
  createTestCash,
  createTokenAccountPlan,
  fetchTickerView,
  findCashDesk,
  findTokenAccount,
  fundCashDeskPlan,
  giveTestTokens,
  openCashDeskPlan,
  parseAmount,
  passTime,
  redeemForCashPlan,
  resign,
  Role,
  send,
  setDeskLimitPlan,
  setPriceBandPlan,
  Side,
  subscribeForCashPlan,
  withdrawCashPlan,
  type Attested,
  type Quorum,
  type TestCash,
} from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, operatorWith, quorumOf } from './chain.ts';

const dollars = (whole: number) => BigInt(whole) * 1_000_000n;
const RESERVES = { settledSharesE8: parseAmount('100'), receivableSharesE8: 0n };
const SHARE = parseAmount('1');

let context: Context;
let mint: Address;
let alice: KeyPairSigner;
let treasurer: KeyPairSigner;
let cash: TestCash;
let quorum: Quorum;
let lookupTables: AddressesByLookupTableAddress;
before(async () => {
  context = await listed(70, ['MSFTx']);
  const { cluster, issuer, admin } = context;
  [mint, alice, treasurer] = [
    await mintOf(context, 'MSFTx'),
    await investor(cluster),
    await operatorWith(context, Role.Cash),
  ];
  quorum = quorumOf(context);
  cash = await createTestCash(cluster, admin);
  await giveTestTokens(cluster, cash, alice.address, dollars(2_000));
  await giveTestTokens(cluster, cash, admin.address, dollars(5_000));
  const outflow = { capacity: dollars(1_000), windowSecs: 86_400 };
  await send(cluster, admin, await openCashDeskPlan(cluster, issuer, admin, cash, outflow));
  await send(cluster, admin, await fundCashDeskPlan(cluster, issuer, admin, cash, dollars(5_000)));
  const addresses = await cashTableAddresses(cluster, issuer, quorum.attestorSet, mint, cash);
  lookupTables = await createLookupTable(cluster, admin, addresses);
  await setBand(400, 420);
});

async function setBand(low: number, high: number): Promise<void> {
  const { cluster, issuer } = context;
  const band = {
    minPriceE8: BigInt(low) * 10n ** 8n,
    maxPriceE8: BigInt(high) * 10n ** 8n,
    expiresAt: (await chainTime(cluster)) + 86_400n,
  };
  await send(
    cluster,
    treasurer,
    await setPriceBandPlan(cluster, issuer, { signer: treasurer, granted: true }, mint, band),
  );
}

const quote = (side: Side, amount: bigint, cashAmount: bigint, owner = alice.address) =>
  attestQuote(context.cluster, quorum, {
    mint,
    side,
    owner,
    amount,
    cashMint: cash.mint,
    cashAmount,
    ...(side === Side.Subscribe && { reserves: RESERVES }),
  });

/** The trade that a quote is for, at the owner's own terms: by default exactly its price. */
async function trade(
  { body, signed }: Attested<'Quote'>,
  changes: { cashLimit?: bigint; deadline?: bigint } = {},
  owner = alice,
): Promise<Instruction[]> {
  const { cluster, issuer } = context;
  const plan = body.side === Side.Subscribe ? subscribeForCashPlan : redeemForCashPlan;
  const terms = { cashLimit: body.cashAmount, deadline: body.header.expiresAt, ...changes };
  return plan(cluster, issuer, owner, cash, body, signed, terms);
}

async function balances(owner: Address): Promise<{ shares: bigint; cash: bigint; vault: bigint }> {
  const { rpc, programId } = context.cluster;
  const desk = await findCashDesk(programId, context.issuer, cash.mint);
  const shares = await fetchMaybeToken(rpc, await findTokenAccount(mint, owner));
  const inCash = async (of: Address) =>
    (await fetchToken(rpc, await findTokenAccount(cash.mint, of, cash.tokenProgram), { commitment: 'confirmed' })).data
      .amount;
  return { shares: shares.exists ? shares.data.amount : 0n, cash: await inCash(owner), vault: await inCash(desk) };
}

/** Refused with this error, and nobody has more or less. */
async function refused(plan: readonly Instruction[], error: string): Promise<void> {
  const before = await balances(alice.address);
  await assertRefused(context.cluster, alice, plan, error, { lookupTables });
  assert.deepEqual(await balances(alice.address), before);
}

test('a subscription: cash goes, shares come, in one transaction that makes the account too', async () => {
  const { cluster } = context;
  const plan = await trade(await quote(Side.Subscribe, 2n * SHARE, dollars(820)));
  await assert.rejects(send(cluster, alice, plan), /1232 are allowed/, 'without the table it does not fit');
  await send(cluster, alice, plan, { lookupTables });
  assert.deepEqual(await balances(alice.address), { shares: 2n * SHARE, cash: dollars(1_180), vault: dollars(5_820) });
  const { supply, countedSharesE8 } = await fetchTickerView(cluster, mint);
  assert.equal(supply, 2n * SHARE);
  assert.equal(countedSharesE8, RESERVES.settledSharesE8);
});

test('a redemption: shares are burned, cash comes', async () => {
  const { cluster } = context;
  await send(cluster, alice, await trade(await quote(Side.Redeem, SHARE / 2n, dollars(205))), { lookupTables });
  assert.deepEqual(await balances(alice.address), {
    shares: (3n * SHARE) / 2n,
    cash: dollars(1_385),
    vault: dollars(5_615),
  });
  assert.equal((await fetchTickerView(cluster, mint)).supply, (3n * SHARE) / 2n);
});

test('a quote counts once, for its owner, side and price, and for a minute', async () => {
  const { cluster } = context;
  const good = await quote(Side.Redeem, SHARE / 10n, dollars(41));
  const { body, signed } = good;
  await refused(await trade({ ...good, body: { ...body, cashAmount: dollars(42) } }), 'AttestationMismatch');
  const mallory = await investor(cluster);
  await giveTestTokens(cluster, cash, mallory.address, dollars(100));
  await send(cluster, mallory, await createTokenAccountPlan(mallory, mint, mallory.address));
  await assertRefused(cluster, mallory, await trade(good, {}, mallory), 'AttestationMismatch', { lookupTables });
  const turned = {
    ...good,
    body: { ...body, side: Side.Subscribe, statement: { ...body.statement, asOf: body.header.issuedAt } },
  };
  await refused(await trade(turned), 'AttestationMismatch');
  const longer = { ...body.header, expiresAt: body.header.issuedAt + 61n };
  await refused(await trade(await resign(good, quorum.signers, { header: longer })), 'AttestationLifetimeInvalid');
  await send(cluster, alice, await trade({ ...good, signed }), { lookupTables });
  await refused(await trade(good), 'NonceUsed');

  const late = await quote(Side.Redeem, SHARE / 10n, dollars(41));
  await passTime(cluster, 60n);
  await refused(await trade(late, { deadline: late.body.header.expiresAt + 60n }), 'AttestationExpired');
});

test("the owner's own terms bind, and the ticker's band binds the quorum", async () => {
  const good = await quote(Side.Redeem, SHARE / 10n, dollars(41));
  await refused(await trade(good, { cashLimit: dollars(41) + 1n }), 'CashTermsNotMet');
  await refused(await trade(good, { deadline: good.body.header.issuedAt - 1n }), 'DeadlinePassed');
  const buy = await quote(Side.Subscribe, SHARE / 10n, dollars(41));
  await refused(await trade(buy, { cashLimit: dollars(41) - 1n }), 'CashTermsNotMet');
  await refused(await trade(await quote(Side.Subscribe, SHARE / 10n, dollars(40) - 1n)), 'PriceOutsideBand');
  await refused(await trade(await quote(Side.Redeem, SHARE / 10n, dollars(42) + 1n)), 'PriceOutsideBand');
});

test('a captured quorum takes no more out of the desk than its outflow limit', async () => {
  const { cluster } = context;
  // 246 of the 1,000 a day have left it so far, and little of that has drained.
  await setBand(100, 900);
  await refused(await trade(await quote(Side.Redeem, SHARE, dollars(800))), 'DeskLimitExceeded');
  await send(cluster, alice, await trade(await quote(Side.Redeem, SHARE, dollars(750))), { lookupTables });
  await refused(await trade(await quote(Side.Redeem, SHARE / 10n, dollars(50))), 'DeskLimitExceeded');
});

test('less may leave a desk at once, more after an announcement', async () => {
  const { cluster, issuer, admin, config } = context;
  const limit = (capacity: bigint, announcement?: bigint) =>
    setDeskLimitPlan(cluster, issuer, admin, cash.mint, { capacity, windowSecs: 86_400 }, announcement);
  const desk = await findCashDesk(cluster.programId, issuer, cash.mint);
  await send(cluster, admin, await limit(dollars(10)));
  await setBand(100, 900);
  await refused(await trade(await quote(Side.Redeem, SHARE / 10n, dollars(50))), 'DeskLimitExceeded');

  await assertRefused(cluster, admin, await limit(dollars(2_000)), 'AnnouncementMissing');
  const outflow = { capacity: dollars(2_000), windowSecs: 86_400 };
  const change = { __kind: 'SetDeskLimit', desk, outflow } as const;
  await send(cluster, admin, await announceChangePlan(cluster, issuer, { signer: admin }, 8n, change));
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  await send(cluster, admin, await limit(dollars(2_000), 8n));
  await setBand(100, 900);
  await send(cluster, alice, await trade(await quote(Side.Redeem, SHARE / 10n, dollars(50))), { lookupTables });
});

test('the treasurer takes cash out only as announced, and the admin not at all', async () => {
  const { cluster, issuer, admin, config } = context;
  const desk = await findCashDesk(cluster.programId, issuer, cash.mint);
  const destination = await findTokenAccount(cash.mint, admin.address, cash.tokenProgram);
  const amount = dollars(1_000);
  const change = { __kind: 'WithdrawCash', desk, destination, amount } as const;
  const announce = (signer: KeyPairSigner, granted: boolean) =>
    announceChangePlan(cluster, issuer, { signer, granted }, 7n, change);
  await assertRefused(cluster, admin, await announce(admin, false), 'PowerMissing');
  await send(cluster, treasurer, await announce(treasurer, true));

  const withdraw = (take: bigint) => withdrawCashPlan(cluster, issuer, treasurer, cash, destination, take, 7n);
  await assertRefused(cluster, treasurer, await withdraw(amount), 'TimelockNotPassed');
  await passTime(cluster, BigInt(config.issuer.timelockSecs));
  await assertRefused(cluster, treasurer, await withdraw(amount + 1n), 'AnnouncementMismatch');
  const before = await balances(admin.address);
  await send(cluster, treasurer, await withdraw(amount));
  const after = await balances(admin.address);
  assert.equal(after.cash - before.cash, amount);
  assert.equal(before.vault - after.vault, amount);
  await assertRefused(cluster, treasurer, await withdraw(amount), 'AnnouncementUsed');
});
