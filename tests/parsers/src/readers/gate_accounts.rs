//! The gate's records as other programs read them, against the gate's own types.

use super::zero_copy;
use anchor_lang::Discriminator;
use bytemuck::Zeroable;
use gate::state;
use scrip_interface::gate::{Kind, Policy, Reasons, Status, Wallet, flag, judge};
use scrip_math::Timestamp;
use solana_pubkey::Pubkey;

const NOW: Timestamp = Timestamp(1_795_186_800);
/// Every code that a policy has a bit for, and some beyond.
const CODES: std::ops::Range<u16> = 0..1_100;

pub fn seeds() -> Vec<Vec<u8>> {
    let wallet = state::Wallet {
        version: 1,
        kind: Kind::Investor as u8,
        status: Status::Active as u8,
        country: 276,
        tier: 2,
        expires_at: NOW.0 + 1,
        issuer: Pubkey::new_from_array([1; 32]),
        owner: Pubkey::new_from_array([2; 32]),
        ..Zeroable::zeroed()
    };
    let venue = state::Wallet { kind: Kind::Venue as u8, ..wallet };
    let policy = state::Policy {
        version: 1,
        flags: flag::ALL,
        min_tier: 1,
        providers: 5,
        mint: Pubkey::new_from_array([3; 32]),
        issuer: wallet.issuer,
        countries: [0xa5; 128],
        ..Zeroable::zeroed()
    };
    let bytes = |wallet: &state::Wallet| {
        [state::Wallet::DISCRIMINATOR, bytemuck::bytes_of(wallet)].concat()
    };
    let policy = [state::Policy::DISCRIMINATOR, bytemuck::bytes_of(&policy)].concat();
    vec![bytes(&wallet), bytes(&venue), policy]
}

pub fn check(data: &[u8]) -> bool {
    let (wallet, policy) = (Wallet::parse(data), Policy::parse(data));
    let theirs = zero_copy::<state::Wallet>(data).filter(|wallet| wallet.version == 1);
    if data.len() >= state::Wallet::SPACE {
        assert_eq!(wallet.is_some(), theirs.is_some());
    }
    if let (Some(ours), Some(theirs)) = (&wallet, &theirs) {
        assert_same_wallet(ours, theirs);
    }
    let theirs = zero_copy::<state::Policy>(data).filter(|policy| policy.version == 1);
    if data.len() >= state::Policy::SPACE {
        assert_eq!(policy.is_some(), theirs.is_some());
    }
    if let (Some(ours), Some(theirs)) = (&policy, &theirs) {
        assert_same_policy(ours, theirs);
        assert_judged(ours, theirs);
    }
    wallet.is_some() || policy.is_some()
}

fn assert_same_wallet(ours: &Wallet, theirs: &state::Wallet) {
    assert_eq!(ours.is_venue(), theirs.kind == 2);
    assert_eq!(ours.is_active(), theirs.status == 1);
    assert_eq!((ours.country(), ours.tier()), (theirs.country, theirs.tier));
    assert_eq!((ours.provider(), ours.expires_at().0), (theirs.provider, theirs.expires_at));
    assert_eq!((ours.issuer(), ours.owner()), (theirs.issuer, theirs.owner));
    assert_eq!(ours.investor(), theirs.investor);
}

fn assert_same_policy(ours: &Policy, theirs: &state::Policy) {
    for bit in 0..8 {
        assert_eq!(ours.has(1 << bit), theirs.flags >> bit & 1 == 1);
    }
    assert_eq!((ours.is_paused(), ours.min_tier()), (theirs.paused != 0, theirs.min_tier));
    assert_eq!((ours.mint(), ours.issuer()), (theirs.mint, theirs.issuer));
    assert_eq!((ours.escrow(), ours.delegate()), (theirs.escrow, theirs.delegate));
    for number in 0..=u8::MAX {
        let accepted = number < 64 && theirs.providers >> number & 1 == 1;
        assert_eq!(ours.accepts_provider(number), accepted);
    }
    for code in CODES {
        assert_eq!(ours.allows_country(code), allows(theirs, code), "{code}");
    }
}

fn allows(policy: &state::Policy, code: u16) -> bool {
    let byte = policy.countries.get(usize::from(code) / 8);
    code != 0 && byte.is_some_and(|byte| byte >> (code % 8) & 1 == 1)
}

/// What the policy says of a wallet whose record is made of the policy's own bytes.
fn assert_judged(policy: &Policy, theirs: &state::Policy) {
    let by = theirs.pending_countries;
    let record = state::Wallet {
        version: 1,
        kind: by[0] % 3,
        status: by[1] % 4,
        country: u16::from_le_bytes([by[2], by[3]]) % CODES.end,
        tier: by[4],
        provider: by[5] % 70,
        expires_at: NOW.0 + i64::from(by[6].cast_signed()),
        issuer: if by[7].is_multiple_of(4) { Pubkey::default() } else { theirs.issuer },
        ..Zeroable::zeroed()
    };
    let data = [state::Wallet::DISCRIMINATOR, bytemuck::bytes_of(&record)].concat();
    let wallet = Wallet::parse(&data).expect("a record");
    let venue = record.kind == 2;
    let mut expected = Reasons::NONE;
    let mut add = |condition, reason| {
        if condition {
            expected.add(reason);
        }
    };
    add(theirs.paused != 0, Reasons::POLICY_PAUSED);
    let registered = record.issuer == theirs.issuer;
    add(!registered, Reasons::NOT_REGISTERED);
    let accepted = record.provider < 64 && theirs.providers >> record.provider & 1 == 1;
    add(registered && record.status != 1, Reasons::REVOKED);
    add(registered && record.expires_at <= NOW.0, Reasons::EXPIRED);
    add(registered && venue && theirs.flags & 2 == 0, Reasons::VENUE_NOT_ALLOWED);
    add(registered && !venue && !accepted, Reasons::PROVIDER_NOT_ACCEPTED);
    add(registered && !venue && !allows(theirs, record.country), Reasons::COUNTRY_NOT_ALLOWED);
    add(registered && !venue && record.tier < theirs.min_tier, Reasons::TIER_TOO_LOW);
    assert_eq!(judge(policy, Some(&wallet), NOW), expected);
}
