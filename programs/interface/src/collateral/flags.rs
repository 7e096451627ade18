//! What a lender may do with a collateral, and why not.

use super::reason;

/// Bits of what is allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub u8);

/// Bits of what stands against it. A reason only ever takes flags away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reasons(pub u32);

impl Flags {
    /// New debt against the collateral.
    pub const CAN_MINT_DEBT: Self = Self(1);
    /// Taking collateral out while there is debt. Without debt a lender needs no price.
    pub const CAN_WITHDRAW: Self = Self(1 << 1);
    /// Selling the collateral of a debtor whose position is not healthy.
    pub const CAN_LIQUIDATE: Self = Self(1 << 2);
    pub const ALL: Self = Self(0b111);
    /// Whatever makes a position riskier.
    pub const RISK: Self = Self(0b011);

    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl Reasons {
    /// Reasons that leave no flag at all: there is no price to act on.
    pub const NO_FLAGS: u32 = reason::PRICE_STALE
        | reason::PRICE_IN_FUTURE
        | reason::PRICE_INVALID
        | reason::PRICE_NOT_TRADING
        | reason::PRICE_SUPERSEDED
        | reason::MULTIPLIER_INVALID
        | reason::VALUE_TOO_LARGE;
    /// Reasons that take nothing themselves: what the session's rule allows decides, and a status
    /// is there to go with a lender's own price.
    pub const NOTES: u32 = reason::SESSION_CLOSED | reason::SESSION_RULE | reason::NO_PRICE;

    pub const fn contains(self, reason: u32) -> bool {
        self.0 & reason != 0
    }

    pub const fn add(&mut self, reason: u32) {
        self.0 |= reason;
    }

    pub fn add_if(&mut self, condition: bool, reason: u32) {
        if condition {
            self.add(reason);
        }
    }

    /// What the reasons leave of `permitted`. One that this release does not know takes debt and
    /// withdrawal away, as do all known ones except those named above.
    pub const fn leave(self, permitted: Flags) -> Flags {
        let mut flags = permitted;
        if self.0 & !(Self::NOTES | reason::DEBT_DISABLED) != 0 {
            flags = flags.without(Flags::RISK);
        }
        if self.0 & reason::DEBT_DISABLED != 0 {
            flags = flags.without(Flags::CAN_MINT_DEBT);
        }
        if self.0 & Self::NO_FLAGS != 0 {
            flags = Flags(0);
        }
        flags
    }
}
