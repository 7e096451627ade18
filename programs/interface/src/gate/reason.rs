//! Why a wallet may not hold or move a mint, as bits of an answer.

/// A set of reasons. None of them: nothing is in the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reasons(pub u32);

impl Reasons {
    pub const NONE: Self = Self(0);

    // Of the policy and the wallet's record.
    /// The mint's policy is paused.
    pub const POLICY_PAUSED: Self = Self(1 << 0);
    /// The gate has no record of this wallet.
    pub const NOT_REGISTERED: Self = Self(1 << 1);
    /// The record was revoked.
    pub const REVOKED: Self = Self(1 << 2);
    /// The record's time is over.
    pub const EXPIRED: Self = Self(1 << 3);
    /// The mint is not for investors of this country.
    pub const COUNTRY_NOT_ALLOWED: Self = Self(1 << 4);
    /// The mint asks for a higher tier.
    pub const TIER_TOO_LOW: Self = Self(1 << 5);
    /// The policy does not accept who registered it.
    pub const PROVIDER_NOT_ACCEPTED: Self = Self(1 << 6);
    /// It is a venue, and the policy takes none.
    pub const VENUE_NOT_ALLOWED: Self = Self(1 << 7);

    // Of the mint and the token accounts: answers of `can_transfer` only.
    /// The mint asks for a policy, and there is none.
    pub const POLICY_MISSING: Self = Self(1 << 8);
    /// Nothing of this mint moves now.
    pub const MINT_PAUSED: Self = Self(1 << 9);
    /// The wallet has no token account of this mint yet. Creating one is enough.
    pub const ACCOUNT_MISSING: Self = Self(1 << 10);
    /// The token account is frozen, or would be when created; the issuer's `thaw` opens it.
    pub const THAW_FIRST: Self = Self(1 << 11);
    /// The token account is frozen, and `thaw` would refuse it.
    pub const ACCOUNT_FROZEN: Self = Self(1 << 12);
    /// The token account's owner could be replaced.
    pub const OWNER_NOT_IMMUTABLE: Self = Self(1 << 13);
    /// The account is no token account of this mint.
    pub const ACCOUNT_INVALID: Self = Self(1 << 14);
    /// It holds less than the amount.
    pub const BALANCE_TOO_LOW: Self = Self(1 << 15);

    pub const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// These, but not `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
