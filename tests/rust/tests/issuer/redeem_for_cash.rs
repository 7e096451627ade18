//! Shares against cash: both move, or neither.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::SharesRedeemed,
    state::{AttestorSet, Bucket, Issuer, pause},
};
use scrip_interface::{
    attestation::{Body, QuoteBody, ReserveStatement, Side},
    mint::TOKEN_2022,
};
use scrip_tests::{
    attest,
    build::{
        AttestMint, DOLLAR, Desk, FUNDS, PRICE, Redeem, Stablecoin, bytes_of_all, set_desk_limit,
        token_account,
    },
    vm::{Outcome, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{ExtensionType, memo_transfer},
    instruction as token,
};
use std::mem::offset_of;

/// Of both token programs.
const INSUFFICIENT_FUNDS: u32 = 1;
const MINT_MISMATCH: u32 = 3;
/// Token-2022's: no memo before a transfer to an account that asks for one.
const NO_MEMO: u32 = 36;

/// Puts something else into a trade.
type Edit<'a> = &'a dyn Fn(&mut Redeem);

struct Scene {
    world: World,
    desk: Desk,
    alice: Keypair,
}

impl Scene {
    /// Alice has ten shares.
    fn new() -> Self {
        let mut world = World::new();
        let desk = Desk::classic(&mut world);
        let alice = desk.holder(&mut world, "alice", 10 * SHARE);
        Self { world, desk, alice }
    }

    /// One share at the default price.
    fn redeem(&mut self) -> Redeem {
        Redeem::new(&mut self.world, &self.desk, &self.alice.pubkey())
    }

    fn send(&mut self, redeem: &Redeem) -> Outcome {
        redeem.send(&mut self.world, &self.alice)
    }

    /// All that a redemption writes.
    fn state(&self) -> Vec<Option<Vec<u8>>> {
        let listed = &self.world.listed.accounts;
        let alice = self.alice.pubkey();
        let shares = token_account(&alice, &listed.mint);
        let coins = self.desk.coin.account(&alice);
        let desk = &self.desk;
        let all =
            [listed.ticker, listed.nonces, listed.mint, shares, coins, desk.vault, desk.address];
        bytes_of_all(&self.world.vm, &all)
    }

    /// Fails with this error and changes nothing.
    #[track_caller]
    fn refuse(&mut self, redeem: &Redeem, expected: IssuerError) {
        let before = self.state();
        assert_fails(self.send(redeem), expected);
        assert!(self.state() == before, "something moved");
    }
}

#[track_caller]
fn rejected(change: impl FnOnce(&mut Redeem), expected: IssuerError) {
    let mut scene = Scene::new();
    let mut redeem = scene.redeem();
    change(&mut redeem);
    scene.refuse(&redeem, expected);
}

#[test]
fn redeem_for_cash_burns_and_pays_coins_of_either_program() {
    for newer in [false, true] {
        let mut world = World::new();
        let coin = if newer {
            Stablecoin::token_2022(&mut world.vm, "dollar", &[], |_| vec![])
        } else {
            Stablecoin::classic(&mut world.vm, "dollar")
        };
        let desk = Desk::open(&mut world, coin);
        let alice = desk.holder(&mut world, "alice", 10 * SHARE);
        let owner = alice.pubkey();
        assert_eq!((world.balance(&owner), world.supply()), (10 * SHARE, 10 * SHARE));
        assert_eq!((desk.coin.balance(&world.vm, &owner), desk.vault_balance(&world)), (0, FUNDS));

        let redeem = Redeem::of(&mut world, &desk, &owner, 3 * SHARE, 600 * DOLLAR);
        let receipt = redeem.send(&mut world, &alice).unwrap();

        assert_eq!((world.balance(&owner), world.supply()), (7 * SHARE, 7 * SHARE));
        assert_eq!(desk.coin.balance(&world.vm, &owner), 600 * DOLLAR);
        assert_eq!(desk.vault_balance(&world), FUNDS - 600 * DOLLAR);
        assert_eq!((world.ticker().minted, world.ticker().redeemed), (10 * SHARE, 3 * SHARE));
        let bucket = Bucket { level: 600 * DOLLAR, updated_at: world.vm.now() };
        assert_eq!(desk.state(&world).outflow_bucket, bucket);
        let [event] = &receipt.events::<SharesRedeemed>()[..] else { panic!("one event") };
        assert_eq!((event.owner, event.amount, event.supply), (owner, 3 * SHARE, 7 * SHARE));
        assert_eq!((event.desk, event.cash_amount), (desk.address, 600 * DOLLAR));
        let nonce = redeem.args.attestation.nonce;
        assert_eq!((event.nonce, event.signers), (nonce, 0b111));
        assert_eq!(event.attestor_set, world.attestor_set);
    }
}

/// An exit needs no reserves: not a fresh statement, nor one that covers.
#[test]
fn redeem_for_cash_works_while_the_custodian_is_short_or_silent() {
    let mut scene = Scene::new();
    scene.world.edit_ticker(|ticker| {
        ticker.reserves = Default::default();
        ticker.pauses = pause::MINT | pause::REDEEM_REQUEST;
    });
    let redeem = scene.redeem();
    scene.send(&redeem).unwrap();
    assert_eq!(scene.world.supply(), 9 * SHARE);
}

#[test]
fn redeem_for_cash_does_nothing_if_the_shares_do_not_suffice() {
    let mut scene = Scene::new();
    let owner = scene.alice.pubkey();
    let redeem = Redeem::of(&mut scene.world, &scene.desk, &owner, 11 * SHARE, 11 * PRICE);
    let before = scene.state();
    assert_fails_with(scene.send(&redeem), INSUFFICIENT_FUNDS);
    assert!(scene.state() == before);
}

/// The burn comes first; it is undone if the coins cannot be paid.
#[test]
fn redeem_for_cash_does_nothing_if_the_coins_cannot_arrive() {
    let mut scene = Scene::new();
    let euro = Stablecoin::classic(&mut scene.world.vm, "euro");
    let owner = scene.alice.pubkey();
    let mut redeem = scene.redeem();
    redeem.accounts.cash_destination = euro.open_account(&mut scene.world.vm, &owner);
    let before = scene.state();
    assert_fails_with(scene.send(&redeem), MINT_MISMATCH);
    assert!(scene.state() == before);
}

/// A wallet that wants a memo before each payment is told so by Token-2022, and loses nothing.
#[test]
fn redeem_for_cash_does_nothing_if_the_destination_asks_for_a_memo() {
    let mut world = World::new();
    let coin = Stablecoin::token_2022(&mut world.vm, "dollar", &[], |_| vec![]);
    let desk = Desk::open(&mut world, coin);
    let alice = desk.holder(&mut world, "alice", 10 * SHARE);
    let owner = alice.pubkey();
    let (program, account) = (TOKEN_2022, desk.coin.account(&owner));
    let payer = world.vm.payer.pubkey();
    let kinds = [ExtensionType::MemoTransfer];
    let instructions = [
        token::reallocate(&program, &account, &payer, &owner, &[], &kinds).unwrap(),
        memo_transfer::instruction::enable_required_transfer_memos(&program, &account, &owner, &[])
            .unwrap(),
    ];
    world.vm.send(&instructions, &[&alice]).unwrap();
    let redeem = Redeem::new(&mut world, &desk, &owner);
    assert_fails_with(redeem.send(&mut world, &alice), NO_MEMO);
    assert_eq!((world.balance(&owner), desk.vault_balance(&world)), (10 * SHARE, FUNDS));
}

#[test]
fn redeem_for_cash_pays_where_the_owner_says() {
    let mut scene = Scene::new();
    let bank = scene.desk.coin.open_account(&mut scene.world.vm, &key("bank").pubkey());
    let mut redeem = scene.redeem();
    redeem.accounts.cash_destination = bank;
    scene.send(&redeem).unwrap();
    assert_eq!(scene.desk.coin.balance(&scene.world.vm, &key("bank").pubkey()), PRICE);
}

#[test]
fn redeem_for_cash_keeps_to_the_owners_own_terms() {
    rejected(|r| r.args.min_cash = PRICE + 1, IssuerError::CashTermsNotMet);
    rejected(|r| r.args.deadline = r.args.attestation.issued_at - 1, IssuerError::DeadlinePassed);
    let mut scene = Scene::new();
    let mut redeem = scene.redeem();
    redeem.args.deadline = scene.world.vm.now();
    redeem.args.min_cash = 0;
    scene.send(&redeem).unwrap();
}

#[test]
fn redeem_for_cash_takes_a_quote_of_at_most_a_minute_once() {
    rejected(
        |r| r.args.attestation.expires_at = r.args.attestation.issued_at + 61,
        IssuerError::AttestationLifetimeInvalid,
    );
    let mut scene = Scene::new();
    let mut redeem = scene.redeem();
    redeem.args.deadline = i64::MAX;
    scene.world.vm.set_time(redeem.args.attestation.expires_at);
    scene.refuse(&redeem, IssuerError::AttestationExpired);
    scene.world.vm.set_time(redeem.args.attestation.expires_at - 1);
    scene.send(&redeem).unwrap();
    scene.refuse(&redeem, IssuerError::NonceUsed);
}

#[test]
fn redeem_for_cash_rejects_a_quote_of_anything_else() {
    let changes: [fn(&mut QuoteBody); 8] = [
        |body| body.side = Side::Subscribe as u8,
        |body| body.owner = key("bob").pubkey(),
        |body| body.amount += 1,
        |body| body.cash_amount -= 1,
        |body| body.cash_mint = key("euro").pubkey(),
        |body| body.action_sequence = 1,
        |body| body.statement = ReserveStatement { as_of: 1, ..Default::default() },
        |body| body.header.subject = key("mint 2").pubkey(),
    ];
    for change in changes {
        let mut scene = Scene::new();
        let mut redeem = scene.redeem();
        let mut body = redeem.body();
        change(&mut body);
        redeem.body = Some(body);
        scene.refuse(&redeem, IssuerError::AttestationMismatch);
    }
}

#[test]
fn redeem_for_cash_needs_a_quorum_and_the_owners_signature() {
    rejected(|r| r.signers = vec![0, 4], IssuerError::ThresholdNotReached);
    let mut scene = Scene::new();
    let redeem = scene.redeem();
    let signatures = attest::sign(&redeem.body().message(), &scene.world.signers(&[0, 1, 2]));
    let mut unsigned = redeem.instruction();
    unsigned.accounts[0].is_signer = false;
    let outcome = scene.world.vm.send_with_lookup_table(&[signatures, unsigned], &[]);
    assert_fails_with(outcome, ErrorCode::AccountNotSigner.into());
}

#[test]
fn redeem_for_cash_rejects_amounts_of_nothing() {
    rejected(|r| r.args.amount = 0, IssuerError::AmountZero);
    rejected(|r| r.args.cash_amount = 0, IssuerError::AmountZero);
}

#[test]
fn redeem_for_cash_stops_at_pauses_of_cash_and_of_movements_only() {
    let pauses =
        [(pause::CASH, IssuerError::CashPaused), (pause::TRANSFER, IssuerError::TransfersPaused)];
    for (bit, expected) in pauses {
        let mut scene = Scene::new();
        let redeem = scene.redeem();
        scene.world.edit_ticker(|ticker| ticker.pauses = bit);
        scene.refuse(&redeem, expected);
    }
    for (bit, expected) in pauses {
        let mut scene = Scene::new();
        let redeem = scene.redeem();
        let (issuer, at) = (scene.desk.issuer, 8 + offset_of!(Issuer, pauses));
        scene.world.vm.edit(&issuer, |account| account.data[at] = bit);
        scene.refuse(&redeem, expected);
    }
}

#[test]
fn redeem_for_cash_rejects_accounts_of_another_desk_issuer_or_ticker() {
    let mut scene = Scene::new();
    let euro = Stablecoin::classic(&mut scene.world.vm, "euro");
    let another = scene.world.list_another();
    let other_issuer = scene.world.another_issuer();
    let redeem = scene.redeem();
    let cases: [(Edit, IssuerError); 7] = [
        (&|r| r.accounts.cash_mint = euro.mint, IssuerError::WrongCashDesk),
        (&|r| r.accounts.vault = r.accounts.cash_destination, IssuerError::WrongCashDesk),
        (&|r| r.accounts.cash_token_program = TOKEN_2022, IssuerError::WrongCashProgram),
        (&|r| r.accounts.issuer = other_issuer, IssuerError::WrongIssuer),
        (&|r| r.accounts.mint = another.accounts.mint, IssuerError::WrongMint),
        (&|r| r.accounts.ticker = another.accounts.ticker, IssuerError::WrongMint),
        (&|r| r.accounts.nonces = another.accounts.nonces, IssuerError::WrongSubject),
    ];
    for (change, expected) in cases {
        let mut wrong = redeem.clone();
        wrong.body = Some(redeem.body());
        change(&mut wrong);
        scene.refuse(&wrong, expected);
    }
}

#[test]
fn redeem_for_cash_rejects_the_desk_of_another_issuer() {
    let mut scene = Scene::new();
    let at = 8 + offset_of!(issuer::state::CashDesk, issuer);
    let redeem = scene.redeem();
    scene.world.vm.edit(&scene.desk.address, |account| account.data[at] ^= 1);
    scene.refuse(&redeem, IssuerError::WrongIssuer);
}

#[test]
fn redeem_for_cash_rejects_more_than_the_vault_holds() {
    let mut scene = Scene::new();
    let vault = scene.desk.vault;
    scene.world.vm.edit(&vault, |account| {
        account.data[64..72].copy_from_slice(&(PRICE - 1).to_le_bytes());
    });
    let redeem = scene.redeem();
    scene.refuse(&redeem, IssuerError::CashInsufficient);
    scene.world.vm.edit(&vault, |account| {
        account.data[64..72].copy_from_slice(&PRICE.to_le_bytes());
    });
    scene.send(&redeem).unwrap();
    assert_eq!(scene.desk.vault_balance(&scene.world), 0);
}

/// Whatever a captured quorum signs, quote after quote: the desk pays out no more than its limit.
#[test]
fn redeem_for_cash_by_many_small_quotes_stops_at_the_desks_limit() {
    let mut scene = Scene::new();
    let admin = scene.world.admin.insecure_clone();
    // Five shares' worth in 1,000 seconds.
    let limit = issuer::state::Limit { capacity: 5 * PRICE, window_secs: 1_000 };
    set_desk_limit(&scene.world, &scene.desk, limit).send(&mut scene.world.vm, &[&admin]).unwrap();
    let owner = scene.alice.pubkey();
    let quote = |scene: &mut Scene, tenths: u64| {
        let cash = tenths * PRICE / 10;
        Redeem::of(&mut scene.world, &scene.desk, &owner, tenths * SHARE / 10, cash)
    };
    for _ in 0..50 {
        let small = quote(&mut scene, 1);
        scene.send(&small).unwrap();
    }
    let one_more = quote(&mut scene, 1);
    scene.refuse(&one_more, IssuerError::DeskLimitExceeded);
    assert_eq!(scene.desk.vault_balance(&scene.world), FUNDS - 5 * PRICE);

    // A tenth of a share's worth drains in 20 seconds, not in 19.
    let full_at = scene.world.vm.now();
    scene.world.vm.set_time(full_at + 19);
    scene.refuse(&one_more, IssuerError::DeskLimitExceeded);
    scene.world.vm.set_time(full_at + 20);
    scene.send(&one_more).unwrap();
    let again = quote(&mut scene, 1);
    scene.refuse(&again, IssuerError::DeskLimitExceeded);
    // After a whole window all of it is there again, and no more than that.
    scene.world.vm.set_time(full_at + 20 + 1_000);
    AttestMint::new(&mut scene.world, &owner, SHARE).send(&mut scene.world).unwrap();
    let too_much = quote(&mut scene, 51);
    scene.refuse(&too_much, IssuerError::DeskLimitExceeded);
    let all = quote(&mut scene, 50);
    scene.send(&all).unwrap();
}

/// Who may spend another's shares by approval may not sell them to the desk: the quote is for the
/// shares' owner.
#[test]
fn redeem_for_cash_rejects_a_delegate() {
    let mut scene = Scene::new();
    let bob = scene.desk.holder(&mut scene.world, "bob", SHARE);
    let source = token_account(&scene.alice.pubkey(), &scene.world.mint());
    let approve =
        token::approve(&TOKEN_2022, &source, &bob.pubkey(), &scene.alice.pubkey(), &[], SHARE);
    scene.world.vm.send(&[approve.unwrap()], &[&scene.alice]).unwrap();
    let mut redeem = Redeem::new(&mut scene.world, &scene.desk, &bob.pubkey());
    redeem.accounts.source = source;
    let before = scene.state();
    assert_fails(redeem.send(&mut scene.world, &bob), IssuerError::WrongOwner);
    assert!(scene.state() == before);
}

/// A desk pays for all tickers of its issuer: who makes a custodian, a ticker and shares today, and a
/// price for them, is not paid before everybody could see it.
#[test]
fn redeem_for_cash_waits_until_a_new_custodians_set_was_seen_for_a_timelock() {
    let mut scene = Scene::new();
    let (now, set) = (scene.world.vm.now(), scene.world.attestor_set);
    let of_today = |set: &mut AttestorSet| set.ready_at = now + 2;
    let size = size_of::<AttestorSet>();
    scene.world.vm.edit(&set, |account| {
        of_today(bytemuck::from_bytes_mut(&mut account.data[8..8 + size]));
    });
    let redeem = scene.redeem();
    scene.refuse(&redeem, IssuerError::TimelockNotPassed);
    scene.world.vm.set_time(now + 1);
    scene.refuse(&redeem, IssuerError::TimelockNotPassed);
    scene.world.vm.set_time(now + 2);
    scene.send(&redeem).unwrap();
}

/// Token-2022 lets anybody burn what lies in an account of the System program. Nobody is paid for it.
#[test]
fn redeem_for_cash_rejects_shares_that_nobody_owns() {
    let mut scene = Scene::new();
    let nobody = Pubkey::default();
    let create = spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent(
        &scene.world.vm.payer.pubkey(), &nobody, &scene.world.mint(), &TOKEN_2022,
    );
    let lost = token_account(&nobody, &scene.world.mint());
    let lose = token::transfer_checked(
        &TOKEN_2022,
        &token_account(&scene.alice.pubkey(), &scene.world.mint()),
        &scene.world.mint(),
        &lost,
        &scene.alice.pubkey(),
        &[],
        SHARE,
        8,
    );
    scene.world.vm.send(&[create, lose.unwrap()], &[&scene.alice]).unwrap();
    let mut redeem = scene.redeem();
    redeem.accounts.source = lost;
    scene.refuse(&redeem, IssuerError::WrongOwner);
    assert_eq!(scene.world.balance_of(&lost), SHARE);
    // Nor for what is no account of shares at all.
    redeem.accounts.source = scene.desk.vault;
    scene.refuse(&redeem, IssuerError::WrongOwner);
}
