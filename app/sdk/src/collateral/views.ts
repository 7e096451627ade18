/** Questions to the program, simulated: nothing is signed or paid. `caller` is any wallet with a balance. */
import { AccountRole, type AccountMeta, type Address, type Instruction, type ReadonlyUint8Array } from '@solana/kit';

import { chainTime, type Programs, type Rpc } from '../cluster.ts';
import { fetchFeed } from '../generated/collateral/accounts/index.ts';
import { getStatusInstruction, getValueInstruction } from '../generated/collateral/instructions/index.ts';
import type { FeedConfig } from '../generated/collateral/types/index.ts';
import { NO_ADDRESS } from '../pdas.ts';
import { simulateAnswer } from '../simulate.ts';
import { findPushPrice } from './pdas.ts';
import { NO_SOURCE, SourceKind } from './rules.ts';
import { AnswerKind, decodeValuations, type Valuation } from './valuation.ts';

/** The accounts behind one mint's value. */
export type ValueAccounts = Readonly<{
  feed: Address;
  calendar: Address;
  mint: Address;
  /** Of the session's source. */
  price: Address;
  /** The token's own: given if, and only if, the feed has a source for it. */
  tokenPrice?: Address;
}>;

/** An amount of a mint, in raw units. */
export type Asked = Readonly<{ accounts: ValueAccounts; raw: bigint }>;

/** A node to ask, and which deployment: a `Cluster` is one, and so is what a page has that only reads. */
export type Reader = Readonly<{ rpc: Rpc; programs: Pick<Programs, 'collateral'> }>;

const readonly = (address: Address): AccountMeta => ({ address, role: AccountRole.READONLY });

/** In the order of the program. */
export function valueMetas({ feed, calendar, mint, price, tokenPrice }: ValueAccounts): AccountMeta[] {
  return [feed, calendar, mint, price, ...(tokenPrice === undefined ? [] : [tokenPrice])].map(readonly);
}

/** Values 1 to 5 amounts. */
export function valueInstruction(program: Address, asked: readonly Asked[]): Instruction {
  const amounts = asked.map(({ raw }) => raw);
  const instruction = getValueInstruction({ amounts }, { programAddress: program });
  return { ...instruction, accounts: asked.flatMap(({ accounts }) => valueMetas(accounts)) };
}

/** What amounts are worth now, in their order. Throws for a wrong account; a market condition is a reason. */
export async function fetchValues(cluster: Reader, caller: Address, asked: readonly Asked[]): Promise<Valuation[]> {
  const program = cluster.programs.collateral;
  const data = await simulateAnswer(cluster, program, caller, valueInstruction(program, asked));
  return requireAsked(
    decodeValuations(AnswerKind.Value, data),
    asked.map(({ accounts, raw }) => ({ mint: accounts.mint, raw })),
  );
}

/** Session, windows and what they allow, without a price. */
export async function fetchStatus(
  cluster: Reader,
  caller: Address,
  { feed, calendar, mint }: Pick<ValueAccounts, 'feed' | 'calendar' | 'mint'>,
): Promise<Valuation> {
  const program = cluster.programs.collateral;
  const instruction = getStatusInstruction({ feed, calendar, mint }, { programAddress: program });
  const data = await simulateAnswer(cluster, program, caller, instruction);
  return requireAsked(decodeValuations(AnswerKind.Status, data), [{ mint, raw: 0n }])[0]!;
}

function requireAsked(answers: Valuation[], asked: readonly Pick<Valuation, 'mint' | 'raw'>[]): Valuation[] {
  const same = (answer: Valuation, i: number) => answer.mint === asked[i]?.mint && answer.raw === asked[i]?.raw;
  if (answers.length !== asked.length || !answers.every(same)) {
    throw new Error('the answer is not to the question: it names other mints or amounts.');
  }
  return answers;
}

/**
 * The accounts that a feed's rules ask for now, with each price where the rules pin it, else where the
 * push oracle keeps it: who posts prices elsewhere names these accounts instead. One source for all
 * sessions is assumed, as in `defaultRules`; for rules that change it, take it from the session that
 * `fetchStatus` tells.
 */
export async function findValueAccounts(cluster: Reader, feed: Address, session = 0): Promise<ValueAccounts> {
  const [{ data }, now] = await Promise.all([fetchFeed(cluster.rpc, feed), chainTime(cluster)]);
  const { mint, pendingAt } = data;
  // Looser rules count by themselves once their time has come; the account says so later.
  const config = pendingAt !== 0n && pendingAt <= now ? data.pending : data.config;
  const price = await priceAccount(config, config.rules[session]!.source);
  const token = config.tokenSource === NO_SOURCE ? {} : { tokenPrice: await priceAccount(config, config.tokenSource) };
  return { feed, calendar: config.calendar, mint, price, ...token };
}

async function priceAccount({ sources }: FeedConfig, number: number): Promise<Address> {
  const source = sources[number];
  if (source === undefined || source.kind === SourceKind.None) throw new Error(`the feed has no source ${number}.`);
  return source.account === NO_ADDRESS ? findPushPrice(source.feedId) : source.account;
}

/** Whether two hashes of rules are the same. */
export const sameHash = (a: ReadonlyUint8Array, b: ReadonlyUint8Array) =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
