/** A venue's hours and days as the program takes them. */
import type { HoursArgs, YearArgs } from '../generated/collateral/types/index.ts';

const HOUR = 3_600;

/** NYSE and Nasdaq: extended hours from 04:00 to 20:00 in New York, and the night before a trading day. */
export const NYSE_HOURS: HoursArgs = {
  utcOffsetSecs: -5 * HOUR,
  preOpen: 4 * HOUR,
  regularOpen: 9 * HOUR + HOUR / 2,
  regularClose: 16 * HOUR,
  postClose: 20 * HOUR,
  earlyClose: 13 * HOUR,
  earlyPostClose: 17 * HOUR,
  usDaylightSaving: 1,
  overnight: 1,
  padding: new Uint8Array(2),
};

/** Days of a year on which a venue does not trade as usual, as `YYYY-MM-DD`. */
export type YearDays = Readonly<{ year: number; holidays: readonly string[]; earlyCloses: readonly string[] }>;

const WORDS = 6;
const DAY_MS = 86_400_000;

/** A bit for each day, bit 0 for January 1st. Throws for a date that is none, or of another year. */
export function calendarYear({ year, holidays, earlyCloses }: YearDays): YearArgs {
  return {
    year,
    padding: new Uint8Array(6),
    holidays: dayBits(year, holidays),
    earlyCloses: dayBits(year, earlyCloses),
  };
}

function dayBits(year: number, dates: readonly string[]): bigint[] {
  const words = Array<bigint>(WORDS).fill(0n);
  for (const date of dates) {
    const time = Date.parse(`${date}T00:00:00Z`);
    const valid = Number.isFinite(time) && new Date(time).toISOString().startsWith(`${date}T`);
    if (!valid || !date.startsWith(`${year}-`))
      throw new Error(`"${date}" is no day of ${year}, like "${year}-12-25".`);
    const day = (time - Date.UTC(year, 0, 1)) / DAY_MS;
    words[day >> 6]! |= 1n << BigInt(day & 63);
  }
  return words;
}
