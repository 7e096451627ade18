/**
 * Why a wallet may not hold or move a mint: the bits of programs/interface/src/gate/reason.rs, held
 * against them by tests/ts/gate-golden.test.ts.
 */

/** In the order of their bits. */
export const HOLDER_REASONS = [
  ['POLICY_PAUSED', "The mint's policy is paused."],
  ['NOT_REGISTERED', 'The gate has no record of this wallet.'],
  ['REVOKED', "The wallet's record was revoked."],
  ['EXPIRED', "The wallet's record has expired."],
  ['COUNTRY_NOT_ALLOWED', "The mint is not for investors of the wallet's country."],
  ['TIER_TOO_LOW', "The mint asks for a higher tier than the wallet's."],
  ['PROVIDER_NOT_ACCEPTED', "The mint's policy does not accept who registered this wallet."],
  ['VENUE_NOT_ALLOWED', "It is a venue, and the mint's policy takes none."],
  ['POLICY_MISSING', 'The mint asks for a policy, and there is none.'],
  ['MINT_PAUSED', 'Nothing of this mint moves now.'],
  ['ACCOUNT_MISSING', 'The wallet has no account of this token yet: making one is enough.'],
  ['THAW_FIRST', 'The account is frozen, and anybody may thaw it: transferPlan does.'],
  ['ACCOUNT_FROZEN', 'The account is frozen, and may not be thawed.'],
  ['OWNER_NOT_IMMUTABLE', "The token account's owner could be replaced: use the associated one."],
  ['ACCOUNT_INVALID', 'The account is no token account of this mint and owner.'],
  ['BALANCE_TOO_LOW', 'The account holds less than the amount.'],
] as const;

/** Why not: a name for programs, a sentence for people. */
export type HolderReason = Readonly<{
  name: (typeof HOLDER_REASONS)[number][0] | `UNKNOWN_${number}`;
  text: string;
}>;

/** Reasons in words. One of a later release than this SDK is kept as a number: it still means no. */
export function holderReasonsOf(bits: number): HolderReason[] {
  const set = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (bits >>> bit) & 1);
  return set.map((bit) => {
    const known = HOLDER_REASONS[bit];
    if (known) return { name: known[0], text: known[1] };
    return { name: `UNKNOWN_${bit}`, text: `A reason that this SDK does not know yet, number ${bit}.` };
  });
}
