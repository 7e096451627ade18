//! The bits of a view's answer.

use scrip_interface::{gate::Reasons, preflight};

#[test]
fn reasons_keep_their_bits() {
    let all = [
        preflight::MINT_PAUSED,
        preflight::REDEEM_REQUEST_PAUSED,
        preflight::TRANSFER_PAUSED,
        preflight::AMOUNT_ZERO,
        preflight::STATEMENT_STALE,
        preflight::RESERVES_INSUFFICIENT,
        preflight::TICKER_LIMIT,
        preflight::OWNER_LIMIT,
        preflight::OWNER_LIMITS_MISSING,
        preflight::BELOW_MINIMUM,
        preflight::BALANCE_TOO_LOW,
        preflight::ACCOUNT_FROZEN,
        preflight::ACCOUNT_INVALID,
        preflight::REDEMPTION_ID_TAKEN,
        preflight::REGISTRATION_MISSING,
        preflight::POLICY_MISSING,
        // The gate's.
        preflight::POLICY_PAUSED,
        preflight::NOT_REGISTERED,
        preflight::REVOKED,
        preflight::EXPIRED,
        preflight::COUNTRY_NOT_ALLOWED,
        preflight::TIER_TOO_LOW,
        preflight::PROVIDER_NOT_ACCEPTED,
        preflight::VENUE_NOT_ALLOWED,
    ];
    for (bit, reason) in all.into_iter().enumerate() {
        assert_eq!(reason, 1 << bit, "bit {bit}");
    }
    assert_eq!(preflight::CORPORATE_ACTION_WINDOW, 1 << 31);
}

#[test]
fn the_gates_reasons_are_the_upper_half() {
    let reasons = Reasons(Reasons::NOT_REGISTERED.0 | Reasons::EXPIRED.0);
    assert_eq!(preflight::of_gate(reasons), preflight::NOT_REGISTERED | preflight::EXPIRED);
    assert_eq!(preflight::of_gate(Reasons::NONE), 0);
}
