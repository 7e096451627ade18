//! Sizes, discriminators and places of fields that others read. They change with the layout
//! version only.

use anchor_lang::Discriminator;
use collateral::state::{Calendar, Curator, Feed, FeedConfig, Observed, Year};
use scrip_interface::collateral::OBSERVATION_OFFSET;
use std::mem::offset_of;

#[test]
fn accounts_have_their_sizes() {
    assert_eq!(Curator::SPACE, 624);
    assert_eq!(Calendar::SPACE, 1_160);
    assert_eq!(Feed::SPACE, 1_240);
    assert_eq!(size_of::<FeedConfig>(), 400);
    assert_eq!(size_of::<Year>(), 104);
    assert_eq!(size_of::<Observed>(), 64);
}

#[test]
fn accounts_have_their_discriminators() {
    let expected = |name: &str| {
        let hash = scrip_interface::sha256(&[b"account:", name.as_bytes()]);
        hash[..8].to_vec()
    };
    assert_eq!(Curator::DISCRIMINATOR, expected("Curator"));
    assert_eq!(Calendar::DISCRIMINATOR, expected("Calendar"));
    assert_eq!(Feed::DISCRIMINATOR, expected("Feed"));
}

#[test]
fn every_account_begins_with_version_and_bump() {
    macro_rules! begins {
        ($($account:ty),*) => {$(
            assert_eq!(offset_of!($account, version), 0);
            assert_eq!(offset_of!($account, bump), 1);
        )*};
    }
    begins!(Curator, Calendar, Feed);
}

#[test]
fn fields_that_others_read_have_their_places() {
    assert_eq!(offset_of!(Feed, curator), 8);
    assert_eq!(offset_of!(Feed, mint), 40);
    assert_eq!(offset_of!(Feed, observed) + 8, OBSERVATION_OFFSET);
    assert_eq!(offset_of!(Feed, config_hash), 136);
    assert_eq!(offset_of!(Feed, config), 168);
    assert_eq!(offset_of!(Observed, publish_time), 32);
    assert_eq!(offset_of!(Observed, reasons), 56);
    assert_eq!(offset_of!(Calendar, halted_until), 72);
    assert_eq!(offset_of!(Curator, admin), 48);
}
