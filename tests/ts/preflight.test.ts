/** The questions "would it pass, and if not, why", held against what then happens; limits on the way. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner } from '@solana/kit';
import { migrate, prepare, type Context } from '@scrip/migrations';
import {
  attestMint,
  attestMintPlan,
  canMint,
  canRedeem,
  createTokenAccountPlan,
  openOwnerLimitsPlan,
  parseAmount,
  passTime,
  PAUSE_ALL,
  reasonsOf,
  REASONS,
  requestRedemptionPlan,
  send,
  setIssuerPausePlan,
} from '@scrip/sdk';

import { assertRefused, configFor, connectFromEnv, investor, mintOf, mintOrder, quorumOf } from './chain.ts';

const HOUR = 3_600;
const shares = (text: string) => Number(parseAmount(text));

let context: Context;
let mint: Address;
let alice: KeyPairSigner;
/** A ticker of which 10 an hour may be minted, 4 of them to one owner, and 1 is the smallest redemption. */
before(async () => {
  const config = configFor(110, ['NFLXx']);
  const terms = {
    ...config.tickers.terms,
    minRedemption: shares('1'),
    mintLimit: { capacity: shares('10'), windowSecs: HOUR },
    ownerMintLimit: { capacity: shares('4'), windowSecs: HOUR },
  };
  context = await prepare(await connectFromEnv(), { ...config, tickers: { ...config.tickers, terms } });
  await migrate(context);
  mint = await mintOf(context, 'NFLXx');
  alice = await investor(context.cluster);
  await send(context.cluster, alice, await createTokenAccountPlan(alice, mint, alice.address));
});

async function mintReasons(amount: string, ownerLimits: boolean): Promise<string[]> {
  const { cluster, issuer } = context;
  const question = {
    issuer,
    mint,
    owner: alice.address,
    amount: parseAmount(amount),
    caller: alice.address,
    ownerLimits,
  };
  const { passes, reasons } = await canMint(cluster, question);
  assert.equal(passes, reasons.length === 0);
  return reasons.map(({ name }) => name);
}

async function redeemReasons(amount: string, id = 0n, owner = alice.address): Promise<string[]> {
  const { cluster, issuer } = context;
  const question = { issuer, mint, owner, id, amount: parseAmount(amount), caller: alice.address };
  return (await canRedeem(cluster, question)).reasons.map(({ name }) => name);
}

async function mintTo(owner: KeyPairSigner, amount: string, ownerLimits = true) {
  const { cluster, issuer } = context;
  const order = mintOrder(mint, owner.address, { amount: parseAmount(amount) });
  const { body, signed } = await attestMint(cluster, quorumOf(context), order);
  return attestMintPlan(cluster, issuer, body, signed, { ownerLimits });
}

test('a mint is judged by statement, reserves and limits, before anything is signed', async () => {
  const { cluster } = context;
  assert.deepEqual(await mintReasons('1', false), ['StatementStale', 'ReservesInsufficient', 'OwnerLimitsMissing']);
  await assertRefused(cluster, alice, await mintTo(alice, '1', false), 'OwnerLimitsMissing');
  await send(cluster, alice, await openOwnerLimitsPlan(cluster, alice, mint, alice.address));
  await send(cluster, alice, await mintTo(alice, '3'));
  assert.deepEqual(await mintReasons('1', true), []);
  assert.deepEqual(await mintReasons('1.5', true), ['OwnerLimit']);
  assert.deepEqual(await mintReasons('7.5', true), ['TickerLimit', 'OwnerLimit']);
  assert.deepEqual(await mintReasons('98', true), ['ReservesInsufficient', 'TickerLimit', 'OwnerLimit']);
  assert.deepEqual(await mintReasons('0', true), ['AmountZero']);
  await assertRefused(cluster, alice, await mintTo(alice, '1.5'), 'OwnerLimitExceeded');
});

test('a limit drains with time', async () => {
  const { cluster } = context;
  await passTime(cluster, BigInt(HOUR / 2));
  assert.deepEqual(await mintReasons('2.5', true), []);
  await send(cluster, alice, await mintTo(alice, '2.5'));
  assert.deepEqual(await mintReasons('1', true), ['OwnerLimit']);
});

test('a redemption is judged by its size, its id and the account', async () => {
  const { cluster, issuer } = context;
  assert.deepEqual(await redeemReasons('1'), []);
  assert.deepEqual(await redeemReasons('0.99999999'), ['BelowMinimum']);
  assert.deepEqual(await redeemReasons('5.6'), ['BalanceTooLow']);
  assert.deepEqual(await redeemReasons('1', 8n), ['RedemptionIdTaken']);
  const bob = await investor(cluster);
  assert.deepEqual(await redeemReasons('1', 0n, bob.address), ['AccountInvalid']);
  const request = (amount: string) =>
    requestRedemptionPlan(cluster, issuer, alice, { mint, id: 0n, amount: parseAmount(amount) });
  await assertRefused(cluster, alice, await request('0.99999999'), 'AmountBelowMinimum');
  await send(cluster, alice, await request('1'));
  assert.deepEqual(await redeemReasons('1'), ['RedemptionIdTaken']);
});

test('pauses are reasons, for both', async () => {
  const { cluster, issuer, admin } = context;
  await send(cluster, admin, await setIssuerPausePlan(cluster, issuer, { signer: admin }, { pause: PAUSE_ALL }));
  assert.deepEqual(await mintReasons('0.1', true), ['MintPaused', 'TransferPaused']);
  assert.deepEqual(await redeemReasons('1', 1n), ['RedeemRequestPaused', 'TransferPaused']);
  await send(cluster, admin, await setIssuerPausePlan(cluster, issuer, { signer: admin }, { unpause: PAUSE_ALL }));
});

test('every bit has words, and one of a later release still means no', () => {
  assert.deepEqual(
    reasonsOf(0xffffff).map(({ name }) => name),
    REASONS.map(([name]) => name),
  );
  const [unknown] = reasonsOf(0x40000000);
  assert.equal(unknown?.name, 'Unknown30');
  assert.equal(reasonsOf(0x80000000)[0]?.name, 'CorporateActionWindow');
  assert.deepEqual(reasonsOf(0), []);
});

test('a caller without an account gets an error, not an answer', async () => {
  const { cluster, issuer } = context;
  const nobody = '1nc1nerator11111111111111111111111111111112' as Address;
  const question = { issuer, mint, owner: alice.address, amount: 1n, caller: nobody };
  await assert.rejects(canMint(cluster, question));
});
