//! Anybody freezes what may not move: an account that is held, and in frozen mode one whose owner
//! the policy no longer takes.

use gate::state::Wallet;
use issuer::{error::IssuerError, state::pause};
use scrip_interface::{
    gate::{Kind, Status, flag},
    issuer::Mode,
};
use scrip_tests::{
    build::{
        freeze, freeze_account,
        gate_records::{place_policy, place_wallet, policy, remove, wallet},
        pause_ticker, thaw, token_account,
    },
    vm::{assert_fails, key},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// A frozen ticker, and a holder whose account is thawed.
fn scene() -> (World, Pubkey) {
    let mut world = World::in_mode(Mode::Frozen);
    let alice = world.holder("alice", SHARE).pubkey();
    (world, alice)
}

fn is_frozen(world: &World, owner: &Pubkey) -> bool {
    world.is_frozen(&token_account(owner, &world.mint()))
}

#[track_caller]
fn refused(world: &mut World, owner: &Pubkey, expected: IssuerError) {
    assert_fails(freeze(world, owner).send(&mut world.vm, &[]), expected);
    assert!(!is_frozen(world, owner));
}

#[test]
fn freeze_leaves_an_owner_in_good_standing_alone() {
    let (mut world, alice) = scene();
    refused(&mut world, &alice, IssuerError::FreezeUnfounded);
    // To the last second.
    let now = world.vm.now();
    world.edit_record(&alice, |wallet| wallet.expires_at = now + 1);
    refused(&mut world, &alice, IssuerError::FreezeUnfounded);
    // A pause of the policy is nothing against him: he is not thawed meanwhile, but not frozen.
    world.edit_policy(|policy| policy.paused = 1);
    refused(&mut world, &alice, IssuerError::FreezeUnfounded);
    world.edit_policy(|policy| policy.paused = 0);
    // A venue that the policy takes, too.
    world.edit_record(&alice, |wallet| (wallet.kind, wallet.country) = (Kind::Venue as u8, 0));
    refused(&mut world, &alice, IssuerError::FreezeUnfounded);
}

#[test]
fn freeze_stops_an_owner_whom_the_policy_does_not_take() {
    type Spoil = fn(&mut World, &Pubkey);
    fn record(world: &mut World, owner: &Pubkey, edit: fn(&mut Wallet)) {
        world.edit_record(owner, edit);
    }
    let spoils: [Spoil; 8] = [
        |world, owner| record(world, owner, |it| it.status = Status::Revoked as u8),
        |world, owner| record(world, owner, |it| it.status = Status::Barred as u8),
        |world, owner| record(world, owner, |it| it.country += 1),
        |world, owner| record(world, owner, |it| it.tier -= 1),
        |world, owner| record(world, owner, |it| it.provider += 1),
        |world, owner| {
            let now = world.vm.now();
            world.edit_record(owner, |it| it.expires_at = now);
        },
        |world, owner| {
            record(world, owner, |it| it.kind = Kind::Venue as u8);
            world.edit_policy(|policy| policy.flags = flag::SOURCE_CHECK);
        },
        // Closed: proved by its address.
        |world, owner| {
            let record = world.record_of(owner);
            remove(&mut world.vm, &record);
        },
    ];
    for spoil in spoils {
        let (mut world, alice) = scene();
        spoil(&mut world, &alice);
        // A second one finds nothing to do.
        for _ in 0..2 {
            freeze(&world, &alice).send(&mut world.vm, &[]).unwrap();
            assert!(is_frozen(&world, &alice));
        }
        assert!(thaw(&world, &alice).send(&mut world.vm, &[]).is_err());
        assert_eq!(world.balance(&alice), SHARE);
    }
}

/// Nobody is frozen by what says nothing about him.
#[test]
fn freeze_takes_no_accounts_of_something_else() {
    let (mut world, alice) = scene();
    let (bob, mint) = (key("bob").pubkey(), world.mint());
    world.register(&bob);
    world.edit_record(&bob, |wallet| wallet.status = Status::Barred as u8);
    let of_bob = world.record_of(&bob);
    let (other_issuer, now) = (world.another_issuer(), world.vm.now());
    let mut barred = wallet(&other_issuer, &alice, now);
    barred.status = Status::Barred as u8;
    let elsewhere = place_wallet(&mut world.vm, &barred);
    let other = world.list_another();
    let mut paused = policy(&other.accounts.mint, &world.issuer());
    paused.paused = 1;
    let other_policy = place_policy(&mut world.vm, &paused);
    let nothing = key("nothing").pubkey();

    let mut cases = vec![];
    let base = || freeze(&world, &alice);
    let mut add = |change: &dyn Fn(&mut issuer::accounts::SetFrozen), expected| {
        let mut call = base();
        change(&mut call.accounts);
        cases.push((call, expected));
    };
    add(&|it| it.wallet_record = Some(of_bob), IssuerError::WrongOwner);
    add(&|it| it.wallet_record = Some(elsewhere), IssuerError::WrongIssuer);
    // An empty address is no proof that there is no record, but the record's own.
    add(&|it| it.wallet_record = Some(nothing), IssuerError::WrongWalletRecord);
    add(&|it| it.wallet_record = it.policy, IssuerError::WrongWalletRecord);
    add(&|it| it.wallet_record = None, IssuerError::RegistrationMissing);
    add(&|it| it.policy = None, IssuerError::RegistrationMissing);
    add(&|it| it.policy = Some(other_policy), IssuerError::WrongMint);
    add(&|it| it.policy = Some(nothing), IssuerError::PolicyMissing);
    add(&|it| it.mint = other.accounts.mint, IssuerError::WrongMint);
    add(&|it| it.ticker = other.accounts.ticker, IssuerError::WrongMint);
    add(&|it| it.token_account = it.mint, IssuerError::WrongTokenAccount);
    for (call, expected) in cases {
        assert_fails(call.send(&mut world.vm, &[]), expected);
        assert!(!is_frozen(&world, &alice));
    }
    assert_eq!(world.mint(), mint);
}

/// It has no record of its owner, and must never be stopped: exits lead through it.
#[test]
fn freeze_never_stops_the_escrow() {
    let (mut world, _) = scene();
    let escrow = world.listed.accounts.escrow;
    let account = world.listed.accounts.escrow_account;
    let call = freeze_account(&world, &account, &escrow);
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::EscrowExempt);
    assert!(!world.is_frozen(&account));
}

#[test]
fn freeze_of_an_open_or_hooked_ticker_is_for_holds_only() {
    for mode in [Mode::Open, Mode::Hooked] {
        let mut world = World::in_mode(mode);
        let alice = world.investor("alice").pubkey();
        world.policy();
        refused(&mut world, &alice, IssuerError::FreezeUnfounded);
    }
}

#[test]
fn freeze_works_while_the_mint_is_paused() {
    let (mut world, alice) = scene();
    pause_ticker(&mut world, pause::TRANSFER);
    world.edit_record(&alice, |wallet| wallet.status = Status::Revoked as u8);
    freeze(&world, &alice).send(&mut world.vm, &[]).unwrap();
    assert!(is_frozen(&world, &alice));
}
