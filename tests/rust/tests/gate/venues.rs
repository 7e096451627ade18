//! Venues: vault authorities of protocols, by COMPLIANCE's word.

use gate::{
    constants::MAX_VALIDITY_SECS,
    error::GateError,
    event::{VenueDropped, VenueSet},
};
use scrip_interface::gate::{Kind, Status};
use scrip_tests::{
    build::YEAR,
    records::{Office, assert_turned_away, drop_venue, set_venue, wallet_address},
    vm::{assert_fails_with, key},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

#[test]
fn set_venue_records_an_address_without_country_or_provider() {
    let mut office = Office::new();
    let owner = key("vault authority").pubkey();
    let receipt = office.manage(set_venue(&office, &owner).instruction()).unwrap();
    let (wallet, now) = (office.wallet(&owner), office.world.vm.now());
    assert_eq!((wallet.version, wallet.kind), (1, Kind::Venue as u8));
    assert_eq!((wallet.status, wallet.expires_at), (Status::Active as u8, now + YEAR));
    assert_eq!((wallet.country, wallet.tier, wallet.provider), (0, 0, 0));
    assert_eq!((wallet.issuer, wallet.owner), (office.issuer(), owner));
    assert_eq!(wallet.investor, Pubkey::default());
    let [event] = &receipt.events::<VenueSet>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.registry), (3, office.registry));
    assert_eq!((event.owner, event.expires_at), (owner, now + YEAR));
}

#[test]
fn set_venue_wants_an_end_that_is_to_come_and_within_two_years() {
    let mut office = Office::new();
    let (now, owner) = (office.world.vm.now(), key("vault authority").pubkey());
    let last = now + i64::from(MAX_VALIDITY_SECS);
    for expires_at in [i64::MIN, 0, now, last + 1, i64::MAX] {
        let mut set = set_venue(&office, &owner);
        set.data.expires_at = expires_at;
        let outcome = office.officer_refused(set.instruction());
        assert_turned_away(outcome, GateError::ValidityInvalid);
    }
    let mut set = set_venue(&office, &owner);
    set.data.expires_at = last;
    office.manage(set.instruction()).unwrap();
}

#[test]
fn set_venue_makes_no_investor_one() {
    let mut office = Office::new();
    let (_, alice) = office.person("alice");
    let set = set_venue(&office, &alice.pubkey()).instruction();
    assert_fails_with(office.officer_refused(set), 0);
    let venue = key("vault authority").pubkey();
    let set = set_venue(&office, &venue).instruction();
    office.manage(set.clone()).unwrap();
    assert_fails_with(office.officer_refused(set), 0);
}

#[test]
fn set_venue_is_not_blocked_by_a_gift() {
    let mut office = Office::new();
    let owner = key("vault authority").pubkey();
    let address = office.wallet_address(&owner);
    office.world.vm.svm.airdrop(&address, 1_000_000_000).unwrap();
    office.manage(set_venue(&office, &owner).instruction()).unwrap();
}

#[test]
fn drop_venue_closes_its_record_and_it_can_come_back_with_another_end() {
    let mut office = Office::new();
    let owner = key("vault authority").pubkey();
    office.manage(set_venue(&office, &owner).instruction()).unwrap();
    let receipt = office.manage(drop_venue(&office, &owner).instruction()).unwrap();
    assert!(!office.has_record(&owner));
    let [event] = &receipt.events::<VenueDropped>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.owner), (4, owner));

    office.manage(set_venue(&office, &owner).instruction()).unwrap();
    // Both at once, so that it is never without a record.
    let mut later = set_venue(&office, &owner);
    later.data.expires_at += 60;
    let officer = office.officer.insecure_clone();
    let both = [drop_venue(&office, &owner).instruction(), later.instruction()];
    office.world.vm.send(&both, &[&officer]).unwrap();
    assert_eq!(office.wallet(&owner).expires_at, later.data.expires_at);
}

#[test]
fn drop_venue_drops_nobody_else() {
    let mut office = Office::new();
    let (_, alice) = office.person("alice");
    let drop = drop_venue(&office, &alice.pubkey()).instruction();
    assert_turned_away(office.officer_refused(drop), GateError::NotAVenue);
    // Nor another issuer's venue.
    let owner = key("vault authority").pubkey();
    office.manage(set_venue(&office, &owner).instruction()).unwrap();
    let thief = key("thief");
    let mut drop = drop_venue(&office, &owner);
    drop.accounts.operator = thief.pubkey();
    drop.accounts.role_grant = None;
    drop.accounts.issuer = thief.pubkey();
    let outcome = office.refused(drop.instruction(), &[&thief]);
    assert_turned_away(outcome, GateError::WrongIssuer);
    assert_ne!(wallet_address(&thief.pubkey(), &owner), office.wallet_address(&owner));
}

#[test]
fn drop_venue_gives_the_rent_back_to_who_paid_it() {
    let mut office = Office::new();
    let (owner, thief) = (key("vault authority").pubkey(), key("thief").pubkey());
    office.manage(set_venue(&office, &owner).instruction()).unwrap();
    let mut drop = drop_venue(&office, &owner);
    drop.accounts.rent_payer = thief;
    let outcome = office.officer_refused(drop.instruction());
    assert_turned_away(outcome, GateError::WrongRentPayer);
}
