//! Why something is not allowed: one bit per reason. Append only.

/// The market is closed: weekend, holiday, or a gap between sessions. What the session allows
/// is the feed's to say; here it is for a human.
pub const SESSION_CLOSED: u32 = 1;
/// The date is outside the loaded years of the calendar.
pub const CALENDAR_UNKNOWN: u32 = 1 << 1;
/// Trading of the whole venue is halted.
pub const VENUE_HALTED: u32 = 1 << 2;
/// Trading of this security is halted.
pub const TICKER_HALTED: u32 = 1 << 3;
/// The curator takes no new debt against this collateral.
pub const DEBT_DISABLED: u32 = 1 << 4;
/// The session's rule allows less than everything.
pub const SESSION_RULE: u32 = 1 << 5;

/// The price is older than the session's rule allows.
pub const PRICE_STALE: u32 = 1 << 6;
/// The price is dated further ahead than clocks differ.
pub const PRICE_IN_FUTURE: u32 = 1 << 7;
/// The price is zero, negative, or does not fit.
pub const PRICE_INVALID: u32 = 1 << 8;
/// The oracle says that it is not trading (legacy accounts).
pub const PRICE_NOT_TRADING: u32 = 1 << 9;
/// A newer price is known: the feed's last observation.
pub const PRICE_SUPERSEDED: u32 = 1 << 10;
/// The confidence interval is wider than the session's rule allows.
pub const CONFIDENCE_WIDE: u32 = 1 << 11;
/// The token trades away from the share.
pub const DEPEG: u32 = 1 << 12;
/// The token's own price is missing, stale or invalid, so nobody knows of a depeg.
pub const TOKEN_PRICE_UNUSABLE: u32 = 1 << 13;

/// The multiplier will change soon.
pub const ACTION_PENDING: u32 = 1 << 14;
/// The multiplier has changed, and prices have not shown yet that they follow. Liquidate by the
/// ceiling.
pub const ACTION_WINDOW: u32 = 1 << 15;
/// They never showed it; new debt waits for half an hour of regular session.
pub const ACTION_UNCONFIRMED: u32 = 1 << 16;
/// The mint's multiplier cannot be counted with.
pub const MULTIPLIER_INVALID: u32 = 1 << 17;
/// A value does not fit 64 bits.
pub const VALUE_TOO_LARGE: u32 = 1 << 18;
/// The answer is `status`: there is no price in it.
pub const NO_PRICE: u32 = 1 << 19;

pub const KNOWN: u32 = (1 << 20) - 1;
