//! Holds: compliance keeps an account frozen, whatever its owner's record says, until it lifts them.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    event::{HoldLifted, HoldPlaced},
    state::{Hold, pause, role},
};
use scrip_interface::{issuer::Mode, mint::TOKEN_2022, pda};
use scrip_tests::{
    build::{freeze, lift_hold, pause_ticker, place_hold, revoke_role, thaw, token_account},
    vm::{assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::instruction as token;

/// Token-2022's own.
const ACCOUNT_FROZEN: u32 = 17;

fn hold_of(world: &World, owner: &Pubkey) -> Pubkey {
    pda::hold(&issuer::ID, &world.mint(), &token_account(owner, &world.mint())).0
}

fn is_frozen(world: &World, owner: &Pubkey) -> bool {
    world.is_frozen(&token_account(owner, &world.mint()))
}

#[test]
fn place_hold_stops_an_account_in_every_mode() {
    for mode in [Mode::Open, Mode::Frozen, Mode::Hooked] {
        let mut world = World::in_mode(mode);
        let officer = world.officer();
        let alice = world.holder("alice", SHARE);
        let owner = alice.pubkey();
        let call = place_hold(&world, &officer, &owner);
        let before = world.ticker().stream.sequence;
        let receipt = call.send(&mut world.vm, &[&officer.wallet]).unwrap();

        assert!(is_frozen(&world, &owner));
        let hold: Hold = world.vm.state(&hold_of(&world, &owner));
        assert_eq!((hold.version, hold.reason, hold.case_hash), (2, 7, [9; 32]));
        assert_eq!((hold.issuer, hold.mint, hold.owner), (world.issuer(), world.mint(), owner));
        assert_eq!(hold.token_account, call.accounts.token_account);
        assert_eq!((hold.placed_by, hold.placed_at), (officer.wallet.pubkey(), world.vm.now()));
        assert_eq!((hold.rent_payer, world.ticker().holds), (world.vm.payer.pubkey(), 1));
        let [event] = &receipt.events::<HoldPlaced>()[..] else { panic!("one event") };
        assert_eq!((event.sequence, event.mint), (before + 1, world.mint()));
        assert_eq!((event.owner, event.operator), (owner, officer.wallet.pubkey()));
        assert_eq!(
            (event.token_account, event.reason, event.case_hash),
            (hold.token_account, 7, [9; 32])
        );

        let (from, mint) = (token_account(&owner, &world.mint()), world.mint());
        let burn = token::burn_checked(&TOKEN_2022, &from, &mint, &owner, &[], 1, 8).unwrap();
        assert_fails_with(world.vm.send(&[burn], &[&alice]), ACCOUNT_FROZEN);
        assert_eq!(world.balance(&owner), SHARE);
    }
}

#[test]
fn lift_hold_ends_it_and_thaws_nothing_by_itself() {
    let mut world = World::in_mode(Mode::Frozen);
    let officer = world.officer();
    let alice = world.holder("alice", SHARE).pubkey();
    place_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]).unwrap();
    let (hold, payer) = (hold_of(&world, &alice), world.vm.payer.pubkey());
    let lamports = world.vm.account(&hold).unwrap().lamports;
    let before = world.vm.account(&payer).unwrap().lamports;
    let lift = lift_hold(&world, &officer, &alice);
    let receipt = lift.send(&mut world.vm, &[&officer.wallet]).unwrap();

    assert!(world.vm.account(&hold).is_none() && is_frozen(&world, &alice));
    let fees = receipt.meta.fee;
    assert_eq!(world.vm.account(&payer).unwrap().lamports, before + lamports - fees);
    assert_eq!(world.ticker().holds, 0);
    let [event] = &receipt.events::<HoldLifted>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.mint), (world.ticker().stream.sequence, world.mint()));
    assert_eq!(event.token_account, token_account(&alice, &world.mint()));
    assert_eq!((event.operator, event.case_hash), (officer.wallet.pubkey(), [9; 32]));
    // Once: the account is gone.
    let again = lift.send(&mut world.vm, &[&officer.wallet]);
    assert_fails_with(again, ErrorCode::AccountOwnedByWrongProgram.into());
    assert_eq!(world.ticker().holds, 0);
    thaw(&world, &alice).send(&mut world.vm, &[]).unwrap();
}

/// Neither the admin, nor another role, nor who had the role.
#[test]
fn only_compliance_places_and_lifts_holds() {
    let mut world = World::new();
    let officer = world.officer();
    let [alice, bob] = ["alice", "bob"].map(|name| world.holder(name, SHARE).pubkey());
    place_hold(&world, &officer, &bob).send(&mut world.vm, &[&officer.wallet]).unwrap();
    let pauser = key("pauser");
    let pauser_grant = world.grant(&pauser.pubkey(), role::ALL & !role::COMPLIANCE);
    let (admin, mallory) = (world.admin.insecure_clone(), key("mallory"));
    let grant = officer.role_grant;
    let attempts: [(&Keypair, Option<Pubkey>); 4] =
        [(&admin, None), (&pauser, Some(pauser_grant)), (&mallory, Some(grant)), (&mallory, None)];
    let rejects = |world: &mut World, by: &Keypair, role_grant, expected: IssuerError| {
        let mut place = place_hold(world, &officer, &alice);
        (place.accounts.operator, place.accounts.role_grant) = (by.pubkey(), role_grant);
        assert_fails(place.send(&mut world.vm, &[by]), expected);
        let mut lift = lift_hold(world, &officer, &bob);
        (lift.accounts.operator, lift.accounts.role_grant) = (by.pubkey(), role_grant);
        assert_fails(lift.send(&mut world.vm, &[by]), expected);
        assert!(!is_frozen(world, &alice) && world.vm.account(&hold_of(world, &bob)).is_some());
        assert_eq!(world.ticker().holds, 1);
    };
    for (by, role_grant) in attempts {
        rejects(&mut world, by, role_grant, IssuerError::PowerMissing);
    }
    let officer_key = officer.wallet.insecure_clone();
    let now = world.vm.now();
    world.vm.set_time(now + scrip_tests::build::YEAR);
    rejects(&mut world, &officer_key, Some(grant), IssuerError::RoleGrantExpired);
    world.vm.set_time(now);
    let revoke = revoke_role(&world, &officer.wallet.pubkey());
    revoke.send(&mut world.vm, &[&admin]).unwrap();
    let gone = place_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]);
    assert_fails_with(gone, ErrorCode::AccountOwnedByWrongProgram.into());
}

#[test]
fn place_hold_wants_the_operators_signature() {
    let mut world = World::new();
    let officer = world.officer();
    let alice = world.holder("alice", SHARE).pubkey();
    place_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]).unwrap();
    let bob = world.holder("bob", SHARE).pubkey();
    let operator = officer.wallet.pubkey();
    for mut unsigned in [
        place_hold(&world, &officer, &bob).instruction(),
        lift_hold(&world, &officer, &alice).instruction(),
    ] {
        let metas = unsigned.accounts.iter_mut();
        metas.filter(|meta| meta.pubkey == operator).for_each(|meta| meta.is_signer = false);
        let outcome = world.vm.send(&[unsigned], &[]);
        assert_fails_with(outcome, ErrorCode::AccountNotSigner.into());
    }
    assert_eq!((world.ticker().holds, is_frozen(&world, &bob)), (1, false));
}

#[test]
fn place_hold_is_not_blocked_and_happens_once() {
    let mut world = World::new();
    let officer = world.officer();
    let alice = world.holder("alice", SHARE).pubkey();
    // Lamports sent ahead.
    let hold = hold_of(&world, &alice);
    world.vm.svm.airdrop(&hold, 5_000_000).unwrap();
    pause_ticker(&mut world, pause::TRANSFER);
    let place = place_hold(&world, &officer, &alice);
    place.send(&mut world.vm, &[&officer.wallet]).unwrap();
    // The System program's "already in use".
    assert_fails_with(place.send(&mut world.vm, &[&officer.wallet]), 0);
    assert_eq!(world.ticker().holds, 1);
}

#[test]
fn holds_are_about_their_own_ticker_and_account() {
    let mut world = World::new();
    let officer = world.officer();
    let alice = world.holder("alice", SHARE).pubkey();
    let other = world.list_another();
    let elsewhere = world.token_account_of(&alice, &other.accounts.mint);
    let other_issuer = world.another_issuer();
    let hold_for = |account: &Pubkey| pda::hold(&issuer::ID, &world.mint(), account).0;
    let (of_other, of_escrow) =
        (hold_for(&elsewhere), hold_for(&world.listed.accounts.escrow_account));
    let base = || place_hold(&world, &officer, &alice);
    let mut calls = vec![];
    let mut add = |change: &dyn Fn(&mut issuer::accounts::PlaceHold), expected: u32| {
        let mut call = base();
        change(&mut call.accounts);
        calls.push((call, expected));
    };
    add(
        &|it| (it.token_account, it.hold) = (elsewhere, of_other),
        IssuerError::WrongTokenAccount.into(),
    );
    let escrow = world.listed.accounts.escrow_account;
    add(&|it| (it.token_account, it.hold) = (escrow, of_escrow), IssuerError::EscrowExempt.into());
    add(&|it| it.hold = of_other, ErrorCode::ConstraintSeeds.into());
    add(&|it| it.issuer = other_issuer, IssuerError::WrongIssuer.into());
    add(&|it| it.ticker = other.accounts.ticker, IssuerError::WrongMint.into());
    for (call, expected) in calls {
        assert_fails_with(call.send(&mut world.vm, &[&officer.wallet]), expected);
        assert!(!is_frozen(&world, &alice) && world.ticker().holds == 0);
    }

    place_hold(&world, &officer, &alice).send(&mut world.vm, &[&officer.wallet]).unwrap();
    let mut lift = lift_hold(&world, &officer, &alice);
    lift.accounts.ticker = other.accounts.ticker;
    assert_fails(lift.send(&mut world.vm, &[&officer.wallet]), IssuerError::WrongMint);
    let mut lift = lift_hold(&world, &officer, &alice);
    lift.accounts.rent_payer = officer.wallet.pubkey();
    assert_fails(lift.send(&mut world.vm, &[&officer.wallet]), IssuerError::WrongRentPayer);
    assert_eq!(world.ticker().holds, 1);
}

/// A frozen account that is empty can be closed by its owner, and opened again: thawed, in open mode.
#[test]
fn a_held_account_that_was_opened_again_is_frozen_by_anyone() {
    let mut world = World::new();
    let officer = world.officer();
    let alice = world.investor("alice");
    let (owner, mint) = (alice.pubkey(), world.mint());
    place_hold(&world, &officer, &owner).send(&mut world.vm, &[&officer.wallet]).unwrap();
    let account = token_account(&owner, &mint);
    let close = token::close_account(&TOKEN_2022, &account, &owner, &owner, &[]).unwrap();
    world.vm.send(&[close], &[&alice]).unwrap();
    world.token_account_of(&owner, &mint);
    assert!(!world.is_frozen(&account));

    // A hold at another address does not count, nor does the lack of one.
    let mut wrong = freeze(&world, &owner);
    wrong.accounts.hold = key("nothing").pubkey();
    assert_fails(wrong.send(&mut world.vm, &[]), IssuerError::WrongHold);
    let bob = world.investor("bob").pubkey();
    let unfounded = freeze(&world, &bob).send(&mut world.vm, &[]);
    assert_fails(unfounded, IssuerError::FreezeUnfounded);

    let mut call = freeze(&world, &owner);
    (call.accounts.policy, call.accounts.wallet_record) = (None, None);
    call.send(&mut world.vm, &[]).unwrap();
    assert!(world.is_frozen(&account) && !is_frozen(&world, &bob));
    assert_fails(thaw(&world, &owner).send(&mut world.vm, &[]), IssuerError::AccountHeld);
}

/// A hold can be lifted when its account is no longer there.
#[test]
fn a_hold_outlives_its_account() {
    let mut world = World::new();
    let officer = world.officer();
    let alice = world.investor("alice");
    let owner = alice.pubkey();
    place_hold(&world, &officer, &owner).send(&mut world.vm, &[&officer.wallet]).unwrap();
    let account = token_account(&owner, &world.mint());
    let close = token::close_account(&TOKEN_2022, &account, &owner, &owner, &[]).unwrap();
    world.vm.send(&[close], &[&alice]).unwrap();
    lift_hold(&world, &officer, &owner).send(&mut world.vm, &[&officer.wallet]).unwrap();
    assert!(world.vm.account(&hold_of(&world, &owner)).is_none());
}
