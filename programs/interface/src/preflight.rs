//! Why an instruction would be refused now, as bits of a view's answer. No bit: it would pass.

use crate::gate::Reasons;

/// Minting is paused, for the ticker or the whole issuer.
pub const MINT_PAUSED: u32 = 1 << 0;
/// Requests of redemptions are paused.
pub const REDEEM_REQUEST_PAUSED: u32 = 1 << 1;
/// All movements are paused, for the ticker, the issuer, or in the mint itself.
pub const TRANSFER_PAUSED: u32 = 1 << 2;
pub const AMOUNT_ZERO: u32 = 1 << 3;
/// The last statement of reserves is too old. A mint that carries a newer one passes.
pub const STATEMENT_STALE: u32 = 1 << 4;
/// The last statement does not cover the supply and this amount. A mint that carries one that
/// does passes.
pub const RESERVES_INSUFFICIENT: u32 = 1 << 5;
/// The ticker's limit is used up for now.
pub const TICKER_LIMIT: u32 = 1 << 6;
/// The owner's limit is used up for now.
pub const OWNER_LIMIT: u32 = 1 << 7;
/// The ticker limits each owner, and this owner's record is not open yet.
pub const OWNER_LIMITS_MISSING: u32 = 1 << 8;
/// Below the ticker's smallest redemption.
pub const BELOW_MINIMUM: u32 = 1 << 9;
/// The account holds less than the amount.
pub const BALANCE_TOO_LOW: u32 = 1 << 10;
pub const ACCOUNT_FROZEN: u32 = 1 << 11;
/// Not a token account of this owner and mint.
pub const ACCOUNT_INVALID: u32 = 1 << 12;
/// The owner has a redemption of this id, or the id is above the last one.
pub const REDEMPTION_ID_TAKEN: u32 = 1 << 13;
/// The ticker is for registered wallets, and its policy or the owner's record was not given.
pub const REGISTRATION_MISSING: u32 = 1 << 14;
/// The ticker is for registered wallets, and the gate has no policy for it.
pub const POLICY_MISSING: u32 = 1 << 15;

// What the gate says of the owner, in the order of its own reasons.
pub const POLICY_PAUSED: u32 = of_gate(Reasons::POLICY_PAUSED);
pub const NOT_REGISTERED: u32 = of_gate(Reasons::NOT_REGISTERED);
pub const REVOKED: u32 = of_gate(Reasons::REVOKED);
pub const EXPIRED: u32 = of_gate(Reasons::EXPIRED);
pub const COUNTRY_NOT_ALLOWED: u32 = of_gate(Reasons::COUNTRY_NOT_ALLOWED);
pub const TIER_TOO_LOW: u32 = of_gate(Reasons::TIER_TOO_LOW);
pub const PROVIDER_NOT_ACCEPTED: u32 = of_gate(Reasons::PROVIDER_NOT_ACCEPTED);
pub const VENUE_NOT_ALLOWED: u32 = of_gate(Reasons::VENUE_NOT_ALLOWED);

/// The window around a corporate action. The last bit: those between are the gate's to come.
pub const CORPORATE_ACTION_WINDOW: u32 = 1 << 31;

/// What `judge` found, as bits of an answer.
pub const fn of_gate(reasons: Reasons) -> u32 {
    reasons.0 << 16
}
