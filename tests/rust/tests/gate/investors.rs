//! Registering and closing investors.

use gate::{
    constants::MAX_VALIDITY_SECS,
    error::GateError,
    event::{InvestorClosed, InvestorRegistered},
    state::Investor,
};
use scrip_interface::gate::{Status, pda};
use scrip_tests::{
    records::{
        GERMANY, MAX_TIER, Office, SINGAPORE, Sas, assert_turned_away, bar_investor, claim,
        close_investor, id_hash, limits, register_investor, revoke_investor, unlink_wallet,
    },
    vm::{START, assert_fails_with, key},
};
use solana_signer::Signer;

const LAST: i64 = START + MAX_VALIDITY_SECS as i64;

#[test]
fn register_investor_records_what_the_provider_says_and_nothing_else() {
    let mut office = Office::new();
    let now = office.world.vm.now();
    let provider = office.provider.clone();
    let register = register_investor(&office, &provider, id_hash("alice"));
    let receipt = office.provide(register.instruction(), &[]).unwrap();
    let claim = claim(&office.world.vm);
    let investor: Investor = office.world.vm.state(&register.accounts.investor);
    assert_eq!((investor.version, investor.status), (1, Status::Active as u8));
    assert_eq!((investor.issuer, investor.provider), (office.issuer(), 0));
    assert_eq!((investor.id_hash, investor.claim()), (id_hash("alice"), claim));
    assert_eq!((investor.vouched, investor.wallets()), (1, &[][..]));
    assert_eq!(investor.rent_payer, office.world.vm.payer.pubkey());
    assert_eq!(claim.expires_at - now, 365 * 24 * 3_600 / 2);
    let [event] = &receipt.events::<InvestorRegistered>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.provider), (1, provider.address));
    assert_eq!((event.investor, event.id_hash), (register.accounts.investor, id_hash("alice")));
    assert_eq!(event.claim, claim);
}

#[test]
fn register_investor_keeps_to_the_providers_countries_and_tiers() {
    let mut office = Office::new();
    let provider = office.provider.clone();
    for (country, error) in [
        (SINGAPORE, None),
        (0, Some(GateError::CountryNotOfProvider)),
        (GERMANY - 1, Some(GateError::CountryNotOfProvider)),
        (GERMANY + 1, Some(GateError::CountryNotOfProvider)),
        // Beyond the bits there are, where a remainder would be Germany's.
        (GERMANY + 1024, Some(GateError::CountryNotOfProvider)),
        (u16::MAX, Some(GateError::CountryNotOfProvider)),
    ] {
        let mut register = register_investor(&office, &provider, id_hash(&country.to_string()));
        register.data.args.claim.country = country;
        match error {
            None => drop(office.provide(register.instruction(), &[]).unwrap()),
            Some(error) => {
                assert_turned_away(office.provider_refused(register.instruction(), &[]), error);
            }
        }
    }
    let mut register = register_investor(&office, &provider, id_hash("high"));
    register.data.args.claim.tier = MAX_TIER + 1;
    let outcome = office.provider_refused(register.instruction(), &[]);
    assert_turned_away(outcome, GateError::TierNotOfProvider);
    register.data.args.claim.tier = MAX_TIER;
    office.provide(register.instruction(), &[]).unwrap();
}

#[test]
fn register_investor_wants_an_end_that_is_to_come_and_within_two_years() {
    let mut office = Office::new();
    office.world.vm.set_time(START);
    // The provider's own time does not limit its records'.
    assert!(limits(&office).expires_at < LAST);
    let provider = office.provider.clone();
    for expires_at in [i64::MIN, -1, 0, START - 1, START, LAST + 1, i64::MAX] {
        let mut register = register_investor(&office, &provider, id_hash("alice"));
        register.data.args.claim.expires_at = expires_at;
        let outcome = office.provider_refused(register.instruction(), &[]);
        assert_turned_away(outcome, GateError::ValidityInvalid);
    }
    for expires_at in [START + 1, LAST] {
        let mut register = register_investor(&office, &provider, id_hash(&expires_at.to_string()));
        register.data.args.claim.expires_at = expires_at;
        office.provide(register.instruction(), &[]).unwrap();
    }
}

#[test]
fn register_investor_is_the_providers_own() {
    let mut office = Office::new();
    let provider = office.provider.clone();
    let other = office.another_provider();
    let thief = key("thief");
    for wrong in [&thief, &other.authority] {
        let mut register = register_investor(&office, &provider, id_hash("alice"));
        register.accounts.authority = wrong.pubkey();
        let outcome = office.refused(register.instruction(), &[wrong]);
        assert_turned_away(outcome, GateError::NotProvider);
    }
}

#[test]
fn register_investor_registers_for_its_own_issuer_only() {
    let mut office = Office::new();
    let other = office.world.another_issuer();
    let provider = office.provider.clone();
    let mut register = register_investor(&office, &provider, id_hash("alice"));
    register.accounts.issuer = other;
    register.accounts.investor = pda::investor(&gate::ID, &other, &id_hash("alice")).0;
    let outcome = office.provider_refused(register.instruction(), &[]);
    assert_turned_away(outcome, GateError::WrongIssuer);
}

#[test]
fn register_investor_keeps_a_record_that_is_there() {
    let mut office = Office::new();
    let (provider, investor) = (office.provider.clone(), office.investor("alice"));
    let again = register_investor(&office, &provider, id_hash("alice"));
    assert_eq!(again.accounts.investor, investor);
    assert_fails_with(office.provider_refused(again.instruction(), &[]), 0);
    // Another provider does not get it either.
    let other = office.another_provider();
    let again = register_investor(&office, &other, id_hash("alice"));
    assert_fails_with(office.refused(again.instruction(), &[&other.authority]), 0);
}

#[test]
fn register_investor_is_not_blocked_by_a_gift() {
    let mut office = Office::new();
    let provider = office.provider.clone();
    let register = register_investor(&office, &provider, id_hash("alice"));
    office.world.vm.svm.airdrop(&register.accounts.investor, 1_000_000).unwrap();
    office.provide(register.instruction(), &[]).unwrap();
}

#[test]
fn register_investor_is_not_for_a_provider_that_goes_by_attestations() {
    let mut office = Office::new();
    let mut sas = Sas::new(&mut office);
    // Whoever holds the credential's key, if there were one.
    let authority = key("a credential with a key");
    sas.credential.authority = authority.pubkey();
    let mut create = scrip_tests::records::create_sas_provider(&office, &sas);
    create.data.args.authority = authority.pubkey();
    office.manage(create.instruction()).unwrap();
    let provider = scrip_tests::records::Registrar {
        issuer: office.issuer(),
        address: create.accounts.provider,
        authority,
        number: create.data.args.number,
    };
    let register = register_investor(&office, &provider, id_hash("alice"));
    let outcome = office.refused(register.instruction(), &[&provider.authority]);
    assert_turned_away(outcome, GateError::WrongEvidence);
}

#[test]
fn close_investor_gives_the_rent_back_to_who_paid_it() {
    let mut office = Office::new();
    let (provider, patron) = (office.provider.clone(), key("patron"));
    office.world.vm.svm.airdrop(&patron.pubkey(), 1_000_000_000).unwrap();
    let mut register = register_investor(&office, &provider, id_hash("alice"));
    register.accounts.payer = patron.pubkey();
    office.provide(register.instruction(), &[&patron]).unwrap();
    let investor = register.accounts.investor;
    let rent = office.world.vm.account(&investor).unwrap().lamports;
    let before = office.world.vm.account(&patron.pubkey()).unwrap().lamports;

    let mut close = close_investor(&office, &provider, &investor);
    let outcome = office.provider_refused(close.instruction(), &[]);
    assert_turned_away(outcome, GateError::WrongRentPayer);
    close.accounts.rent_payer = patron.pubkey();
    let receipt = office.provide(close.instruction(), &[]).unwrap();
    assert!(office.world.vm.account(&investor).is_none());
    let after = office.world.vm.account(&patron.pubkey()).unwrap().lamports;
    assert_eq!(after - before, rent);
    let [event] = &receipt.events::<InvestorClosed>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.investor), (2, investor));

    // Its id is free again.
    office.provide(register.instruction(), &[&patron]).unwrap();
}

#[test]
fn close_investor_is_the_providers_or_the_officers() {
    let mut office = Office::new();
    let (provider, investor) = (office.provider.clone(), office.investor("alice"));
    let other = office.another_provider();
    let thief = key("thief");
    for wrong in [&thief, &other.authority] {
        let mut close = close_investor(&office, &provider, &investor);
        close.accounts.operator = wrong.pubkey();
        let outcome = office.refused(close.instruction(), &[wrong]);
        assert_turned_away(outcome, GateError::PowerMissing);
    }
    // As another provider's.
    let close = close_investor(&office, &other, &investor);
    let outcome = office.refused(close.instruction(), &[&other.authority]);
    assert_turned_away(outcome, GateError::WrongProvider);

    let mut close = close_investor(&office, &provider, &investor);
    close.accounts.operator = office.officer.pubkey();
    close.accounts.role_grant = Some(office.role_grant);
    office.manage(close.instruction()).unwrap();
    assert!(office.world.vm.account(&investor).is_none());
}

#[test]
fn close_investor_leaves_no_wallet_behind() {
    let mut office = Office::new();
    let (investor, owner) = office.person("alice");
    let provider = office.provider.clone();
    // Revoked or not.
    office.provide(revoke_investor(&office, &provider, &investor).instruction(), &[]).unwrap();
    let close = close_investor(&office, &provider, &investor).instruction();
    let outcome = office.provider_refused(close.clone(), &[]);
    assert_turned_away(outcome, GateError::InvestorHasWallets);
    let unlink = unlink_wallet(&office, &owner.pubkey());
    unlink.send(&mut office.world.vm, &[&owner]).unwrap();
    office.provide(close, &[]).unwrap();
}

#[test]
fn close_investor_does_not_forget_a_bar() {
    let mut office = Office::new();
    let (provider, investor) = (office.provider.clone(), office.investor("alice"));
    office.manage(bar_investor(&office, &investor).instruction()).unwrap();
    let mut close = close_investor(&office, &provider, &investor);
    let outcome = office.provider_refused(close.instruction(), &[]);
    assert_turned_away(outcome, GateError::InvestorBarred);
    close.accounts.operator = office.officer.pubkey();
    close.accounts.role_grant = Some(office.role_grant);
    let outcome = office.officer_refused(close.instruction());
    assert_turned_away(outcome, GateError::InvestorBarred);
}
