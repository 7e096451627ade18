//! What passes without a record: back from escrow, into escrow, and what the permanent delegate takes.

use gate::error::GateError;
use issuer::error::IssuerError;
use scrip_interface::gate::Status;
use scrip_tests::{
    build::{RequestRedemption, cancel, token_account},
    gate::{Gated, Transfer, assert_refused, direct, remove, set_transferring},
    vm::{Outcome, assert_fails},
    world::SHARE,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// A request of Alice's, with what the hook asks for.
fn request(gated: &Gated, owner: &Pubkey, id: u64) -> RequestRedemption {
    let escrow = gated.listed.accounts.escrow;
    let mut request = RequestRedemption::new(gated, owner, id, SHARE);
    request.remaining = gated.extra(owner, &escrow);
    request
}

fn back(gated: &mut Gated, request: &RequestRedemption, owner: &Keypair) -> Outcome {
    let escrow = gated.listed.accounts.escrow;
    let mut call = cancel(gated, request);
    call.remaining = gated.extra(&escrow, &owner.pubkey());
    call.send(&mut gated.vm, &[owner])
}

#[test]
fn the_escrow_takes_from_registered_owners_only() {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", SHARE);
    let owner = alice.pubkey();
    let request = request(&gated, &owner, 0);
    gated.register(&owner, |wallet| wallet.status = Status::Revoked as u8);
    assert_fails(request.send(&mut gated, &alice), IssuerError::RecordRevoked);
    // Nor past the issuer program.
    let escrow = gated.listed.accounts.escrow;
    let gift = gated.transfer(&owner, &escrow, SHARE);
    assert_refused(gated.send_transfer(&gift, &alice), GateError::Revoked);
    assert_eq!((gated.balance(&owner), gated.escrow_balance()), (SHARE, 0));
    gated.register(&owner, |_| {});
    request.send(&mut gated, &alice).unwrap();
    assert_eq!((gated.balance(&owner), gated.escrow_balance()), (0, SHARE));
}

#[test]
fn what_was_in_escrow_goes_back_whatever_became_of_the_record() {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", 3 * SHARE);
    let (owner, issuer) = (alice.pubkey(), gated.issuer());
    let requests = [0, 1, 2].map(|id| {
        let request = request(&gated, &owner, id);
        request.send(&mut gated, &alice).unwrap();
        request
    });
    gated.register(&owner, |wallet| wallet.status = Status::Barred as u8);
    back(&mut gated, &requests[0], &alice).unwrap();
    remove(&mut gated.vm, &issuer, &owner);
    back(&mut gated, &requests[1], &alice).unwrap();
    gated.set_pause(true).unwrap();
    back(&mut gated, &requests[2], &alice).unwrap();
    assert_eq!((gated.balance(&owner), gated.escrow_balance()), (3 * SHARE, 0));
    // There it stays.
    gated.set_pause(false).unwrap();
    let again = request(&gated, &owner, 0);
    assert_fails(again.send(&mut gated, &alice), IssuerError::NotRegistered);
}

#[test]
fn nothing_goes_into_escrow_while_the_policy_is_paused() {
    let mut open = scrip_tests::gate::terms();
    open.flags = 0;
    let mut gated = Gated::with_terms(scrip_interface::issuer::Mode::Hooked, open);
    let alice = gated.shareholder("alice", SHARE);
    let request = request(&gated, &alice.pubkey(), 0);
    gated.set_pause(true).unwrap();
    assert_fails(request.send(&mut gated, &alice), IssuerError::PolicyPaused);
    let escrow = gated.listed.accounts.escrow;
    let gift = gated.transfer(&alice.pubkey(), &escrow, SHARE);
    assert_refused(gated.send_transfer(&gift, &alice), GateError::PolicyPaused);
    gated.set_pause(false).unwrap();
    request.send(&mut gated, &alice).unwrap();
}

/// The hook as Token-2022 calls it for the delegate.
fn seizure(gated: &mut Gated, from: &Pubkey, to: &Pubkey) -> Transfer {
    let mint = gated.mint();
    let transfer =
        Transfer { authority: gated.listed.accounts.delegate, ..gated.transfer(from, to, SHARE) };
    for owner in [from, to] {
        set_transferring(&mut gated.vm, &token_account(owner, &mint), true);
    }
    transfer
}

#[test]
fn a_seizure_asks_nothing_of_the_source_and_does_not_wait_for_a_pause() {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", SHARE).pubkey();
    let (issuer, bob) = (gated.issuer(), gated.registered("bob").pubkey());
    let transfer = seizure(&mut gated, &alice, &bob);
    remove(&mut gated.vm, &issuer, &alice);
    gated.set_pause(true).unwrap();
    gated.vm.send(&[direct(&transfer)], &[]).unwrap();
    // By anybody else it is a transfer like all others.
    let other = Transfer { authority: gated.listed.accounts.authority, ..transfer };
    assert_refused(gated.vm.send(&[direct(&other)], &[]), GateError::PolicyPaused);
    gated.set_pause(false).unwrap();
    assert_refused(gated.vm.send(&[direct(&other)], &[]), GateError::NotRegistered);
}

#[test]
fn a_seizure_to_a_wallet_that_may_not_hold_the_mint_is_refused() {
    let mut gated = Gated::hooked();
    let alice = gated.shareholder("alice", SHARE).pubkey();
    let (issuer, bob) = (gated.issuer(), gated.registered("bob").pubkey());
    let transfer = seizure(&mut gated, &alice, &bob);
    gated.register(&bob, |wallet| wallet.status = Status::Revoked as u8);
    assert_refused(gated.vm.send(&[direct(&transfer)], &[]), GateError::Revoked);
    remove(&mut gated.vm, &issuer, &bob);
    assert_refused(gated.vm.send(&[direct(&transfer)], &[]), GateError::NotRegistered);
}
