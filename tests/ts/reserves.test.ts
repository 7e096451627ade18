/** What the custodian holds, said without a mint: for one ticker, and for all of them by one signed root. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import type { Address, KeyPairSigner } from '@solana/kit';
import type { Context } from '@scrip/migrations';
import {
  applyStatementPlan,
  attestReserves,
  attestReservesPlan,
  attestStatement,
  attestStatementPlan,
  fetchReserveRatio,
  fetchTickerView,
  parseAmount,
  passTime,
  Pause,
  send,
  setTickerPausePlan,
  shareCount,
} from '@scrip/sdk';

import { assertRefused, investor, listed, mintOf, mintOrder, mintPlan, quorumOf } from './chain.ts';

const SYMBOLS = ['AAPLx', 'NVDAx', 'SPYx'];

let context: Context;
let mints: Address[];
let alice: KeyPairSigner;
before(async () => {
  context = await listed(100, SYMBOLS);
  mints = await Promise.all(SYMBOLS.map((symbol) => mintOf(context, symbol)));
  alice = await investor(context.cluster);
  await send(context.cluster, alice, (await mintPlan(context, mintOrder(mints[0]!, alice.address), alice)).plan);
});

/** A statement replaces the last one only if it is newer by its date, which has seconds. */
const nextSecond = () => passTime(context.cluster, 1n);

test('one signed root tells the reserves of all tickers, each applied by anybody with its proof', async () => {
  const { cluster, issuer, custodian } = context;
  await nextSecond();
  const holdings = mints.map((mint, i) => ({
    mint,
    settledSharesE8: parseAmount(`${100 * (i + 1)}`),
    receivableSharesE8: parseAmount(`${i}`),
  }));
  const { attested, tickers } = await attestStatement(cluster, quorumOf(context), custodian, holdings);
  const { body, signed } = attested;
  const [first, second, third] = tickers;
  const early = await applyStatementPlan(cluster, custodian, first!.reserves, first!.proof);
  await assertRefused(cluster, alice, early, 'StatementProofInvalid');
  await send(cluster, alice, await attestStatementPlan(cluster, issuer, body, signed));

  const more = { ...first!.reserves, settledSharesE8: first!.reserves.settledSharesE8 + 1n };
  const forged = await applyStatementPlan(cluster, custodian, more, first!.proof);
  await assertRefused(cluster, alice, forged, 'StatementProofInvalid');
  const swapped = await applyStatementPlan(cluster, custodian, second!.reserves, third!.proof);
  await assertRefused(cluster, alice, swapped, 'StatementProofInvalid');
  for (const { reserves, proof } of tickers) {
    await send(cluster, alice, await applyStatementPlan(cluster, custodian, reserves, proof));
    const { ticker } = await fetchTickerView(cluster, reserves.mint);
    assert.equal(ticker.reserves.asOf, body.asOf);
    assert.equal(shareCount(ticker.reserves.settled), reserves.settledSharesE8);
    assert.equal(shareCount(ticker.reserves.receivable), reserves.receivableSharesE8);
  }
  await assertRefused(cluster, alice, early, 'StatementNotNewer');
});

test('reserves below the supply pause minting by themselves; covering it again does not lift the pause', async () => {
  const { cluster, issuer, admin } = context;
  const mint = mints[0]!;
  const attest = async (held: string) => {
    await nextSecond();
    const reserves = { settledSharesE8: parseAmount(held), receivableSharesE8: 0n };
    const { body, signed } = await attestReserves(cluster, quorumOf(context), { mint, reserves });
    await send(cluster, alice, await attestReservesPlan(cluster, issuer, body, signed));
  };
  const refusal = async () => {
    await assertRefused(
      cluster,
      alice,
      (await mintPlan(context, mintOrder(mint, alice.address), alice)).plan,
      'MintingPaused',
    );
  };
  await attest('0.99999999');
  assert.equal((await fetchTickerView(cluster, mint)).ticker.pauses, Pause.Mint);
  await refusal();
  await attest('100');
  await refusal();
  await send(
    cluster,
    admin,
    await setTickerPausePlan(cluster, issuer, { signer: admin }, mint, { unpause: Pause.Mint }),
  );
  await send(cluster, alice, (await mintPlan(context, mintOrder(mint, alice.address), alice)).plan);
});

test('the program itself says how reserves compare with what is owed', async () => {
  const { cluster, config } = context;
  const ratio = await fetchReserveRatio(cluster, mints[0]!, alice.address);
  const { supply, countedSharesE8, supplySharesE8, ticker } = await fetchTickerView(cluster, mints[0]!);
  assert.deepEqual(ratio, {
    version: 1,
    stale: false,
    asOf: ticker.reserves.asOf,
    supply,
    countedSharesE8,
    supplySharesE8,
    ratioBps: 500_000n,
  });
  // Nothing is owed: the largest number there is.
  assert.equal((await fetchReserveRatio(cluster, mints[1]!, alice.address)).ratioBps, 2n ** 64n - 1n);
  await passTime(cluster, BigInt(config.tickers.terms.maxStatementAgeSecs) + 1n);
  assert.equal((await fetchReserveRatio(cluster, mints[0]!, alice.address)).stale, true);
});
