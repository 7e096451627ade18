//! The way out that nobody can block: the owner alone, after the deadline.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::{RedemptionReturned, ReturnReason},
    state::{Redemption, pause},
};
use scrip_caller::ACCOUNTS_MISSING;
use scrip_interface::token_account::TokenAccount;
use scrip_tests::{
    build::{
        RequestRedemption, SettleRedemption, TERMS, acknowledge, pause_issuer, pause_ticker,
        reclaim, token_account,
    },
    caller::Caller,
    vm::{START, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;

const DEADLINE: i64 = START + TERMS.redemption_secs as i64;

/// Alice has two of her three shares in escrow.
fn setup() -> (World, Keypair, RequestRedemption) {
    let mut world = World::new();
    let alice = world.holder("alice", 3 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 2 * SHARE);
    request.send(&mut world, &alice).unwrap();
    (world, alice, request)
}

fn is_frozen(world: &World, account: &Pubkey) -> bool {
    TokenAccount::parse(&world.vm.account(account).unwrap().data).unwrap().is_frozen()
}

/// As the mint's freeze authority would.
fn freeze(world: &mut World, account: &Pubkey) {
    world.vm.edit(account, |account| account.data[108] = 2);
    assert!(is_frozen(world, account));
}

#[test]
fn reclaim_redemption_opens_at_the_second_of_the_deadline() {
    let (mut world, alice, request) = setup();
    world.vm.set_time(DEADLINE - 1);
    let early = reclaim(&world, &request).send(&mut world.vm, &[&alice]);
    assert_fails(early, IssuerError::RedemptionNotOverdue);
    assert_eq!(world.escrow_balance(), 2 * SHARE);

    world.vm.set_time(DEADLINE);
    let receipt = reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (3 * SHARE, 0));
    assert_eq!((world.supply(), world.ticker().open_redemptions), (3 * SHARE, 0));
    let [event] = &receipt.events::<RedemptionReturned>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.amount), (3, 2 * SHARE));
    assert_eq!((event.owner, event.reason), (alice.pubkey(), ReturnReason::Overdue));
}

#[test]
fn reclaim_redemption_opens_at_the_second_of_an_acknowledged_deadline() {
    let (mut world, alice, request) = setup();
    world.vm.set_time(DEADLINE - 1);
    acknowledge(&mut world, &request).send(&mut world).unwrap();
    let deadline = DEADLINE - 1 + i64::from(TERMS.payout_secs);
    for early in [DEADLINE, deadline - 1] {
        world.vm.set_time(early);
        let outcome = reclaim(&world, &request).send(&mut world.vm, &[&alice]);
        assert_fails(outcome, IssuerError::RedemptionNotOverdue);
    }
    world.vm.set_time(deadline);
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!(world.balance(&alice.pubkey()), 3 * SHARE);
}

#[test]
fn reclaim_redemption_is_stopped_by_no_pause_and_by_no_freeze() {
    let (mut world, alice, request) = setup();
    pause_issuer(&mut world, pause::ALL);
    pause_ticker(&mut world, pause::ALL);
    let account = token_account(&alice.pubkey(), &world.mint());
    freeze(&mut world, &account);
    assert!(world.mint_is_paused());

    world.vm.set_time(DEADLINE);
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (3 * SHARE, 0));
    // Everything else stands as it stood.
    assert!(world.mint_is_paused() && is_frozen(&world, &account));
    assert_eq!(world.ticker().pauses, pause::ALL);
}

#[test]
fn reclaim_redemption_leaves_alone_what_was_not_paused_nor_frozen() {
    for (paused, frozen) in [(true, false), (false, true), (false, false)] {
        let (mut world, alice, request) = setup();
        let account = token_account(&alice.pubkey(), &world.mint());
        if paused {
            pause_ticker(&mut world, pause::TRANSFER);
        }
        if frozen {
            freeze(&mut world, &account);
        }
        world.vm.set_time(DEADLINE);
        reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
        assert_eq!((world.mint_is_paused(), is_frozen(&world, &account)), (paused, frozen));
        assert_eq!(world.balance(&alice.pubkey()), 3 * SHARE);
    }
}

#[test]
fn reclaim_redemption_is_stopped_by_no_pause_of_the_mint_alone() {
    let (mut world, alice, request) = setup();
    pause_ticker(&mut world, pause::TRANSFER);
    // As where an issuer's pause was lifted and the mint not yet brought in line.
    world.edit_ticker(|ticker| ticker.pauses = 0);
    world.vm.set_time(DEADLINE);
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!(world.balance(&alice.pubkey()), 3 * SHARE);
    assert!(world.mint_is_paused());
}

#[test]
fn reclaim_redemption_cannot_lift_a_pause_with_another_authority() {
    let (mut world, alice, request) = setup();
    pause_ticker(&mut world, pause::TRANSFER);
    world.vm.set_time(DEADLINE);
    let mut call = reclaim(&world, &request);
    call.accounts.authority = call.accounts.escrow;
    let outcome = call.send(&mut world.vm, &[&alice]).unwrap_err().error;
    let unsigned = InstructionError::PrivilegeEscalation;
    assert_eq!(outcome, TransactionError::InstructionError(0, unsigned));
    assert_eq!(world.escrow_balance(), 2 * SHARE);
}

#[test]
fn reclaim_redemption_returns_what_is_left_of_a_part_payment() {
    let (mut world, alice, request) = setup();
    SettleRedemption::new(&mut world, &request, SHARE / 2).send(&mut world).unwrap();
    world.vm.set_time(DEADLINE);
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (5 * SHARE / 2, 0));
    let ticker = world.ticker();
    assert_eq!(
        (ticker.minted, ticker.redeemed, ticker.open_redemptions),
        (3 * SHARE, SHARE / 2, 0)
    );
}

#[test]
fn reclaim_redemption_works_once_and_ends_what_was_signed() {
    let (mut world, alice, request) = setup();
    world.vm.set_time(DEADLINE);
    let settle = SettleRedemption::new(&mut world, &request, SHARE);
    let late = acknowledge(&mut world, &request);
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    let gone = ErrorCode::AccountOwnedByWrongProgram.into();
    assert_fails_with(reclaim(&world, &request).send(&mut world.vm, &[&alice]), gone);
    assert_fails_with(settle.send(&mut world), gone);
    assert_fails_with(late.send(&mut world), gone);
    assert_eq!((world.supply(), world.balance(&alice.pubkey())), (3 * SHARE, 3 * SHARE));
}

#[test]
fn reclaim_redemption_takes_nothing_of_another_owners() {
    let (mut world, alice, request) = setup();
    let bob = world.holder("bob", 5 * SHARE);
    let bobs = RequestRedemption::new(&world, &bob.pubkey(), 0, 5 * SHARE);
    bobs.send(&mut world, &bob).unwrap();
    world.vm.set_time(DEADLINE);
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (3 * SHARE, 5 * SHARE));
    let redemption: Redemption = world.vm.state(&bobs.accounts.redemption);
    assert_eq!((redemption.amount_left, world.ticker().open_redemptions), (5 * SHARE, 5 * SHARE));
}

#[test]
fn reclaim_redemption_returns_the_rent_to_who_paid_it() {
    let mut world = World::new();
    let alice = world.holder("alice", SHARE);
    let friend = key("friend");
    world.vm.svm.airdrop(&friend.pubkey(), 10_000_000).unwrap();
    let mut request = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    request.accounts.payer = friend.pubkey();
    world.vm.send(&[request.instruction()], &[&alice, &friend]).unwrap();
    assert!(world.vm.account(&friend.pubkey()).unwrap().lamports < 10_000_000);

    world.vm.set_time(DEADLINE);
    let mut call = reclaim(&world, &request);
    call.accounts.rent_payer = world.vm.payer.pubkey();
    assert_fails(call.send(&mut world.vm, &[&alice]), IssuerError::WrongRentPayer);
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!(world.vm.account(&friend.pubkey()).unwrap().lamports, 10_000_000);
}

#[test]
fn reclaim_redemption_gives_a_transfer_hook_the_accounts_it_asks_for() {
    let (mut world, alice, request) = setup();
    let caller = Caller::deploy(&mut world.vm);
    // The ticker itself, which is being written meanwhile.
    let ticker = world.listed.accounts.ticker;
    let hook_accounts = caller.hook(&mut world, ticker);
    pause_ticker(&mut world, pause::TRANSFER);
    world.vm.set_time(DEADLINE);

    let mut call = reclaim(&world, &request);
    call.remaining = vec![hook_accounts[1].clone()];
    assert_fails_with(call.send(&mut world.vm, &[&alice]), ACCOUNTS_MISSING);
    call.remaining = hook_accounts;
    call.send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (3 * SHARE, 0));
    let ticker = world.ticker();
    assert_eq!((ticker.open_redemptions, ticker.stream.sequence), (0, 4));
    assert!(world.mint_is_paused());
}
