//! A change of an investor reaches all of its wallets, or it does not happen.

use anchor_lang::error::ErrorCode;
use gate::{
    constants::MAX_WALLETS,
    error::GateError,
    event::InvestorChanged,
    state::{Claim, Investor, ProviderLimits, Wallet},
};
use scrip_interface::gate::Status;
use scrip_tests::{
    build::YEAR,
    records::{
        GERMANY, MAX_TIER, Office, SWITZERLAND, UNITED_STATES, assert_turned_away, bar_investor,
        claim, countries, limits, revoke_investor, set_provider, set_venue, unbar_investor,
        update_investor,
    },
    vm::{START, assert_fails_with, key},
};
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// The investor's fields, and that each wallet has the same ones.
fn whole(office: &Office, investor: &Pubkey) -> (u8, Claim) {
    let state: Investor = office.world.vm.state(investor);
    for owner in state.wallets() {
        let Wallet { status, country, tier, provider, expires_at, .. } = office.wallet(owner);
        let says = (status, Claim { country, tier, expires_at }, provider);
        assert_eq!(says, (state.status, state.claim(), state.provider), "{owner}");
    }
    (state.status, state.claim())
}

/// Each change of an investor there is, by who may make it.
fn changes(office: &Office, investor: &Pubkey) -> Vec<Instruction> {
    let (provider, claim) = (&office.provider, claim(&office.world.vm));
    vec![
        update_investor(office, provider, investor, claim).instruction(),
        revoke_investor(office, provider, investor).instruction(),
        bar_investor(office, investor).instruction(),
    ]
}

fn signed(office: &mut Office, instruction: Instruction) -> scrip_tests::vm::Outcome {
    let (officer, authority) =
        (office.officer.insecure_clone(), office.provider.authority.insecure_clone());
    let by_officer =
        instruction.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == officer.pubkey());
    office.refused(instruction, &[if by_officer { &officer } else { &authority }])
}

#[test]
fn update_investor_reaches_all_eight_wallets() {
    let mut office = Office::new();
    let (investor, _) = office.person_with("alice", MAX_WALLETS);
    let provider = office.provider.clone();
    let moved = Claim { country: SWITZERLAND, tier: MAX_TIER, expires_at: START + YEAR };
    let update = update_investor(&office, &provider, &investor, moved);
    let receipt = office.provide(update.instruction(), &[]).unwrap();
    assert_eq!(whole(&office, &investor), (Status::Active as u8, moved));
    let [event] = &receipt.events::<InvestorChanged>()[..] else { panic!("one event") };
    assert_eq!((event.provider, event.investor), (provider.address, investor));
    assert_eq!((event.status, event.claim), (Status::Active as u8, moved));
}

#[test]
fn revoke_investor_reaches_all_eight_wallets_and_can_be_taken_back() {
    let mut office = Office::new();
    let (investor, _) = office.person_with("alice", MAX_WALLETS);
    let (provider, claim) = (office.provider.clone(), claim(&office.world.vm));
    let revoke = revoke_investor(&office, &provider, &investor);
    let receipt = office.provide(revoke.instruction(), &[]).unwrap();
    assert_eq!(whole(&office, &investor), (Status::Revoked as u8, claim));
    let [event] = &receipt.events::<InvestorChanged>()[..] else { panic!("one event") };
    assert_eq!((event.status, event.claim), (Status::Revoked as u8, claim));
    let update = update_investor(&office, &provider, &investor, claim);
    office.provide(update.instruction(), &[]).unwrap();
    assert_eq!(whole(&office, &investor), (Status::Active as u8, claim));
}

#[test]
fn a_change_wants_every_wallet_once_and_in_order() {
    let mut office = Office::new();
    let (investor, owners) = office.person_with("alice", 3);
    office.person("bob");
    let bobs = office.wallet_address(&key("bob").pubkey());
    let venue = key("venue").pubkey();
    office.manage(set_venue(&office, &venue).instruction()).unwrap();
    let venue = office.wallet_address(&venue);
    let [first, second, third] =
        [0, 1, 2].map(|n| AccountMeta::new(office.wallet_address(&owners[n].pubkey()), false));
    let wrong: Vec<Vec<AccountMeta>> = vec![
        vec![],
        vec![first.clone()],
        vec![first.clone(), second.clone()],
        vec![second.clone(), third.clone()],
        vec![second.clone(), first.clone(), third.clone()],
        vec![first.clone(), second.clone(), second.clone()],
        vec![first.clone(), first.clone(), third.clone()],
        vec![first.clone(), second.clone(), third.clone(), third.clone()],
        vec![first.clone(), second.clone(), third.clone(), AccountMeta::new(bobs, false)],
        vec![first.clone(), second.clone(), AccountMeta::new(bobs, false)],
        vec![first.clone(), AccountMeta::new(venue, false), third.clone()],
    ];
    for records in wrong {
        for mut change in changes(&office, &investor) {
            change.accounts.truncate(change.accounts.len() - 3);
            change.accounts.extend(records.iter().cloned());
            assert_turned_away(signed(&mut office, change), GateError::WalletsIncomplete);
        }
    }
}

#[test]
fn a_change_wants_the_records_themselves_and_writable() {
    let mut office = Office::new();
    let (investor, owner) = office.person("alice");
    // The bytes of the record, revoked before, in an account of somebody else's program.
    let forged = key("forged").pubkey();
    let mut account = office.world.vm.account(&office.wallet_address(&owner.pubkey())).unwrap();
    account.owner = key("program").pubkey();
    office.world.vm.svm.set_account(forged, account).unwrap();
    for (record, error) in [
        (AccountMeta::new(forged, false), ErrorCode::AccountOwnedByWrongProgram),
        (AccountMeta::new(owner.pubkey(), false), ErrorCode::AccountOwnedByWrongProgram),
        (AccountMeta::new(office.registry, false), ErrorCode::AccountDiscriminatorMismatch),
        (AccountMeta::new(investor, false), ErrorCode::AccountDiscriminatorMismatch),
    ] {
        for mut change in changes(&office, &investor) {
            *change.accounts.last_mut().unwrap() = record.clone();
            assert_fails_with(signed(&mut office, change), u32::from(error));
        }
    }
    for mut change in changes(&office, &investor) {
        change.accounts.last_mut().unwrap().is_writable = false;
        let error = u32::from(ErrorCode::AccountNotMutable);
        assert_fails_with(signed(&mut office, change), error);
    }
}

#[test]
fn update_investor_keeps_to_the_providers_limits_of_today() {
    let mut office = Office::new();
    let (investor, _) = office.person("alice");
    let (provider, valid) = (office.provider.clone(), claim(&office.world.vm));
    let now = office.world.vm.now();
    for (claim, error) in [
        (Claim { country: 4, ..valid }, GateError::CountryNotOfProvider),
        (Claim { tier: MAX_TIER + 1, ..valid }, GateError::TierNotOfProvider),
        (Claim { expires_at: now, ..valid }, GateError::ValidityInvalid),
        (Claim { expires_at: now + 3 * YEAR, ..valid }, GateError::ValidityInvalid),
    ] {
        let update = update_investor(&office, &provider, &investor, claim).instruction();
        assert_turned_away(office.provider_refused(update, &[]), error);
    }
    let before = limits(&office);
    let narrower = ProviderLimits { countries: countries(&[UNITED_STATES]), ..before };
    office.manage(set_provider(&office, &provider.address, narrower).instruction()).unwrap();
    let update = update_investor(&office, &provider, &investor, valid).instruction();
    assert_turned_away(office.provider_refused(update, &[]), GateError::CountryNotOfProvider);
    // What was said before stands.
    assert_eq!(whole(&office, &investor).1.country, GERMANY);
}

#[test]
fn a_provider_whose_time_is_over_can_only_take_its_word_back() {
    let mut office = Office::new();
    let (investor, _) = office.person("alice");
    let provider = office.provider.clone();
    let over = ProviderLimits { expires_at: office.world.vm.now(), ..limits(&office) };
    office.manage(set_provider(&office, &provider.address, over).instruction()).unwrap();
    let claim = claim(&office.world.vm);
    let update = update_investor(&office, &provider, &investor, claim).instruction();
    assert_turned_away(office.provider_refused(update, &[]), GateError::ProviderExpired);
    office.provide(revoke_investor(&office, &provider, &investor).instruction(), &[]).unwrap();
    assert_eq!(whole(&office, &investor).0, Status::Revoked as u8);
}

#[test]
fn a_change_is_the_own_providers_only() {
    let mut office = Office::new();
    let (investor, owner) = office.person("alice");
    let (own, other) = (office.provider.clone(), office.another_provider());
    let claim = claim(&office.world.vm);
    let theirs = [
        update_investor(&office, &other, &investor, claim).instruction(),
        revoke_investor(&office, &other, &investor).instruction(),
    ];
    for change in theirs {
        let outcome = office.refused(change.clone(), &[&other.authority]);
        assert_turned_away(outcome, GateError::WrongProvider);
        let mut in_its_name = change;
        in_its_name.accounts[1].pubkey = own.address;
        let outcome = office.refused(in_its_name, &[&other.authority]);
        assert_turned_away(outcome, GateError::NotProvider);
    }
    // Nor the investor's, nor the officer's.
    for wrong in [owner, office.officer.insecure_clone()] {
        let mut update = update_investor(&office, &own, &investor, claim);
        update.accounts.authority = wrong.pubkey();
        let outcome = office.refused(update.instruction(), &[&wrong]);
        assert_turned_away(outcome, GateError::NotProvider);
    }
}

#[test]
fn bar_investor_reaches_all_eight_wallets_and_only_the_officer_lifts_it() {
    let mut office = Office::new();
    let (investor, _) = office.person_with("alice", MAX_WALLETS);
    let (provider, claim) = (office.provider.clone(), claim(&office.world.vm));
    let receipt = office.manage(bar_investor(&office, &investor).instruction()).unwrap();
    assert_eq!(whole(&office, &investor), (Status::Barred as u8, claim));
    let [event] = &receipt.events::<InvestorChanged>()[..] else { panic!("one event") };
    assert_eq!((event.investor, event.status), (investor, Status::Barred as u8));

    let update = update_investor(&office, &provider, &investor, claim).instruction();
    assert_turned_away(office.provider_refused(update, &[]), GateError::InvestorBarred);
    let twice = bar_investor(&office, &investor).instruction();
    assert_turned_away(office.officer_refused(twice), GateError::InvestorBarred);
    let mut lift = unbar_investor(&office, &investor);
    lift.accounts.operator = provider.authority.pubkey();
    let outcome = office.provider_refused(lift.instruction(), &[]);
    assert_turned_away(outcome, GateError::PowerMissing);

    office.manage(unbar_investor(&office, &investor).instruction()).unwrap();
    assert_eq!(whole(&office, &investor), (Status::Active as u8, claim));
    let twice = unbar_investor(&office, &investor).instruction();
    assert_turned_away(office.officer_refused(twice), GateError::InvestorNotBarred);
}

#[test]
fn a_lifted_bar_does_not_bring_back_a_word_that_was_taken() {
    // Taken back before the bar, and while it stands.
    for before in [true, false] {
        let mut office = Office::new();
        let (investor, _) = office.person_with("alice", 2);
        let provider = office.provider.clone();
        let revoke = revoke_investor(&office, &provider, &investor).instruction();
        let bar = bar_investor(&office, &investor).instruction();
        if before {
            office.provide(revoke.clone(), &[]).unwrap();
        }
        office.manage(bar).unwrap();
        if !before {
            office.provide(revoke, &[]).unwrap();
        }
        assert_eq!(whole(&office, &investor).0, Status::Barred as u8);
        office.manage(unbar_investor(&office, &investor).instruction()).unwrap();
        assert_eq!(whole(&office, &investor).0, Status::Revoked as u8);
    }
}

#[test]
fn bar_investor_is_for_the_issuers_own_investors() {
    let mut office = Office::new();
    let (investor, _) = office.person("alice");
    let other = office.another_provider();
    let mut bar = bar_investor(&office, &investor);
    bar.accounts.provider = other.address;
    let outcome = office.officer_refused(bar.instruction());
    assert_turned_away(outcome, GateError::WrongProvider);
    // Who keeps records of his own has no say about these.
    let thief = key("thief");
    let mut bar = bar_investor(&office, &investor);
    bar.accounts.operator = thief.pubkey();
    bar.accounts.issuer = thief.pubkey();
    bar.accounts.role_grant = None;
    let outcome = office.refused(bar.instruction(), &[&thief]);
    assert_turned_away(outcome, GateError::WrongIssuer);
}
