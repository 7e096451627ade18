/**
 * What a lender may do with a collateral, and why not: the bits of programs/interface/src/collateral,
 * held against them by tests/ts/lending-golden.test.ts.
 */

/** Bits of what is allowed: new debt, withdrawal while there is debt, liquidation. */
export const Flag = { CanMintDebt: 1, CanWithdraw: 2, CanLiquidate: 4 } as const;
/** Every bit of `Flag`. */
export const ALL_FLAGS = Flag.CanMintDebt | Flag.CanWithdraw | Flag.CanLiquidate;

const RISK = Flag.CanMintDebt | Flag.CanWithdraw;
/** What a reason takes away. One that is not known here takes `RISK`. */
const TAKES = { nothing: 0, debt: Flag.CanMintDebt, risk: RISK, everything: ALL_FLAGS } as const;

/** In the order of their bits: name, what it takes, what to tell a person. */
export const VALUE_REASONS = [
  ['SESSION_CLOSED', 'nothing', 'The market is closed.'],
  ['CALENDAR_UNKNOWN', 'risk', "The market's calendar has not been loaded for this date."],
  ['VENUE_HALTED', 'risk', 'The whole exchange is halted.'],
  ['TICKER_HALTED', 'risk', 'Trading of this share is halted.'],
  ['DEBT_DISABLED', 'debt', 'The curator takes no new debt against this share.'],
  ['SESSION_RULE', 'nothing', 'At this hour the curator permits less than everything.'],
  ['PRICE_STALE', 'everything', 'The price is too old for this hour: post a newer one.'],
  ['PRICE_IN_FUTURE', 'everything', "The price is dated ahead of the chain's clock."],
  ['PRICE_INVALID', 'everything', "The oracle's price is no price."],
  ['PRICE_NOT_TRADING', 'everything', 'The oracle says that it is not trading.'],
  ['PRICE_SUPERSEDED', 'everything', 'A newer price has been observed: post a newer one.'],
  ['CONFIDENCE_WIDE', 'risk', 'The oracle is not sure enough of the price.'],
  ['DEPEG', 'risk', 'The token trades away from the share.'],
  ['TOKEN_PRICE_UNUSABLE', 'risk', "The token's own price is missing, too old or invalid: post it."],
  ['ACTION_PENDING', 'risk', 'A split or dividend is about to take effect.'],
  ['ACTION_WINDOW', 'risk', 'A split or dividend has taken effect, and prices have not been seen to follow yet.'],
  ['ACTION_UNCONFIRMED', 'risk', 'Prices never followed a split or dividend: half an hour of trading ends this.'],
  ['MULTIPLIER_INVALID', 'everything', "The mint's multiplier cannot be counted with."],
  ['VALUE_TOO_LARGE', 'everything', 'The value does not fit 64 bits.'],
  ['NO_PRICE', 'nothing', 'The answer is to a question without a price.'],
] as const satisfies readonly (readonly [string, keyof typeof TAKES, string])[];

/** Why not: a name for programs, a sentence for people. */
export type ValueReason = Readonly<{
  name: (typeof VALUE_REASONS)[number][0] | `UNKNOWN_${number}`;
  text: string;
}>;

const bitsOf = (reasons: number) => Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (reasons >>> bit) & 1);

/** Reasons in words. One of a later release than this SDK is kept as a number. */
export function valueReasonsOf(reasons: number): ValueReason[] {
  return bitsOf(reasons).map((bit) => {
    const known = VALUE_REASONS[bit];
    if (known) return { name: known[0], text: known[2] };
    return { name: `UNKNOWN_${bit}`, text: `A reason that this SDK does not know yet, number ${bit}.` };
  });
}

/** What the reasons leave of `permitted`: they only take away. */
export function leaveFlags(reasons: number, permitted: number): number {
  const taken = bitsOf(reasons).map((bit) => TAKES[VALUE_REASONS[bit]?.[1] ?? 'risk']);
  return taken.reduce((left: number, takes) => left & ~takes, permitted);
}

/** `borrow, withdraw, liquidate`, of those that are set. */
export function flagNames(flags: number): string[] {
  const names = { borrow: Flag.CanMintDebt, withdraw: Flag.CanWithdraw, liquidate: Flag.CanLiquidate };
  return Object.entries(names).flatMap(([name, flag]) => (flags & flag ? [name] : []));
}

/** By their numbers. */
export const SESSIONS = ['closed', 'pre', 'regular', 'post', 'overnight'] as const;
/** The part of a market's day. */
export type SessionName = (typeof SESSIONS)[number];
