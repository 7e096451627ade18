use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::RedemptionSettled,
    state::{Redemption, pause},
};
use scrip_interface::attestation::{Kind, SettleBody};
use scrip_tests::{
    build::{
        RequestRedemption, SettleRedemption, TERMS, acknowledge, cancel, pause_issuer,
        pause_ticker, reclaim, token_account,
    },
    vm::{assert_fails, assert_fails_with},
    world::{SHARE, World},
};
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;
use spl_token_2022_interface::instruction::{burn_checked, transfer_checked};

/// Alice holds one share and has two in escrow.
fn setup() -> (World, Keypair, RequestRedemption) {
    let mut world = World::new();
    let alice = world.holder("alice", 3 * SHARE);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 2 * SHARE);
    request.send(&mut world, &alice).unwrap();
    (world, alice, request)
}

#[track_caller]
fn rejected(change: impl FnOnce(&mut SettleRedemption, &mut World), expected: IssuerError) {
    let (mut world, _, request) = setup();
    let mut settle = SettleRedemption::new(&mut world, &request, SHARE);
    change(&mut settle, &mut world);
    assert_fails(settle.send(&mut world), expected);
    assert_eq!((world.supply(), world.escrow_balance()), (3 * SHARE, 2 * SHARE));
}

#[track_caller]
fn mismatch(change: impl FnOnce(&mut SettleBody)) {
    let change = |settle: &mut SettleRedemption, _: &mut World| {
        let mut body = settle.body();
        change(&mut body);
        settle.body = Some(body);
    };
    rejected(change, IssuerError::AttestationMismatch);
}

#[test]
fn settle_redemption_burns_and_returns_the_rent() {
    let (mut world, alice, request) = setup();
    let rent = world.vm.account(&request.accounts.redemption).unwrap().lamports;
    let before = world.vm.account(&world.vm.payer.pubkey()).unwrap().lamports;
    let settle = SettleRedemption::new(&mut world, &request, 2 * SHARE);
    let receipt = settle.send(&mut world).unwrap();

    assert_eq!((world.supply(), world.escrow_balance()), (SHARE, 0));
    let ticker = world.ticker();
    assert_eq!((ticker.minted, ticker.redeemed), (3 * SHARE, 2 * SHARE));
    assert_eq!(ticker.open_redemptions, 0);
    assert!(world.vm.account(&request.accounts.redemption).is_none());
    let after = world.vm.account(&world.vm.payer.pubkey()).unwrap().lamports;
    assert_eq!(after, before + rent - receipt.meta.fee);
    let [event] = &receipt.events::<RedemptionSettled>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.owner), (3, alice.pubkey()));
    assert_eq!((event.amount, event.amount_left), (2 * SHARE, 0));
    assert_eq!((event.payout_reference, event.signers), ([9; 32], 0b00111));
}

#[test]
fn settle_redemption_settles_in_parts() {
    let (mut world, _, request) = setup();
    SettleRedemption::new(&mut world, &request, SHARE / 2).send(&mut world).unwrap();
    let redemption: Redemption = world.vm.state(&request.accounts.redemption);
    assert_eq!((redemption.amount, redemption.amount_left), (2 * SHARE, 3 * SHARE / 2));
    assert_eq!(world.ticker().open_redemptions, 3 * SHARE / 2);
    let too_much = SettleRedemption::new(&mut world, &request, 2 * SHARE);
    assert_fails(too_much.send(&mut world), IssuerError::AmountAboveRedemption);
    SettleRedemption::new(&mut world, &request, 3 * SHARE / 2).send(&mut world).unwrap();
    assert_eq!((world.supply(), world.escrow_balance()), (SHARE, 0));
}

#[test]
fn settle_redemption_rejects_the_same_attestation_again() {
    let (mut world, _, request) = setup();
    let settle = SettleRedemption::new(&mut world, &request, SHARE / 2);
    settle.send(&mut world).unwrap();
    assert_fails(settle.send(&mut world), IssuerError::NonceUsed);
    assert_eq!(world.supply(), 5 * SHARE / 2);
}

#[test]
fn settle_redemption_counts_nothing_signed_for_a_closed_redemption_of_the_same_id() {
    let (mut world, alice, request) = setup();
    let settle = SettleRedemption::new(&mut world, &request, 2 * SHARE);
    settle.send(&mut world).unwrap();
    // The owner opens the same id again: the old settlement is spent.
    let again = RequestRedemption::new(&world, &alice.pubkey(), 0, SHARE);
    again.send(&mut world, &alice).unwrap();
    let mut replay = settle.clone();
    assert_fails(replay.send(&mut world), IssuerError::AmountAboveRedemption);
    replay.args.amount = SHARE;
    replay.body = Some(settle.body());
    assert_fails(replay.send(&mut world), IssuerError::AttestationMismatch);
    assert_eq!(world.escrow_balance(), SHARE);
}

#[test]
fn settle_redemption_counts_nothing_signed_for_an_earlier_request_of_the_same_terms() {
    let (mut world, alice, request) = setup();
    let signed = SettleRedemption::new(&mut world, &request, 2 * SHARE);
    cancel(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    request.send(&mut world, &alice).unwrap();
    // Same owner, same address, same amount, a fresh nonce: only the request's number differs.
    assert_fails(signed.send(&mut world), IssuerError::AttestationMismatch);
    SettleRedemption::new(&mut world, &request, 2 * SHARE).send(&mut world).unwrap();
}

#[test]
fn settle_redemption_settles_in_parts_while_everything_is_paused() {
    let (mut world, _, request) = setup();
    pause_issuer(&mut world, pause::ALL);
    pause_ticker(&mut world, pause::ALL);
    for amount in [SHARE / 2, 3 * SHARE / 2] {
        SettleRedemption::new(&mut world, &request, amount).send(&mut world).unwrap();
        assert!(world.mint_is_paused());
    }
    assert_eq!((world.supply(), world.escrow_balance()), (SHARE, 0));
}

#[test]
fn settle_redemption_cannot_lift_a_pause_with_another_authority() {
    let (mut world, _, request) = setup();
    pause_ticker(&mut world, pause::TRANSFER);
    let mut settle = SettleRedemption::new(&mut world, &request, SHARE);
    settle.accounts.authority = settle.accounts.escrow;
    // The seeds sign for the mint's authority only.
    let outcome = settle.send(&mut world).unwrap_err().error;
    let unsigned = InstructionError::PrivilegeEscalation;
    assert_eq!(outcome, TransactionError::InstructionError(1, unsigned));
    assert_eq!(world.escrow_balance(), 2 * SHARE);
}

#[test]
fn settle_redemption_works_after_the_deadline_until_the_owner_reclaims() {
    let (mut world, alice, request) = setup();
    acknowledge(&mut world, &request).send(&mut world).unwrap();
    world.vm.set_time(world.vm.now() + 2 * i64::from(TERMS.redemption_secs));
    SettleRedemption::new(&mut world, &request, SHARE).send(&mut world).unwrap();
    let late = SettleRedemption::new(&mut world, &request, SHARE);
    reclaim(&world, &request).send(&mut world.vm, &[&alice]).unwrap();
    assert_fails_with(late.send(&mut world), ErrorCode::AccountOwnedByWrongProgram.into());
    assert_eq!((world.supply(), world.balance(&alice.pubkey())), (2 * SHARE, 2 * SHARE));
}

#[test]
fn settle_redemption_rejects_a_message_about_anything_else() {
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
    mismatch(|body| body.amount += 1);
    mismatch(|body| body.payout_reference[0] ^= 1);
}

#[test]
fn settle_redemption_rejects_too_few_signatures_and_a_set_outside_its_kinds() {
    rejected(|settle, _| settle.signers = vec![0, 1], IssuerError::ThresholdNotReached);
    let without_settle = |_: &mut SettleRedemption, world: &mut World| {
        let kinds = (Kind::ALL_BITS & !Kind::Settle.bit()).to_le_bytes();
        let set = world.attestor_set;
        world.vm.edit(&set, |account| account.data[16..18].copy_from_slice(&kinds));
    };
    rejected(without_settle, IssuerError::KindNotAllowed);
}

#[test]
fn settle_redemption_rejects_nothing() {
    rejected(|settle, _| settle.args.amount = 0, IssuerError::AmountZero);
}

#[test]
fn settle_redemption_rejects_accounts_that_do_not_belong_together() {
    rejected(
        |settle, world| settle.accounts.rent_payer = world.investor("thief").pubkey(),
        IssuerError::WrongRentPayer,
    );
    rejected(
        |settle, world| {
            let alice = world.investor("alice").pubkey();
            settle.accounts.escrow_account = token_account(&alice, &world.mint());
        },
        IssuerError::WrongEscrow,
    );
    rejected(
        |settle, world| settle.accounts.nonces = world.list_another().accounts.nonces,
        IssuerError::WrongSubject,
    );
    rejected(
        |settle, world| settle.accounts.mint = world.list_another().accounts.mint,
        IssuerError::WrongMint,
    );
    rejected(
        |settle, world| settle.accounts.issuer = world.another_issuer(),
        IssuerError::WrongIssuer,
    );
    rejected(
        |settle, world| settle.accounts.attestor_set = world.another_custodians_set(),
        IssuerError::WrongCustodian,
    );
    // Another ticker and everything of it, but for the redemption.
    rejected(
        |settle, world| {
            let other = world.list_another().accounts;
            settle.accounts.ticker = other.ticker;
            settle.accounts.mint = other.mint;
            settle.accounts.nonces = other.nonces;
            settle.accounts.escrow = other.escrow;
            settle.accounts.escrow_account = other.escrow_account;
        },
        IssuerError::WrongMint,
    );
}

#[test]
fn settle_redemption_rejects_a_fake_sysvar() {
    let (mut world, _, request) = setup();
    let mut settle = SettleRedemption::new(&mut world, &request, SHARE);
    settle.accounts.signatures = world.vm.payer.pubkey();
    assert_fails(settle.send(&mut world), IssuerError::Ed25519Missing);
}

#[test]
fn settle_redemption_is_not_stopped_by_holders_burns_nor_by_gifts() {
    let (mut world, alice, request) = setup();
    let (owner, mint) = (alice.pubkey(), world.mint());
    let account = token_account(&owner, &mint);
    let token = scrip_interface::mint::TOKEN_2022;
    let burn = burn_checked(&token, &account, &mint, &owner, &[], SHARE / 4, 8).unwrap();
    let escrow = world.listed.accounts.escrow_account;
    let gift = transfer_checked(&token, &account, &mint, &escrow, &owner, &[], 5, 8).unwrap();
    world.vm.send(&[burn, gift], &[&alice]).unwrap();

    SettleRedemption::new(&mut world, &request, 2 * SHARE).send(&mut world).unwrap();
    assert_eq!((world.escrow_balance(), world.ticker().open_redemptions), (5, 0));
    assert_eq!(world.supply(), SHARE - SHARE / 4);
}

#[test]
fn settle_redemption_stops_where_the_books_would_not_balance() {
    let change = |_: &mut SettleRedemption, world: &mut World| {
        world.edit_ticker(|ticker| ticker.open_redemptions = 0);
    };
    rejected(change, IssuerError::InvariantEscrow);
    let change = |_: &mut SettleRedemption, world: &mut World| {
        world.edit_ticker(|ticker| ticker.redeemed = u64::MAX);
    };
    rejected(change, IssuerError::AmountOverflow);
}
