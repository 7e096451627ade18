//! Cancelling, and what all three ways back out of the escrow have in common.

use anchor_lang::{InstructionData, error::ErrorCode};
use issuer::{
    accounts::ReturnRedemption,
    error::IssuerError,
    event::{RedemptionReturned, ReturnReason},
    state::pause,
};
use scrip_tests::{
    build::{
        Call, RequestRedemption, SettleRedemption, acknowledge, cancel, claim, pause_issuer,
        pause_ticker, reclaim, reject, token_account,
    },
    gate::other_token_account,
    vm::{Outcome, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_signer::Signer;

/// Alice has two of her three shares in escrow.
fn setup() -> (World, Keypair, RequestRedemption) {
    let mut world = World::new();
    let alice = world.holder("alice", 3 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 2 * SHARE);
    request.send(&mut world, &alice).unwrap();
    (world, alice, request)
}

type Change<'c> = &'c dyn Fn(&mut ReturnRedemption, &mut World);

/// Each of the three ways, where it is open, with the same change. Nothing moves if it fails.
fn each_way(signer: &Keypair, change: Change) -> [Outcome; 3] {
    [
        way(signer, change, |_, _| (), cancel),
        way(
            signer,
            change,
            |world, request| drop(reject(world, request, 1).send(world).unwrap()),
            claim,
        ),
        way(
            signer,
            change,
            |world, request| {
                let deadline = world.vm.now() + i64::from(world.ticker().redemption_secs);
                world.vm.set_time(deadline);
                assert!(world.vm.account(&request.accounts.redemption).is_some());
            },
            reclaim,
        ),
    ]
}

fn way<D: InstructionData>(
    signer: &Keypair,
    change: Change,
    open: impl FnOnce(&mut World, &RequestRedemption),
    call: impl FnOnce(&World, &RequestRedemption) -> Call<ReturnRedemption, D>,
) -> Outcome {
    let (mut world, alice, request) = setup();
    open(&mut world, &request);
    let mut call = call(&world, &request);
    change(&mut call.accounts, &mut world);
    let outcome = call.send(&mut world.vm, &[signer]);
    let (held, escrow) = (world.balance(&alice.pubkey()), world.escrow_balance());
    let returned = if outcome.is_ok() { 2 * SHARE } else { 0 };
    assert_eq!((held, escrow), (SHARE + returned, 2 * SHARE - returned));
    assert_eq!(world.vm.account(&request.accounts.redemption).is_some(), outcome.is_err());
    outcome
}

#[track_caller]
fn all_reject(change: Change, expected: IssuerError) {
    for outcome in each_way(&key("alice"), change) {
        assert_fails(outcome, expected);
    }
}

#[track_caller]
fn all_reject_with(change: Change, expected: u32) {
    for outcome in each_way(&key("alice"), change) {
        assert_fails_with(outcome, expected);
    }
}

#[test]
fn the_shares_come_back_each_way() {
    for outcome in each_way(&key("alice"), &|_, _| ()) {
        outcome.unwrap();
    }
}

#[test]
fn cancel_redemption_returns_shares_and_rent_and_frees_the_id() {
    let (mut world, alice, request) = setup();
    let rent = world.vm.account(&request.accounts.redemption).unwrap().lamports;
    let before = world.vm.account(&world.vm.payer.pubkey()).unwrap().lamports;
    let receipt = cancel(&world, &request).send(&mut world.vm, &[&alice]).unwrap();

    let after = world.vm.account(&world.vm.payer.pubkey()).unwrap().lamports;
    assert_eq!(after, before + rent - receipt.meta.fee);
    assert_eq!((world.supply(), world.ticker().open_redemptions), (3 * SHARE, 0));
    assert_eq!((world.ticker().minted, world.ticker().redeemed), (3 * SHARE, 0));
    let [event] = &receipt.events::<RedemptionReturned>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.mint), (3, world.mint()));
    assert_eq!((event.redemption, event.owner), (request.accounts.redemption, alice.pubkey()));
    assert_eq!((event.amount, event.reason), (2 * SHARE, ReturnReason::Cancelled));
    request.send(&mut world, &alice).unwrap();
}

#[test]
fn cancel_redemption_returns_what_was_not_settled() {
    let (mut world, alice, request) = setup();
    SettleRedemption::new(&mut world, &request, SHARE / 2).send(&mut world).unwrap();
    cancel(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_eq!((world.balance(&alice.pubkey()), world.escrow_balance()), (5 * SHARE / 2, 0));
    assert_eq!(world.ticker().redeemed, SHARE / 2);
}

#[test]
fn cancel_redemption_is_over_once_the_custodian_took_it_up() {
    let (mut world, alice, request) = setup();
    acknowledge(&mut world, &request).send(&mut world).unwrap();
    let outcome = cancel(&world, &request).send(&mut world.vm, &[&alice]);
    assert_fails(outcome, IssuerError::RedemptionAcknowledged);
    assert_eq!(world.escrow_balance(), 2 * SHARE);
}

#[test]
fn cancel_redemption_heeds_the_pause_of_movements_only() {
    let pausers: [fn(&mut World, u8); 2] = [pause_ticker, pause_issuer];
    for pause_for in pausers {
        let (mut world, alice, request) = setup();
        pause_for(&mut world, pause::TRANSFER);
        let outcome = cancel(&world, &request).send(&mut world.vm, &[&alice]);
        assert_fails(outcome, IssuerError::TransfersPaused);
        assert_eq!(world.escrow_balance(), 2 * SHARE);

        let (mut world, alice, request) = setup();
        pause_for(&mut world, pause::ALL & !pause::TRANSFER);
        cancel(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    }
}

#[test]
fn nobody_but_the_owner_takes_the_shares_back() {
    let thief = key("thief");
    let as_owner: Change = &|accounts, world| {
        accounts.owner = world.investor("thief").pubkey();
        accounts.destination = token_account(&accounts.owner, &accounts.mint);
    };
    for outcome in each_way(&thief, as_owner) {
        assert_fails(outcome, IssuerError::NotRedemptionOwner);
    }
}

#[test]
fn the_owner_signs() {
    let (mut world, _, request) = setup();
    let mut instruction = cancel(&world, &request).instruction();
    instruction.accounts[0].is_signer = false;
    let outcome = world.vm.send(&[instruction], &[]);
    assert_fails_with(outcome, ErrorCode::AccountNotSigner.into());
    assert_eq!(world.escrow_balance(), 2 * SHARE);
}

#[test]
fn the_shares_go_to_an_account_that_is_and_stays_the_owners() {
    all_reject(
        &|accounts, world| {
            let bob = world.investor("bob").pubkey();
            accounts.destination = token_account(&bob, &accounts.mint);
        },
        IssuerError::DestinationNotAssociated,
    );
    all_reject(
        &|accounts, _| accounts.destination = accounts.owner,
        IssuerError::DestinationNotAssociated,
    );
    // The owner's, and not where compliance looks for it.
    all_reject(
        &|accounts, world| {
            let (mint, owner) = (accounts.mint, accounts.owner);
            accounts.destination = other_token_account(&mut world.vm, &mint, &owner, "odd", true);
        },
        IssuerError::DestinationNotAssociated,
    );
    all_reject(
        &|accounts, world| {
            let other = world.list_another().accounts.mint;
            accounts.destination = world.token_account_of(&accounts.owner, &other);
        },
        IssuerError::DestinationNotAssociated,
    );
}

#[test]
fn a_closed_account_is_made_again_first() {
    let (mut world, alice, request) = setup();
    let cancel = cancel(&world, &request);
    world.vm.svm.set_account(cancel.accounts.destination, Default::default()).unwrap();
    assert_fails(cancel.send(&mut world.vm, &[&alice]), IssuerError::WrongDestinationOwner);
    assert_eq!(world.escrow_balance(), 2 * SHARE);
}

#[test]
fn accounts_that_do_not_belong_together_are_rejected() {
    all_reject(
        &|accounts, world| accounts.escrow_account = world.list_another().accounts.escrow_account,
        IssuerError::WrongEscrow,
    );
    all_reject(
        &|accounts, world| accounts.mint = world.list_another().accounts.mint,
        IssuerError::WrongMint,
    );
    all_reject(
        &|accounts, world| accounts.issuer = world.another_issuer(),
        IssuerError::WrongIssuer,
    );
    all_reject(
        &|accounts, world| accounts.rent_payer = world.investor("thief").pubkey(),
        IssuerError::WrongRentPayer,
    );
    // Another ticker and everything of it, but for the redemption.
    all_reject(
        &|accounts, world| {
            let other = world.list_another().accounts;
            accounts.ticker = other.ticker;
            accounts.mint = other.mint;
            accounts.escrow = other.escrow;
            accounts.escrow_account = other.escrow_account;
            accounts.authority = other.authority;
        },
        IssuerError::WrongMint,
    );
    // The other escrow's owner, who cannot sign here.
    let (mut world, alice, request) = setup();
    let mut call = cancel(&world, &request);
    call.accounts.escrow = world.list_another().accounts.escrow;
    let outcome = call.send(&mut world.vm, &[&alice]).unwrap_err().error;
    let unsigned = solana_instruction_error::InstructionError::PrivilegeEscalation;
    assert_eq!(outcome, solana_transaction_error::TransactionError::InstructionError(0, unsigned));
}

#[test]
fn a_redemption_that_this_program_did_not_write_is_rejected() {
    all_reject_with(
        &|accounts, world| {
            let token = scrip_interface::mint::TOKEN_2022;
            let fake = key("look-alike").pubkey();
            let mut account = world.vm.account(&accounts.redemption).unwrap();
            account.owner = token;
            world.vm.svm.set_account(fake, account).unwrap();
            accounts.redemption = fake;
        },
        ErrorCode::AccountOwnedByWrongProgram.into(),
    );
    all_reject_with(
        &|accounts, _| accounts.redemption = accounts.ticker,
        ErrorCode::AccountDiscriminatorMismatch.into(),
    );
}

#[test]
fn a_return_stops_where_the_books_would_not_balance() {
    all_reject(
        &|_, world| world.edit_ticker(|ticker| ticker.open_redemptions = 2 * SHARE - 1),
        IssuerError::InvariantEscrow,
    );
    all_reject(
        &|_, world| world.edit_ticker(|ticker| ticker.open_redemptions = 2 * SHARE + 1),
        IssuerError::InvariantEscrow,
    );
    all_reject(
        &|_, world| world.edit_ticker(|ticker| ticker.redeemed = 1),
        IssuerError::InvariantSupply,
    );
}
