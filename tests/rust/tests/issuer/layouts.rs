//! Sizes, discriminators and places of fields that others read. They change with the layout
//! version only.

use anchor_lang::Discriminator;
use issuer::state::{
    Attestation, AttestorSet, CashDesk, CorporateAction, Custodian, History, Hold, Issuer,
    NonceWindow, OwnerLimits, Redemption, RoleGrant, Seizure, Symbol, Ticker,
};
use std::mem::offset_of;

#[test]
fn accounts_have_their_sizes() {
    assert_eq!(Issuer::SPACE, 288);
    assert_eq!(Custodian::SPACE, 1168);
    assert_eq!(AttestorSet::SPACE, 712);
    assert_eq!(NonceWindow::SPACE, 216);
    assert_eq!(Symbol::SPACE, 128);
    assert_eq!(Redemption::SPACE, 256);
    assert_eq!(Ticker::SPACE, 568);
    assert_eq!(RoleGrant::SPACE, 152);
    assert_eq!(Attestation::SPACE, 696);
    assert_eq!(OwnerLimits::SPACE, 176);
    assert_eq!(CashDesk::SPACE, 240);
    assert_eq!(Hold::SPACE, 312);
    assert_eq!(Seizure::SPACE, 432);
    assert_eq!(CorporateAction::SPACE, 400);
    assert_eq!(History::SPACE, 632);
}

#[test]
fn accounts_have_their_discriminators() {
    // sha256("account:<Name>"), the first eight bytes.
    let expected = |name: &str| {
        let hash = scrip_interface::sha256(&[b"account:", name.as_bytes()]);
        hash[..8].to_vec()
    };
    assert_eq!(Issuer::DISCRIMINATOR, expected("Issuer"));
    assert_eq!(Custodian::DISCRIMINATOR, expected("Custodian"));
    assert_eq!(AttestorSet::DISCRIMINATOR, expected("AttestorSet"));
    assert_eq!(NonceWindow::DISCRIMINATOR, expected("NonceWindow"));
    assert_eq!(Symbol::DISCRIMINATOR, expected("Symbol"));
    assert_eq!(Redemption::DISCRIMINATOR, expected("Redemption"));
    assert_eq!(Ticker::DISCRIMINATOR, expected("Ticker"));
    assert_eq!(Hold::DISCRIMINATOR, expected("Hold"));
    assert_eq!(Seizure::DISCRIMINATOR, expected("Seizure"));
    assert_eq!(CorporateAction::DISCRIMINATOR, expected("CorporateAction"));
    assert_eq!(History::DISCRIMINATOR, expected("History"));
}

#[test]
fn every_account_begins_with_version_and_bump() {
    macro_rules! begins {
        ($($account:ty),*) => {$(
            assert_eq!(offset_of!($account, version), 0);
            assert_eq!(offset_of!($account, bump), 1);
        )*};
    }
    begins!(Issuer, Custodian, AttestorSet, NonceWindow, Symbol, Redemption, Ticker);
    begins!(RoleGrant, Attestation, OwnerLimits, CashDesk, Hold, Seizure, CorporateAction, History);
}

#[test]
fn fields_that_others_read_have_their_places() {
    assert_eq!(offset_of!(Ticker, issuer), 24);
    assert_eq!(offset_of!(Ticker, custodian), 56);
    assert_eq!(offset_of!(Ticker, mint), 88);
    assert_eq!(offset_of!(Ticker, escrow_account), 120);
    assert_eq!(offset_of!(Ticker, symbol), 152);
    assert_eq!(offset_of!(Ticker, minted), 200);
    assert_eq!(offset_of!(Ticker, reserves), 224);
    assert_eq!(offset_of!(Ticker, stream), 264);
    assert_eq!(offset_of!(Ticker, mode), 433);
    assert_eq!(offset_of!(Ticker, holds), 440);
    assert_eq!(offset_of!(Ticker, seized), 552);
    assert_eq!(offset_of!(Ticker, open_action), 448);
    assert_eq!(offset_of!(Ticker, action_effective_at), 472);
    assert_eq!(offset_of!(Ticker, next_settled), 480);
    assert_eq!(offset_of!(CorporateAction, mint), 8);
    assert_eq!(offset_of!(CorporateAction, effective_at), 128);
    assert_eq!(offset_of!(History, mint), 16);
    assert_eq!(offset_of!(History, entries), 48);
    assert_eq!(offset_of!(Hold, mint), 40);
    assert_eq!(offset_of!(Hold, token_account), 72);
    assert_eq!(offset_of!(Hold, owner), 104);
    assert_eq!(offset_of!(Redemption, mint), 8);
    assert_eq!(offset_of!(Redemption, owner), 40);
    assert_eq!(offset_of!(Redemption, amount_left), 120);
}
