//! Why the owner of a wallet may not hold a mint: each reason by itself.

use crate::gate_accounts::{policy, wallet};
use scrip_interface::{
    gate::{Kind, Policy, Reasons, Status, Wallet, flag, judge},
    math::Timestamp,
};

const FLAGS: usize = 10;
const PAUSED: usize = 11;
const MIN_TIER: usize = 12;
const PROVIDERS: usize = 16;
const POLICY_ISSUER: usize = 56;
const COUNTRIES: usize = 152;

const KIND: usize = 10;
const STATUS: usize = 11;
const COUNTRY: usize = 12;
const TIER: usize = 14;
const PROVIDER: usize = 15;
const EXPIRES_AT: usize = 16;
const WALLET_ISSUER: usize = 24;

/// Of issuer 7: provider 5's investors of tier 2 and above, of country 840 alone.
fn strict() -> Vec<u8> {
    let mut data = policy();
    data[FLAGS] = 0;
    data[PAUSED] = 0;
    data[MIN_TIER] = 2;
    data[PROVIDERS..PROVIDERS + 8].copy_from_slice(&(1u64 << 5).to_le_bytes());
    data[POLICY_ISSUER..POLICY_ISSUER + 32].fill(7);
    data[COUNTRIES..].fill(0);
    data[COUNTRIES + 840 / 8] = 1 << (840 % 8);
    data
}

/// Just good enough for it, until 1,000.
fn investor() -> Vec<u8> {
    let mut data = wallet();
    data[KIND] = Kind::Investor as u8;
    data[STATUS] = Status::Active as u8;
    data[COUNTRY..COUNTRY + 2].copy_from_slice(&840u16.to_le_bytes());
    data[TIER] = 2;
    data[PROVIDER] = 5;
    data[EXPIRES_AT..EXPIRES_AT + 8].copy_from_slice(&1_000i64.to_le_bytes());
    data[WALLET_ISSUER..WALLET_ISSUER + 32].fill(7);
    data
}

fn with(mut data: Vec<u8>, at: usize, byte: u8) -> Vec<u8> {
    data[at] = byte;
    data
}

#[track_caller]
fn judged(policy: &[u8], wallet: Option<&[u8]>, now: i64, expected: &[Reasons]) {
    let policy = Policy::parse(policy).unwrap();
    let wallet = wallet.map(|data| Wallet::parse(data).unwrap());
    let mut reasons = Reasons::NONE;
    expected.iter().for_each(|reason| reasons.add(*reason));
    assert_eq!(judge(&policy, wallet.as_ref(), Timestamp(now)), reasons);
}

#[test]
fn a_wallet_that_satisfies_the_policy_may_hold_until_its_time_is_over() {
    judged(&strict(), Some(&investor()), 999, &[]);
    judged(&strict(), Some(&investor()), 1_000, &[Reasons::EXPIRED]);
    judged(&strict(), Some(&with(investor(), TIER, 3)), 999, &[]);
}

#[test]
fn each_reason_stands_alone() {
    let stranger = with(investor(), WALLET_ISSUER, 8);
    for (wallet, reason) in [
        (with(investor(), STATUS, Status::Revoked as u8), Reasons::REVOKED),
        (with(investor(), STATUS, Status::Barred as u8), Reasons::REVOKED),
        (with(investor(), COUNTRY, 0x49), Reasons::COUNTRY_NOT_ALLOWED),
        (with(investor(), TIER, 1), Reasons::TIER_TOO_LOW),
        (with(investor(), PROVIDER, 4), Reasons::PROVIDER_NOT_ACCEPTED),
        (stranger, Reasons::NOT_REGISTERED),
    ] {
        judged(&strict(), Some(&wallet), 0, &[reason]);
    }
    judged(&strict(), None, 0, &[Reasons::NOT_REGISTERED]);
    judged(&with(strict(), PAUSED, 1), Some(&investor()), 0, &[Reasons::POLICY_PAUSED]);
}

#[test]
fn all_reasons_are_told_at_once() {
    let mut wallet = with(investor(), STATUS, Status::Revoked as u8);
    wallet[COUNTRY] = 0;
    (wallet[TIER], wallet[PROVIDER]) = (0, 64);
    let paused = with(strict(), PAUSED, 1);
    let all = [
        Reasons::POLICY_PAUSED,
        Reasons::REVOKED,
        Reasons::EXPIRED,
        Reasons::COUNTRY_NOT_ALLOWED,
        Reasons::TIER_TOO_LOW,
        Reasons::PROVIDER_NOT_ACCEPTED,
    ];
    judged(&paused, Some(&wallet), 1_000, &all);
    judged(&paused, None, 0, &[Reasons::POLICY_PAUSED, Reasons::NOT_REGISTERED]);
}

#[test]
fn a_venue_has_neither_country_nor_tier_nor_provider() {
    let mut venue = with(investor(), KIND, Kind::Venue as u8);
    venue[COUNTRY..EXPIRES_AT].fill(0);
    judged(&strict(), Some(&venue), 0, &[Reasons::VENUE_NOT_ALLOWED]);
    let takes_venues = with(strict(), FLAGS, flag::VENUES);
    judged(&takes_venues, Some(&venue), 999, &[]);
    judged(&takes_venues, Some(&venue), 1_000, &[Reasons::EXPIRED]);
    let barred = with(venue, STATUS, Status::Barred as u8);
    judged(&takes_venues, Some(&barred), 0, &[Reasons::REVOKED]);
}
