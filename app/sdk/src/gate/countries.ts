/** Sets of countries: ISO 3166-1 codes of two letters for people, a bit for each numeric code on chain. */
import type { ReadonlyUint8Array } from '@solana/kit';
import { iso31661Alpha2ToNumeric, iso31661NumericToAlpha2 } from 'iso-3166';

const BYTES = 128;

/** `DE` -> 276 */
export function countryNumber(code: string): number {
  const number = Object.hasOwn(iso31661Alpha2ToNumeric, code) ? iso31661Alpha2ToNumeric[code] : undefined;
  if (number === undefined) throw new Error(`"${code}" is no country of ISO 3166-1, like "DE".`);
  return Number(number);
}

/** 276 -> `DE`; the number itself for one that is not assigned (any more), but may stand on chain. */
export function countryCode(number: number): string {
  return iso31661NumericToAlpha2[`${number}`.padStart(3, '0')] ?? `${number}`;
}

/** As policies and providers hold them. */
export function countrySet(codes: readonly string[]): Uint8Array {
  const set = new Uint8Array(BYTES);
  for (const number of codes.map(countryNumber)) set[number >> 3]! |= 1 << (number & 7);
  return set;
}

/** All countries but these: an issuer that may serve anybody except in some. */
export function allCountriesBut(codes: readonly string[]): Uint8Array {
  const without = codes.map(countryNumber);
  const all = Object.keys(iso31661Alpha2ToNumeric);
  return countrySet(all.filter((code) => !without.includes(countryNumber(code))));
}

/** Codes of a set, in the order of the alphabet. */
export function countriesOf(set: ReadonlyUint8Array): string[] {
  const numbers = Array.from({ length: BYTES * 8 }, (_, number) => number);
  const members = numbers.filter((number) => ((set[number >> 3] ?? 0) >> (number & 7)) & 1);
  return members.map(countryCode).sort();
}
