/** Corporate actions: what one says, where it stands, and when its window is. */
import type { Address, ReadonlyUint8Array } from '@solana/kit';

import { floatOfBits, formatAmount, type Ratio } from './amounts.ts';
import { chainTime, type Cluster } from './cluster.ts';
import {
  fetchCorporateAction,
  fetchTicker,
  type CorporateAction,
  type Ticker,
} from './generated/issuer/accounts/index.ts';
import { getActionTermsArgsEncoder, type ActionTermsArgs, type ActionWindow } from './generated/issuer/types/index.ts';
import { sha256 } from './hash.ts';
import { findCorporateAction, findTicker, NO_ADDRESS, symbolBytes, symbolText } from './pdas.ts';

/** What happens to the underlying. The numbers are those of an action on chain. */
export const ActionKind = {
  Split: 0,
  ReverseSplit: 1,
  StockDividend: 2,
  /** A cash dividend, less tax, with which shares were bought. */
  ReinvestedDividend: 3,
  /** What holders got of another company was sold, and shares were bought. */
  SpinOff: 4,
  /** Of an action that took effect with a wrong ratio, in either direction. */
  Correction: 5,
  SymbolChange: 6,
  /** A merger or a delisting. */
  Merger: 7,
} as const;
/** One of them. */
export type ActionKind = (typeof ActionKind)[keyof typeof ActionKind];

/** By the numbers of `ActionKind`. */
const KIND_WORDS = [
  'split',
  'reverse split',
  'stock dividend',
  'reinvested dividend',
  'spin-off',
  'correction',
  'change of symbol',
  'merger or delisting',
] as const;

/** All that an action says but when it takes effect. What a kind has no use for is zero. */
export type ActionTerms = ActionTermsArgs;

/** What every action has besides its kind. */
export type ActionFacts = Readonly<{
  /** 00:00 UTC of the underlying's ex-date, in seconds since 1970. On record only. */
  exDate: bigint;
  /** sha256 of what shows that the underlying's issuer decided this. */
  evidenceHash: ReadonlyUint8Array;
}>;

/** A change of how many shares a token stands for, and no more. */
export type RatioKind = Exclude<ActionKind, 3 | 6 | 7>;

/** Terms of a kind that says no more than a ratio: `numerator` new shares for `denominator` old ones. */
export function ratioTerms(kind: RatioKind, ratio: Ratio, facts: ActionFacts): ActionTerms {
  return { ...termsWith(facts), ...ratio, kind };
}

/** Per share, in units of 10^-8 of the dividend's currency. */
export type DividendFigures = Readonly<{
  grossE8: bigint;
  withholdingE8: bigint;
  /** At which what is left was reinvested. */
  reinvestmentPriceE8: bigint;
}>;

/**
 * Terms of a cash dividend that was reinvested: each share becomes `1 + (gross - withholding) / price`, unless
 * a ratio is given; the program refuses one that does not agree with the figures.
 */
export function dividendTerms(figures: DividendFigures, facts: ActionFacts, ratio?: Ratio): ActionTerms {
  const { grossE8, withholdingE8, reinvestmentPriceE8 } = figures;
  const netE8 = grossE8 - withholdingE8;
  if (netE8 <= 0n || reinvestmentPriceE8 <= 0n) {
    throw new Error('A dividend leaves something after the withholding, and was reinvested at a price above 0.');
  }
  const { numerator, denominator } = ratio ?? {
    numerator: reinvestmentPriceE8 + netE8,
    denominator: reinvestmentPriceE8,
  };
  const kind = ActionKind.ReinvestedDividend;
  return { ...termsWith(facts), numerator, denominator, kind, ...figures, netE8 };
}

/** Terms of another symbol of the underlying. The multiplier stays. */
export function symbolChangeTerms(symbol: string, facts: ActionFacts): ActionTerms {
  return { ...termsWith(facts), kind: ActionKind.SymbolChange, symbol: symbolBytes(symbol) };
}

/** Terms of a merger or a delisting, by sha256 of its document; 0: redemption is not forced. The multiplier stays. */
export function mergerTerms(
  termsHash: ReadonlyUint8Array,
  facts: ActionFacts,
  forcedRedemptionAt: bigint = 0n,
): ActionTerms {
  const kind = ActionKind.Merger;
  return { ...termsWith(facts), kind, forcedRedemptionAt, termsHash: hash32('the document', termsHash) };
}

const NO_TERMS: ActionTerms = {
  kind: 0,
  numerator: 1n,
  denominator: 1n,
  exDate: 0n,
  grossE8: 0n,
  withholdingE8: 0n,
  netE8: 0n,
  reinvestmentPriceE8: 0n,
  forcedRedemptionAt: 0n,
  symbol: new Uint8Array(16),
  termsHash: new Uint8Array(32),
  evidenceHash: new Uint8Array(32),
};

const termsWith = ({ exDate, evidenceHash }: ActionFacts): ActionTerms => ({
  ...NO_TERMS,
  exDate,
  evidenceHash: hash32('the evidence', evidenceHash),
});

/** The encoder alone would cut or pad in silence. */
function hash32(what: string, bytes: ReadonlyUint8Array): ReadonlyUint8Array {
  if (bytes.length !== 32 || bytes.every((byte) => byte === 0)) {
    throw new Error(`${what} is given by its sha256: 32 bytes, not all zeros.`);
  }
  return bytes;
}

/** What a quorum signs of an action's terms: sha256 of their Borsh bytes. */
export function actionTermsHash(terms: ActionTerms): Promise<ReadonlyUint8Array> {
  return sha256(getActionTermsArgsEncoder().encode(terms));
}

/** The terms of an action on chain. */
export function termsOfAction(action: CorporateAction): ActionTerms {
  const { kind, numerator, denominator, exDate, grossE8, withholdingE8, netE8, reinvestmentPriceE8 } = action;
  const { forcedRedemptionAt, symbol, termsHash, evidenceHash } = action;
  const figures = { grossE8, withholdingE8, netE8, reinvestmentPriceE8 };
  return { kind, numerator, denominator, exDate, ...figures, forcedRedemptionAt, symbol, termsHash, evidenceHash };
}

/** Seconds for which a ticker is closed on either side of an action, where it does not say so itself. */
const DEFAULT_WINDOW_SECS = 900;

/** How long a ticker is closed on either side of an action. */
export function actionWindow({
  windowBeforeSecs,
  windowAfterSecs,
}: Pick<Ticker, 'windowBeforeSecs' | 'windowAfterSecs'>): ActionWindow {
  return {
    beforeSecs: windowBeforeSecs || DEFAULT_WINDOW_SECS,
    afterSecs: windowAfterSecs || DEFAULT_WINDOW_SECS,
  };
}

/** The seconds of a scheduled action. Minting and trades for cash are closed from `closesAt` on, and at `opensAt` no more. */
export type ActionTimes = Readonly<{ closesAt: bigint; effectiveAt: bigint; opensAt: bigint }>;

/**
 * Where an action stands: it waits for its timelock, or for its quorum to schedule it; it lies ahead; its window has
 * begun; it has taken effect and its window lasts; anybody may close it.
 */
export type ActionPhase = 'waiting' | 'ready' | 'scheduled' | 'closing' | 'effective' | 'over';

/** The open action of a ticker. */
export type ActionView = Readonly<{
  address: Address;
  action: CorporateAction;
  terms: ActionTerms;
  phase: ActionPhase;
  /** Once it is scheduled. */
  times?: ActionTimes;
  /** What it is, and where it stands. */
  text: string;
}>;

/** The open action of a ticker; none, if there is none. */
export async function fetchActionView(cluster: Cluster, mint: Address): Promise<ActionView | undefined> {
  const { programId, rpc } = cluster;
  const { data: ticker } = await fetchTicker(rpc, await findTicker(programId, mint));
  if (ticker.openAction === 0) return undefined;
  const address = await findCorporateAction(programId, mint, ticker.openAction);
  const [{ data: action }, now] = await Promise.all([fetchCorporateAction(rpc, address), chainTime(cluster)]);
  return actionView(address, action, actionWindow(ticker), now);
}

/** The same, of accounts that were read already. */
export function actionView(address: Address, action: CorporateAction, window: ActionWindow, now: bigint): ActionView {
  const terms = termsOfAction(action);
  const times = timesOf(action, window);
  const phase = phaseOf(action, times, now);
  const view = { address, action, terms, phase, ...(times && { times }) };
  return { ...view, text: describeAction(view) };
}

function timesOf({ effectiveAt }: CorporateAction, window: ActionWindow): ActionTimes | undefined {
  if (effectiveAt === 0n) return undefined;
  const closesAt = effectiveAt - BigInt(window.beforeSecs);
  return { closesAt, effectiveAt, opensAt: effectiveAt + BigInt(window.afterSecs) };
}

function phaseOf({ readyAt }: CorporateAction, times: ActionTimes | undefined, now: bigint): ActionPhase {
  if (times === undefined) return now < readyAt ? 'waiting' : 'ready';
  if (now < times.closesAt) return 'scheduled';
  if (now < times.effectiveAt) return 'closing';
  return now < times.opensAt ? 'effective' : 'over';
}

/** Terms in words: "reinvested dividend of 0.26 less 0.078, reinvested at 232.78: 10007818 for 10000000". */
export function describeTerms(terms: ActionTerms): string {
  const word = KIND_WORDS[terms.kind] ?? `action of kind ${terms.kind}, which this SDK does not know yet`;
  const ratio = `${terms.numerator} for ${terms.denominator}`;
  switch (terms.kind) {
    case ActionKind.ReinvestedDividend: {
      const [gross, withheld, price] = [terms.grossE8, terms.withholdingE8, terms.reinvestmentPriceE8].map(
        formatAmount,
      );
      return `${word} of ${gross} less ${withheld}, reinvested at ${price}: ${ratio}`;
    }
    case ActionKind.SymbolChange:
      return `${word} to ${symbolText(terms.symbol)}`;
    case ActionKind.Merger: {
      const forced = terms.forcedRedemptionAt;
      return forced === 0n ? word : `${word}, redemption forced from ${utc(forced)} on`;
    }
    default:
      return `${word}, ${ratio}`;
  }
}

function describeAction({ action, terms, phase, times }: Omit<ActionView, 'text'>): string {
  const by = action.announcer === NO_ADDRESS ? "the custodian's quorum" : action.announcer;
  const what = `${describeTerms(terms)}; announced by ${by}`;
  if (times === undefined) {
    const next = phase === 'waiting' ? `it may be scheduled from ${utc(action.readyAt)} on` : 'it may be scheduled';
    return `${what}, ${next}.`;
  }
  const { closesAt, effectiveAt, opensAt } = times;
  const [old, now] = [action.oldMultiplier, action.newMultiplier].map(floatOfBits);
  const change = old === now ? `the multiplier stays ${old}` : `a multiplier of ${old} becomes ${now}`;
  const closed = `minting and trades for cash are closed from ${utc(closesAt)} until ${utc(opensAt)}`;
  const over = phase === 'over' ? ' It is over: anybody may close it.' : '';
  return `${what}. At ${utc(effectiveAt)} ${change}; ${closed}.${over}`;
}

/** "2026-11-30T16:30:00Z". */
const utc = (seconds: bigint) => new Date(Number(seconds) * 1000).toISOString().replace('.000', '');
