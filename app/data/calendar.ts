/** A venue's days, read and checked, and when its day begins: what the migrations load and the demo travels by. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const DEFAULT_CALENDAR_FILE = fileURLToPath(new URL('./calendar.json', import.meta.url));

export type CalendarYear = Readonly<{ year: number; holidays: readonly string[]; earlyCloses: readonly string[] }>;

export type MarketCalendar = Readonly<{
  /** Market identifier code (ISO 10383) under which it is loaded. */
  mic: string;
  /** Exchanges that keep these days. */
  venues: readonly string[];
  timeZone: string;
  years: readonly CalendarYear[];
}>;

type Day = { date: string; name: string; sources: string[] };
type File = Omit<MarketCalendar, 'years'> & {
  version: number;
  sources: Record<string, string>;
  years: { year: number; holidays: Day[]; earlyCloses: Day[] }[];
};

const DAY_MS = 86_400_000;

/** Reads and checks a calendar file. Throws one sentence at the first fault. */
export function loadCalendar(file: string = DEFAULT_CALENDAR_FILE): MarketCalendar {
  const { version, mic, venues, timeZone, sources, years } = JSON.parse(readFileSync(file, 'utf8')) as File;
  if (version !== 1) throw new Error(`${file} is not a calendar file of version 1.`);
  const dates = (year: number, days: readonly Day[]): string[] =>
    days.map(({ date, sources: keys }) => {
      const weekday = weekdayOf(date);
      if (!date.startsWith(`${year}-`) || weekday === 0 || weekday === 6) {
        throw new Error(`${file}: ${date} is no weekday of ${year}.`);
      }
      if (keys.length === 0 || !keys.every((key) => key in sources)) {
        throw new Error(`${file}: ${date} has no source, or one that is not in the table of sources.`);
      }
      return date;
    });
  return {
    mic,
    venues,
    timeZone,
    years: years.map(({ year, holidays, earlyCloses }) => ({
      year,
      holidays: dates(year, holidays),
      earlyCloses: dates(year, earlyCloses),
    })),
  };
}

export type DayKind = 'trading' | 'early close' | 'closed' | 'unknown';

/** What a date, `YYYY-MM-DD`, is; one outside the calendar's years is unknown. */
export function dayKind({ years }: MarketCalendar, date: string): DayKind {
  const year = years.find(({ year }) => date.startsWith(`${year}-`));
  if (year === undefined) return 'unknown';
  if ([0, 6].includes(weekdayOf(date)) || year.holidays.includes(date)) return 'closed';
  return year.earlyCloses.includes(date) ? 'early close' : 'trading';
}

/** 0 for Sunday. Throws for what is no date. */
export function weekdayOf(date: string): number {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  if (Number.isNaN(weekday)) throw new Error(`"${date}" is no date.`);
  return weekday;
}

export function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The venue's date at a moment, in seconds since 1970. */
export function localDate({ timeZone }: MarketCalendar, now: bigint): string {
  // Sweden's way of writing dates is ISO's.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(Number(now) * 1000);
}

/** The moment, in seconds since 1970, at which the venue's clocks show a time like "09:30" on a date. */
export function localTime({ timeZone }: MarketCalendar, date: string, time: string): bigint {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  // Clocks change at night: the offset at noon of the day is the one of its market hours.
  const noon = Date.parse(`${date}T12:00:00Z`);
  const offset = Date.parse(`${shown.format(noon).replace(' ', 'T')}:00Z`) - noon;
  return BigInt(asUtc - offset) / 1000n;
}

/** Dates. */
export type Weekend = Readonly<{ friday: string; saturday: string; monday: string }>;

const FRIDAY = 5;
/** A year has some fifty Fridays that will do. */
const SEARCHED_DAYS = 60;

/** The next Friday, not today, that trades as usual, with a trading day right after its weekend. */
export function nextWeekend(calendar: MarketCalendar, now: bigint): Weekend {
  let friday = localDate(calendar, now);
  for (let searched = 0; searched < SEARCHED_DAYS; searched++) {
    friday = nextDate(friday);
    const saturday = nextDate(friday);
    const monday = nextDate(nextDate(saturday));
    const usual = [friday, monday].every((date) => dayKind(calendar, date) === 'trading');
    if (weekdayOf(friday) === FRIDAY && usual) return { friday, saturday, monday };
  }
  throw new Error(`the calendar knows no usual Friday in the ${SEARCHED_DAYS} days after now: load its next year.`);
}
