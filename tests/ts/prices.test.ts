/** Market days and the replayed series: read, checked, and for a local chain alone. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import {
  dayKind,
  DEFAULT_CALENDAR_FILE,
  DEFAULT_PRICES_FILE,
  loadCalendar,
  loadPrices,
  loadTickers,
  localDate,
  localTime,
  nextWeekend,
  pickTickers,
} from '@scrip/data';
import { loadConfig, wantedTickers } from '@scrip/migrations';
import { atPoint, quotesOf, replayPoint } from '@scrip/prices';
import { createTestShare, parseAmount, setLocalAccount } from '@scrip/sdk';
import { findPushPrice, placePrice, PYTH_RECEIVER_ADDRESS } from '@scrip/sdk/collateral';

import { connectFromEnv, investor } from './chain.ts';
import { readFixture } from './fixtures.ts';

const calendar = loadCalendar();

test('days are what the exchange says', () => {
  for (const [date, kind] of [
    ['2026-11-24', 'trading'],
    ['2026-11-26', 'closed'],
    ['2026-11-27', 'early close'],
    ['2026-11-28', 'closed'],
    ['2028-01-03', 'unknown'],
  ] as const) {
    assert.equal(dayKind(calendar, date), kind, date);
  }
});

test("New York's clocks, summer and winter", () => {
  // 09:30 in New York: UTC-4 in July, UTC-5 in January, and on both days on which clocks change.
  for (const [date, utc] of [
    ['2026-07-02', '13:30'],
    ['2026-01-02', '14:30'],
    ['2026-03-08', '13:30'],
    ['2026-11-01', '14:30'],
  ] as const) {
    const moment = localTime(calendar, date, '09:30');
    assert.equal(moment, BigInt(Date.parse(`${date}T${utc}:00Z`)) / 1000n, date);
    assert.equal(localDate(calendar, moment), date);
  }
  assert.equal(localDate(calendar, BigInt(Date.parse('2026-07-03T03:59:59Z')) / 1000n), '2026-07-02');
});

test('a weekend is found between days that trade as usual', () => {
  const from = (date: string) => nextWeekend(calendar, localTime(calendar, date, '12:00'));
  assert.deepEqual(from('2026-11-18'), { friday: '2026-11-20', saturday: '2026-11-21', monday: '2026-11-23' });
  // Not the day after Thanksgiving, which closes early; not Independence Day's; not before Labor Day.
  assert.equal(from('2026-11-20').friday, '2026-12-04');
  assert.equal(from('2026-06-29').friday, '2026-07-10');
  assert.equal(from('2026-09-01').friday, '2026-09-11');
  assert.throws(() => from('2027-12-28'), /load its next year/);
});

test('files with a fault are refused', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scrip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const changed = (from: string, change: (json: any) => void) => {
    const json: unknown = JSON.parse(readFileSync(from, 'utf8'));
    change(json);
    const file = join(folder, 'changed.json');
    writeFileSync(file, JSON.stringify(json));
    return file;
  };
  const prices = (change: (json: any) => void) => () => loadPrices(changed(DEFAULT_PRICES_FILE, change));
  assert.throws(
    prices(({ prices }) => delete prices[0].sources),
    /AAPL's price is published nowhere/,
  );
  assert.throws(
    prices(({ prices }) => (prices[1].price = '0.0')),
    /TSLA's price or confidence is no decimal/,
  );
  assert.throws(
    prices(({ prices }) => (prices[1].symbol = 'AAPL')),
    /two prices/,
  );
  assert.throws(
    prices(({ story }) => (story[0].prices.NONE = '1')),
    /the step "friday"/,
  );
  assert.throws(
    prices(({ wave }) => wave.push(1000)),
    /small steps/,
  );
  const days = (change: (json: any) => void) => () => loadCalendar(changed(DEFAULT_CALENDAR_FILE, change));
  assert.throws(
    days(({ years }) => (years[0].holidays[0].date = '2025-01-04')),
    /2025-01-04 is no weekday of 2025/,
  );
  assert.throws(
    days(({ years }) => (years[0].holidays[0].sources = ['hearsay'])),
    /has no source/,
  );
});

test('prices that are called published are those of the fixtures they name', () => {
  const real = readFixture('pyth_price_accounts') as { name: string; captured?: string; data_base64: string }[];
  const priceOf = (name: string) => {
    const data = Buffer.from(real.find((one) => one.name === name)!.data_base64, 'base64');
    return [data.readBigInt64LE(73) * 10n ** BigInt(8 + data.readInt32LE(89)), data.readBigUInt64LE(81)] as const;
  };
  const { prices } = loadPrices();
  for (const [symbol, name] of [
    ['AAPL', 'Equity.US.AAPL/USD'],
    ['TSLA', 'Crypto.TSLAX/USD'],
  ]) {
    const found = prices.find((one) => one.symbol === symbol)!;
    assert.equal(parseAmount(found.price), priceOf(name!)[0]);
    assert.deepEqual([found.origin, found.sources], ['published', ['fixture']]);
  }
});

test('every ticker of the local configuration is replayed, and the wave goes round', () => {
  const series = loadPrices();
  const tickers = wantedTickers(loadConfig());
  const quotes = quotesOf(tickers, series);
  assert.deepEqual(
    quotes.map(({ symbol }) => symbol),
    tickers.map(({ underlying }) => underlying),
  );
  const [quote] = quotes;
  const wave = { wave: [0, 100, -1] };
  assert.deepEqual(
    [0, 1, 2, 3].map((point) => atPoint({ ...quote!, priceE8: 1_000_000n }, wave, point).priceE8),
    [1_000_000n, 1_010_000n, 999_900n, 1_000_000n],
  );
});

test('a point is written into accounts of the oracle, where the push oracle would keep them', async () => {
  const cluster = await connectFromEnv();
  const series = loadPrices();
  const [quote] = quotesOf(pickTickers(loadTickers(), ['AAPLx']), series);
  await replayPoint(cluster, [quote!], series, 1);
  const { value } = await cluster.rpc
    .getAccountInfo(await findPushPrice(quote!.feedId), { encoding: 'base64', commitment: 'processed' })
    .send();
  assert.equal(value?.owner, PYTH_RECEIVER_ADDRESS);
  const data = Buffer.from(value!.data[0], 'base64');
  assert.equal(data.length, 134);
  assert.equal(data.readBigInt64LE(73), quote!.priceE8 + (quote!.priceE8 * 6n) / 10_000n);
});

test('nothing of it touches a cluster that is not on this machine', async () => {
  const cluster = await connectFromEnv();
  const elsewhere = { ...cluster, url: 'https://rpc.example' };
  const wallet = await investor(cluster);
  const price = { feedId: new Uint8Array(32), priceE8: 1n, confidenceE8: 1n, publishTime: 1n };
  const account = { owner: PYTH_RECEIVER_ADDRESS, data: new Uint8Array(1), lamports: 1 };
  await assert.rejects(placePrice(elsewhere, price), /it is not a local cluster/);
  await assert.rejects(setLocalAccount(elsewhere, wallet.address, account), /it is not a local cluster/);
  await assert.rejects(createTestShare(elsewhere, wallet), /test tokens are for a local cluster/);
});
