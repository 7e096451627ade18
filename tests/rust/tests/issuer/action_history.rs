//! Past raw amounts in shares.

use issuer::error::IssuerError;
use scrip_interface::action;
use scrip_math::{RawAmount, Timestamp};
use scrip_tests::{
    build::*,
    vm::assert_fails,
    world::{SHARE, World},
};

const DAY: i64 = 86_400;

/// Splits of 2:1 and 1:2 in turn, a day apart; when each took effect.
fn after(changes: usize) -> (World, Vec<i64>) {
    let mut world = World::new();
    let mut times = vec![];
    for number in 0..changes {
        let at = world.vm.now() + DAY;
        let terms = if number % 2 == 0 { split(2, 1) } else { split(1, 2) };
        world.schedule(terms, at);
        world.complete_action().unwrap();
        times.push(at);
    }
    (world, times)
}

#[test]
fn shares_at_knows_the_second_of_each_change() {
    let (world, times) = after(3);
    let shares = |time| world.shares_at(SHARE + 1, time).shares_e8;
    let one = u128::from(SHARE) + 1;
    assert_eq!(shares(0), one);
    for (time, expected) in [
        (times[0] - 1, one),
        (times[0], 2 * one),
        (times[1] - 1, 2 * one),
        (times[1], one),
        (times[2] - 1, one),
        (times[2], 2 * one),
        (i64::MAX, 2 * one),
    ] {
        assert_eq!(shares(time), expected);
        let account = world.vm.account(&history(&world)).unwrap();
        assert_eq!(account.data.len(), issuer::state::History::SPACE);
        let read = action::History::parse(&account.data).unwrap();
        assert_eq!(read.mint(), world.mint());
        assert_eq!(read.shares_at(RawAmount(SHARE + 1), Timestamp(time)).unwrap().0, expected);
    }
    let early = show_shares_at(&world, SHARE, -1).instruction();
    let mut world = world;
    assert_fails(world.vm.send(&[early], &[]), IssuerError::HistoryTooShort);
}

#[test]
fn shares_at_of_a_time_to_come_follows_what_is_scheduled() {
    let (mut world, _) = after(1);
    let at = world.vm.now() + DAY;
    world.schedule(split(5, 1), at);
    assert_eq!(world.shares_at(1, at - 1).shares_e8, 2);
    assert_eq!(world.shares_at(1, at).shares_e8, 10);
    cancel_action(&mut world).send(&mut world).unwrap();
    assert_eq!(world.shares_at(1, at).shares_e8, 2);
}

#[test]
fn the_history_keeps_the_last_32_and_says_so() {
    let (mut world, times) = after(32);
    // With the first one, of before, there were 33.
    let before_first = show_shares_at(&world, SHARE, times[0] - 1).instruction();
    assert_fails(world.vm.send(&[before_first], &[]), IssuerError::HistoryTooShort);
    for (number, at) in times.iter().enumerate() {
        let shares = if number % 2 == 0 { 2 } else { 1 };
        assert_eq!(world.shares_at(1, *at).shares_e8, shares);
    }
}
