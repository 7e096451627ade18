//! A hooked mint: both ends of each transfer are judged, by the owners of the token accounts.

use gate::error::GateError;
use scrip_interface::gate::{Kind, Status};
use scrip_tests::{
    gate::{
        Gated, RECORD_EXPIRES_AT, SWITZERLAND, Transfer, USA, assert_refused, countries,
        other_token_account, remove, terms, update_hook_list, vault, venue, with_venues,
    },
    vm::{Outcome, key},
    world::SHARE,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::instruction::{AuthorityType, approve, set_authority};

use scrip_interface::{issuer::Mode, mint::TOKEN_2022};

/// Refused with exactly this error, with nothing moved and one line in the log.
#[track_caller]
fn refuses(gated: &mut Gated, transfer: &Transfer, signer: &Keypair, error: GateError) {
    let accounts = [transfer.source, transfer.destination];
    let before = accounts.map(|account| gated.balance_of(&account));
    let outcome = gated.send_transfer(transfer, signer);
    assert_eq!(accounts.map(|account| gated.balance_of(&account)), before);
    one_line(&outcome);
    assert_refused(outcome, error);
}

#[track_caller]
fn one_line(outcome: &Outcome) {
    let Err(failure) = outcome else { return };
    let ours = format!("Program {} invoke", gate::ID);
    let from = failure.logs.iter().position(|line| line.starts_with(&ours)).unwrap();
    let lines: Vec<_> =
        failure.logs[from..].iter().filter(|l| l.starts_with("Program log")).collect();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].starts_with("Program log: Scrip: "), "{lines:#?}");
}

/// Alice has two shares, Bob none; both are registered.
fn two() -> (Gated, Keypair, Pubkey) {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", 2 * SHARE);
    let bob = gated.registered("bob").pubkey();
    (gated, alice, bob)
}

#[test]
fn a_transfer_between_registered_wallets_passes() {
    let (mut gated, alice, bob) = two();
    gated.pass(&alice, &bob, SHARE).unwrap();
    assert_eq!((gated.balance(&alice.pubkey()), gated.balance(&bob)), (SHARE, SHARE));
}

#[test]
fn a_destination_is_refused_for_each_fault_of_its_record() {
    let (mut gated, alice, bob) = two();
    let transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    type Fault = fn(&mut gate::state::Wallet);
    let faults: [(Fault, GateError); 7] = [
        (|wallet| wallet.status = Status::Revoked as u8, GateError::Revoked),
        (|wallet| wallet.status = Status::Barred as u8, GateError::Revoked),
        (|wallet| wallet.expires_at = 0, GateError::Expired),
        (|wallet| wallet.country = USA, GateError::CountryNotAllowed),
        (|wallet| wallet.country = 0, GateError::CountryNotAllowed),
        (|wallet| wallet.tier = 0, GateError::TierTooLow),
        (|wallet| wallet.provider = 1, GateError::ProviderNotAccepted),
    ];
    for (fault, error) in faults {
        gated.register(&bob, fault);
        refuses(&mut gated, &transfer, &alice, error);
    }
    gated.register(&bob, |wallet| wallet.country = SWITZERLAND);
    gated.send_transfer(&transfer, &alice).unwrap();
}

#[test]
fn a_source_is_refused_for_each_fault_of_its_record() {
    let (mut gated, alice, bob) = two();
    let owner = alice.pubkey();
    let transfer = gated.transfer(&owner, &bob, SHARE);
    type Fault = fn(&mut gate::state::Wallet);
    let faults: [(Fault, GateError); 4] = [
        (|wallet| wallet.status = Status::Revoked as u8, GateError::Revoked),
        (|wallet| wallet.expires_at = 0, GateError::Expired),
        (|wallet| wallet.country = USA, GateError::CountryNotAllowed),
        (|wallet| wallet.provider = 63, GateError::ProviderNotAccepted),
    ];
    for (fault, error) in faults {
        gated.register(&owner, fault);
        refuses(&mut gated, &transfer, &alice, error);
    }
}

#[test]
fn a_wallet_whose_record_was_closed_is_not_registered() {
    let (mut gated, alice, bob) = two();
    let (issuer, owner) = (gated.issuer(), alice.pubkey());
    let transfer = gated.transfer(&owner, &bob, SHARE);
    remove(&mut gated.vm, &issuer, &bob);
    refuses(&mut gated, &transfer, &alice, GateError::NotRegistered);
    // Lamports that somebody sends there make no record.
    let record = transfer.extra[1].pubkey;
    gated.vm.svm.airdrop(&record, 1_000_000).unwrap();
    refuses(&mut gated, &transfer, &alice, GateError::NotRegistered);

    gated.register(&bob, |_| {});
    remove(&mut gated.vm, &issuer, &owner);
    refuses(&mut gated, &transfer, &alice, GateError::NotRegistered);
}

#[test]
fn a_record_expires_at_its_second_and_not_before() {
    let (mut gated, alice, bob) = two();
    let transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    gated.register(&alice.pubkey(), |wallet| wallet.expires_at = i64::MAX);
    gated.vm.set_time(RECORD_EXPIRES_AT - 1);
    gated.send_transfer(&transfer, &alice).unwrap();
    gated.vm.set_time(RECORD_EXPIRES_AT);
    refuses(&mut gated, &transfer, &alice, GateError::Expired);
}

#[test]
fn a_delegate_moves_what_the_owner_may() {
    let (mut gated, alice, bob) = two();
    let (owner, delegate) = (alice.pubkey(), key("broker"));
    let mut transfer = gated.transfer(&owner, &bob, SHARE);
    let approval =
        approve(&TOKEN_2022, &transfer.source, &delegate.pubkey(), &owner, &[], 2 * SHARE);
    gated.vm.send(&[approval.unwrap()], &[&alice]).unwrap();
    transfer.authority = delegate.pubkey();
    // The delegate has no record and needs none.
    gated.send_transfer(&transfer, &delegate).unwrap();

    // Approved before the revocation, and in good standing himself: the owner counts.
    gated.register(&delegate.pubkey(), |_| {});
    gated.register(&owner, |wallet| wallet.status = Status::Revoked as u8);
    refuses(&mut gated, &transfer, &delegate, GateError::Revoked);
}

#[test]
fn a_destination_whose_owner_could_be_replaced_is_refused() {
    let (mut gated, alice, bob) = two();
    let mut transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    transfer.destination = vault(&mut gated, &bob, "replaceable");
    refuses(&mut gated, &transfer, &alice, GateError::OwnerNotImmutable);

    // It need not be the associated one.
    let mint = gated.mint();
    transfer.destination = other_token_account(&mut gated.vm, &mint, &bob, "second", true);
    gated.send_transfer(&transfer, &alice).unwrap();
    assert_eq!(gated.balance_of(&transfer.destination), SHARE);
}

#[test]
fn venues_pass_where_the_policy_takes_them() {
    for (terms, taken) in [(terms(), false), (with_venues(), true)] {
        let mut gated = Gated::with_terms(Mode::Hooked, terms);
        let alice = gated.shareholder("alice", SHARE);
        let (issuer, protocol) = (gated.issuer(), key("protocol"));
        scrip_tests::gate::place(&mut gated.vm, &venue(&issuer, &protocol.pubkey()));
        let mut transfer = gated.transfer(&alice.pubkey(), &protocol.pubkey(), SHARE);
        // A protocol's vault is rarely an associated account.
        transfer.destination = vault(&mut gated, &protocol.pubkey(), "vault");
        if !taken {
            refuses(&mut gated, &transfer, &alice, GateError::VenueNotAllowed);
            continue;
        }
        gated.send_transfer(&transfer, &alice).unwrap();
        let mut back = gated.transfer(&protocol.pubkey(), &alice.pubkey(), SHARE);
        back.source = transfer.destination;
        gated.send_transfer(&back, &protocol).unwrap();

        gated.register(&protocol.pubkey(), |wallet| {
            wallet.kind = Kind::Venue as u8;
            wallet.expires_at = 0;
        });
        refuses(&mut gated, &transfer, &alice, GateError::Expired);
    }
}

#[test]
fn an_owner_rotated_around_the_check_moves_nothing_on() {
    let mut gated = Gated::with_terms(Mode::Hooked, with_venues());
    let alice = gated.shareholder("alice", SHARE);
    let (issuer, protocol, mallory) = (gated.issuer(), key("protocol"), key("mallory"));
    scrip_tests::gate::place(&mut gated.vm, &venue(&issuer, &protocol.pubkey()));
    let mut deposit = gated.transfer(&alice.pubkey(), &protocol.pubkey(), SHARE);
    deposit.destination = vault(&mut gated, &protocol.pubkey(), "vault");
    gated.send_transfer(&deposit, &alice).unwrap();

    let new_owner = mallory.pubkey();
    let rotation = set_authority(
        &TOKEN_2022,
        &deposit.destination,
        Some(&new_owner),
        AuthorityType::AccountOwner,
        &protocol.pubkey(),
        &[],
    );
    gated.vm.send(&[rotation.unwrap()], &[&protocol]).unwrap();
    let mut onward = gated.transfer(&new_owner, &alice.pubkey(), SHARE);
    onward.source = deposit.destination;
    refuses(&mut gated, &onward, &mallory, GateError::NotRegistered);
    // Nor does the rotated account receive.
    let mut more = gated.transfer(&alice.pubkey(), &new_owner, 0);
    more.destination = deposit.destination;
    refuses(&mut gated, &more, &alice, GateError::NotRegistered);
}

#[test]
fn a_pause_stops_every_transfer() {
    let (mut gated, alice, bob) = two();
    let transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    gated.set_pause(true).unwrap();
    refuses(&mut gated, &transfer, &alice, GateError::PolicyPaused);
    gated.set_pause(false).unwrap();
    gated.send_transfer(&transfer, &alice).unwrap();
}

#[test]
fn a_provider_or_country_dropped_from_the_policy_counts_at_once() {
    let (mut gated, alice, bob) = two();
    let transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    let mut tighter = terms();
    tighter.countries = countries(&[SWITZERLAND]);
    gated.set_policy(tighter).unwrap();
    refuses(&mut gated, &transfer, &alice, GateError::CountryNotAllowed);
    tighter.providers = 0;
    gated.set_policy(tighter).unwrap();
    refuses(&mut gated, &transfer, &alice, GateError::ProviderNotAccepted);
}

#[test]
fn without_the_source_check_only_the_destination_counts() {
    let mut open = terms();
    open.flags = 0;
    let mut gated = Gated::with_terms(Mode::Hooked, open);
    let alice = gated.shareholder("alice", 2 * SHARE);
    let bob = gated.registered("bob").pubkey();
    gated.register(&alice.pubkey(), |wallet| wallet.status = Status::Revoked as u8);
    let mut transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    // Its list names no record of the source.
    transfer.extra.remove(2);
    gated.set_pause(true).unwrap();
    refuses(&mut gated, &transfer, &alice, GateError::PolicyPaused);
    gated.set_pause(false).unwrap();
    gated.send_transfer(&transfer, &alice).unwrap();
    gated.register(&bob, |wallet| wallet.status = Status::Revoked as u8);
    refuses(&mut gated, &transfer, &alice, GateError::Revoked);

    // Once the policy asks for the source, a list that does not name it stops everything.
    gated.register(&bob, |_| {});
    gated.set_policy(terms()).unwrap();
    refuses(&mut gated, &transfer, &alice, GateError::AccountsMissing);
    let mint = gated.mint();
    update_hook_list(&mint).send(&mut gated.vm, &[]).unwrap();
    transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
    refuses(&mut gated, &transfer, &alice, GateError::Revoked);
}
