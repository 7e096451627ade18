/**
 * Shares and what they are worth, in whole units. A price or a value is in USD x 10^8, as the collateral program
 * counts; cash is in the smallest unit of its mint. Rounding is in the name.
 */
import { DECIMALS, type Multiplier } from './amounts.ts';
import { divide, formatDecimal, parseDecimal, type DecimalFormat, type Rounding } from './decimals.ts';

const ONE = 10n ** BigInt(DECIMALS);

/** Reads "1.25" shares as 125000000. Unlike a raw amount, shares may be more than 64 bits. */
export const parseShares = (text: string, rounding?: Rounding): bigint => parseDecimal(text, DECIMALS, rounding);

/** Writes 125000000 as "1.25" shares. */
export const formatShares = (sharesE8: bigint, format?: DecimalFormat): string =>
  formatDecimal(sharesE8, DECIMALS, format);

/** Reads "215.4" dollars as 21540000000. */
export const parseDollars = (text: string, rounding?: Rounding): bigint => parseDecimal(text, DECIMALS, rounding);

/** Writes 123456700000000 as "1,234,567.00" dollars: down to the cent, unless the format says otherwise. */
export const formatDollars = (valueE8: bigint, format: DecimalFormat = {}): string =>
  formatDecimal(valueE8, DECIMALS, { places: 2, group: ',', ...format });

/** The price of a whole token of 10^8 raw, of a price per share: what `value` answers too. */
export const tokenPriceFloor = (sharePriceE8: bigint, multiplier: Multiplier): bigint =>
  scale(sharePriceE8, multiplier, 'down');
/** The same, rounded up. */
export const tokenPriceCeil = (sharePriceE8: bigint, multiplier: Multiplier): bigint =>
  scale(sharePriceE8, multiplier, 'up');

/** What shares (e8) are worth at a price per share, in USD x 10^8. */
export const valueOfSharesFloor = (sharesE8: bigint, sharePriceE8: bigint): bigint =>
  divide(sharesE8 * sharePriceE8, ONE, 'down');
/** The same, rounded up. */
export const valueOfSharesCeil = (sharesE8: bigint, sharePriceE8: bigint): bigint =>
  divide(sharesE8 * sharePriceE8, ONE, 'up');

/** What a raw amount is worth at a price per share, rounded once: the exact product of all three. */
export const valueOfRawFloor = (raw: bigint, multiplier: Multiplier, sharePriceE8: bigint): bigint =>
  scale(raw * sharePriceE8, multiplier, 'down', ONE);
/** The same, rounded up. */
export const valueOfRawCeil = (raw: bigint, multiplier: Multiplier, sharePriceE8: bigint): bigint =>
  scale(raw * sharePriceE8, multiplier, 'up', ONE);

/** The most shares (e8) that cost no more than this value at a price per share. */
export function sharesForValueFloor(valueE8: bigint, sharePriceE8: bigint): bigint {
  return divide(valueE8 * ONE, positive(sharePriceE8), 'down');
}
/** The largest raw amount that costs no more than this value at a price per share. */
export function rawForValueFloor(valueE8: bigint, multiplier: Multiplier, sharePriceE8: bigint): bigint {
  const { over, under } = fraction(multiplier);
  return divide(valueE8 * ONE * under, positive(sharePriceE8) * over, 'down');
}

/** A value as an amount of a cash mint of these decimals, taken as a dollar each. */
export const cashForValueFloor = (valueE8: bigint, decimals: number): bigint => toCash(valueE8, decimals, 'down');
/** The same, rounded up. */
export const cashForValueCeil = (valueE8: bigint, decimals: number): bigint => toCash(valueE8, decimals, 'up');

/** An amount of a cash mint as a value, taken as a dollar each. Down where the mint has more than 8 decimals. */
export const valueOfCashFloor = (amount: bigint, decimals: number): bigint =>
  divide(amount * ONE, 10n ** BigInt(decimals), 'down');

const toCash = (valueE8: bigint, decimals: number, rounding: Rounding) =>
  divide(valueE8 * 10n ** BigInt(decimals), ONE, rounding);

/** `value x multiplier / unit`, rounded once. */
function scale(value: bigint, multiplier: Multiplier, rounding: Rounding, unit = 1n): bigint {
  const { over, under } = fraction(multiplier);
  return divide(value * over, under * unit, rounding);
}

const fraction = ({ m, k }: Multiplier) =>
  k >= 0 ? { over: m, under: 1n << BigInt(k) } : { over: m << BigInt(-k), under: 1n };

function positive(priceE8: bigint): bigint {
  if (priceE8 <= 0n) throw new Error(`${priceE8} is no price: it must be above 0.`);
  return priceE8;
}
