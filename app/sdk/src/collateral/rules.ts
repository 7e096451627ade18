/** A feed's rules: where a price comes from and what counts in each session. */
import { getAddressEncoder, type Address, type ReadonlyUint8Array } from '@solana/kit';

import {
  getFeedConfigEncoder,
  type FeedConfigArgs,
  type SessionRuleArgs,
  type SourceArgs,
} from '../generated/collateral/types/index.ts';
import { sha256 } from '../hash.ts';
import { NO_ADDRESS } from '../pdas.ts';
import { ALL_FLAGS, Flag } from './flags.ts';

/** Which layout a price account has. */
export const SourceKind = { None: 0, PythUpdate: 1, PythLegacy: 2 } as const;
/** What a price is of: a share, or a whole token whatever its multiplier. Never guess it. */
export const Unit = { PerShare: 0, PerToken: 1 } as const;
/** In place of a source's number. */
export const NO_SOURCE = 255;

const MAX_SOURCES = 4;
const HOUR = 3_600;

const NONE: SourceArgs = {
  feedId: new Uint8Array(32),
  account: NO_ADDRESS,
  kind: SourceKind.None,
  unit: Unit.PerShare,
  padding: new Uint8Array(6),
};

/** Any fully verified Pyth price of the feed id, in whatever account, or only the one in `account`. */
export function pythSource(
  feedId: ReadonlyUint8Array,
  unit: (typeof Unit)[keyof typeof Unit],
  account: Address = NO_ADDRESS,
): SourceArgs {
  return { ...NONE, feedId, account, kind: SourceKind.PythUpdate, unit };
}

const rule = (
  maxAgeSecs: number,
  maxConfidenceBps: number,
  haircutBps: number,
  permitted: number,
): SessionRuleArgs => ({
  maxAgeSecs,
  maxConfidenceBps,
  haircutBps,
  permitted,
  source: 0,
  padding: 0,
});

/** By session: closed, pre, regular, post, overnight. */
const DEFAULT_SESSION_RULES: readonly SessionRuleArgs[] = [
  rule(96 * HOUR, 200, 2_500, 0),
  rule(120, 150, 1_000, ALL_FLAGS),
  rule(60, 100, 500, ALL_FLAGS),
  rule(120, 150, 1_000, ALL_FLAGS),
  rule(300, 300, 1_500, Flag.CanLiquidate),
];

/**
 * Debt while the share trades by day, liquidation also by night, nothing while the market is closed.
 * The same rules under which the Rust tests show that a lender survives a weekend's gap and a split.
 */
export function defaultRules(calendar: Address, source: SourceArgs): FeedConfigArgs {
  return {
    calendar,
    sources: [source, ...Array<SourceArgs>(MAX_SOURCES - 1).fill(NONE)],
    rules: [...DEFAULT_SESSION_RULES],
    tokenSource: NO_SOURCE,
    useEma: 0,
    debtDisabled: 0,
    padding: 0,
    maxDepegBps: 300,
    continuityBps: 1_500,
    tokenMaxAgeSecs: 120,
    beforeSecs: HOUR,
    windowMaxSecs: 6 * HOUR,
  };
}

/** The same, with the token's own market beside the share's: apart from each other, there is no new debt. */
export function withTokenSource(rules: FeedConfigArgs, token: SourceArgs): FeedConfigArgs {
  const [share, , ...rest] = rules.sources;
  return { ...rules, sources: [share!, token, ...rest], tokenSource: 1 };
}

/** What a lender agrees to, who has read the rules: of these rules, for this curator's feed of this mint. */
export function configHash(curator: Address, mint: Address, rules: FeedConfigArgs): Promise<Uint8Array> {
  const key = getAddressEncoder();
  return sha256(key.encode(curator), key.encode(mint), getFeedConfigEncoder().encode(rules));
}
