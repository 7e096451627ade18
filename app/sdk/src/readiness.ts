/**
 * One question before a button is shown: can this be done now, and if not, why, in words. It finds on chain
 * what the programs' own answers ask for, and adds what they leave to others: holds, the account that receives.
 */
import { fetchEncodedAccount, fetchEncodedAccounts, type Address } from '@solana/kit';
import { AccountState, fetchMaybeToken } from '@solana-program/token-2022';

import type { Cluster } from './cluster.ts';
import { collateralObstacles, type CollateralUse } from './collateral/readiness.ts';
import { canTransfer, type TransferVerdict } from './gate/transfers.ts';
import { fetchMaybeTicker, type Ticker } from './generated/issuer/accounts/index.ts';
import { Mode } from './modes.ts';
import { findHold, findOwnerLimits, findRedemption, findTicker, findTokenAccount } from './pdas.ts';
import { canMint, canRedeem } from './preflight.ts';

/** In whose name is asked. */
export type Asker = Readonly<{
  /** Any wallet with a balance: the questions are simulated in its name, and nothing is signed or paid. */
  caller?: Address;
}>;

/** What somebody wants to do. Wallets, not their token accounts; amounts are raw. */
export type Wish = Asker &
  (
    | Readonly<{ wish: 'mint'; mint: Address; owner: Address; amount: bigint }>
    /** Have an account that takes what is sent to it. */
    | Readonly<{ wish: 'receive'; mint: Address; owner: Address }>
    /** By request. `id`: 0 to 7; the first one that is free, unless given. */
    | Readonly<{ wish: 'redeem'; mint: Address; owner: Address; amount: bigint; id?: bigint }>
    | Readonly<{ wish: 'transfer'; mint: Address; from: Address; to: Address; amount: bigint }>
    /** With a collateral, at a lender that trusts the feed. */
    | Readonly<{ wish: CollateralUse; feed: Address; caller: Address; amount: bigint }>
  );

/** Whom a reason is about. */
export type About = 'owner' | 'sender' | 'receiver' | 'token';
/** One reason, and whom it is about. */
export type Obstacle = Readonly<{ about: About; name: string; text: string }>;

/** The answer of `preflight`. */
export type Readiness = Readonly<{
  /** Nothing is in the way, but what `seenTo` names. */
  possible: boolean;
  obstacles: readonly Obstacle[];
  /** What the plan or the attestation for it takes care of: the account made and thawed, a newer statement. */
  seenTo: readonly Obstacle[];
}>;

/** What an attestation of a mint brings along, or a plan does before. */
const BY_ATTESTATION = ['StatementStale', 'ReservesInsufficient'];
const BY_PLAN = ['ACCOUNT_MISSING', 'THAW_FIRST', 'OwnerLimitsMissing'];

const HELD = 'Compliance holds this account: its issuer says why, and lifts it.';
const NOT_LISTED = 'This token is none of this issuer program: it is neither minted nor redeemed here.';
const NO_ID = 'The owner has eight open redemptions: settle, cancel or reclaim one first.';

/** Whether a wish would be granted now. A condition of business is an obstacle; an error is thrown for the rest. */
export async function preflight(cluster: Cluster, wish: Wish): Promise<Readiness> {
  switch (wish.wish) {
    case 'mint':
      return mintReadiness(cluster, wish);
    case 'receive':
      return sorted(await receiving(cluster, wish.mint, wish.owner, wish.caller ?? wish.owner));
    case 'redeem':
      return redeemReadiness(cluster, wish);
    case 'transfer':
      return transferReadiness(cluster, wish);
    default:
      return sorted(await collateralObstacles(cluster, wish.wish, wish));
  }
}

type Wished<K extends Wish['wish']> = Extract<Wish, { wish: K }>;

async function mintReadiness(cluster: Cluster, { mint, owner, amount, caller = owner }: Wished<'mint'>) {
  const ticker = await tickerOf(cluster, mint);
  if (!ticker) return sorted([notListed()]);
  const limits = await fetchEncodedAccount(cluster.rpc, await findOwnerLimits(cluster.programId, mint, owner));
  const question = { issuer: ticker.issuer, mint, owner, amount, caller };
  const [{ reasons }, account] = await Promise.all([
    canMint(cluster, { ...question, ownerLimits: limits.exists, registered: isRegistered(ticker) }),
    receiving(cluster, mint, owner, caller),
  ]);
  const primary = reasons.map((reason) => ({ about: aboutOf(reason.name), ...reason }));
  return sorted([...primary, ...unsaid(account, primary)], BY_ATTESTATION);
}

async function redeemReadiness(cluster: Cluster, wish: Wished<'redeem'>) {
  const { mint, owner, amount, caller = owner } = wish;
  const ticker = await tickerOf(cluster, mint);
  if (!ticker) return sorted([notListed()]);
  const id = wish.id ?? (await freeRedemption(cluster, mint, owner));
  if (id === undefined) return sorted([{ about: 'owner', name: 'NoRedemptionIdFree', text: NO_ID }]);
  const question = { issuer: ticker.issuer, mint, owner, id, amount, caller, registered: isRegistered(ticker) };
  const { reasons } = await canRedeem(cluster, question);
  const primary = reasons.map((reason) => ({ about: aboutOf(reason.name), ...reason }));
  // Which of both a frozen account is.
  return sorted([...primary, ...(await held(cluster, mint, owner, 'owner'))]);
}

/** The first redemption number that an owner has free, 0 to 7; undefined if none is. */
export async function freeRedemption(cluster: Cluster, mint: Address, owner: Address): Promise<bigint | undefined> {
  const ids = Array.from({ length: MAX_REDEMPTIONS }, (_, id) => BigInt(id));
  const addresses = await Promise.all(ids.map((id) => findRedemption(cluster.programId, mint, owner, id)));
  const accounts = await fetchEncodedAccounts(cluster.rpc, addresses);
  return ids.find((id) => !accounts[Number(id)]!.exists);
}

const MAX_REDEMPTIONS = 8;

async function transferReadiness(cluster: Cluster, { mint, from, to, amount, caller = from }: Wished<'transfer'>) {
  const [verdict, ...holds] = await Promise.all([
    canTransfer(cluster, { mint, from, to, amount, caller }),
    held(cluster, mint, from, 'sender'),
    held(cluster, mint, to, 'receiver'),
  ]);
  const zero = amount === 0n ? [{ about: 'sender' as const, name: 'AmountZero', text: 'The amount is zero.' }] : [];
  // No plan makes the sender's account with something in it.
  const nothing = verdict.source.some(({ name }) => name === 'ACCOUNT_MISSING');
  const empty = { about: 'sender', name: 'BALANCE_TOO_LOW', text: 'The sender has no account of this token.' } as const;
  const sides = [...sideOf(verdict, 'source', 'sender'), ...sideOf(verdict, 'destination', 'receiver')];
  const known = sides.filter(({ about, name }) => !(about === 'sender' && name === 'ACCOUNT_MISSING'));
  const mints = sideOf(verdict, 'mint', 'token');
  return sorted([...zero, ...known, ...(nothing ? [empty] : []), ...mints, ...holds.flat()]);
}

/** What is in the way of an owner's associated account being ready. */
async function receiving(cluster: Cluster, mint: Address, owner: Address, caller: Address): Promise<Obstacle[]> {
  const [verdict, hold] = await Promise.all([
    canTransfer(cluster, { mint, from: owner, to: owner, amount: 0n, caller }),
    held(cluster, mint, owner, 'owner'),
  ]);
  return [...sideOf(verdict, 'destination', 'owner'), ...sideOf(verdict, 'mint', 'token'), ...hold];
}

/** A hold stops a thaw, and the gate does not know of it. */
async function held(cluster: Cluster, mint: Address, owner: Address, about: About): Promise<Obstacle[]> {
  const account = await findTokenAccount(mint, owner);
  const [token, hold] = await Promise.all([
    fetchMaybeToken(cluster.rpc, account),
    fetchEncodedAccount(cluster.rpc, await findHold(cluster.programId, mint, account)),
  ]);
  const stopped = token.exists && token.data.state === AccountState.Frozen && hold.exists;
  return stopped ? [{ about, name: 'AccountHeld', text: HELD }] : [];
}

async function tickerOf({ rpc, programId }: Cluster, mint: Address): Promise<Ticker | undefined> {
  const ticker = await fetchMaybeTicker(rpc, await findTicker(programId, mint));
  return ticker.exists ? ticker.data : undefined;
}

const isRegistered = ({ mode, primaryKyc }: Ticker) => mode !== Mode.Open || primaryKyc !== 0;

const notListed = (): Obstacle => ({ about: 'token', name: 'NotListed', text: NOT_LISTED });

function sideOf(verdict: TransferVerdict, side: 'source' | 'destination' | 'mint', about: About): Obstacle[] {
  return verdict[side].map((reason) => ({ about, ...reason }));
}

/** The gate's words about the owner are in both programs' answers: once is enough. */
function unsaid(more: readonly Obstacle[], said: readonly Obstacle[]): Obstacle[] {
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
  const names = new Set(said.map(({ name }) => plain(name)));
  if (names.has('transferpaused')) names.add('mintpaused');
  return more.filter(({ name }) => !names.has(plain(name)));
}

const TOKEN_REASONS = /^(Mint|Redeem|Transfer|Policy)|^(StatementStale|ReservesInsufficient|TickerLimit|Corporate)/;
const aboutOf = (name: string): About => (TOKEN_REASONS.test(name) ? 'token' : 'owner');

function sorted(all: readonly Obstacle[], alsoSeenTo: readonly string[] = []): Readiness {
  const isSeenTo = ({ name }: Obstacle) => BY_PLAN.includes(name) || alsoSeenTo.includes(name);
  // A held account is not thawed by the plan, whatever the gate says of its owner.
  const holds = new Set(all.filter(({ name }) => name === 'AccountHeld').map(({ about }) => about));
  const relevant = all.filter(({ about, name }) => !(holds.has(about) && /^(THAW_FIRST|ACCOUNT_?FROZEN)$/i.test(name)));
  const obstacles = relevant.filter((one) => !isSeenTo(one));
  return { possible: obstacles.length === 0, obstacles, seenTo: relevant.filter(isSeenTo) };
}
