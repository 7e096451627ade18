/** Raw amounts, shares, dollars and cash: exact, or rounded the way that is named. No chain needed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  cashForValueCeil,
  cashForValueFloor,
  formatDecimal,
  formatDollars,
  formatShares,
  multiplierOf,
  parseDecimal,
  parseDollars,
  parseShares,
  rawForValueFloor,
  rawFromSharesCeil,
  rawFromSharesFloor,
  sharesForValueFloor,
  sharesFromRawCeil,
  sharesFromRawFloor,
  tokenPriceCeil,
  tokenPriceFloor,
  valueOfCashFloor,
  valueOfRawCeil,
  valueOfRawFloor,
  valueOfSharesCeil,
  valueOfSharesFloor,
} from '@scrip/sdk';

import { readFixture } from './fixtures.ts';

const ONE = 10n ** 8n;

/** Numbers of every size up to 64 bits, the same ones each time (xorshift). */
function numbers(count: number, seed: bigint): bigint[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state ^= (state << 13n) & (2n ** 64n - 1n);
    state ^= state >> 7n;
    state ^= (state << 17n) & (2n ** 64n - 1n);
    return state >> (state % 60n);
  });
}

/** The multipliers of eleven real tokens, after each of their corporate actions. */
function realMultipliers(): number[] {
  type Fixture = { histories: { actions: { new_bits: string }[] }[] };
  const { histories } = readFixture('corporate_actions') as Fixture;
  return histories.flatMap(({ actions }) =>
    actions.map(({ new_bits }) => {
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, BigInt(new_bits));
      return view.getFloat64(0);
    }),
  );
}

test('a decimal is read and written exactly, at any number of places', () => {
  for (const decimals of [0, 2, 6, 8, 9, 19]) {
    for (const value of numbers(50, 7n)) {
      assert.equal(parseDecimal(formatDecimal(value, decimals), decimals), value);
      assert.equal(formatDecimal(-value, decimals), value === 0n ? '0' : `-${formatDecimal(value, decimals)}`);
    }
  }
  for (const text of ['', '.5', '1.', '-1', '1e3', ' 1', '1,5', 'NaN', '0x1']) {
    assert.throws(() => parseDecimal(text, 8), /is not a number/, text);
  }
});

test('a place too many is refused, or rounded the way that is named', () => {
  assert.throws(() => parseDecimal('1.005', 2), /more than 2 places/);
  const all = (text: string) => (['down', 'up', 'nearest'] as const).map((how) => parseDecimal(text, 2, how));
  assert.deepEqual(all('1.005'), [100n, 101n, 100n]);
  assert.deepEqual(all('1.015'), [101n, 102n, 102n]);
  assert.deepEqual(all('1.0151'), [101n, 102n, 102n]);
  assert.deepEqual(all('1.0149'), [101n, 102n, 101n]);
  assert.deepEqual(all('1.010'), [101n, 101n, 101n]);
});

test('what is shown has places, a rounding and groups of thousands', () => {
  assert.equal(formatShares(123_456_789n), '1.23456789');
  assert.equal(formatShares(123_456_789n, { places: 3 }), '1.234');
  assert.equal(formatShares(123_456_789n, { places: 3, rounding: 'nearest' }), '1.235');
  assert.equal(formatShares(100_000_000n, { places: 10 }), '1.0000000000');
  assert.equal(formatDollars(parseDollars('1234567.899')), '1,234,567.89');
  assert.equal(formatDollars(parseDollars('999.999'), { rounding: 'up' }), '1,000.00');
  assert.equal(formatDollars(parseDollars('999.5'), { places: 0, rounding: 'nearest' }), '1,000');
  assert.equal(formatDollars(-parseDollars('0.001')), '0.00');
  assert.equal(formatDollars(-parseDollars('1000.25')), '-1,000.25');
  // More shares than 64 bits have room for: an amount of a whole market.
  assert.equal(formatShares(parseShares('300000000000.5')), '300000000000.5');
});

test('raw and shares: down never promises too much, up never holds too little', () => {
  for (const value of realMultipliers()) {
    const multiplier = multiplierOf(value);
    for (const amount of numbers(20, BigInt(Math.round(value * 1e6)) + 1n)) {
      const [low, high] = [sharesFromRawFloor(amount, multiplier), sharesFromRawCeil(amount, multiplier)];
      assert.ok(high - low === 0n || high - low === 1n);
      const [most, least] = [rawFromSharesFloor(amount, multiplier), rawFromSharesCeil(amount, multiplier)];
      assert.ok(most === least || most + 1n === least);
      assert.ok(sharesFromRawCeil(most, multiplier) <= amount && amount <= sharesFromRawFloor(least, multiplier));
      assert.ok(sharesFromRawCeil(most + 1n, multiplier) > amount);
    }
  }
});

test('values are the exact product, rounded once', () => {
  for (const value of [...realMultipliers(), 2 ** 60, 1 / 3]) {
    const multiplier = multiplierOf(value);
    const [raws, prices] = [numbers(20, 3n), numbers(20, 5n)];
    raws.forEach((raw, i) => {
      const price = prices[i]! + 1n;
      const { m, k } = multiplier;
      const [over, under] = k >= 0 ? [raw * price * m, ONE << BigInt(k)] : [raw * price * (m << BigInt(-k)), ONE];
      assert.equal(valueOfRawFloor(raw, multiplier, price), over / under);
      assert.equal(valueOfRawCeil(raw, multiplier, price), (over + under - 1n) / under);
      // By way of shares: never above, as shares are rounded down first.
      const [low, high] = [sharesFromRawFloor(raw, multiplier), sharesFromRawCeil(raw, multiplier)];
      assert.ok(valueOfSharesFloor(low, price) <= over / under);
      assert.ok(valueOfSharesCeil(high, price) >= over / under);
    });
  }
});

test('an order for a sum of money costs no more than that, and one unit more would', () => {
  const multiplier = multiplierOf(1.0032690125398187);
  for (const value of numbers(50, 11n)) {
    const price = parseDollars('215.4');
    const raw = rawForValueFloor(value, multiplier, price);
    assert.ok(valueOfRawCeil(raw, multiplier, price) <= value);
    assert.ok(valueOfRawFloor(raw + 1n, multiplier, price) >= value);
    const shares = sharesForValueFloor(value, price);
    assert.ok(valueOfSharesCeil(shares, price) <= value && valueOfSharesCeil(shares + 1n, price) > value);
  }
  assert.throws(() => rawForValueFloor(1n, multiplier, 0n), /is no price/);
});

test('cash of a stablecoin: a payment down, a charge up', () => {
  const value = parseDollars('10.12345678');
  assert.deepEqual([cashForValueFloor(value, 6), cashForValueCeil(value, 6)], [10_123_456n, 10_123_457n]);
  assert.deepEqual([cashForValueFloor(value, 9), cashForValueCeil(value, 9)], [10_123_456_780n, 10_123_456_780n]);
  assert.equal(valueOfCashFloor(10_123_456n, 6), parseDollars('10.123456'));
  assert.equal(valueOfCashFloor(10_123_456_789n, 9), value);
});

test("prices of a token are the collateral program's", () => {
  const aapl = multiplierOf(1.0032690125398187);
  assert.equal(tokenPriceFloor(100_000_000n, aapl), 100_326_901n);
  assert.equal(tokenPriceCeil(100_000_000n, aapl), 100_326_902n);
});
