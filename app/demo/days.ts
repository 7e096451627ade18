/** The story's days: when a Friday, its weekend and the Monday after it are, by the exchange's calendar. */
import { dayKind, localDate, localTime, nextDate, weekdayOf, type MarketCalendar } from '@scrip/data';
import { chainTime, travelTo } from '@scrip/sdk';

import type { Output } from './output.ts';
import type { World } from './world.ts';

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

/** Moves the chain's clock to a time of New York, and says so. */
export async function travel({ context }: World, date: string, time: string, output: Output): Promise<void> {
  const { cluster, marketDays } = context;
  const to = localTime(marketDays, date, time);
  const seconds = Number(to - (await chainTime(cluster)));
  await travelTo(cluster, to);
  output.say(`\n  (The local chain's clock is moved to ${date}, ${time} in New York.)`);
  output.event('clock_moved', { seconds });
}
