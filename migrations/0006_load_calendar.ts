/** When the exchanges trade. A year that is missing later is announced: it counts after the timelock. */
import { chainTime } from '@scrip/sdk';
import {
  calendarYear,
  createCalendarPlan,
  fetchMaybeCalendar,
  NYSE_HOURS,
  setYearPlan,
  type Year,
  type YearArgs,
} from '@scrip/sdk/collateral';

import type { Context, Done, Step } from './context.ts';
import { CONFIRMED } from './read.ts';
import { submit } from './send.ts';

export const loadCalendarYears: Step = async (context) => {
  const { cluster, admin, curator, calendar, marketDays } = context;
  const { mic } = marketDays;
  const what = `calendar ${mic}`;
  const years = wantedYears(context);
  const existing = await fetchMaybeCalendar(cluster.rpc, calendar, CONFIRMED);
  if (!existing.exists) {
    await submit(context, what, await createCalendarPlan(cluster, admin, curator, { mic, hours: NYSE_HOURS, years }));
    return [{ what, address: calendar, outcome: 'created' }];
  }
  const { data } = existing;
  const done: Done[] = [{ what, address: calendar, outcome: 'already there' }];
  // A year that waits would be replaced by another one that is announced: one at a time.
  const waits = data.pending.year !== 0 && data.pendingAt > (await chainTime(cluster));
  for (const wanted of years) {
    const known = [data.pending, ...data.years].find(({ year }) => year === wanted.year);
    if (known !== undefined && !sameDays(known, wanted)) {
      throw new Error(`calendar ${calendar} has other days in ${wanted.year} than the calendar file.`);
    }
  }
  if (waits) return [...done, waiting(context, data.pending)];
  const missing = years.find(({ year }) => ![data.pending, ...data.years].some((known) => known.year === year));
  if (missing === undefined) return done;
  await submit(context, `year ${missing.year}`, await setYearPlan(cluster, admin, curator, calendar, missing));
  return [...done, waiting(context, missing)];
};

const waiting = ({ calendar }: Context, { year }: Pick<YearArgs, 'year'>): Done => ({
  what: `year ${year}`,
  address: calendar,
  outcome: 'waits for the timelock',
});

function wantedYears({ config, marketDays }: Context): YearArgs[] {
  return config.collateral.years.map((year) => {
    const found = marketDays.years.find((one) => one.year === year);
    if (!found) throw new Error(`the calendar file has no year ${year}.`);
    return calendarYear(found);
  });
}

function sameDays(known: Year, wanted: YearArgs): boolean {
  const same = (a: readonly bigint[], b: readonly (bigint | number)[]) => a.every((word, i) => word === b[i]);
  return same(known.holidays, wanted.holidays) && same(known.earlyCloses, wanted.earlyCloses);
}
