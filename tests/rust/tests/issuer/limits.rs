//! How much may pass in a stretch of time: of a whole ticker, and of one owner.

use anchor_lang::error::ErrorCode;
use issuer::{
    error::IssuerError,
    state::{Bucket, Limit, OwnerLimits},
};
use scrip_tests::{
    build::{
        AttestMint, DOLLAR, Desk, PRICE, Redeem, RequestRedemption, Subscribe, TERMS,
        close_owner_limits, hourly, open_owner_limits,
    },
    vm::{Outcome, assert_fails, assert_fails_with, key},
    world::{SHARE, World},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const COINS: u64 = 1_000_000 * DOLLAR;
/// Of ten shares an hour, one drains in this time.
const SHARE_SECS: i64 = 360;

fn mint(world: &mut World, owner: &Pubkey, amount: u64, limits: Option<Pubkey>) -> Outcome {
    let mut mint = AttestMint::new(world, owner, amount);
    mint.accounts.owner_limits = limits;
    mint.send(world)
}

fn wait(world: &mut World, secs: i64) {
    let now = world.vm.now();
    world.vm.set_time(now + secs);
}

/// A desk, and Alice with coins and ten shares that no limit has counted.
fn scene() -> (World, Desk, Keypair) {
    let mut world = World::new();
    let desk = Desk::classic(&mut world);
    let alice = desk.investor(&mut world, "alice", COINS);
    world.holder("alice", 10 * SHARE);
    (world, desk, alice)
}

#[test]
fn a_tickers_mint_limit_drains_to_the_second() {
    let mut world = World::new();
    world.change_terms(|terms| terms.mint_limit = hourly(10 * SHARE));
    let alice = world.investor("alice").pubkey();
    for amount in [SHARE, 9 * SHARE] {
        mint(&mut world, &alice, amount, None).unwrap();
    }
    let full = Bucket { level: 10 * SHARE, updated_at: world.vm.now() };
    assert_fails(mint(&mut world, &alice, 1, None), IssuerError::TickerLimitExceeded);
    assert_eq!((world.ticker().mint_bucket, world.supply()), (full, 10 * SHARE));

    wait(&mut world, SHARE_SECS - 1);
    assert_fails(mint(&mut world, &alice, SHARE, None), IssuerError::TickerLimitExceeded);
    wait(&mut world, 1);
    mint(&mut world, &alice, SHARE, None).unwrap();
    assert_fails(mint(&mut world, &alice, 1, None), IssuerError::TickerLimitExceeded);
    // Another owner is no way around it.
    let bob = world.investor("bob").pubkey();
    assert_fails(mint(&mut world, &bob, 1, None), IssuerError::TickerLimitExceeded);
    wait(&mut world, 3_600);
    assert_fails(mint(&mut world, &bob, 10 * SHARE + 1, None), IssuerError::TickerLimitExceeded);
    mint(&mut world, &bob, 10 * SHARE, None).unwrap();
}

#[test]
fn a_subscription_and_a_mint_fill_the_same_bucket() {
    let (mut world, desk, alice) = scene();
    world.change_terms(|terms| terms.mint_limit = hourly(2 * SHARE));
    let owner = alice.pubkey();
    mint(&mut world, &owner, SHARE, None).unwrap();
    Subscribe::new(&mut world, &desk, &owner).send(&mut world, &alice).unwrap();
    let third = Subscribe::new(&mut world, &desk, &owner).send(&mut world, &alice);
    assert_fails(third, IssuerError::TickerLimitExceeded);
    assert_fails(mint(&mut world, &owner, SHARE, None), IssuerError::TickerLimitExceeded);
    // Shares that go give no room.
    Redeem::new(&mut world, &desk, &owner).send(&mut world, &alice).unwrap();
    assert_fails(mint(&mut world, &owner, SHARE, None), IssuerError::TickerLimitExceeded);
}

#[test]
fn a_tickers_cash_limit_stops_redemptions_for_cash_and_no_others() {
    let (mut world, desk, alice) = scene();
    world.change_terms(|terms| terms.cash_limit = hourly(2 * SHARE));
    let owner = alice.pubkey();
    for _ in 0..2 {
        Redeem::new(&mut world, &desk, &owner).send(&mut world, &alice).unwrap();
    }
    let third = Redeem::new(&mut world, &desk, &owner).send(&mut world, &alice);
    assert_fails(third, IssuerError::TickerLimitExceeded);
    assert_eq!(world.ticker().cash_bucket.level, 2 * SHARE);
    // A way out stays.
    RequestRedemption::new(&world, &owner, 0, 8 * SHARE).send(&mut world, &alice).unwrap();

    wait(&mut world, 1_799);
    mint(&mut world, &owner, SHARE, None).unwrap();
    let early = Redeem::new(&mut world, &desk, &owner).send(&mut world, &alice);
    assert_fails(early, IssuerError::TickerLimitExceeded);
    wait(&mut world, 1);
    Redeem::new(&mut world, &desk, &owner).send(&mut world, &alice).unwrap();
}

#[test]
fn an_owners_mint_limit_binds_that_owner() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let bob = world.investor("bob").pubkey();
    world.change_terms(|terms| terms.owner_mint_limit = hourly(10 * SHARE));
    let (hers, his) = (world.open_limits(&alice), world.open_limits(&bob));

    mint(&mut world, &alice, 10 * SHARE, Some(hers)).unwrap();
    let more = mint(&mut world, &alice, 1, Some(hers));
    assert_fails(more, IssuerError::OwnerLimitExceeded);
    mint(&mut world, &bob, 10 * SHARE, Some(his)).unwrap();
    let state: OwnerLimits = world.vm.state(&hers);
    assert_eq!(state.mint_bucket, Bucket { level: 10 * SHARE, updated_at: world.vm.now() });
    assert_eq!(state.cash_bucket, Bucket::default());

    wait(&mut world, SHARE_SECS - 1);
    let early = mint(&mut world, &alice, SHARE, Some(hers));
    assert_fails(early, IssuerError::OwnerLimitExceeded);
    wait(&mut world, 1);
    mint(&mut world, &alice, SHARE, Some(hers)).unwrap();
}

#[test]
fn an_owners_cash_limit_is_apart_from_the_one_for_mints() {
    let (mut world, desk, alice) = scene();
    let owner = alice.pubkey();
    world.change_terms(|terms| {
        terms.owner_mint_limit = hourly(SHARE);
        terms.owner_cash_limit = hourly(SHARE);
    });
    let limits = Some(world.open_limits(&owner));
    let subscribe = |world: &mut World| {
        let mut subscribe = Subscribe::new(world, &desk, &owner);
        subscribe.accounts.owner_limits = limits;
        subscribe.send(world, &alice)
    };
    let redeem = |world: &mut World| {
        let mut redeem = Redeem::new(world, &desk, &owner);
        redeem.accounts.owner_limits = limits;
        redeem.send(world, &alice)
    };
    subscribe(&mut world).unwrap();
    assert_fails(subscribe(&mut world), IssuerError::OwnerLimitExceeded);
    assert_fails(mint(&mut world, &owner, 1, limits), IssuerError::OwnerLimitExceeded);
    redeem(&mut world).unwrap();
    assert_fails(redeem(&mut world), IssuerError::OwnerLimitExceeded);
    let coins = desk.coin.balance(&world.vm, &owner);
    assert_eq!((coins, world.balance(&owner)), (COINS, 10 * SHARE));
    wait(&mut world, 3_600);
    subscribe(&mut world).unwrap();
    redeem(&mut world).unwrap();
    assert_eq!(PRICE, 200 * DOLLAR);
}

#[test]
fn an_owners_limit_needs_the_owners_own_record_of_this_mint() {
    let (mut world, desk, alice) = scene();
    let owner = alice.pubkey();
    let bob = world.investor("bob").pubkey();
    world.change_terms(|terms| {
        terms.owner_mint_limit = hourly(SHARE);
        terms.owner_cash_limit = hourly(SHARE);
    });
    let own = world.open_limits(&owner);
    let anothers = world.open_limits(&bob);
    let another = world.list_another();
    let first = std::mem::replace(&mut world.listed, another);
    let another_mints = world.open_limits(&owner);
    world.listed = first;

    for (limits, expected) in [
        (None, IssuerError::OwnerLimitsMissing),
        (Some(anothers), IssuerError::WrongOwner),
        (Some(another_mints), IssuerError::WrongMint),
    ] {
        assert_fails(mint(&mut world, &owner, 1, limits), expected);
        let mut subscribe = Subscribe::new(&mut world, &desk, &owner);
        subscribe.accounts.owner_limits = limits;
        assert_fails(subscribe.send(&mut world, &alice), expected);
        let mut redeem = Redeem::new(&mut world, &desk, &owner);
        redeem.accounts.owner_limits = limits;
        assert_fails(redeem.send(&mut world, &alice), expected);
    }
    // One of ours of another kind, and the record that is right.
    let ticker = Some(world.listed.accounts.ticker);
    let code = ErrorCode::AccountDiscriminatorMismatch.into();
    assert_fails_with(mint(&mut world, &owner, 1, ticker), code);
    mint(&mut world, &owner, 1, Some(own)).unwrap();
}

#[test]
fn a_lowered_limit_lets_nothing_pass_until_the_bucket_has_drained() {
    let mut world = World::new();
    world.change_terms(|terms| terms.mint_limit = hourly(10 * SHARE));
    let alice = world.investor("alice").pubkey();
    mint(&mut world, &alice, 10 * SHARE, None).unwrap();
    world.change_terms(|terms| terms.mint_limit = hourly(SHARE));
    // Nine hours to come down to the new capacity, one more to empty.
    wait(&mut world, 9 * 3_600);
    assert_fails(mint(&mut world, &alice, 1, None), IssuerError::TickerLimitExceeded);
    wait(&mut world, 3_600);
    mint(&mut world, &alice, SHARE, None).unwrap();
}

#[test]
fn a_limit_of_nothing_closes_the_ticker_to_mints() {
    let mut world = World::new();
    world.change_terms(|terms| terms.mint_limit = Limit { capacity: 0, window_secs: 1 });
    let alice = world.investor("alice").pubkey();
    wait(&mut world, 1_000_000);
    assert_fails(mint(&mut world, &alice, 1, None), IssuerError::TickerLimitExceeded);
}

#[test]
fn open_owner_limits_is_for_anybody_to_open_once() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let open = open_owner_limits(&world, &alice);
    let address = open.accounts.owner_limits;
    world.vm.svm.airdrop(&address, 1_000_000).unwrap();
    open.send(&mut world.vm, &[]).unwrap();
    let limits: OwnerLimits = world.vm.state(&address);
    assert_eq!((limits.version, limits.mint, limits.owner), (2, world.mint(), alice));
    assert_eq!(limits.rent_payer, world.vm.payer.pubkey());
    // The system program: the account is in use already.
    assert_fails_with(open.send(&mut world.vm, &[]), 0);

    let mut elsewhere = open_owner_limits(&world, &key("bob").pubkey());
    elsewhere.accounts.owner_limits = address;
    let outcome = elsewhere.send(&mut world.vm, &[]);
    assert_fails_with(outcome, ErrorCode::ConstraintSeeds.into());
}

#[test]
fn close_owner_limits_waits_until_nothing_binds_and_returns_the_rent() {
    let (mut world, desk, alice) = scene();
    let owner = alice.pubkey();
    world.change_terms(|terms| {
        terms.owner_mint_limit = hourly(10 * SHARE);
        terms.owner_cash_limit = hourly(10 * SHARE);
    });
    let limits = world.open_limits(&owner);
    let close = close_owner_limits(&world, &owner);
    mint(&mut world, &owner, SHARE, Some(limits)).unwrap();
    wait(&mut world, SHARE_SECS - 1);
    assert_fails(close.send(&mut world.vm, &[]), IssuerError::OwnerLimitsInUse);
    let mut redeem = Redeem::new(&mut world, &desk, &owner);
    redeem.accounts.owner_limits = Some(limits);
    redeem.send(&mut world, &alice).unwrap();
    // The mint has drained, the redemption has not.
    wait(&mut world, SHARE_SECS - 1);
    assert_fails(close.send(&mut world.vm, &[]), IssuerError::OwnerLimitsInUse);

    wait(&mut world, 3_600);
    let payer = world.vm.payer.pubkey();
    let before = world.vm.account(&payer).unwrap().lamports;
    let rent = world.vm.account(&limits).unwrap().lamports;
    close.send(&mut world.vm, &[]).unwrap();
    const FEE: u64 = 5_000;
    assert_eq!(world.vm.account(&payer).unwrap().lamports, before + rent - FEE);
    assert!(world.vm.account(&limits).is_none());
    // Opened again, it starts from nothing.
    world.open_limits(&owner);
    assert_eq!(world.vm.state::<OwnerLimits>(&limits).mint_bucket, Bucket::default());
}

/// Without a record an owner cannot be minted to: a stranger must not be able to take it away.
#[test]
fn close_owner_limits_is_for_who_opened_it() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    let limits = world.open_limits(&alice);
    let stranger = key("stranger");
    let mut close = close_owner_limits(&world, &alice);
    close.accounts.rent_payer = stranger.pubkey();
    assert_fails(close.send(&mut world.vm, &[&stranger]), IssuerError::WrongRentPayer);

    let mut unsigned = close_owner_limits(&world, &alice).instruction();
    unsigned.accounts[2].is_signer = false;
    let payer = std::mem::replace(&mut world.vm.payer, stranger);
    world.vm.svm.airdrop(&world.vm.payer.pubkey(), 1_000_000_000).unwrap();
    let outcome = world.vm.send(&[unsigned], &[]);
    assert_fails_with(outcome, ErrorCode::AccountNotSigner.into());
    world.vm.payer = payer;
    assert!(world.vm.account(&limits).is_some());
}

#[test]
fn close_owner_limits_rejects_another_tickers_limits_as_measure() {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    world.change_terms(|terms| terms.owner_mint_limit = hourly(SHARE));
    let limits = world.open_limits(&alice);
    mint(&mut world, &alice, SHARE, Some(limits)).unwrap();
    // Another ticker without limits would find nothing that binds.
    let another = world.list_another();
    assert_eq!(another.args.terms, TERMS);
    let mut close = close_owner_limits(&world, &alice);
    close.accounts.ticker = another.accounts.ticker;
    assert_fails(close.send(&mut world.vm, &[]), IssuerError::WrongMint);
}
