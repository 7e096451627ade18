//! Pauses: of an issuer, of a ticker, and of a mint itself. Who may pause may not lift.

use issuer::{
    error::IssuerError,
    event::{IssuerPauseChanged, TickerPauseChanged, TransferPauseSynced},
    state::{Issuer, pause, role},
};
use scrip_interface::mint::{Mint, TOKEN_2022};
use scrip_tests::{
    build::{
        AttestMint, RequestRedemption, Rival, grant_role, role_grant, set_issuer_pause,
        set_ticker_pause, sync_transfer_pause, token_account,
    },
    vm::{Outcome, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_instruction_error::InstructionError;
use solana_keypair::Keypair;
use solana_signer::Signer;
use solana_transaction_error::TransactionError;
use spl_token_2022_interface::{error::TokenError, instruction::transfer_checked};

/// A world, a wallet with the PAUSE role and one with the UNPAUSE role.
fn setup() -> (World, Keypair, Keypair) {
    let (mut world, pauser, unpauser) = (World::new(), key("pauser"), key("unpauser"));
    let admin = world.admin.insecure_clone();
    for (wallet, role) in [(&pauser, role::PAUSE), (&unpauser, role::UNPAUSE)] {
        grant_role(&world, &wallet.pubkey(), role).send(&mut world.vm, &[&admin]).unwrap();
    }
    (world, pauser, unpauser)
}

/// A wallet asks by its own grant.
fn ask_issuer(world: &mut World, wallet: &Keypair, set: u8, lift: u8) -> Outcome {
    let mut call = set_issuer_pause(world, set, lift);
    call.accounts.operator = wallet.pubkey();
    call.accounts.role_grant = Some(role_grant(world, &wallet.pubkey()));
    call.send(&mut world.vm, &[wallet])
}

fn ask_ticker(world: &mut World, wallet: &Keypair, set: u8, lift: u8) -> Outcome {
    let mut call = set_ticker_pause(world, set, lift);
    call.accounts.operator = wallet.pubkey();
    call.accounts.role_grant = Some(role_grant(world, &wallet.pubkey()));
    call.send(&mut world.vm, &[wallet])
}

/// Of the issuer, of the ticker, and whether the mint itself is paused.
fn pauses(world: &World) -> (u8, u8, bool) {
    let mint = world.vm.account(&world.mint()).unwrap();
    let paused = Mint::parse(&mint.data).unwrap().is_paused();
    (world.vm.state::<Issuer>(&world.issuer()).pauses, world.ticker().pauses, paused)
}

/// By Token-2022 alone, from Alice to Bob.
fn plain_transfer(world: &mut World, alice: &Keypair) -> Outcome {
    let (bob, mint) = (world.investor("bob").pubkey(), world.mint());
    let (from, to) = (token_account(&alice.pubkey(), &mint), token_account(&bob, &mint));
    let owner = alice.pubkey();
    let transfer = transfer_checked(&TOKEN_2022, &from, &mint, &to, &owner, &[], 5, 8).unwrap();
    world.vm.send(&[transfer], &[alice])
}

#[test]
fn set_issuer_pause_pauses_and_lifts_bit_by_bit() {
    let (mut world, pauser, unpauser) = setup();
    let mut expected = 0;
    for bit in [pause::MINT, pause::REDEEM_REQUEST, pause::CASH, pause::TRANSFER] {
        let receipt = ask_issuer(&mut world, &pauser, bit, 0).unwrap();
        expected |= bit;
        let [event] = &receipt.events::<IssuerPauseChanged>()[..] else { panic!("one event") };
        assert_eq!((event.operator, event.pauses), (pauser.pubkey(), expected));
        assert_eq!(pauses(&world), (expected, 0, false));
    }
    // Pausing what is paused changes nothing.
    ask_issuer(&mut world, &pauser, pause::ALL, 0).unwrap();
    ask_issuer(&mut world, &unpauser, 0, pause::CASH).unwrap();
    assert_eq!(pauses(&world).0, pause::ALL & !pause::CASH);
}

#[test]
fn set_ticker_pause_pauses_and_lifts_bit_by_bit() {
    let (mut world, pauser, unpauser) = setup();
    let receipt = ask_ticker(&mut world, &pauser, pause::MINT | pause::CASH, 0).unwrap();
    let [event] = &receipt.events::<TickerPauseChanged>()[..] else { panic!("one event") };
    assert_eq!((event.mint, event.operator), (world.mint(), pauser.pubkey()));
    assert_eq!(event.pauses, pause::MINT | pause::CASH);
    ask_ticker(&mut world, &unpauser, 0, pause::MINT).unwrap();
    assert_eq!(pauses(&world), (0, pause::CASH, false));
}

#[test]
fn who_may_pause_may_not_lift_and_the_other_way_round() {
    let (mut world, pauser, unpauser) = setup();
    ask_issuer(&mut world, &pauser, pause::ALL, 0).unwrap();
    ask_ticker(&mut world, &pauser, pause::ALL, 0).unwrap();
    let before = pauses(&world);
    for (wallet, set, lift) in [
        (&pauser, 0, pause::MINT),
        (&pauser, pause::CASH, pause::MINT),
        (&unpauser, pause::MINT, 0),
        (&unpauser, pause::CASH, pause::MINT),
    ] {
        let outcome = ask_issuer(&mut world, wallet, set, lift);
        assert_fails(outcome, IssuerError::PowerMissing);
        let outcome = ask_ticker(&mut world, wallet, set, lift);
        assert_fails(outcome, IssuerError::PowerMissing);
    }
    assert_eq!(pauses(&world), before);
}

#[test]
fn one_with_both_roles_pauses_and_lifts_at_once() {
    let (mut world, both) = (World::new(), key("both"));
    let admin = world.admin.insecure_clone();
    let grant = grant_role(&world, &both.pubkey(), role::PAUSE | role::UNPAUSE);
    grant.send(&mut world.vm, &[&admin]).unwrap();
    ask_ticker(&mut world, &both, pause::MINT, 0).unwrap();
    ask_ticker(&mut world, &both, pause::CASH, pause::MINT).unwrap();
    assert_eq!(pauses(&world).1, pause::CASH);
}

#[test]
fn pauses_reject_a_mask_of_none_unknown_or_contradicting_bits() {
    let (mut world, _, _) = setup();
    let admin = world.admin.insecure_clone();
    for (set, lift) in [(0, 0), (pause::ALL + 1, 0), (0, 1 << 7), (3, 6), (u8::MAX, u8::MAX)] {
        let outcome = set_issuer_pause(&world, set, lift).send(&mut world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::PauseInvalid);
        let outcome = set_ticker_pause(&world, set, lift).send(&mut world.vm, &[&admin]);
        assert_fails(outcome, IssuerError::PauseInvalid);
    }
    // Nobody's question is refused the same way, and says nothing.
    let mut call = set_issuer_pause(&world, 0, 0);
    call.accounts.operator = key("thief").pubkey();
    assert_fails(call.send(&mut world.vm, &[&key("thief")]), IssuerError::PauseInvalid);
    assert_eq!(pauses(&world), (0, 0, false));
}

#[test]
fn pauses_reject_another_issuers_admin_and_accounts() {
    let (mut world, _, _) = setup();
    let rival = Rival::new(&mut world);
    let mut call = set_issuer_pause(&world, pause::ALL, 0);
    call.accounts.operator = rival.admin.pubkey();
    assert_fails(call.send(&mut world.vm, &[&rival.admin]), IssuerError::PowerMissing);
    let mut call = set_ticker_pause(&world, pause::ALL, 0);
    call.accounts.operator = rival.admin.pubkey();
    assert_fails(call.send(&mut world.vm, &[&rival.admin]), IssuerError::PowerMissing);
    call.accounts.issuer = rival.issuer;
    assert_fails(call.send(&mut world.vm, &[&rival.admin]), IssuerError::WrongIssuer);
    // The rival's own ticker with the victim's mint.
    call.accounts.ticker = rival.listed.accounts.ticker;
    assert_fails(call.send(&mut world.vm, &[&rival.admin]), IssuerError::WrongMint);
    assert_eq!(pauses(&world), (0, 0, false));
}

#[test]
fn a_pause_of_minting_or_requests_stops_just_that() {
    for of_issuer in [true, false] {
        let (mut world, pauser, unpauser) = setup();
        let alice = world.holder("alice", SHARE);
        let ask = |world: &mut World, wallet: &Keypair, set, lift| {
            let ask = if of_issuer { ask_issuer } else { ask_ticker };
            ask(world, wallet, set, lift).unwrap();
        };
        ask(&mut world, &pauser, pause::MINT, 0);
        let mint = AttestMint::new(&mut world, &alice.pubkey(), SHARE);
        assert_fails(mint.send(&mut world), IssuerError::MintingPaused);
        let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 1);
        request.send(&mut world, &alice).unwrap();

        ask(&mut world, &unpauser, 0, pause::MINT);
        ask(&mut world, &pauser, pause::REDEEM_REQUEST, 0);
        mint.send(&mut world).unwrap();
        let request = RequestRedemption::new(&world, &alice.pubkey(), 1, 1);
        let outcome = request.send(&mut world, &alice);
        assert_fails(outcome, IssuerError::RedemptionRequestsPaused);
        plain_transfer(&mut world, &alice).unwrap();
        assert_eq!((world.supply(), world.escrow_balance()), (2 * SHARE, 1));
    }
}

#[test]
fn a_tickers_pause_of_movements_stops_token_2022_itself() {
    let (mut world, pauser, unpauser) = setup();
    let alice = world.holder("alice", SHARE);
    ask_ticker(&mut world, &pauser, pause::TRANSFER, 0).unwrap();
    assert_eq!(pauses(&world), (0, pause::TRANSFER, true));
    let outcome = plain_transfer(&mut world, &alice);
    assert_fails_with(outcome, TokenError::MintPaused as u32);
    let mint = AttestMint::new(&mut world, &alice.pubkey(), SHARE);
    assert_fails(mint.send(&mut world), IssuerError::TransfersPaused);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 1);
    assert_fails(request.send(&mut world, &alice), IssuerError::TransfersPaused);
    assert_eq!(world.balance(&alice.pubkey()), SHARE);

    ask_ticker(&mut world, &unpauser, 0, pause::TRANSFER).unwrap();
    assert_eq!(pauses(&world), (0, 0, false));
    plain_transfer(&mut world, &alice).unwrap();
}

#[test]
fn an_issuers_pause_of_movements_reaches_each_mint_by_sync() {
    let (mut world, pauser, unpauser) = setup();
    let alice = world.holder("alice", SHARE);
    ask_issuer(&mut world, &pauser, pause::TRANSFER, 0).unwrap();
    // This program heeds it before anybody has told the mint.
    assert_eq!(pauses(&world), (pause::TRANSFER, 0, false));
    let mint = AttestMint::new(&mut world, &alice.pubkey(), SHARE);
    assert_fails(mint.send(&mut world), IssuerError::TransfersPaused);
    let request = RequestRedemption::new(&world, &alice.pubkey(), 0, 1);
    assert_fails(request.send(&mut world, &alice), IssuerError::TransfersPaused);

    let receipt = sync_transfer_pause(&world).send(&mut world.vm, &[]).unwrap();
    let [event] = &receipt.events::<TransferPauseSynced>()[..] else { panic!("one event") };
    assert_eq!((event.mint, event.paused), (world.mint(), true));
    assert!(pauses(&world).2);
    let outcome = plain_transfer(&mut world, &alice);
    assert_fails_with(outcome, TokenError::MintPaused as u32);
    // Once more changes nothing, and is no event.
    let stream = world.ticker().stream;
    let receipt = sync_transfer_pause(&world).send(&mut world.vm, &[]).unwrap();
    assert!(receipt.event_bytes().is_empty());
    assert_eq!(world.ticker().stream, stream);

    ask_issuer(&mut world, &unpauser, 0, pause::TRANSFER).unwrap();
    assert!(pauses(&world).2, "the mint does not know yet");
    let receipt = sync_transfer_pause(&world).send(&mut world.vm, &[]).unwrap();
    assert!(!receipt.events::<TransferPauseSynced>()[0].paused);
    plain_transfer(&mut world, &alice).unwrap();
}

#[test]
fn an_issuers_pause_that_another_ones_call_carries_over_is_told() {
    let (mut world, pauser, unpauser) = setup();
    for (issuers, paused) in [([pause::TRANSFER, 0], true), ([0, pause::TRANSFER], false)] {
        let asks = if paused { &pauser } else { &unpauser };
        ask_issuer(&mut world, asks, issuers[0], issuers[1]).unwrap();
        let receipt = ask_ticker(&mut world, &pauser, pause::CASH, 0).unwrap();
        assert_eq!(pauses(&world).2, paused);
        let [event] = &receipt.events::<TransferPauseSynced>()[..] else { panic!("one event") };
        assert_eq!((event.mint, event.paused), (world.mint(), paused));
        assert_eq!(receipt.events::<TickerPauseChanged>()[0].sequence, event.sequence + 1);
    }
    // The ticker's own word says it by itself.
    let receipt = ask_ticker(&mut world, &pauser, pause::TRANSFER, 0).unwrap();
    assert!(receipt.events::<TransferPauseSynced>().is_empty());
}

#[test]
fn a_mint_stays_paused_while_either_issuer_or_ticker_says_so() {
    let (mut world, pauser, unpauser) = setup();
    ask_issuer(&mut world, &pauser, pause::TRANSFER, 0).unwrap();
    ask_ticker(&mut world, &pauser, pause::TRANSFER, 0).unwrap();
    ask_ticker(&mut world, &unpauser, 0, pause::TRANSFER).unwrap();
    assert_eq!(pauses(&world), (pause::TRANSFER, 0, true));
    ask_ticker(&mut world, &pauser, pause::TRANSFER, 0).unwrap();
    ask_issuer(&mut world, &unpauser, 0, pause::TRANSFER).unwrap();
    sync_transfer_pause(&world).send(&mut world.vm, &[]).unwrap();
    assert_eq!(pauses(&world), (0, pause::TRANSFER, true));
    ask_ticker(&mut world, &unpauser, 0, pause::TRANSFER).unwrap();
    assert_eq!(pauses(&world), (0, 0, false));
}

/// Nobody lifts a pause by what the mint is compared with.
#[test]
fn sync_transfer_pause_rejects_accounts_that_do_not_belong_together() {
    let (mut world, pauser, _) = setup();
    let rival = Rival::new(&mut world);
    ask_ticker(&mut world, &pauser, pause::TRANSFER, 0).unwrap();
    let mut call = sync_transfer_pause(&world);
    call.accounts.issuer = rival.issuer;
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::WrongIssuer);
    let mut call = sync_transfer_pause(&world);
    call.accounts.issuer = rival.issuer;
    call.accounts.ticker = rival.listed.accounts.ticker;
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::WrongMint);
    // A mint that should be paused, and an authority that is another mint's.
    world.edit_ticker(|ticker| ticker.pauses = 0);
    let mut call = sync_transfer_pause(&world);
    call.accounts.authority = rival.listed.accounts.authority;
    let failure = call.send(&mut world.vm, &[]).unwrap_err();
    let expected = TransactionError::InstructionError(0, InstructionError::PrivilegeEscalation);
    assert_eq!(failure.error, expected, "{:#?}", failure.logs);
    assert!(pauses(&world).2);
}
