/** The acts of a curator, and `observe`, which is anybody's. */
import type { Address, Instruction, TransactionSigner } from '@solana/kit';

import type { Cluster } from '../cluster.ts';
import {
  getCreateCalendarInstruction,
  getCreateCuratorInstruction,
  getCreateFeedInstruction,
  getHaltTickerInstruction,
  getObserveInstruction,
  getSetFeedInstruction,
  getSetYearInstruction,
} from '../generated/collateral/instructions/index.ts';
import type { FeedConfigArgs, HoursArgs, YearArgs } from '../generated/collateral/types/index.ts';
import { findEventAuthority } from '../pdas.ts';
import { findCalendar, findCurator, findFeed, micBytes } from './pdas.ts';
import { valueMetas, type ValueAccounts } from './views.ts';

/** Which deployment a plan is for. */
type Programs = Pick<Cluster, 'programs'>;

/** The two accounts that every instruction with an event needs, and the program's address as an option. */
async function deployed({ programs }: Programs) {
  const program = programs.collateral;
  return [{ eventAuthority: await findEventAuthority(program), program }, { programAddress: program }] as const;
}

/** `timelockSecs`: how long a loosening waits, an hour to 30 days. */
export type NewCurator = Readonly<{ id: bigint; timelockSecs: number; admin?: Address }>;

/** Who creates it is its admin, if no other is named. */
export async function createCuratorPlan(
  cluster: Programs,
  creator: TransactionSigner,
  { id, timelockSecs, admin = creator.address }: NewCurator,
): Promise<Instruction[]> {
  const [accounts, at] = await deployed(cluster);
  const curator = await findCurator(accounts.program, creator.address, id);
  return [getCreateCuratorInstruction({ creator, curator, ...accounts, id, admin, timelockSecs }, at)];
}

/** A market's hours and days, by its identifier code. */
export type NewCalendar = Readonly<{ mic: string; hours: HoursArgs; years: readonly YearArgs[] }>;

/** `authority` has the role CALENDAR, or is the admin, and pays. The years count at once. */
export async function createCalendarPlan(
  cluster: Programs,
  authority: TransactionSigner,
  curator: Address,
  { mic, hours, years }: NewCalendar,
): Promise<Instruction[]> {
  const [accounts, at] = await deployed(cluster);
  const calendar = await findCalendar(accounts.program, curator, mic);
  const args = { mic: micBytes(mic), hours, years: [...years] };
  return [getCreateCalendarInstruction({ payer: authority, authority, curator, calendar, ...accounts, ...args }, at)];
}

/** Loads or changes a year: after the timelock, unless it only closes more of a loaded one. */
export async function setYearPlan(
  cluster: Programs,
  authority: TransactionSigner,
  curator: Address,
  calendar: Address,
  year: YearArgs,
): Promise<Instruction[]> {
  const [accounts, at] = await deployed(cluster);
  return [getSetYearInstruction({ authority, curator, calendar, ...accounts, year }, at)];
}

/** `authority` has the role FEED, or is the admin, and pays. The rules count at once. */
export async function createFeedPlan(
  cluster: Programs,
  authority: TransactionSigner,
  curator: Address,
  mint: Address,
  config: FeedConfigArgs,
): Promise<Instruction[]> {
  const [accounts, at] = await deployed(cluster);
  const feed = await findFeed(accounts.program, curator, mint);
  const { calendar } = config;
  return [
    getCreateFeedInstruction({ payer: authority, authority, curator, calendar, mint, feed, ...accounts, config }, at),
  ];
}

/** Changes rules: tighter ones at once, any others after the timelock. */
export async function setFeedPlan(
  cluster: Programs,
  authority: TransactionSigner,
  curator: Address,
  feed: Address,
  config: FeedConfigArgs,
): Promise<Instruction[]> {
  const [accounts, at] = await deployed(cluster);
  const { calendar } = config;
  return [getSetFeedInstruction({ authority, curator, calendar, feed, ...accounts, config }, at)];
}

/** Halts one share until a time. */
export async function haltTickerPlan(
  cluster: Programs,
  authority: TransactionSigner,
  curator: Address,
  feed: Address,
  until: bigint,
): Promise<Instruction[]> {
  const [accounts, at] = await deployed(cluster);
  return [getHaltTickerInstruction({ authority, curator, feed, ...accounts, until }, at)];
}

/** Records the current price in the feed. Anyone may. */
export async function observePlan(cluster: Programs, accounts: ValueAccounts): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const { feed, calendar, mint } = accounts;
  const instruction = getObserveInstruction({ feed, calendar, mint, ...event }, at);
  const prices = valueMetas(accounts).slice(3);
  return [{ ...instruction, accounts: [...instruction.accounts, ...prices] }];
}
