//! The structs that the programs write and the readers of `scrip-interface`, byte for byte.

use anchor_lang::{
    __private::bytemuck::{Zeroable, bytes_of},
    Discriminator, ZeroCopy,
};
use gate::state::{Investor, Policy, Provider, Registry, Wallet};
use issuer::state::{Issuer, RoleGrant, Ticker};
use scrip_interface::{
    gate::{self as reader, COUNTRY_BYTES, ISSUER_OFFSET, Kind, Status, flag},
    issuer::{self as issuer_reader, Mode},
};
use scrip_math::Timestamp;
use solana_pubkey::Pubkey;
use std::mem::offset_of;

/// An account's bytes.
fn account<T: ZeroCopy + Discriminator>(state: &T) -> Vec<u8> {
    [T::DISCRIMINATOR, bytes_of(state)].concat()
}

fn key(byte: u8) -> Pubkey {
    Pubkey::new_from_array([byte; 32])
}

#[test]
fn accounts_have_their_sizes() {
    assert_eq!(Registry::SPACE, 152);
    assert_eq!(Provider::SPACE, 360);
    assert_eq!(Investor::SPACE, 408);
    assert_eq!(Wallet::SPACE, 184);
}

#[test]
fn accounts_have_their_discriminators() {
    // sha256("account:<Name>"), the first eight bytes.
    let expected = |name: &str| {
        let hash = scrip_interface::sha256(&[b"account:", name.as_bytes()]);
        hash[..8].to_vec()
    };
    assert_eq!(Registry::DISCRIMINATOR, expected("Registry"));
    assert_eq!(Provider::DISCRIMINATOR, expected("Provider"));
    assert_eq!(Investor::DISCRIMINATOR, expected("Investor"));
    assert_eq!(Wallet::DISCRIMINATOR, expected("Wallet"));
    assert_eq!(Policy::DISCRIMINATOR, expected("Policy"));
}

#[test]
fn fields_that_others_read_have_their_places() {
    assert_eq!(offset_of!(Policy, flags) + 8, 10);
    assert_eq!(offset_of!(Policy, paused) + 8, 11);
    assert_eq!(offset_of!(Policy, min_tier) + 8, 12);
    assert_eq!(offset_of!(Policy, providers) + 8, 16);
    assert_eq!(offset_of!(Policy, mint) + 8, 24);
    assert_eq!(offset_of!(Policy, issuer) + 8, ISSUER_OFFSET);
    assert_eq!(offset_of!(Policy, escrow) + 8, 88);
    assert_eq!(offset_of!(Policy, delegate) + 8, 120);
    assert_eq!(offset_of!(Policy, countries) + 8, 152);
    assert_eq!(offset_of!(Wallet, kind) + 8, 10);
    assert_eq!(offset_of!(Wallet, status) + 8, 11);
    assert_eq!(offset_of!(Wallet, country) + 8, 12);
    assert_eq!(offset_of!(Wallet, tier) + 8, 14);
    assert_eq!(offset_of!(Wallet, provider) + 8, 15);
    assert_eq!(offset_of!(Wallet, expires_at) + 8, 16);
    assert_eq!(offset_of!(Wallet, issuer) + 8, 24);
    assert_eq!(offset_of!(Wallet, owner) + 8, 56);
    assert_eq!(offset_of!(Wallet, investor) + 8, 88);
    assert_eq!(offset_of!(Issuer, timelock_secs) + 8, 12);
    assert_eq!(offset_of!(Issuer, admin) + 8, 56);
    assert_eq!(offset_of!(RoleGrant, roles) + 8, 10);
    assert_eq!(offset_of!(RoleGrant, issuer) + 8, 16);
    assert_eq!(offset_of!(RoleGrant, wallet) + 8, 48);
    assert_eq!(offset_of!(RoleGrant, expires_at) + 8, 80);
    assert_eq!(offset_of!(Ticker, issuer) + 8, 32);
    assert_eq!(offset_of!(Ticker, mint) + 8, 96);
    assert_eq!(offset_of!(Ticker, mode) + 8, 441);
}

#[test]
fn a_wallets_record_is_read_as_it_is_written() {
    let mut wallet = Wallet::zeroed();
    wallet.version = 1;
    wallet.bump = 255;
    wallet.kind = Kind::Investor as u8;
    wallet.status = Status::Active as u8;
    wallet.country = 0x0102;
    wallet.tier = 3;
    wallet.provider = 4;
    wallet.expires_at = 0x0506_0708_090A_0B0C;
    (wallet.issuer, wallet.owner, wallet.investor) = (key(1), key(2), key(3));
    wallet.rent_payer = key(4);
    let data = account(&wallet);
    let read = reader::Wallet::parse(&data).unwrap();
    assert!(read.is_active() && !read.is_venue());
    assert_eq!((read.country(), read.tier(), read.provider()), (0x0102, 3, 4));
    assert_eq!(read.expires_at(), Timestamp(wallet.expires_at));
    assert_eq!((read.issuer(), read.owner(), read.investor()), (key(1), key(2), key(3)));

    for status in [0, Status::Revoked as u8, Status::Barred as u8, u8::MAX] {
        wallet.status = status;
        assert!(!reader::Wallet::parse(&account(&wallet)).unwrap().is_active());
    }
    wallet.kind = Kind::Venue as u8;
    assert!(reader::Wallet::parse(&account(&wallet)).unwrap().is_venue());
    unreadable(&data, |data| reader::Wallet::parse(data).is_some());
}

#[test]
fn a_policy_is_read_as_it_is_written() {
    let mut policy = Policy::zeroed();
    policy.version = 1;
    policy.bump = 255;
    policy.flags = flag::VENUES;
    policy.min_tier = 7;
    policy.providers = 1 | 1 << 63;
    (policy.mint, policy.issuer) = (key(1), key(2));
    (policy.escrow, policy.delegate) = (key(3), key(4));
    policy.countries[0] = 1 << 1 | 1;
    policy.countries[COUNTRY_BYTES - 1] = 1 << 7;
    let data = account(&policy);
    let read = reader::Policy::parse(&data).unwrap();
    assert!(read.has(flag::VENUES) && !read.has(flag::SOURCE_CHECK) && !read.is_paused());
    assert_eq!(read.min_tier(), 7);
    for (number, accepted) in [(0, true), (1, false), (62, false), (63, true), (64, false)] {
        assert_eq!(read.accepts_provider(number), accepted, "{number}");
    }
    let allowed: Vec<_> = (0..=u16::MAX).filter(|code| read.allows_country(*code)).collect();
    assert_eq!(allowed, [1, 1023]);
    assert_eq!((read.mint(), read.issuer()), (key(1), key(2)));
    assert_eq!((read.escrow(), read.delegate()), (key(3), key(4)));
    policy.paused = 1;
    assert!(reader::Policy::parse(&account(&policy)).unwrap().is_paused());
    unreadable(&data, |data| reader::Policy::parse(data).is_some());
}

#[test]
fn the_issuers_accounts_are_read_as_they_are_written() {
    let mut issuer = Issuer::zeroed();
    issuer.version = 2;
    (issuer.admin, issuer.timelock_secs) = (key(1), 0x0102_0304);
    let data = account(&issuer);
    let read = issuer_reader::Issuer::parse(&data).unwrap();
    assert_eq!((read.admin(), read.timelock_secs()), (key(1), 0x0102_0304));
    unreadable(&data, |data| issuer_reader::Issuer::parse(data).is_some());

    let mut grant = RoleGrant::zeroed();
    (grant.version, grant.roles, grant.expires_at) = (2, 0x0102, 0x0102_0304_0506_0708);
    (grant.issuer, grant.wallet) = (key(1), key(2));
    let data = account(&grant);
    let read = issuer_reader::RoleGrant::parse(&data).unwrap();
    assert_eq!((read.roles(), read.expires_at()), (0x0102, Timestamp(grant.expires_at)));
    assert_eq!((read.issuer(), read.wallet()), (key(1), key(2)));
    unreadable(&data, |data| issuer_reader::RoleGrant::parse(data).is_some());

    let mut ticker = Ticker::zeroed();
    (ticker.version, ticker.issuer, ticker.mint) = (2, key(1), key(2));
    let modes = [Some(Mode::Open), Some(Mode::Frozen), Some(Mode::Hooked), None];
    for (byte, mode) in (0..).zip(modes) {
        ticker.mode = byte;
        let data = account(&ticker);
        let read = issuer_reader::Ticker::parse(&data).unwrap();
        assert_eq!((read.issuer(), read.mint(), read.mode()), (key(1), key(2), mode));
        unreadable(&data, |data| issuer_reader::Ticker::parse(data).is_some());
    }
}

/// Nothing too short, nor of another kind, is taken for it.
fn unreadable(data: &[u8], reads: impl Fn(&[u8]) -> bool) {
    assert!(reads(data) && !reads(&[]));
    for byte in 0..8 {
        let mut other = data.to_vec();
        other[byte] ^= 1;
        assert!(!reads(&other));
    }
    assert!(!reads(&data[..64]));
}
