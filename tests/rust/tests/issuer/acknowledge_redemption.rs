use issuer::{
    error::IssuerError,
    event::RedemptionAcknowledged,
    state::{ACKNOWLEDGED, REQUESTED, Redemption, pause},
};
use scrip_interface::attestation::{AcknowledgeBody, Body, Kind, message};
use scrip_tests::{
    attest,
    build::{
        Acknowledge, RequestRedemption, TERMS, acknowledge, cancel, pause_issuer, pause_ticker,
        reject,
    },
    vm::{Outcome, START, assert_fails},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

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

/// An acknowledgement with a change: how it ends. If it fails, the redemption is as it was.
fn attempt(change: impl FnOnce(&mut Acknowledge, &mut World)) -> Outcome {
    let (mut world, _, request) = setup();
    let mut answer = acknowledge(&mut world, &request);
    change(&mut answer, &mut world);
    let outcome = answer.send(&mut world);
    if outcome.is_err() {
        let redemption = state(&world, &request);
        let deadline = START + i64::from(TERMS.redemption_secs);
        assert_eq!((redemption.status, redemption.deadline), (REQUESTED, deadline));
    }
    outcome
}

#[track_caller]
fn mismatch(change: impl FnOnce(&mut AcknowledgeBody)) {
    let outcome = attempt(|answer, _| change(&mut answer.body));
    assert_fails(outcome, IssuerError::AttestationMismatch);
}

#[test]
fn acknowledge_redemption_gives_the_custodian_its_time_to_pay() {
    let (mut world, _, request) = setup();
    // What was fixed at the request counts, not what the terms say since.
    world.edit_ticker(|ticker| ticker.payout_secs *= 20);
    world.vm.set_time(START + 1_000);
    let answer = acknowledge(&mut world, &request);
    let receipt = answer.send(&mut world).unwrap();

    let redemption = state(&world, &request);
    let deadline = START + 1_000 + i64::from(TERMS.payout_secs);
    assert_eq!((redemption.status, redemption.deadline), (ACKNOWLEDGED, deadline));
    assert_eq!((redemption.amount_left, world.escrow_balance()), (2 * SHARE, 2 * SHARE));
    let [event] = &receipt.events::<RedemptionAcknowledged>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.mint), (3, world.mint()));
    assert_eq!((event.redemption, event.deadline), (request.accounts.redemption, deadline));
    assert_eq!((event.nonce, event.signers), (answer.body.header.nonce, 0b00111));
    assert_eq!(event.attestor_set, world.attestor_set);
}

#[test]
fn acknowledge_redemption_works_once() {
    let (mut world, _, request) = setup();
    let first = acknowledge(&mut world, &request);
    first.send(&mut world).unwrap();
    let deadline = state(&world, &request).deadline;
    assert_fails(first.send(&mut world), IssuerError::NonceUsed);
    world.vm.set_time(START + 60);
    let second = acknowledge(&mut world, &request);
    assert_fails(second.send(&mut world), IssuerError::RedemptionAcknowledged);
    assert_eq!(state(&world, &request).deadline, deadline);
}

#[test]
fn acknowledge_redemption_comes_too_late_at_the_deadline() {
    let deadline = START + i64::from(TERMS.redemption_secs);
    for (at, in_time) in [(deadline - 1, true), (deadline, false)] {
        let (mut world, _, request) = setup();
        world.vm.set_time(at);
        let outcome = acknowledge(&mut world, &request).send(&mut world);
        match in_time {
            true => assert_eq!(
                outcome.map(|_| state(&world, &request).deadline).unwrap(),
                at + i64::from(TERMS.payout_secs)
            ),
            false => assert_fails(outcome, IssuerError::RedemptionOverdue),
        }
    }
}

#[test]
fn acknowledge_redemption_does_not_take_a_rejection_back() {
    let (mut world, _, request) = setup();
    reject(&mut world, &request, 7).send(&mut world).unwrap();
    let outcome = acknowledge(&mut world, &request).send(&mut world);
    assert_fails(outcome, IssuerError::RedemptionRejected);
}

#[test]
fn acknowledge_redemption_is_stopped_by_no_pause() {
    let (mut world, _, request) = setup();
    pause_issuer(&mut world, pause::ALL);
    pause_ticker(&mut world, pause::ALL);
    acknowledge(&mut world, &request).send(&mut world).unwrap();
    assert_eq!(state(&world, &request).status, ACKNOWLEDGED);
}

#[test]
fn acknowledge_redemption_counts_nothing_signed_for_an_earlier_request() {
    let (mut world, alice, request) = setup();
    let signed = acknowledge(&mut world, &request);
    cancel(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    request.send(&mut world, &alice).unwrap();
    assert_fails(signed.send(&mut world), IssuerError::AttestationMismatch);
    assert_eq!(state(&world, &request).status, REQUESTED);
}

#[test]
fn acknowledge_redemption_rejects_a_message_about_anything_else() {
    mismatch(|body| body.header.genesis_hash = [8; 32]);
    mismatch(|body| body.header.program_id = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.subject = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.attestor_set = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.header.nonce += 1);
    mismatch(|body| body.header.issued_at -= 1);
    mismatch(|body| body.header.expires_at += 1);
    mismatch(|body| body.action_sequence += 1);
    mismatch(|body| body.redemption = Pubkey::new_from_array([1; 32]));
    mismatch(|body| body.request += 1);
}

#[test]
fn acknowledge_redemption_rejects_its_digest_signed_as_another_kind() {
    let (mut world, _, request) = setup();
    let answer = acknowledge(&mut world, &request);
    let digest = answer.body.message()[16..].try_into().unwrap();
    // A statement of reserves has a body of the same length.
    let other = message(Kind::Reserve, &digest);
    let signatures = attest::sign(&other, &world.signers(&[0, 1, 2]));
    let outcome = world.vm.send(&[signatures, answer.instruction()], &[]);
    assert_fails(outcome, IssuerError::AttestationMismatch);
}

#[test]
fn acknowledge_redemption_needs_a_quorum_that_may() {
    let few = attempt(|answer, _| answer.signers = vec![0, 4]);
    assert_fails(few, IssuerError::ThresholdNotReached);
    let hot = attempt(|_, world| {
        let kinds = (Kind::ALL_BITS & !Kind::Acknowledge.bit()).to_le_bytes();
        let set = world.attestor_set;
        world.vm.edit(&set, |account| account.data[16..18].copy_from_slice(&kinds));
    });
    assert_fails(hot, IssuerError::KindNotAllowed);
    let strangers = attempt(|answer, world| {
        answer.call.accounts.attestor_set = world.another_custodians_set();
    });
    assert_fails(strangers, IssuerError::WrongCustodian);
    let late = attempt(|answer, world| world.vm.set_time(answer.body.header.expires_at));
    assert_fails(late, IssuerError::AttestationExpired);
}

#[test]
fn acknowledge_redemption_rejects_accounts_that_do_not_belong_together() {
    let issuer = attempt(|answer, world| answer.call.accounts.issuer = world.another_issuer());
    assert_fails(issuer, IssuerError::WrongIssuer);
    let ticker = attempt(|answer, world| {
        answer.call.accounts.ticker = world.list_another().accounts.ticker;
    });
    assert_fails(ticker, IssuerError::WrongMint);
    let nonces = attempt(|answer, world| {
        answer.call.accounts.nonces = world.list_another().accounts.nonces;
    });
    assert_fails(nonces, IssuerError::WrongSubject);
    let signatures = attempt(|answer, world| {
        answer.call.accounts.signatures = world.vm.payer.pubkey();
    });
    assert_fails(signatures, IssuerError::Ed25519Missing);
}
