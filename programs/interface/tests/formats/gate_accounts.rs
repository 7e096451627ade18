//! Reading the gate's accounts and the answer of `can_transfer`; the bits of reasons.

use crate::{bytes, counting, key, only_whole};
use scrip_interface::{
    gate::{
        COUNTRY_BYTES, ISSUER_OFFSET, Kind, Policy, Reasons, Status, TransferReasons, Wallet, flag,
    },
    math::Timestamp,
};

const WALLET_LEN: usize = 120;
const POLICY_LEN: usize = 280;
const VERSION: usize = 8;
const COUNTRIES: usize = 152;

pub fn wallet() -> Vec<u8> {
    let mut data = counting("Wallet", WALLET_LEN);
    data[VERSION] = 1;
    data
}

pub fn policy() -> Vec<u8> {
    let mut data = counting("Policy", POLICY_LEN);
    data[VERSION] = 1;
    data
}

#[test]
fn accounts_are_read_whole_or_not_at_all() {
    only_whole(&wallet(), WALLET_LEN, 0..=VERSION, |data| Wallet::parse(data).is_some());
    only_whole(&policy(), POLICY_LEN, 0..=VERSION, |data| Policy::parse(data).is_some());
}

#[test]
fn a_wallets_fields_are_read_from_their_places() {
    let mut data = wallet();
    let read = Wallet::parse(&data).unwrap();
    assert_eq!(read.country(), u16::from_le_bytes(bytes(&data, 12)));
    assert_eq!((read.tier(), read.provider()), (data[14], data[15]));
    assert_eq!(read.expires_at(), Timestamp(i64::from_le_bytes(bytes(&data, 16))));
    assert_eq!((read.issuer(), read.owner()), (key(&data, 24), key(&data, 56)));
    assert_eq!(read.investor(), key(&data, 88));

    for (kind, is_venue) in
        [(0, false), (Kind::Investor as u8, false), (Kind::Venue as u8, true), (3, false)]
    {
        data[10] = kind;
        assert_eq!(Wallet::parse(&data).unwrap().is_venue(), is_venue, "kind {kind}");
    }
    for (status, is_active) in [
        (0, false),
        (Status::Active as u8, true),
        (Status::Revoked as u8, false),
        (Status::Barred as u8, false),
    ] {
        data[11] = status;
        assert_eq!(Wallet::parse(&data).unwrap().is_active(), is_active, "status {status}");
    }
    assert_eq!((Kind::Investor as u8, Kind::Venue as u8), (1, 2));
    assert_eq!((Status::Active as u8, Status::Revoked as u8, Status::Barred as u8), (1, 2, 3));
}

#[test]
fn a_policys_fields_are_read_from_their_places() {
    let mut data = policy();
    let read = Policy::parse(&data).unwrap();
    assert_eq!(read.min_tier(), data[12]);
    assert_eq!((read.mint(), read.issuer()), (key(&data, 24), key(&data, ISSUER_OFFSET)));
    assert_eq!((read.escrow(), read.delegate()), (key(&data, 88), key(&data, 120)));
    assert_eq!(ISSUER_OFFSET, 56);

    for (byte, paused) in [(0, false), (1, true), (0x80, true)] {
        data[11] = byte;
        assert_eq!(Policy::parse(&data).unwrap().is_paused(), paused);
    }
    assert_eq!((flag::SOURCE_CHECK, flag::VENUES, flag::ALL), (1, 2, 3));
    for flags in 0..4 {
        data[10] = flags;
        let read = Policy::parse(&data).unwrap();
        let has = (read.has(flag::SOURCE_CHECK), read.has(flag::VENUES));
        assert_eq!(has, (flags & 1 == 1, flags & 2 == 2), "{flags}");
    }
}

#[test]
fn each_provider_has_a_bit() {
    let mut data = policy();
    for accepted in 0..64 {
        data[16..24].copy_from_slice(&(1u64 << accepted).to_le_bytes());
        let read = Policy::parse(&data).unwrap();
        let numbers: Vec<_> =
            (0..=u8::MAX).filter(|number| read.accepts_provider(*number)).collect();
        assert_eq!(numbers, [accepted]);
    }
}

#[test]
fn each_country_has_a_bit_but_the_one_that_is_none() {
    let mut data = policy();
    let allowed = |data: &[u8]| {
        let read = Policy::parse(data).unwrap();
        (0..=u16::MAX).filter(|code| read.allows_country(*code)).collect::<Vec<_>>()
    };
    // The United States, Switzerland, the first and the last code, and those beside a byte's edge.
    for code in [1, 7, 8, 9, 756, 840, 1_022, 1_023] {
        data[COUNTRIES..].fill(0);
        data[COUNTRIES + usize::from(code / 8)] = 1 << (code % 8);
        assert_eq!(allowed(&data), [code]);
    }
    data[COUNTRIES..].fill(0xff);
    assert_eq!(allowed(&data), (1..8 * COUNTRY_BYTES as u16).collect::<Vec<_>>());
    // What follows in the account is no country's.
    data.extend([0xff; 200]);
    assert_eq!(allowed(&data).last(), Some(&1_023));
}

#[test]
fn reasons_keep_their_bits() {
    let all = [
        Reasons::POLICY_PAUSED,
        Reasons::NOT_REGISTERED,
        Reasons::REVOKED,
        Reasons::EXPIRED,
        Reasons::COUNTRY_NOT_ALLOWED,
        Reasons::TIER_TOO_LOW,
        Reasons::PROVIDER_NOT_ACCEPTED,
        Reasons::VENUE_NOT_ALLOWED,
        Reasons::POLICY_MISSING,
        Reasons::MINT_PAUSED,
        Reasons::ACCOUNT_MISSING,
        Reasons::THAW_FIRST,
        Reasons::ACCOUNT_FROZEN,
        Reasons::OWNER_NOT_IMMUTABLE,
        Reasons::ACCOUNT_INVALID,
        Reasons::BALANCE_TOO_LOW,
    ];
    for (bit, reason) in all.into_iter().enumerate() {
        assert_eq!(reason, Reasons(1 << bit));
    }
}

#[test]
fn reasons_are_a_set() {
    let (six, four) = (Reasons(0b110), Reasons(0b100));
    let mut both = Reasons(0b011);
    both.add(six);
    assert_eq!(both, Reasons(0b111));
    assert_eq!((both.without(six), four.without(six)), (Reasons(0b001), Reasons::NONE));
    assert_eq!(Reasons(0b001).without(six), Reasons(0b001));
    assert!(six.has(four) && four.has(six) && !six.has(Reasons(0b001)) && !Reasons::NONE.has(six));
    assert!(Reasons::NONE.is_empty() && !four.is_empty());
}

#[test]
fn an_answer_about_a_transfer_is_three_words() {
    let data: Vec<u8> = (1..=12).collect();
    let read = TransferReasons::parse(&data).unwrap();
    assert_eq!(read.source, Reasons(0x0403_0201));
    assert_eq!(read.destination, Reasons(0x0807_0605));
    assert_eq!(read.mint, Reasons(0x0c0b_0a09));
    assert_eq!(TransferReasons::parse(&data[..11]), None);
    assert_eq!(TransferReasons::parse(&[data, vec![0]].concat()), None);

    let some = Reasons::REVOKED;
    let none = TransferReasons::default();
    assert!(none.is_empty());
    for in_the_way in [
        TransferReasons { source: some, ..none },
        TransferReasons { destination: some, ..none },
        TransferReasons { mint: some, ..none },
    ] {
        assert!(!in_the_way.is_empty(), "{in_the_way:?}");
    }
}
