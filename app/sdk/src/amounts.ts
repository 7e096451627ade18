/**
 * Raw token amounts, shares and the multiplier between them, in exact integers: a number in
 * JavaScript has 53 bits, a balance 64.
 *
 * - raw: what Token-2022 moves; 8 decimals
 * - shares_e8: shares in units of 10^-8; equal to raw times the mint's multiplier
 */
import { formatDecimal } from './decimals.ts';

/** Decimals of every listed mint. */
export const DECIMALS = 8;
const ONE = 10n ** BigInt(DECIMALS);
const U64_MAX = 2n ** 64n - 1n;

/** `m x 2^-k`: the exact value of the f64 that a mint stores. */
export type Multiplier = Readonly<{ m: bigint; k: number }>;

/** A token stands for one share: the multiplier of a mint that had no split and no dividend. */
export const MULTIPLIER_ONE: Multiplier = { m: 1n, k: 0 };

/**
 * Reads "1.25" as 125000000: a decimal number of units with at most 8 places, above or equal to 0.
 * Throws on anything else, also on a ninth place: nothing is rounded on the way in.
 */
export function parseAmount(text: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,8}))?$/.exec(text);
  if (!match) throw new Error(`"${text}" is not an amount: write digits with at most 8 places, like 1.25.`);
  const amount = BigInt(match[1]!) * ONE + BigInt((match[2] ?? '').padEnd(DECIMALS, '0'));
  if (amount > U64_MAX) throw new Error(`${text} is above the largest amount, ${formatAmount(U64_MAX)}.`);
  return amount;
}

/** Writes 125000000 as "1.25": exact, without trailing zeros. Inverse of `parseAmount`. */
export const formatAmount = (amount: bigint): string => formatDecimal(amount, DECIMALS);

/** The exact value of an f64 multiplier. Throws unless it is positive and normal, as Token-2022 demands. */
export function multiplierOf(value: number): Multiplier {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  if (bits >> 63n === 1n || exponent === 0 || exponent === 0x7ff) {
    throw new Error(`${value} is not a multiplier: it must be positive and normal.`);
  }
  const m = (bits & (2n ** 52n - 1n)) | (2n ** 52n);
  return { m, k: 1075 - exponent };
}

/** The f64 of its bits, as the issuer's accounts and events have them. */
export function floatOfBits(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** `numerator` new shares for `denominator` old ones. */
export type Ratio = Readonly<{ numerator: bigint; denominator: bigint }>;

/**
 * The double nearest to `multiplier x numerator / denominator`, the even one of two that are as near: what a
 * corporate action makes of it. Throws where that is none.
 */
export function timesRatio({ m, k }: Multiplier, { numerator, denominator }: Ratio): Multiplier {
  if (numerator <= 0n || denominator <= 0n) throw new Error(`${numerator} for ${denominator} is not a ratio.`);
  const product = m * numerator;
  // So many places that the quotient has 55 or 56 bits: 53, and some to round by.
  const up = 55 + bitLength(denominator) - bitLength(product);
  const [over, under] = up >= 0 ? [product << BigInt(up), denominator] : [product, denominator << BigInt(-up)];
  const quotient = over / under;
  const down = BigInt(bitLength(quotient) - 53);
  const [kept, rest] = [quotient >> down, quotient & ((1n << down) - 1n)];
  const half = 1n << (down - 1n);
  const roundUp = rest > half || (rest === half && (over % under > 0n || kept % 2n === 1n));
  const rounded = kept + (roundUp ? 1n : 0n);
  // Rounding may have made one bit more of them; the last one is then zero.
  const carried = rounded === 1n << 53n;
  const places = k + up - Number(down) - (carried ? 1 : 0);
  if (places < -971 || places > 1074) throw new Error('the new multiplier is beyond what a mint can hold.');
  return { m: carried ? 1n << 52n : rounded, k: places };
}

const bitLength = (value: bigint) => value.toString(2).length;

/** A ScaledUiAmount extension's multiplier at a time: the new one counts once `now >= timestamp`. */
export function multiplierAt(
  config: Readonly<{ multiplier: number; newMultiplierEffectiveTimestamp: bigint; newMultiplier: number }>,
  now: bigint,
): Multiplier {
  return multiplierOf(now >= config.newMultiplierEffectiveTimestamp ? config.newMultiplier : config.multiplier);
}

/** Shares (e8) that a raw amount stands for, rounded down. */
export function sharesFromRawFloor(raw: bigint, { m, k }: Multiplier): bigint {
  return k >= 0 ? (raw * m) >> BigInt(k) : (raw * m) << BigInt(-k);
}

/** Shares (e8) that back a raw amount, rounded up: what reserves must cover. */
export function sharesFromRawCeil(raw: bigint, { m, k }: Multiplier): bigint {
  return k >= 0 ? -((-raw * m) >> BigInt(k)) : (raw * m) << BigInt(-k);
}

/** The largest raw amount that stands for no more than these shares (e8). */
export function rawFromSharesFloor(sharesE8: bigint, { m, k }: Multiplier): bigint {
  return k >= 0 ? (sharesE8 << BigInt(k)) / m : sharesE8 / (m << BigInt(-k));
}

/** The smallest raw amount that stands for at least these shares (e8). */
export function rawFromSharesCeil(sharesE8: bigint, { m, k }: Multiplier): bigint {
  const [over, under] = k >= 0 ? [sharesE8 << BigInt(k), m] : [sharesE8, m << BigInt(-k)];
  return (over + under - 1n) / under;
}
