use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::RedemptionRequested,
    state::{REQUESTED, Redemption, pause},
};
use scrip_caller::ACCOUNTS_MISSING;
use scrip_interface::mint::TOKEN_2022;
use scrip_tests::{
    build::{RequestRedemption, TERMS, pause_issuer, pause_ticker},
    caller::Caller,
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_instruction_error::InstructionError;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;
use spl_token_2022_interface::instruction as token;

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
    assert_eq!((redemption.status, redemption.request), (REQUESTED, 2));
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
    assert_fails(request.send(&mut world, &thief), IssuerError::WrongOwner);
    // Nor may who may spend them: the payout would be his.
    let approve = token::approve(
        &TOKEN_2022,
        &request.accounts.source,
        &thief.pubkey(),
        &alice.pubkey(),
        &[],
        SHARE,
    );
    world.vm.send(&[approve.unwrap()], &[&alice]).unwrap();
    assert_fails(request.send(&mut world, &thief), IssuerError::WrongOwner);
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

#[test]
fn request_redemption_has_ids_zero_to_seven() {
    let mut world = World::new();
    let alice = world.holder("alice", 10 * SHARE);
    for id in 0..8 {
        let request = RequestRedemption::new(&world, &alice.pubkey(), id, SHARE);
        request.send(&mut world, &alice).unwrap();
    }
    for id in [8, 256, u64::MAX] {
        let request = RequestRedemption::new(&world, &alice.pubkey(), id, SHARE);
        assert_fails(request.send(&mut world, &alice), IssuerError::RedemptionIdInvalid);
    }
    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (2 * SHARE, 8 * SHARE));
}

#[test]
fn request_redemption_rejects_less_than_the_tickers_smallest() {
    let mut world = World::new();
    let alice = world.holder("alice", 2 * SHARE);
    world.edit_ticker(|ticker| ticker.min_redemption = SHARE);
    let small = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE - 1);
    assert_fails(small.send(&mut world, &alice), IssuerError::AmountBelowMinimum);
    let smallest = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    smallest.send(&mut world, &alice).unwrap();
}

#[test]
fn request_redemption_heeds_the_pauses_of_requests_and_of_movements_only() {
    let pausers: [fn(&mut World, u8); 2] = [pause_ticker, pause_issuer];
    for pause_for in pausers {
        for (pauses, expected) in [
            (pause::REDEEM_REQUEST, Some(IssuerError::RedemptionRequestsPaused)),
            (pause::TRANSFER, Some(IssuerError::TransfersPaused)),
            (pause::MINT | pause::CASH, None),
        ] {
            let mut world = World::new();
            let alice = world.holder("alice", SHARE);
            pause_for(&mut world, pauses);
            let request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
            let outcome = request.send(&mut world, &alice);
            match expected {
                Some(error) => assert_fails(outcome, error),
                None => drop(outcome.unwrap()),
            }
            let escrow = if expected.is_some() { 0 } else { SHARE };
            assert_eq!(world.escrow_balance(), escrow);
        }
    }
}

#[test]
fn request_redemption_gives_a_transfer_hook_the_accounts_it_asks_for() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    let caller = Caller::deploy(&mut world.vm);
    let hook_accounts = caller.hook(&mut world, key("what the hook reads").pubkey());
    let mut request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);

    // Without the hook itself Token-2022 cannot call it.
    let missing = TransactionError::InstructionError(0, InstructionError::MissingAccount);
    assert_eq!(request.send(&mut world, &alice).unwrap_err().error, missing);
    // With nothing but the hook, that is called without its list, and refuses.
    request.remaining = vec![hook_accounts[1].clone()];
    assert_fails_with(request.send(&mut world, &alice), ACCOUNTS_MISSING);
    assert_eq!(world.escrow_balance(), 0);
    request.remaining = hook_accounts;
    request.send(&mut world, &alice).unwrap();
    assert_eq!(world.escrow_balance(), SHARE);
}
