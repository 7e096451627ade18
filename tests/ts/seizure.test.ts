/** Seizures and recoveries on the real chain, in each mode, with what a transfer hook asks for found there. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner, ReadonlyUint8Array } from '@solana/kit';
import { AccountState, fetchToken } from '@solana-program/token-2022';
import {
  announceSeizurePlan,
  cancelSeizurePlan,
  contestSeizurePlan,
  executeSeizurePlan,
  fetchSeizureOf,
  fetchSeizures,
  fetchTickerView,
  findTokenAccount,
  liftHoldPlan,
  parseAmount,
  passTime,
  Pause,
  seizedByReason,
  send,
  setTickerPausePlan,
  thawPlan,
  type Operator,
  type SeizureNotice,
} from '@scrip/sdk';

import { assertRefused, investor } from './chain.ts';
import { complianceOf, gatedMarket, primaryPlan, register, registered, type Market } from './gated.ts';

const SHARE = parseAmount('1');

let market: Market;
let officer: Operator;
let timelock: bigint;
before(async () => {
  market = await gatedMarket(170);
  officer = complianceOf(market.context);
  timelock = BigInt(market.context.config.issuer.timelockSecs);
});

const account = async (mint: Address, owner: Address) =>
  (await fetchToken(market.context.cluster.rpc, await findTokenAccount(mint, owner))).data;

/** A registered wallet with one share. */
async function holder(mint: Address, wallet?: KeyPairSigner): Promise<KeyPairSigner> {
  const { context } = market;
  const owner = wallet ?? (await registered(context));
  // With another payer it does not fit a transaction.
  await send(context.cluster, owner, await primaryPlan(context, owner, mint, owner.address));
  return owner;
}

let cases = 0;

/** Announced by the officer; the case's hash. */
async function announce(mint: Address, owner: Address, to: Address, changes: Partial<SeizureNotice> = {}) {
  const { cluster, issuer, admin } = market.context;
  const caseHash = new Uint8Array(32).fill(++cases);
  const notice = { mint, from: await findTokenAccount(mint, owner), to, reason: 7, caseHash, ...changes };
  await send(cluster, admin, await announceSeizurePlan(cluster, issuer, officer, notice));
  return caseHash;
}

const execute = (mint: Address, caseHash: ReadonlyUint8Array, options = {}) =>
  executeSeizurePlan(market.context.cluster, market.context.issuer, officer, { mint, caseHash }, options);

test('a seizure waits for the timelock and moves shares of a paused mint, in every mode', async () => {
  const { cluster, issuer, admin } = market.context;
  const pause = { pause: Pause.Transfer };
  for (const mint of [market.open, market.frozen, market.hooked]) {
    const [from, to] = [await holder(mint), await registered(market.context)];
    const caseHash = await announce(mint, from.address, to.address, { amount: SHARE / 4n });
    assert.equal((await account(mint, from.address)).state, AccountState.Frozen);
    await assertRefused(cluster, admin, await execute(mint, caseHash), 'TimelockNotPassed');
    await passTime(cluster, timelock);
    await send(cluster, admin, await setTickerPausePlan(cluster, issuer, { signer: admin }, mint, pause));
    await send(cluster, admin, await execute(mint, caseHash));

    const [source, destination] = [await account(mint, from.address), await account(mint, to.address)];
    assert.deepEqual([source.amount, destination.amount], [(SHARE * 3n) / 4n, SHARE / 4n]);
    assert.equal(source.state, AccountState.Frozen);
    assert.equal((await fetchTickerView(cluster, mint)).ticker.seized, SHARE / 4n);
    await assertRefused(cluster, admin, await execute(mint, caseHash), 'SeizureExecuted');
    await send(cluster, admin, await setTickerPausePlan(cluster, issuer, { signer: admin }, mint, { unpause: 8 }));
  }
});

test('its owner contests it, once, and it waits for another timelock; the admin takes it back', async () => {
  const { cluster, issuer, admin } = market.context;
  const mint = market.open;
  const [from, to] = [await holder(mint), await registered(market.context)];
  const caseHash = await announce(mint, from.address, to.address);
  const contest = (by: KeyPairSigner) =>
    contestSeizurePlan(cluster, by, { mint, caseHash }, new Uint8Array(32).fill(1));
  await assertRefused(cluster, to, await contest(to), 'WrongOwner');
  const before = (await fetchSeizureOf(cluster, { mint, caseHash })).executeAt;
  await send(cluster, from, await contest(from));
  await assertRefused(cluster, from, await contest(from), 'SeizureContested');
  assert.equal((await fetchSeizureOf(cluster, { mint, caseHash })).executeAt, before + timelock);
  await passTime(cluster, timelock);
  await assertRefused(cluster, admin, await execute(mint, caseHash), 'TimelockNotPassed');

  const tokenAccount = await findTokenAccount(mint, from.address);
  const lift = await liftHoldPlan(cluster, issuer, officer, mint, tokenAccount, admin.address);
  await assertRefused(cluster, admin, lift, 'HoldUnderSeizure');
  const cancel = (by: Operator) => cancelSeizurePlan(cluster, issuer, by, { mint, caseHash });
  await assertRefused(cluster, from, await cancel({ signer: from }), 'PowerMissing');
  await send(cluster, admin, await cancel({ signer: admin }));
  await send(cluster, from, await thawPlan(cluster, issuer, mint, from.address));
  assert.deepEqual(
    [(await account(mint, from.address)).state, (await account(mint, from.address)).amount],
    [AccountState.Initialized, SHARE],
  );
});

test('a recovery goes to another wallet of the same investor, and to no one else', async () => {
  const { cluster, admin } = market.context;
  const [lost, other] = await Promise.all([investor(cluster), investor(cluster)]);
  await register(market.context, [lost, other]);
  const stranger = await registered(market.context);
  for (const mint of [market.frozen, market.hooked]) {
    await holder(mint, lost);
    const wrong = await announce(mint, lost.address, stranger.address, { recovery: true });
    await passTime(cluster, timelock);
    await assertRefused(cluster, admin, await execute(mint, wrong), 'NotSameInvestor');
    const { issuer } = market.context;
    const which = { mint, caseHash: wrong };
    await send(cluster, admin, await cancelSeizurePlan(cluster, issuer, officer, which));
    const right = await announce(mint, lost.address, other.address, { recovery: true });
    await passTime(cluster, timelock);
    const seized = (await fetchTickerView(cluster, mint)).ticker.seized;
    await send(cluster, admin, await execute(mint, right));
    assert.deepEqual(
      [(await account(mint, lost.address)).amount, (await account(mint, other.address)).amount],
      [0n, SHARE],
    );
    assert.equal((await fetchTickerView(cluster, mint)).ticker.seized, seized);
  }
});

test("an open ticker's shares go to the issuer's compliance wallet by its role alone", async () => {
  const { cluster, admin } = market.context;
  const mint = market.open;
  const from = await holder(mint);
  const treasury = officer.signer.address;
  const caseHash = await announce(mint, from.address, treasury);
  await passTime(cluster, timelock);
  await assertRefused(cluster, admin, await execute(mint, caseHash), 'NotRegistered');
  await send(cluster, admin, await execute(mint, caseHash, { toCompliance: true }));
  assert.equal((await account(mint, treasury)).amount, SHARE);
});

test('what was taken is told by reason, without recoveries and what is still open', async () => {
  const { cluster, admin } = market.context;
  const mint = market.hooked;
  const before = seizedByReason(await fetchSeizures(cluster, mint));
  const sum = before.reduce((total, { amount }) => total + amount, 0n);
  assert.equal(sum, (await fetchTickerView(cluster, mint)).ticker.seized);
  assert.deepEqual(before, [{ reason: 7, cases: 1, amount: SHARE / 4n }]);
  const [from, to] = [await holder(mint), await registered(market.context)];
  const caseHash = await announce(mint, from.address, to.address, { reason: 3, amount: 5n });
  assert.deepEqual(seizedByReason(await fetchSeizures(cluster, mint)), before);
  await passTime(cluster, timelock);
  await send(cluster, admin, await execute(mint, caseHash));
  const after = [{ reason: 3, cases: 1, amount: 5n }, ...before];
  assert.deepEqual(seizedByReason(await fetchSeizures(cluster, mint)), after);
});
