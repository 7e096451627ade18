use anchor_lang::error::ErrorCode;
use issuer::{error::IssuerError, event::RedemptionRequested, state::Redemption};
use scrip_tests::{
    build::{RequestRedemption, TERMS},
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_signer::Signer;

#[test]
fn request_redemption_moves_the_shares_into_escrow() {
    let mut world = World::new();
    let alice = world.holder("alice", 3 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 7, 2 * SHARE);
    let receipt = request.send(&mut world, &alice).unwrap();

    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (SHARE, 2 * SHARE));
    assert_eq!((world.supply(), world.ticker().open_redemptions), (3 * SHARE, 2 * SHARE));
    let redemption: Redemption = world.vm.state(&request.accounts.redemption);
    assert_eq!((redemption.owner, redemption.mint), (alice.pubkey(), world.mint()));
    assert_eq!(
        (redemption.amount, redemption.amount_left, redemption.id),
        (2 * SHARE, 2 * SHARE, 7)
    );
    assert_eq!(redemption.rent_payer, world.vm.payer.pubkey());
    let deadline = world.vm.now() + i64::from(TERMS.redemption_secs);
    assert_eq!((redemption.requested_at, redemption.deadline), (world.vm.now(), deadline));
    assert_eq!(redemption.payout_secs, TERMS.payout_secs);
    let [event] = &receipt.events::<RedemptionRequested>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.redemption), (2, request.accounts.redemption));
    assert_eq!((event.owner, event.amount, event.deadline), (alice.pubkey(), 2 * SHARE, deadline));
}

#[test]
fn request_redemption_keeps_an_owners_requests_apart() {
    let mut world = World::new();
    let alice = world.holder("alice", 3 * SHARE);
    for id in [0, 1, 7] {
        let request = RequestRedemption::new(&world, &alice.pubkey(), id, SHARE);
        request.send(&mut world, &alice).unwrap();
    }
    assert_eq!((world.escrow_balance(), world.ticker().open_redemptions), (3 * SHARE, 3 * SHARE));
}

#[test]
fn request_redemption_works_once_per_id() {
    let mut world = World::new();
    let alice = world.holder("alice", 3 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.send(&mut world, &alice).unwrap();
    // The System program's "already in use".
    assert_fails_with(request.send(&mut world, &alice), 0);
    assert_eq!(world.escrow_balance(), SHARE);
}

#[test]
fn request_redemption_rejects_nothing_and_more_than_the_balance() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    let nothing = RequestRedemption::new(&world, &alice.pubkey(), 0, 0);
    assert_fails(nothing.send(&mut world, &alice), IssuerError::AmountZero);
    let too_much = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE + 1);
    // Token-2022's own "insufficient funds".
    assert_fails_with(too_much.send(&mut world, &alice), 1);
    assert!(world.vm.account(&too_much.accounts.redemption).is_none());
}

#[test]
fn request_redemption_rejects_anothers_shares() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    let thief = key("thief");
    let mut request = RequestRedemption::new(&world, &thief.pubkey(), 0, SHARE);
    request.accounts.source = scrip_tests::build::token_account(&alice.pubkey(), &world.mint());
    // Token-2022's own "owner does not match".
    assert_fails_with(request.send(&mut world, &thief), 4);
}

#[test]
fn request_redemption_rejects_a_record_of_another_owner() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    let mut request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.accounts.redemption =
        RequestRedemption::new(&world, &key("bob").pubkey(), 0, SHARE).accounts.redemption;
    let outcome = request.send(&mut world, &alice);
    assert_fails_with(outcome, ErrorCode::ConstraintSeeds.into());
}

#[test]
fn request_redemption_rejects_accounts_of_another_ticker() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    let other = world.list_another().accounts;
    let mut request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.accounts.ticker = other.ticker;
    assert_fails(request.send(&mut world, &alice), IssuerError::WrongMint);
    let mut request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.accounts.escrow_account = request.accounts.source;
    assert_fails(request.send(&mut world, &alice), IssuerError::WrongEscrow);
}

#[test]
fn request_redemption_rejects_a_total_beyond_64_bits() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    world.edit_ticker(|ticker| ticker.open_redemptions = u64::MAX);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    assert_fails(request.send(&mut world, &alice), IssuerError::AmountOverflow);
}

#[test]
fn request_redemption_stops_where_the_escrow_would_not_cover() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    world.edit_ticker(|ticker| ticker.open_redemptions = 1);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    assert_fails(request.send(&mut world, &alice), IssuerError::InvariantEscrow);
}
