//! The view of what is attested and what is owed.

use issuer::{
    error::IssuerError,
    instructions::{ReserveRatio, StatementArgs},
};
use scrip_tests::{
    build::{SETTLED_E8, TERMS, attest_reserves, reserve_ratio, show_reserve_ratio},
    vm::{START, assert_fails},
    world::{SHARE, World},
};

const SHARE_E8: u128 = SHARE as u128;

fn attest(world: &mut World, settled_shares_e8: u128, receivable_shares_e8: u128) {
    let as_of = world.ticker().reserves.as_of + 1;
    let said = StatementArgs { as_of, settled_shares_e8, receivable_shares_e8 };
    attest_reserves(world, said).send(world).unwrap();
}

#[test]
fn reserve_ratio_of_nothing_owed_is_the_largest_number() {
    let mut world = World::new();
    let nothing = ReserveRatio {
        version: 1,
        stale: true,
        as_of: 0,
        supply: 0,
        counted_shares_e8: 0,
        supply_shares_e8: 0,
        ratio_bps: u64::MAX,
    };
    assert_eq!(reserve_ratio(&mut world), nothing);
}

#[test]
fn reserve_ratio_compares_what_counts_with_what_is_owed() {
    let mut world = World::new();
    world.holder("alice", 8 * SHARE);
    let ratio = reserve_ratio(&mut world);
    assert_eq!((ratio.stale, ratio.as_of, ratio.supply), (false, START, 8 * SHARE));
    assert_eq!((ratio.counted_shares_e8, ratio.supply_shares_e8), (SETTLED_E8, 8 * SHARE_E8));
    assert_eq!(ratio.ratio_bps, 1_250_000);

    attest(&mut world, 8 * SHARE_E8, 0);
    assert_eq!(reserve_ratio(&mut world).ratio_bps, 10_000);
    // Rounded down: short is never shown as enough.
    attest(&mut world, 8 * SHARE_E8 - 1, 0);
    assert_eq!(reserve_ratio(&mut world).ratio_bps, 9_999);
    attest(&mut world, 4 * SHARE_E8, SHARE_E8);
    let ratio = reserve_ratio(&mut world);
    // Of one receivable share 5% of four settled ones count.
    assert_eq!((ratio.counted_shares_e8, ratio.ratio_bps), (21 * SHARE_E8 / 5, 5_250));
    attest(&mut world, 0, 0);
    assert_eq!(reserve_ratio(&mut world).ratio_bps, 0);
}

#[test]
fn reserve_ratio_counts_what_is_owed_at_the_multiplier_in_force() {
    let mut world = World::new();
    world.holder("alice", 5);
    let now = world.vm.now();
    world.set_multipliers(1.5, now + 1, 10.0);
    let before = reserve_ratio(&mut world);
    // 7.5 units, rounded up.
    assert_eq!((before.supply, before.supply_shares_e8), (5, 8));
    world.vm.set_time(now + 1);
    assert_eq!(reserve_ratio(&mut world).supply_shares_e8, 50);
}

#[test]
fn reserve_ratio_says_when_the_statement_is_too_old_for_a_mint() {
    let mut world = World::new();
    world.holder("alice", SHARE);
    world.vm.set_time(START + i64::from(TERMS.max_statement_age_secs));
    assert!(!reserve_ratio(&mut world).stale);
    world.vm.set_time(START + i64::from(TERMS.max_statement_age_secs) + 1);
    assert!(reserve_ratio(&mut world).stale);
}

#[test]
fn reserve_ratio_rejects_another_tickers_mint_and_a_multiplier_it_cannot_count_with() {
    let mut world = World::new();
    let mut call = show_reserve_ratio(&world);
    call.accounts.mint = world.list_another().accounts.mint;
    assert_fails(call.send(&mut world.vm, &[]), IssuerError::WrongMint);
    world.set_multipliers(1.0, 0, -1.0);
    let outcome = show_reserve_ratio(&world).send(&mut world.vm, &[]);
    assert_fails(outcome, IssuerError::MultiplierInvalid);
}
