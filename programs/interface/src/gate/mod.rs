//! Reading the gate: who may hold a mint, from the accounts that the gate program keeps.
//!
//! A caller checks that an account belongs to [`crate::ids::GATE`]; the readers here check what it
//! is. Each account names its mint or its owner, and the gate keeps one of each: what it says binds
//! it, its address need not be derived again.

pub mod pda;
mod policy;
pub mod reason;
mod transfer;
mod wallet;

pub use policy::{COUNTRY_BYTES, ISSUER_OFFSET, Policy, flag};
pub use reason::Reasons;
pub use transfer::TransferReasons;
pub use wallet::{Kind, Status, Wallet};

use scrip_math::Timestamp;

/// Why the owner of a wallet may not hold the policy's mint at `now`; no reason: it may. `wallet` is
/// the gate's record of that owner, if there is one.
pub fn judge(policy: &Policy, wallet: Option<&Wallet>, now: Timestamp) -> Reasons {
    let mut reasons = Reasons::NONE;
    if policy.is_paused() {
        reasons.add(Reasons::POLICY_PAUSED);
    }
    match wallet {
        Some(wallet) if wallet.issuer() == policy.issuer() => {
            reasons.add(judge_record(policy, wallet, now));
        }
        _ => reasons.add(Reasons::NOT_REGISTERED),
    }
    reasons
}

fn judge_record(policy: &Policy, wallet: &Wallet, now: Timestamp) -> Reasons {
    let mut reasons = Reasons::NONE;
    if !wallet.is_active() {
        reasons.add(Reasons::REVOKED);
    }
    if now >= wallet.expires_at() {
        reasons.add(Reasons::EXPIRED);
    }
    if wallet.is_venue() {
        if !policy.has(flag::VENUES) {
            reasons.add(Reasons::VENUE_NOT_ALLOWED);
        }
        return reasons;
    }
    if !policy.accepts_provider(wallet.provider()) {
        reasons.add(Reasons::PROVIDER_NOT_ACCEPTED);
    }
    if !policy.allows_country(wallet.country()) {
        reasons.add(Reasons::COUNTRY_NOT_ALLOWED);
    }
    if wallet.tier() < policy.min_tier() {
        reasons.add(Reasons::TIER_TOO_LOW);
    }
    reasons
}
