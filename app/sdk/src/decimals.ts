/** Decimal numbers in text and as whole units, of any number of places, exact or rounded in a named direction. */

/** Which way what does not fit goes: `down` to zero, `up` away from it, `nearest` with halves to the even neighbour. */
export type Rounding = 'down' | 'up' | 'nearest';

/**
 * Reads "1.25" with 6 decimals as 1250000: a number above or equal to 0. Throws on anything else; on a place
 * too many too, unless a rounding is named.
 */
export function parseDecimal(text: string, decimals: number, rounding?: Rounding): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a number: write digits with at most ${decimals} places, like 1.25.`);
  const [, whole, fraction = ''] = match;
  if (fraction.length <= decimals) return BigInt(whole + fraction.padEnd(decimals, '0'));
  if (rounding === undefined) {
    throw new Error(`"${text}" has more than ${decimals} places: round it first, or name a rounding.`);
  }
  return divide(BigInt(whole! + fraction), 10n ** BigInt(fraction.length - decimals), rounding);
}

/** How a number is written. */
export type DecimalFormat = Readonly<{
  /** Exactly so many places, with zeros; without, as many as the number needs. */
  places?: number;
  /** Where `places` are fewer than the number needs. `down` unless another is named. */
  rounding?: Rounding;
  /** Between thousands: `,` makes 1,234,567.89. */
  group?: string;
}>;

/** Writes 1250000 with 6 decimals as "1.25". Inverse of `parseDecimal` unless `places` cut something off. */
export function formatDecimal(value: bigint, decimals: number, format: DecimalFormat = {}): string {
  const { places, rounding = 'down', group = '' } = format;
  const size = value < 0n ? -value : value;
  const shown = Math.min(places ?? decimals, decimals);
  const kept = divide(size, 10n ** BigInt(decimals - shown), rounding);
  const digits = kept.toString().padStart(shown + 1, '0');
  const whole = digits.slice(0, digits.length - shown).replace(/\B(?=(\d{3})+$)/g, group);
  const exact = digits.slice(digits.length - shown);
  const fraction = places === undefined ? exact.replace(/0+$/, '') : exact.padEnd(places, '0');
  return (value < 0n && kept > 0n ? '-' : '') + whole + (fraction && `.${fraction}`);
}

/** `a / b` of numbers that are not negative. */
export function divide(a: bigint, b: bigint, rounding: Rounding): bigint {
  const [quotient, rest] = [a / b, a % b];
  const half = 2n * rest - b;
  const up = {
    down: false,
    up: rest > 0n,
    nearest: half > 0n || (half === 0n && quotient % 2n === 1n),
  };
  return quotient + (up[rounding] ? 1n : 0n);
}
