//! Supply x multiplier never exceeds the shares that count, at any mint.

use issuer::error::IssuerError;
use scrip_tests::{
    build::AttestMint,
    vm::{Outcome, assert_fails},
    world::{SHARE, World},
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const SHARE_E8: u128 = SHARE as u128;

fn setup() -> (World, Pubkey) {
    let mut world = World::new();
    let alice = world.investor("alice").pubkey();
    (world, alice)
}

/// Mints against a statement of this many settled and receivable shares (e8), `age` seconds old.
fn mint(world: &mut World, owner: &Pubkey, amount: u64, shares: (u128, u128), age: i64) -> Outcome {
    let mut mint = AttestMint::new(world, owner, amount);
    mint.args.statement.settled_shares_e8 = shares.0;
    mint.args.statement.receivable_shares_e8 = shares.1;
    mint.args.statement.as_of -= age;
    mint.send(world)
}

#[test]
fn attest_mint_stops_at_the_last_unit_of_reserves() {
    let (mut world, alice) = setup();
    let reserves = (10 * SHARE_E8, 0);
    mint(&mut world, &alice, 9 * SHARE, reserves, 0).unwrap();
    let beyond = mint(&mut world, &alice, SHARE + 1, reserves, 0);
    assert_fails(beyond, IssuerError::ReservesInsufficient);
    mint(&mut world, &alice, SHARE, reserves, 0).unwrap();
    assert_fails(mint(&mut world, &alice, 1, reserves, 0), IssuerError::ReservesInsufficient);
    assert_eq!(world.supply(), 10 * SHARE);
}

#[test]
fn attest_mint_rejects_reserves_that_fell_below_supply() {
    let (mut world, alice) = setup();
    mint(&mut world, &alice, 5 * SHARE, (10 * SHARE_E8, 0), 20).unwrap();
    let fallen = mint(&mut world, &alice, 1, (5 * SHARE_E8, 0), 10);
    assert_fails(fallen, IssuerError::ReservesInsufficient);
}

#[test]
fn attest_mint_counts_receivable_shares_up_to_the_tickers_limit() {
    let (mut world, alice) = setup();
    // 5% of 100 settled shares: 5 of the 50 receivable ones count.
    let reserves = (100 * SHARE_E8, 50 * SHARE_E8);
    let beyond = mint(&mut world, &alice, 105 * SHARE + 1, reserves, 0);
    assert_fails(beyond, IssuerError::ReservesInsufficient);
    mint(&mut world, &alice, 105 * SHARE, reserves, 0).unwrap();
    assert_eq!(world.ticker().reserves.receivable, (50 * SHARE_E8).into());
}

#[test]
fn attest_mint_judges_by_the_newest_statement_in_any_order() {
    let (mut world, alice) = setup();
    mint(&mut world, &alice, SHARE, (10 * SHARE_E8, 0), 10).unwrap();
    let newest = world.ticker().reserves;
    // An older, richer statement lands later: the snapshot stays, and it is what counts.
    let beyond = mint(&mut world, &alice, 10 * SHARE, (1_000 * SHARE_E8, 0), 20);
    assert_fails(beyond, IssuerError::ReservesInsufficient);
    mint(&mut world, &alice, SHARE, (1_000 * SHARE_E8, 0), 20).unwrap();
    // Nor does another one of the same second replace it.
    mint(&mut world, &alice, SHARE, (1_000 * SHARE_E8, 0), 10).unwrap();
    assert_eq!(world.ticker().reserves, newest);
    mint(&mut world, &alice, 17 * SHARE, (20 * SHARE_E8, 0), 9).unwrap();
    assert_eq!(world.supply(), 20 * SHARE);
}

#[test]
fn attest_mint_rejects_a_statement_out_of_its_time() {
    let reserves = (10 * SHARE_E8, 0);
    let day = 24 * 60 * 60;
    let (mut world, alice) = setup();
    assert_fails(mint(&mut world, &alice, 1, reserves, day + 1), IssuerError::StatementStale);
    mint(&mut world, &alice, 1, reserves, day).unwrap();
    assert_fails(mint(&mut world, &alice, 1, reserves, -61), IssuerError::StatementInFuture);
    mint(&mut world, &alice, 1, reserves, -60).unwrap();
    let long_ago = scrip_tests::vm::START - i64::MIN / 2;
    assert_fails(mint(&mut world, &alice, 1, reserves, long_ago), IssuerError::StatementStale);
}

#[test]
fn attest_mint_rejects_a_stale_snapshot_behind_a_stale_statement_only() {
    let (mut world, alice) = setup();
    mint(&mut world, &alice, 1, (10 * SHARE_E8, 0), 0).unwrap();
    let now = world.vm.now();
    world.vm.set_time(now + 24 * 60 * 60 + 1);
    // The snapshot has aged; a fresh statement renews it.
    mint(&mut world, &alice, 1, (10 * SHARE_E8, 0), 0).unwrap();
    assert_eq!(world.ticker().reserves.as_of, world.vm.now());
}

#[test]
fn attest_mint_counts_liabilities_at_the_multiplier_in_force() {
    let (mut world, alice) = setup();
    let now = world.vm.now();
    // Tenfold since a second ago; the stale first multiplier must not count.
    world.set_multipliers(1.0, now - 1, 10.0);
    let reserves = (100 * SHARE_E8, 0);
    let beyond = mint(&mut world, &alice, 10 * SHARE + 1, reserves, 0);
    assert_fails(beyond, IssuerError::ReservesInsufficient);
    mint(&mut world, &alice, 10 * SHARE, reserves, 0).unwrap();
}

#[test]
fn attest_mint_covers_both_the_current_and_the_pending_multiplier() {
    for (current, pending) in [(1.0, 2.0), (2.0, 1.0)] {
        let (mut world, alice) = setup();
        let now = world.vm.now();
        world.set_multipliers(current, now + 1, pending);
        let reserves = (100 * SHARE_E8, 0);
        let beyond = mint(&mut world, &alice, 50 * SHARE + 1, reserves, 0);
        assert_fails(beyond, IssuerError::ReservesInsufficient);
        mint(&mut world, &alice, 50 * SHARE, reserves, 0).unwrap();
        // At its second the pending one alone counts.
        world.vm.set_time(now + 1);
        let after = mint(&mut world, &alice, 50 * SHARE, reserves, 0);
        match pending {
            1.0 => assert_eq!(after.map(|_| world.supply()).unwrap(), 100 * SHARE),
            _ => assert_fails(after, IssuerError::ReservesInsufficient),
        }
    }
}

#[test]
fn attest_mint_rejects_a_multiplier_it_cannot_count_with() {
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::MAX] {
        let (mut world, alice) = setup();
        world.set_multipliers(1.0, 0, bad);
        let outcome = mint(&mut world, &alice, 1, (u128::MAX, 0), 0);
        assert_fails(outcome, IssuerError::MultiplierInvalid);
    }
}
