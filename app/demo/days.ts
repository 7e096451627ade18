/** Moving the chain's clock to days and hours of the exchange. */
import { localTime } from '@scrip/data';
import { chainTime, travelTo } from '@scrip/sdk';

import type { Output } from './output.ts';
import type { World } from './world.ts';

/** Moves the chain's clock to a time of New York, and says so. */
export async function travel({ context }: World, date: string, time: string, output: Output): Promise<void> {
  const { cluster, marketDays } = context;
  const to = localTime(marketDays, date, time);
  const seconds = Number(to - (await chainTime(cluster)));
  await travelTo(cluster, to);
  output.say(`\n  (The local chain's clock is moved to ${date}, ${time} in New York.)`);
  output.event('clock_moved', { seconds });
}
