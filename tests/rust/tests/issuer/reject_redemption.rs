//! A rejection, and the claim that it opens.

use issuer::{
    error::IssuerError,
    event::{RedemptionRejected, RedemptionReturned, ReturnReason},
    state::{REJECTED, REQUESTED, Redemption, pause},
};
use scrip_interface::attestation::{Kind, RejectBody};
use scrip_tests::{
    build::{
        Reject, RequestRedemption, SettleRedemption, TERMS, acknowledge, cancel, claim,
        pause_issuer, pause_ticker, reclaim, reject,
    },
    vm::{Outcome, assert_fails},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const REASON: u16 = 513;

/// Alice has two of her three shares in escrow.
fn setup() -> (World, Keypair, RequestRedemption) {
    let mut world = World::new();
    let alice = world.holder("alice", 3 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 2 * SHARE);
    request.send(&mut world, &alice).unwrap();
    (world, alice, request)
}

fn state(world: &World, request: &RequestRedemption) -> Redemption {
    world.vm.state(&request.accounts.redemption)
}

/// A rejection with a change: how it ends. If it fails, the redemption is as it was.
fn attempt(change: impl FnOnce(&mut Reject, &mut World)) -> Outcome {
    let (mut world, _, request) = setup();
    let mut answer = reject(&mut world, &request, REASON);
    change(&mut answer, &mut world);
    let outcome = answer.send(&mut world);
    if outcome.is_err() {
        assert_eq!(state(&world, &request).status, REQUESTED);
    }
    outcome
}

#[track_caller]
fn mismatch(change: impl FnOnce(&mut RejectBody)) {
    let outcome = attempt(|answer, _| change(&mut answer.body));
    assert_fails(outcome, IssuerError::AttestationMismatch);
}

#[test]
fn reject_redemption_lets_the_owner_claim_the_shares() {
    let (mut world, alice, request) = setup();
    let receipt = reject(&mut world, &request, REASON).send(&mut world).unwrap();
    let redemption = state(&world, &request);
    assert_eq!((redemption.status, redemption.reject_reason), (REJECTED, REASON));
    assert_eq!(world.escrow_balance(), 2 * SHARE);
    let [event] = &receipt.events::<RedemptionRejected>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.redemption), (3, request.accounts.redemption));
    assert_eq!((event.reason, event.signers), (REASON, 0b00111));

    let receipt = claim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (3 * SHARE, 0));
    assert_eq!((world.supply(), world.ticker().open_redemptions), (3 * SHARE, 0));
    assert!(world.vm.account(&request.accounts.redemption).is_none());
    let [event] = &receipt.events::<RedemptionReturned>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.owner, event.amount), (4, alice.pubkey(), 2 * SHARE));
    assert_eq!(event.reason, ReturnReason::Rejected);
}

#[test]
fn reject_redemption_may_follow_an_acknowledgement_a_part_and_the_deadline() {
    let (mut world, alice, request) = setup();
    acknowledge(&mut world, &request).send(&mut world).unwrap();
    SettleRedemption::new(&mut world, &request, SHARE / 2).send(&mut world).unwrap();
    world.vm.set_time(state(&world, &request).deadline);
    reject(&mut world, &request, REASON).send(&mut world).unwrap();
    claim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!(world.balance(&alice.pubkey()), 5 * SHARE / 2);
    assert_eq!((world.supply(), world.escrow_balance()), (5 * SHARE / 2, 0));
}

#[test]
fn reject_redemption_is_the_last_answer() {
    let (mut world, alice, request) = setup();
    let rejection = reject(&mut world, &request, REASON);
    rejection.send(&mut world).unwrap();
    assert_fails(rejection.send(&mut world), IssuerError::NonceUsed);
    let again = reject(&mut world, &request, REASON + 1);
    assert_fails(again.send(&mut world), IssuerError::RedemptionRejected);
    let settle = SettleRedemption::new(&mut world, &request, SHARE);
    assert_fails(settle.send(&mut world), IssuerError::RedemptionRejected);
    let cancel = cancel(&world, &request).send(&mut world.vm, &[&alice]);
    assert_fails(cancel, IssuerError::RedemptionRejected);
    assert_eq!(state(&world, &request).reject_reason, REASON);
    assert_eq!((world.supply(), world.escrow_balance()), (3 * SHARE, 2 * SHARE));
}

#[test]
fn reject_redemption_leaves_the_deadline_open_as_well() {
    let (mut world, alice, request) = setup();
    reject(&mut world, &request, REASON).send(&mut world).unwrap();
    let early = reclaim(&world, &request).send(&mut world.vm, &[&alice]);
    assert_fails(early, IssuerError::RedemptionNotOverdue);
    world.vm.set_time(world.vm.now() + i64::from(TERMS.redemption_secs));
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!(world.balance(&alice.pubkey()), 3 * SHARE);
}

#[test]
fn reject_and_claim_are_stopped_by_no_pause() {
    let (mut world, alice, request) = setup();
    pause_issuer(&mut world, pause::ALL);
    pause_ticker(&mut world, pause::ALL);
    reject(&mut world, &request, REASON).send(&mut world).unwrap();
    claim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!(world.balance(&alice.pubkey()), 3 * SHARE);
    assert!(world.mint_is_paused());
}

#[test]
fn claim_redemption_waits_for_a_rejection() {
    let (mut world, alice, request) = setup();
    let outcome = claim(&world, &request).send(&mut world.vm, &[&alice]);
    assert_fails(outcome, IssuerError::RedemptionNotRejected);
    acknowledge(&mut world, &request).send(&mut world).unwrap();
    let outcome = claim(&world, &request).send(&mut world.vm, &[&alice]);
    assert_fails(outcome, IssuerError::RedemptionNotRejected);
    assert_eq!(world.escrow_balance(), 2 * SHARE);
}

#[test]
fn reject_redemption_counts_nothing_signed_for_an_earlier_request() {
    let (mut world, alice, request) = setup();
    let signed = reject(&mut world, &request, REASON);
    cancel(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    request.send(&mut world, &alice).unwrap();
    assert_fails(signed.send(&mut world), IssuerError::AttestationMismatch);
    assert_eq!(state(&world, &request).status, REQUESTED);
}

#[test]
fn reject_redemption_rejects_a_message_about_anything_else() {
    mismatch(|body| body.header.genesis_hash = [8; 32]);
    mismatch(|body| body.header.subject = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.nonce += 1);
    mismatch(|body| body.action_sequence += 1);
    mismatch(|body| body.redemption = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.request += 1);
    mismatch(|body| body.reason += 1);
}

#[test]
fn reject_redemption_needs_a_quorum_that_may() {
    let few = attempt(|answer, _| answer.signers = vec![1, 2]);
    assert_fails(few, IssuerError::ThresholdNotReached);
    let hot = attempt(|_, world| {
        let kinds = (Kind::ALL_BITS & !Kind::Reject.bit()).to_le_bytes();
        let set = world.attestor_set;
        world.vm.edit(&set, |account| account.data[16..18].copy_from_slice(&kinds));
    });
    assert_fails(hot, IssuerError::KindNotAllowed);
    let ticker = attempt(|answer, world| {
        answer.call.accounts.ticker = world.list_another().accounts.ticker;
    });
    assert_fails(ticker, IssuerError::WrongMint);
}
