//! Cash against new shares: both move, or neither.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::SharesSubscribed,
    state::{AttestorSet, Issuer, NonceWindow, pause},
};
use scrip_interface::{
    attestation::{Body, Kind, QuoteBody, Side},
    mint::TOKEN_2022,
    pda,
};
use scrip_tests::{
    attest,
    build::{
        AttestMint, DOLLAR, Desk, FUNDS, OUTFLOW, PRICE, Posted, SETTLED_E8, Stablecoin, Subscribe,
        TERMS, bytes_of_all, open_cash_desk, token_account,
    },
    vm::{Outcome, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{ExtensionType, cpi_guard},
    instruction as token,
};
use std::mem::offset_of;

/// Of both token programs.
const INSUFFICIENT_FUNDS: u32 = 1;
const OWNER_MISMATCH: u32 = 4;
const ACCOUNT_FROZEN: u32 = 17;
/// Token-2022's: a transfer called by a program, from an account that is guarded against it.
const GUARDED: u32 = 42;

const COINS: u64 = 10_000 * DOLLAR;

/// Puts something else into a trade.
type Edit<'a> = &'a dyn Fn(&mut Subscribe);

struct Scene {
    world: World,
    desk: Desk,
    alice: Keypair,
}

impl Scene {
    fn new() -> Self {
        let mut world = World::new();
        let desk = Desk::classic(&mut world);
        let alice = desk.investor(&mut world, "alice", COINS);
        Self { world, desk, alice }
    }

    /// One share at the default price.
    fn subscribe(&mut self) -> Subscribe {
        Subscribe::new(&mut self.world, &self.desk, &self.alice.pubkey())
    }

    fn send(&mut self, subscribe: &Subscribe) -> Outcome {
        subscribe.send(&mut self.world, &self.alice)
    }

    /// All that a subscription writes.
    fn state(&self) -> Vec<Option<Vec<u8>>> {
        let listed = &self.world.listed.accounts;
        let alice = self.alice.pubkey();
        let shares = token_account(&alice, &listed.mint);
        let coins = self.desk.coin.account(&alice);
        let all = [listed.ticker, listed.nonces, listed.mint, shares, coins, self.desk.vault];
        bytes_of_all(&self.world.vm, &all)
    }

    /// Fails with this error and changes nothing.
    #[track_caller]
    fn refuse(&mut self, subscribe: &Subscribe, expected: IssuerError) {
        let before = self.state();
        assert_fails(self.send(subscribe), expected);
        assert!(self.state() == before, "something moved");
    }
}

#[track_caller]
fn rejected(change: impl FnOnce(&mut Subscribe), expected: IssuerError) {
    let mut scene = Scene::new();
    let mut subscribe = scene.subscribe();
    change(&mut subscribe);
    scene.refuse(&subscribe, expected);
}

#[test]
fn subscribe_for_cash_moves_coins_of_either_program_and_mints() {
    for newer in [false, true] {
        let mut world = World::new();
        let coin = if newer {
            Stablecoin::token_2022(&mut world.vm, "dollar", &[], |_| vec![])
        } else {
            Stablecoin::classic(&mut world.vm, "dollar")
        };
        let desk = Desk::open(&mut world, coin);
        let alice = desk.investor(&mut world, "alice", COINS);
        let owner = alice.pubkey();
        assert_eq!((world.balance(&owner), world.supply()), (0, 0));
        assert_eq!(desk.coin.balance(&world.vm, &owner), COINS);
        assert_eq!(desk.vault_balance(&world), FUNDS);

        let subscribe = Subscribe::of(&mut world, &desk, &owner, 3 * SHARE, 600 * DOLLAR);
        let receipt = subscribe.send(&mut world, &alice).unwrap();

        assert_eq!((world.balance(&owner), world.supply()), (3 * SHARE, 3 * SHARE));
        assert_eq!(desk.coin.balance(&world.vm, &owner), COINS - 600 * DOLLAR);
        assert_eq!(desk.vault_balance(&world), FUNDS + 600 * DOLLAR);
        assert_eq!((world.ticker().minted, world.ticker().redeemed), (3 * SHARE, 0));
        let [event] = &receipt.events::<SharesSubscribed>()[..] else { panic!("one event") };
        assert_eq!((event.owner, event.amount, event.supply), (owner, 3 * SHARE, 3 * SHARE));
        assert_eq!((event.desk, event.cash_amount), (desk.address, 600 * DOLLAR));
        assert_eq!((event.signers, event.counted_shares_e8), (0b111, SETTLED_E8));
        assert_eq!(event.statement_as_of, subscribe.args.statement.as_of);
        assert_eq!(event.nonce, subscribe.args.attestation.nonce);
        // Coins that come in give no room to go out.
        assert_eq!(desk.state(&world).outflow_bucket, Default::default());
    }
}

#[test]
fn subscribe_for_cash_does_nothing_if_the_coins_do_not_suffice() {
    let mut scene = Scene::new();
    let owner = scene.alice.pubkey();
    let subscribe =
        Subscribe::of(&mut scene.world, &scene.desk, &owner, 51 * SHARE, 10_200 * DOLLAR);
    let before = scene.state();
    assert_fails_with(scene.send(&subscribe), INSUFFICIENT_FUNDS);
    assert!(scene.state() == before);
    // Not even the quote is used up.
    scene.desk.coin.give(&mut scene.world.vm, &owner, 200 * DOLLAR);
    scene.send(&subscribe).unwrap();
    assert_eq!(scene.desk.coin.balance(&scene.world.vm, &owner), 0);
}

#[test]
fn subscribe_for_cash_gives_the_coins_back_if_reserves_do_not_cover() {
    let mut scene = Scene::new();
    let mut subscribe = scene.subscribe();
    subscribe.args.statement.settled_shares_e8 = u128::from(SHARE) - 1;
    scene.refuse(&subscribe, IssuerError::ReservesInsufficient);
    subscribe.args.statement.settled_shares_e8 = u128::from(SHARE);
    scene.send(&subscribe).unwrap();
}

#[test]
fn subscribe_for_cash_rejects_a_statement_out_of_its_time() {
    let age = i64::from(TERMS.max_statement_age_secs);
    rejected(|s| s.args.statement.as_of -= age + 1, IssuerError::StatementStale);
    rejected(|s| s.args.statement.as_of += 61, IssuerError::StatementInFuture);
}

#[test]
fn subscribe_for_cash_judges_by_the_newest_statement() {
    let mut scene = Scene::new();
    let first = scene.subscribe();
    scene.send(&first).unwrap();
    // An older one that says more does not count.
    let mut second = scene.subscribe();
    second.args.statement.as_of -= 1;
    second.args.statement.settled_shares_e8 *= 2;
    scene.send(&second).unwrap();
    assert_eq!(scene.world.ticker().reserves.as_of, first.args.statement.as_of);
    assert_eq!(scene.world.ticker().counted_shares(scene.world.vm.now()).0, SETTLED_E8);
}

#[test]
fn subscribe_for_cash_keeps_to_the_owners_own_terms() {
    rejected(|s| s.args.max_cash = PRICE - 1, IssuerError::CashTermsNotMet);
    rejected(|s| s.args.deadline = s.args.attestation.issued_at - 1, IssuerError::DeadlinePassed);
    let mut scene = Scene::new();
    let mut subscribe = scene.subscribe();
    subscribe.args.deadline = scene.world.vm.now();
    subscribe.args.max_cash = u64::MAX;
    scene.send(&subscribe).unwrap();
}

#[test]
fn subscribe_for_cash_takes_a_quote_of_at_most_a_minute() {
    rejected(
        |s| s.args.attestation.expires_at = s.args.attestation.issued_at + 61,
        IssuerError::AttestationLifetimeInvalid,
    );
    rejected(
        |s| s.args.attestation.expires_at = s.args.attestation.issued_at,
        IssuerError::AttestationLifetimeInvalid,
    );
    let mut scene = Scene::new();
    let mut subscribe = scene.subscribe();
    subscribe.args.deadline = i64::MAX;
    scene.world.vm.set_time(subscribe.args.attestation.expires_at);
    scene.refuse(&subscribe, IssuerError::AttestationExpired);
    scene.world.vm.set_time(subscribe.args.attestation.expires_at - 1);
    scene.send(&subscribe).unwrap();
}

#[test]
fn subscribe_for_cash_rejects_a_quote_of_anything_else() {
    let changes: [fn(&mut QuoteBody); 9] = [
        |body| body.side = Side::Redeem as u8,
        |body| body.owner = key("bob").pubkey(),
        |body| body.amount -= 1,
        |body| body.cash_amount += 1,
        |body| body.cash_mint = key("euro").pubkey(),
        |body| body.action_sequence = 1,
        |body| body.statement.settled_shares_e8 += 1,
        |body| body.header.subject = key("mint 2").pubkey(),
        |body| body.header.genesis_hash = [8; 32],
    ];
    for change in changes {
        let mut scene = Scene::new();
        let mut subscribe = scene.subscribe();
        let mut body = subscribe.body();
        change(&mut body);
        subscribe.body = Some(body);
        scene.refuse(&subscribe, IssuerError::AttestationMismatch);
    }
}

/// What another wallet was quoted is not for this one, whoever pays.
#[test]
fn subscribe_for_cash_rejects_anothers_quote() {
    let mut scene = Scene::new();
    let bob = scene.desk.investor(&mut scene.world, "bob", COINS);
    let mut subscribe = scene.subscribe();
    subscribe.body = Some(subscribe.body());
    subscribe.accounts.owner = bob.pubkey();
    subscribe.accounts.cash_source = scene.desk.coin.account(&bob.pubkey());
    subscribe.accounts.destination = token_account(&bob.pubkey(), &scene.world.mint());
    let outcome = subscribe.send(&mut scene.world, &bob);
    assert_fails(outcome, IssuerError::AttestationMismatch);
    assert_eq!(scene.world.supply(), 0);
}

#[test]
fn subscribe_for_cash_needs_the_owners_signature() {
    let mut scene = Scene::new();
    let subscribe = scene.subscribe();
    let signatures = attest::sign(&subscribe.body().message(), &scene.world.signers(&[0, 1, 2]));
    let mut unsigned = subscribe.instruction();
    unsigned.accounts[0].is_signer = false;
    let outcome = scene.world.vm.send_with_lookup_table(&[signatures, unsigned], &[]);
    assert_fails_with(outcome, ErrorCode::AccountNotSigner.into());
}

#[test]
fn subscribe_for_cash_needs_a_quorum_that_may_quote() {
    rejected(|s| s.signers = vec![0, 1], IssuerError::ThresholdNotReached);

    let mut scene = Scene::new();
    let subscribe = scene.subscribe();
    let set = scene.world.attestor_set;
    scene.world.vm.edit(&set, |account| {
        let at = 8 + offset_of!(AttestorSet, kinds);
        let kinds = Kind::ALL_BITS & !Kind::Quote.bit();
        account.data[at..at + 2].copy_from_slice(&kinds.to_le_bytes());
    });
    scene.refuse(&subscribe, IssuerError::KindNotAllowed);
}

#[test]
fn subscribe_for_cash_takes_a_quote_once() {
    let mut scene = Scene::new();
    let subscribe = scene.subscribe();
    scene.send(&subscribe).unwrap();
    scene.refuse(&subscribe, IssuerError::NonceUsed);
    assert_eq!(scene.world.supply(), SHARE);
}

#[test]
fn subscribe_for_cash_rejects_amounts_of_nothing() {
    rejected(|s| s.args.amount = 0, IssuerError::AmountZero);
    rejected(|s| s.args.cash_amount = 0, IssuerError::AmountZero);
}

#[test]
fn subscribe_for_cash_stops_at_each_pause() {
    let pauses = [
        (pause::MINT, IssuerError::MintingPaused),
        (pause::CASH, IssuerError::CashPaused),
        (pause::TRANSFER, IssuerError::TransfersPaused),
    ];
    for (bit, expected) in pauses {
        let mut scene = Scene::new();
        let subscribe = scene.subscribe();
        scene.world.edit_ticker(|ticker| ticker.pauses = bit);
        scene.refuse(&subscribe, expected);
    }
    for (bit, expected) in pauses {
        let mut scene = Scene::new();
        let subscribe = scene.subscribe();
        let issuer = scene.desk.issuer;
        let at = 8 + offset_of!(Issuer, pauses);
        scene.world.vm.edit(&issuer, |account| account.data[at] = bit);
        scene.refuse(&subscribe, expected);
        // A pause of requests is not one of subscriptions.
        scene.world.vm.edit(&issuer, |account| account.data[at] = pause::REDEEM_REQUEST);
        scene.send(&subscribe).unwrap();
    }
}

#[test]
fn subscribe_for_cash_rejects_accounts_of_another_desk_issuer_or_ticker() {
    let mut scene = Scene::new();
    let euro = Stablecoin::classic(&mut scene.world.vm, "euro");
    let another = scene.world.list_another();
    let other_issuer = scene.world.another_issuer();
    let subscribe = scene.subscribe();
    let cases: [(Edit, IssuerError); 8] = [
        (&|s| s.accounts.cash_mint = euro.mint, IssuerError::WrongCashDesk),
        (&|s| s.accounts.vault = s.accounts.cash_source, IssuerError::WrongCashDesk),
        (&|s| s.accounts.cash_token_program = TOKEN_2022, IssuerError::WrongCashProgram),
        (&|s| s.accounts.issuer = other_issuer, IssuerError::WrongIssuer),
        (&|s| s.accounts.mint = another.accounts.mint, IssuerError::WrongMint),
        (&|s| s.accounts.ticker = another.accounts.ticker, IssuerError::WrongMint),
        (&|s| s.accounts.nonces = another.accounts.nonces, IssuerError::WrongSubject),
        (
            &|s| s.accounts.destination = token_account(&key("payer").pubkey(), &s.accounts.mint),
            IssuerError::WrongDestinationOwner,
        ),
    ];
    for (change, expected) in cases {
        let mut wrong = subscribe.clone();
        wrong.body = Some(subscribe.body());
        change(&mut wrong);
        scene.refuse(&wrong, expected);
    }
}

/// A desk of another issuer: its cash is another's, its limits too.
#[test]
fn subscribe_for_cash_rejects_the_desk_of_another_issuer() {
    let mut scene = Scene::new();
    let other = scene.world.another_issuer();
    let mut open = open_cash_desk(&scene.world, &scene.desk.coin, OUTFLOW);
    open.accounts.issuer = other;
    open.accounts.desk = pda::cash_desk(&issuer::ID, &other, &scene.desk.coin.mint).0;
    open.accounts.vault = scene.desk.coin.account(&open.accounts.desk);
    let admin = scene.world.admin.insecure_clone();
    open.send(&mut scene.world.vm, &[&admin]).unwrap();
    let mut subscribe = scene.subscribe();
    subscribe.accounts.desk = open.accounts.desk;
    subscribe.accounts.vault = open.accounts.vault;
    scene.refuse(&subscribe, IssuerError::WrongIssuer);
}

#[test]
fn subscribe_for_cash_takes_nobody_elses_coins() {
    let mut scene = Scene::new();
    let bob = scene.desk.investor(&mut scene.world, "bob", COINS);
    for source in [scene.desk.coin.account(&bob.pubkey()), scene.desk.vault] {
        let mut subscribe = scene.subscribe();
        subscribe.accounts.cash_source = source;
        assert_fails_with(scene.send(&subscribe), OWNER_MISMATCH);
    }
    assert_eq!(scene.desk.coin.balance(&scene.world.vm, &bob.pubkey()), COINS);
}

#[test]
fn subscribe_for_cash_does_nothing_where_the_coins_issuer_froze_the_vault() {
    let mut scene = Scene::new();
    let (coin, vault) = (&scene.desk.coin, scene.desk.vault);
    let freeze =
        token::freeze_account(&coin.program, &vault, &coin.mint, &coin.authority.pubkey(), &[]);
    scene.world.vm.send(&[freeze.unwrap()], &[&coin.authority]).unwrap();
    let subscribe = scene.subscribe();
    let before = scene.state();
    assert_fails_with(scene.send(&subscribe), ACCOUNT_FROZEN);
    assert!(scene.state() == before);
}

/// The nonce is the ticker's: a quote and a mint cannot share one.
#[test]
fn subscribe_for_cash_shares_its_nonces_with_mints() {
    let mut scene = Scene::new();
    let subscribe = scene.subscribe();
    scene.send(&subscribe).unwrap();
    let nonces: NonceWindow = scene.world.vm.state(&scene.world.listed.accounts.nonces);
    let nonce = subscribe.args.attestation.nonce;
    assert_eq!(nonces.nonces.used[0] >> nonce & 1, 1);
    let owner: Pubkey = scene.alice.pubkey();
    let mut mint = AttestMint::new(&mut scene.world, &owner, SHARE);
    mint.args.attestation.nonce = nonce;
    assert_fails(mint.send(&mut scene.world), IssuerError::NonceUsed);
}

#[test]
fn subscribe_for_cash_takes_a_posted_quote_while_it_lasts() {
    let mut scene = Scene::new();
    let mut subscribe = scene.subscribe();
    let posted = Posted::complete(&mut scene.world, &subscribe.body(), &[0, 2, 4]);
    subscribe.accounts.signatures = posted.address();
    subscribe.args.deadline = i64::MAX;
    let send = |scene: &mut Scene| {
        let instruction = subscribe.instruction();
        scene.world.vm.send_with_lookup_table(&[instruction], &[&scene.alice])
    };
    let expires_at = subscribe.args.attestation.expires_at;
    scene.world.vm.set_time(expires_at);
    assert_fails(send(&mut scene), IssuerError::AttestationExpired);
    scene.world.vm.set_time(expires_at - 1);
    send(&mut scene).unwrap();
    assert_fails(send(&mut scene), IssuerError::NonceUsed);
    assert_eq!(scene.world.supply(), SHARE);
}

/// An owner whose account lets no program move its coins is told so by Token-2022, and pays nothing.
#[test]
fn subscribe_for_cash_does_nothing_where_the_coins_are_guarded_against_calls() {
    let mut world = World::new();
    let coin = Stablecoin::token_2022(&mut world.vm, "dollar", &[], |_| vec![]);
    let desk = Desk::open(&mut world, coin);
    let alice = desk.investor(&mut world, "alice", COINS);
    let (owner, payer) = (alice.pubkey(), world.vm.payer.pubkey());
    let account = desk.coin.account(&owner);
    let kinds = [ExtensionType::CpiGuard];
    let guard = [
        token::reallocate(&TOKEN_2022, &account, &payer, &owner, &[], &kinds).unwrap(),
        cpi_guard::instruction::enable_cpi_guard(&TOKEN_2022, &account, &owner, &[]).unwrap(),
    ];
    world.vm.send(&guard, &[&alice]).unwrap();
    let subscribe = Subscribe::new(&mut world, &desk, &owner);
    assert_fails_with(subscribe.send(&mut world, &alice), GUARDED);
    assert_eq!((desk.coin.balance(&world.vm, &owner), world.supply()), (COINS, 0));
}
