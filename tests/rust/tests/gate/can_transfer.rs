//! `can_transfer` says beforehand what Token-2022, the hook and a thaw would say.

use gate::{error::GateError, instructions::TransferAnswer};
use scrip_interface::{
    gate::{Reasons, Status, TransferReasons},
    issuer::Mode,
    mint::TOKEN_2022,
};
use scrip_tests::{
    build::token_account,
    gate::{
        CanTransfer, Gated, USA, assert_refused, can_transfer, remove, terms, vault, venue,
        with_venues,
    },
    vm::{assert_fails_with, key},
    world::SHARE,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

fn call(gated: &Gated, from: &Pubkey, to: &Pubkey, amount: u64) -> CanTransfer {
    let mint = gated.mint();
    let accounts = [from, to].map(|owner| token_account(owner, &mint));
    can_transfer(&gated.issuer(), &mint, accounts, [*from, *to], amount)
}

fn read(gated: &Gated, call: &CanTransfer) -> TransferReasons {
    let data: [u8; TransferReasons::LEN] = call.answer(&gated.vm);
    TransferReasons::parse(&data).unwrap()
}

fn ask(gated: &Gated, from: &Pubkey, to: &Pubkey, amount: u64) -> TransferReasons {
    read(gated, &call(gated, from, to, amount))
}

fn of_source(source: Reasons) -> TransferReasons {
    TransferReasons { source, ..Default::default() }
}

fn of_destination(destination: Reasons) -> TransferReasons {
    TransferReasons { destination, ..Default::default() }
}

fn of_mint(mint: Reasons) -> TransferReasons {
    TransferReasons { mint, ..Default::default() }
}

fn both(one: Reasons, other: Reasons) -> Reasons {
    Reasons(one.0 | other.0)
}

/// Alice has a share, Bob none; both are registered.
fn two(mode: Mode) -> (Gated, Keypair, Pubkey) {
    let mut gated = Gated::new(mode);
    let alice = gated.registered("alice");
    let bob = gated.registered("bob").pubkey();
    let account = token_account(&alice.pubkey(), &gated.mint());
    set_frozen(&mut gated, &account, false);
    let mint = scrip_tests::build::AttestMint::new(&mut gated, &alice.pubkey(), SHARE);
    mint.send(&mut gated).unwrap();
    (gated, alice, bob)
}

/// As the mint's freeze authority, which an instruction of the issuer's signs for, would.
fn set_frozen(gated: &mut Gated, account: &Pubkey, frozen: bool) {
    const STATE: usize = 108;
    gated.vm.edit(account, |account| account.data[STATE] = if frozen { 2 } else { 1 });
}

#[test]
fn nothing_is_in_the_way_of_what_passes() {
    for mode in [Mode::Open, Mode::Frozen, Mode::Hooked] {
        let (mut gated, alice, bob) = two(mode);
        let to = token_account(&bob, &gated.mint());
        set_frozen(&mut gated, &to, false);
        assert!(ask(&gated, &alice.pubkey(), &bob, SHARE).is_empty());
        let mut transfer = gated.transfer(&alice.pubkey(), &bob, SHARE);
        if mode != Mode::Hooked {
            transfer.extra.clear();
        }
        gated.send_transfer(&transfer, &alice).unwrap();
    }
}

#[test]
fn a_hooked_transfer_is_told_its_reasons() {
    let (mut gated, alice, bob) = two(Mode::Hooked);
    let owner = alice.pubkey();
    gated.register(&bob, |wallet| {
        (wallet.country, wallet.tier, wallet.provider) = (USA, 0, 1);
    });
    let mut expected = both(Reasons::COUNTRY_NOT_ALLOWED, Reasons::TIER_TOO_LOW);
    expected = both(expected, Reasons::PROVIDER_NOT_ACCEPTED);
    assert_eq!(ask(&gated, &owner, &bob, SHARE), of_destination(expected));

    let issuer = gated.issuer();
    remove(&mut gated.vm, &issuer, &bob);
    assert_eq!(ask(&gated, &owner, &bob, SHARE), of_destination(Reasons::NOT_REGISTERED));
    gated.register(&bob, |_| {});
    gated.register(&owner, |wallet| wallet.status = Status::Barred as u8);
    assert_eq!(ask(&gated, &owner, &bob, SHARE), of_source(Reasons::REVOKED));
    gated.register(&owner, |wallet| wallet.expires_at = scrip_tests::vm::START);
    assert_eq!(ask(&gated, &owner, &bob, SHARE), of_source(Reasons::EXPIRED));

    // Where only the destination is looked at, nothing is.
    let policy = scrip_tests::gate::policy_address(&gated.mint());
    gated.vm.edit(&policy, |account| {
        account.data[8 + std::mem::offset_of!(gate::state::Policy, flags)] = 0;
    });
    assert!(ask(&gated, &owner, &bob, SHARE).is_empty());
}

#[test]
fn venues_and_replaceable_owners_are_told_apart() {
    let mut gated = Gated::with_terms(Mode::Hooked, with_venues());
    let alice = gated.shareholder("alice", SHARE).pubkey();
    let (issuer, mint, protocol) = (gated.issuer(), gated.mint(), key("protocol").pubkey());
    let account = vault(&mut gated, &protocol, "vault");
    let accounts = [token_account(&alice, &mint), account];
    let call = can_transfer(&issuer, &mint, accounts, [alice, protocol], SHARE);
    gated.register(&protocol, |_| {});
    assert_eq!(read(&gated, &call), of_destination(Reasons::OWNER_NOT_IMMUTABLE));
    scrip_tests::gate::place(&mut gated.vm, &venue(&issuer, &protocol));
    assert!(read(&gated, &call).is_empty());
    gated.set_policy(terms()).unwrap();
    assert_eq!(read(&gated, &call), of_destination(Reasons::VENUE_NOT_ALLOWED));
    // What is in the vault may leave it, as far as the vault's owner goes.
    let accounts = [account, token_account(&alice, &mint)];
    let back = can_transfer(&issuer, &mint, accounts, [protocol, alice], 0);
    assert_eq!(read(&gated, &back), of_source(Reasons::VENUE_NOT_ALLOWED));
}

#[test]
fn pauses_are_the_mints() {
    let (mut gated, alice, bob) = two(Mode::Hooked);
    let owner = alice.pubkey();
    gated.set_pause(true).unwrap();
    let paused = Reasons::POLICY_PAUSED;
    let all = TransferReasons { source: paused, destination: paused, mint: paused };
    assert_eq!(ask(&gated, &owner, &bob, SHARE), all);
    // What comes from escrow does not wait for it.
    let escrow = gated.listed.accounts.escrow;
    assert!(ask(&gated, &escrow, &owner, 0).is_empty());
    gated.set_pause(false).unwrap();
    let admin = gated.admin.insecure_clone();
    scrip_tests::build::set_ticker_pause(&gated, issuer::state::pause::TRANSFER, 0)
        .send(&mut gated.vm, &[&admin])
        .unwrap();
    assert!(gated.mint_is_paused());
    assert_eq!(ask(&gated, &owner, &bob, SHARE), of_mint(Reasons::MINT_PAUSED));
}

#[test]
fn the_escrow_needs_no_record() {
    let (mut gated, alice, _) = two(Mode::Hooked);
    let (owner, issuer, escrow) = (alice.pubkey(), gated.issuer(), gated.listed.accounts.escrow);
    assert!(ask(&gated, &owner, &escrow, SHARE).is_empty());
    remove(&mut gated.vm, &issuer, &owner);
    assert!(ask(&gated, &escrow, &owner, 0).is_empty());
    assert_eq!(ask(&gated, &owner, &escrow, 0), of_source(Reasons::NOT_REGISTERED));
}

#[test]
fn frozen_accounts_say_whether_a_thaw_helps() {
    let (mut gated, alice, bob) = two(Mode::Frozen);
    let owner = alice.pubkey();
    assert_eq!(ask(&gated, &owner, &bob, SHARE), of_destination(Reasons::THAW_FIRST));
    gated.register(&bob, |wallet| wallet.country = USA);
    let refused = both(Reasons::ACCOUNT_FROZEN, Reasons::COUNTRY_NOT_ALLOWED);
    assert_eq!(ask(&gated, &owner, &bob, SHARE), of_destination(refused));
    // Once thawed a frozen mint moves as any other, whoever holds it.
    let to = token_account(&bob, &gated.mint());
    set_frozen(&mut gated, &to, false);
    assert!(ask(&gated, &owner, &bob, SHARE).is_empty());

    let from = token_account(&owner, &gated.mint());
    set_frozen(&mut gated, &from, true);
    assert_eq!(ask(&gated, &owner, &bob, SHARE), of_source(Reasons::THAW_FIRST));
    // An account that could change hands is not thawed.
    gated.register(&bob, |_| {});
    let (issuer, mint) = (gated.issuer(), gated.mint());
    set_frozen(&mut gated, &from, false);
    let accounts = [from, vault(&mut gated, &bob, "replaceable")];
    let call = can_transfer(&issuer, &mint, accounts, [owner, bob], SHARE);
    let refused = both(Reasons::ACCOUNT_FROZEN, Reasons::OWNER_NOT_IMMUTABLE);
    assert_eq!(read(&gated, &call), of_destination(refused));
    // In an open mint nothing thaws what was frozen.
    let (mut gated, alice, bob) = two(Mode::Open);
    let from = token_account(&alice.pubkey(), &gated.mint());
    set_frozen(&mut gated, &from, true);
    let reasons = ask(&gated, &alice.pubkey(), &bob, SHARE);
    assert_eq!(reasons, of_source(Reasons::ACCOUNT_FROZEN));
}

#[test]
fn missing_and_wrong_accounts_are_told() {
    let (mut gated, alice, bob) = two(Mode::Hooked);
    let (owner, carol, mint) = (alice.pubkey(), key("carol").pubkey(), gated.mint());
    gated.register(&carol, |_| {});
    assert_eq!(ask(&gated, &owner, &carol, SHARE), of_destination(Reasons::ACCOUNT_MISSING));
    assert_eq!(ask(&gated, &carol, &owner, 0), of_source(Reasons::ACCOUNT_MISSING));
    let mut call = call(&gated, &owner, &bob, SHARE);
    // Somebody else's, the mint itself, and a look-alike.
    for wrong in [token_account(&owner, &mint), mint] {
        call.accounts.destination = wrong;
        assert_eq!(read(&gated, &call), of_destination(Reasons::ACCOUNT_INVALID));
    }
    let fake = key("look-alike").pubkey();
    let mut account = gated.vm.account(&token_account(&bob, &mint)).unwrap();
    account.owner = key("attacker's program").pubkey();
    gated.vm.svm.set_account(fake, account).unwrap();
    call.accounts.destination = fake;
    assert_eq!(read(&gated, &call), of_destination(Reasons::ACCOUNT_INVALID));
    let more = ask(&gated, &owner, &bob, SHARE + 1);
    assert_eq!(more, of_source(Reasons::BALANCE_TOO_LOW));

    // A new account of a frozen mint starts frozen.
    let (mut gated, alice, _) = two(Mode::Frozen);
    gated.register(&carol, |_| {});
    let expected = both(Reasons::ACCOUNT_MISSING, Reasons::THAW_FIRST);
    assert_eq!(ask(&gated, &alice.pubkey(), &carol, SHARE), of_destination(expected));
}

#[test]
fn a_mint_that_asks_for_a_policy_and_has_none_says_so() {
    for mode in [Mode::Frozen, Mode::Hooked] {
        let mut gated = Gated::without_policy(mode);
        let alice = gated.investor("alice").pubkey();
        let answer = ask(&gated, &alice, &alice, 0);
        assert_eq!(answer.mint, Reasons::POLICY_MISSING);
    }
    let mut gated = Gated::without_policy(Mode::Open);
    let alice = gated.investor("alice").pubkey();
    assert!(ask(&gated, &alice, &alice, 0).is_empty());
}

#[test]
fn wrong_accounts_of_ours_are_errors() {
    let (mut gated, alice, bob) = two(Mode::Hooked);
    let right = call(&gated, &alice.pubkey(), &bob, SHARE);
    let mut wrong = call(&gated, &alice.pubkey(), &bob, SHARE);
    wrong.accounts.destination_wallet = wrong.accounts.source_wallet;
    assert_refused(wrong.send(&mut gated.vm, &[]), GateError::WrongWallet);
    let mut wrong = call(&gated, &alice.pubkey(), &bob, SHARE);
    wrong.accounts.source_wallet = key("nothing").pubkey();
    assert_refused(wrong.send(&mut gated.vm, &[]), GateError::WrongWallet);
    // A policy cannot be left out.
    let mut wrong = call(&gated, &alice.pubkey(), &bob, SHARE);
    wrong.accounts.policy = key("nothing").pubkey();
    let seeds = anchor_lang::error::ErrorCode::ConstraintSeeds.into();
    assert_fails_with(wrong.send(&mut gated.vm, &[]), seeds);
    let mint = gated.mint();
    gated.vm.edit(&mint, |account| account.owner = key("attacker's program").pubkey());
    assert_refused(right.send(&mut gated.vm, &[]), GateError::MintInvalid);
    gated.vm.edit(&mint, |account| account.owner = TOKEN_2022);
    gated.vm.svm.expire_blockhash();
    let answer: TransferAnswer = right.answer(&gated.vm);
    assert_eq!(answer, TransferAnswer { source: 0, destination: 0, mint: 0 });
}
