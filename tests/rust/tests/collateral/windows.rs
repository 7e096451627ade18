//! Corporate actions: feed and multiplier change at different seconds, in either order.

use collateral::state::unit;
use scrip_interface::collateral::{Flags, Valuation, reason};
use scrip_tests::{
    collateral::{AAPL, Listing, Market, Price, TOKEN, pyth, rules},
    vm::START,
};

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
/// Monday 2026-11-23, 12:00 in New York: 2.5 hours into the regular session.
const NOON: i64 = START + 3 * 24 * HOUR + 2 * HOUR;
/// `rules`: before, and at most after, a change.
const BEFORE: i64 = HOUR;
const WINDOW_MAX: i64 = 6 * HOUR;
const ACTIONS: u32 = reason::ACTION_PENDING | reason::ACTION_WINDOW | reason::ACTION_UNCONFIRMED;

fn listed_in(unit: u8) -> (Market, Listing) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit)));
    (market, listing)
}

fn listed() -> (Market, Listing) {
    listed_in(unit::PER_SHARE)
}

/// The answer at a time and a fresh price.
fn at(market: &mut Market, listing: &Listing, time: i64, dollars: f64) -> Valuation {
    market.vm.set_time(time);
    market.price(listing, &Price::dollars(AAPL, dollars, time));
    market.value(listing, TOKEN)
}

/// As `at`, recorded.
fn observed(market: &mut Market, listing: &Listing, time: i64, dollars: f64) -> Valuation {
    let answer = at(market, listing, time, dollars);
    market.observe(listing).unwrap();
    answer
}

fn dollars(value: scrip_math::ValueE8) -> u64 {
    value.0 / 100_000_000
}

#[test]
fn no_new_debt_from_an_hour_before_a_change() {
    let (mut market, listing) = listed();
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    let early = at(&mut market, &listing, NOON - BEFORE - 1, 100.0);
    assert_eq!((early.flags, early.reasons.0), (Flags::ALL, 0));
    assert_eq!(early.next_multiplier_bits, 10f64.to_bits());
    assert_eq!(early.next_effective_at.0, NOON);
    for time in [NOON - BEFORE, NOON - 1] {
        let pending = at(&mut market, &listing, time, 100.0);
        assert_eq!(pending.flags, Flags::CAN_LIQUIDATE);
        assert_eq!(pending.reasons.0, reason::ACTION_PENDING);
        assert_eq!(pending.multiplier_bits, 1f64.to_bits());
        assert!(market.status(&listing).reasons.contains(reason::ACTION_PENDING));
    }
}

#[test]
fn the_multiplier_counts_from_its_very_second() {
    let (mut market, listing) = listed();
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    for (time, multiplier, next) in
        [(NOON - 1, 1f64, 10f64.to_bits()), (NOON, 10f64, 0), (NOON + 1, 10f64, 0)]
    {
        let answer = at(&mut market, &listing, time, 100.0);
        assert_eq!(answer.multiplier_bits, multiplier.to_bits(), "{time}");
        assert_eq!(answer.next_multiplier_bits, next, "{time}");
    }
}

/// Plays a 10:1 split of a share of 100 USD minute by minute, with the feed adjusted `feed_after`
/// the multiplier. Nobody calls anything but `observe` now and then, if `cranked`.
fn play_split(feed_after: i64, cranked: bool) {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 3 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    let true_value = 100;
    let (mut debt_minutes, mut minute) = (0, NOON - 90 * MINUTE);
    while minute < NOON + 90 * MINUTE {
        let share = if minute < NOON + feed_after { 100.0 } else { 10.0 };
        let answer = at(&mut market, &listing, minute, share);
        let can = |flag| answer.allowed().contains(flag);
        if can(Flags::CAN_MINT_DEBT) || can(Flags::CAN_WITHDRAW) {
            // While debt can be drawn the value is the true one.
            assert_eq!(dollars(answer.mid_value), true_value, "{minute}: {answer:?}");
            debt_minutes += 1;
        }
        // No one is liquidated by the split: what counts for it is never below the true value.
        assert!(can(Flags::CAN_LIQUIDATE));
        assert!(dollars(answer.liquidation_value()) >= true_value, "{minute}: {answer:?}");
        // And new debt never counts on more.
        assert!(dollars(answer.floor_value) <= true_value, "{minute}: {answer:?}");
        // What was recorded before tells the right one of the two.
        assert_eq!(dollars(answer.mid_value), true_value, "{minute}: {answer:?}");
        if cranked && minute % (5 * MINUTE) == 0 {
            market.observe(&listing).unwrap();
        }
        minute += MINUTE;
    }
    assert!(debt_minutes >= 30, "debt could be drawn in {debt_minutes} minutes only");
}

#[test]
fn a_split_passes_with_the_feed_ahead_of_the_multiplier() {
    for minutes in [20, 7, 1] {
        play_split(-minutes * MINUTE, true);
    }
}

#[test]
fn a_split_passes_with_the_feed_behind_the_multiplier() {
    for minutes in [0, 1, 7, 20] {
        play_split(minutes * MINUTE, true);
    }
}

#[test]
fn without_anybody_acting_a_window_is_safe_and_ends() {
    play_split(20 * MINUTE, false);
    play_split(-20 * MINUTE, false);
    // The window ends by itself, and half an hour of regular session later debt returns.
    let (mut market, listing) = listed();
    let effective = NOON - WINDOW_MAX;
    market.set_multipliers(&listing.mint, 1.0, effective, 10.0);
    for (time, flags, reasons) in [
        (NOON - 1, Flags::CAN_LIQUIDATE, reason::ACTION_WINDOW),
        (NOON, Flags::CAN_LIQUIDATE, reason::ACTION_UNCONFIRMED),
        (NOON + 30 * MINUTE - 1, Flags::CAN_LIQUIDATE, reason::ACTION_UNCONFIRMED),
        (NOON + 30 * MINUTE, Flags::ALL, 0),
    ] {
        let answer = at(&mut market, &listing, time, 10.0);
        assert_eq!((answer.flags, answer.reasons.0), (flags, reasons), "{time}");
        assert_eq!(dollars(answer.mid_value), 100);
    }
}

#[test]
fn a_window_ends_with_the_second_fitting_price_a_minute_later() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    // The feed follows after five minutes. The first price that fits is recorded.
    let behind = observed(&mut market, &listing, NOON + 4 * MINUTE, 100.0);
    assert_eq!(behind.reasons.0, reason::ACTION_WINDOW);
    assert_eq!((dollars(behind.mid_value), dollars(behind.liquidation_value())), (100, 1_001));
    let first = NOON + 5 * MINUTE;
    let answer = observed(&mut market, &listing, first, 10.0);
    assert_eq!(answer.reasons.0, reason::ACTION_WINDOW);
    // Less than a minute later is too early; a minute later `value` finds it in place.
    let early = at(&mut market, &listing, first + 59, 10.0);
    assert_eq!(early.reasons.0, reason::ACTION_WINDOW);
    let confirmed = at(&mut market, &listing, first + 60, 10.0);
    assert_eq!((confirmed.flags, confirmed.reasons.0), (Flags::ALL, 0));
    assert_eq!((dollars(confirmed.floor_value), dollars(confirmed.ceiling_value)), (99, 100));
    // Recorded, it is settled for good, also for `status`, which sees no price.
    assert!(market.status(&listing).reasons.contains(reason::ACTION_WINDOW));
    market.observe(&listing).unwrap();
    assert!(!market.status(&listing).reasons.contains(reason::ACTION_WINDOW));
    let later = at(&mut market, &listing, first + 5 * MINUTE, 13.0);
    assert_eq!((later.flags, later.reasons.0), (Flags::ALL, 0));
}

#[test]
fn a_price_that_falls_back_starts_the_count_again() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    observed(&mut market, &listing, NOON + MINUTE, 10.0);
    assert_ne!(market.feed(&listing).first_fit.publish_time, 0);
    // Not adjusted after all.
    observed(&mut market, &listing, NOON + 2 * MINUTE, 100.0);
    assert_eq!(market.feed(&listing).first_fit.publish_time, 0);
    let answer = at(&mut market, &listing, NOON + 3 * MINUTE, 10.0);
    assert_eq!(answer.reasons.0, reason::ACTION_WINDOW);
}

#[test]
fn a_price_from_before_the_change_confirms_nothing() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    // Adjusted already, published a second before.
    market.vm.set_time(NOON + 30);
    market.price(&listing, &Price::dollars(AAPL, 10.0, NOON - 1));
    market.observe(&listing).unwrap();
    assert_eq!(market.feed(&listing).first_fit.publish_time, 0);
    market.price(&listing, &Price::dollars(AAPL, 10.0, NOON));
    market.observe(&listing).unwrap();
    assert_eq!(market.feed(&listing).first_fit.publish_time, NOON);
}

#[test]
fn a_price_that_followed_another_change_is_not_the_first_of_this_one() {
    // Moved to another second, and to another multiplier.
    for (effective_at, multiplier) in [(NOON + 2 * MINUTE, 10.0), (NOON, 5.0)] {
        let (mut market, listing) = listed();
        observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
        market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
        observed(&mut market, &listing, NOON + MINUTE, 10.0);
        assert_eq!(market.feed(&listing).first_fit.publish_time, NOON + MINUTE);
        market.set_multipliers(&listing.mint, 1.0, effective_at, multiplier);
        let answer = observed(&mut market, &listing, NOON + 3 * MINUTE, 100.0 / multiplier);
        assert_eq!(answer.reasons.0, reason::ACTION_WINDOW);
        let answer = at(&mut market, &listing, NOON + 4 * MINUTE, 100.0 / multiplier);
        assert_eq!(answer.reasons.0, 0);
    }
}

#[test]
fn a_jump_beyond_the_tolerance_waits_for_the_end_of_the_window() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    // 15% of the smaller: 11.5 is at the limit, 11.51 beyond.
    observed(&mut market, &listing, NOON + MINUTE, 11.51);
    assert_eq!(market.feed(&listing).first_fit.publish_time, 0);
    observed(&mut market, &listing, NOON + 2 * MINUTE, 11.5);
    assert_eq!(market.feed(&listing).first_fit.publish_time, NOON + 2 * MINUTE);
}

#[test]
fn a_reverse_split_passes_as_well() {
    for feed_after in [-20 * MINUTE, 20 * MINUTE] {
        let (mut market, listing) = listed();
        market.set_multipliers(&listing.mint, 8.0, 0, 8.0);
        observed(&mut market, &listing, NOON - 3 * HOUR, 10.0);
        market.set_multipliers(&listing.mint, 8.0, NOON, 1.0);
        for minute in -40..40 {
            let time = NOON + minute * MINUTE;
            let share = if time < NOON + feed_after { 10.0 } else { 80.0 };
            let answer = at(&mut market, &listing, time, share);
            assert_eq!(answer.allowed(), Flags::CAN_LIQUIDATE);
            assert_eq!(dollars(answer.mid_value), 80, "{minute}");
            assert!(dollars(answer.liquidation_value()) >= 80 && dollars(answer.floor_value) <= 80);
        }
    }
}

#[test]
fn a_change_below_two_percent_needs_no_continuity() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 1.0199);
    let pending = at(&mut market, &listing, NOON - 1, 100.0);
    assert_eq!(pending.reasons.0, reason::ACTION_PENDING);
    let after = at(&mut market, &listing, NOON, 100.0);
    assert_eq!((after.flags, after.reasons.0), (Flags::ALL, 0));
    market.set_multipliers(&listing.mint, 1.0, NOON, 1.0201);
    let after = at(&mut market, &listing, NOON, 100.0);
    assert_eq!(after.reasons.0, reason::ACTION_WINDOW);
}

#[test]
fn a_change_that_nobody_announced_is_seen_against_the_last_observation() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 10 * MINUTE, 100.0);
    // Both fields at once, and no time to come: what Token-2022 stores for an update at once.
    market.set_multipliers(&listing.mint, 10.0, NOON, 10.0);
    let answer = at(&mut market, &listing, NOON, 100.0);
    assert_eq!(answer.reasons.0, reason::ACTION_WINDOW);
    assert_eq!((dollars(answer.floor_value), dollars(answer.mid_value)), (99, 100));
    observed(&mut market, &listing, NOON + MINUTE, 10.0);
    let answer = at(&mut market, &listing, NOON + 2 * MINUTE, 10.0);
    assert_eq!((answer.flags, answer.reasons.0), (Flags::ALL, 0));
}

#[test]
fn the_next_announcement_does_not_hide_an_open_window() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 10 * MINUTE, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    assert_eq!(at(&mut market, &listing, NOON, 100.0).reasons.0, reason::ACTION_WINDOW);
    // A dividend of next week overwrites both fields.
    market.set_multipliers(&listing.mint, 10.0, NOON + 7 * 24 * HOUR, 10.01);
    let answer = at(&mut market, &listing, NOON + MINUTE, 100.0);
    assert_eq!(answer.reasons.0, reason::ACTION_WINDOW);
    assert_eq!(dollars(answer.mid_value), 100);
}

#[test]
fn a_small_change_that_has_come_does_not_hide_an_open_window_either() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 10 * MINUTE, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    assert_eq!(at(&mut market, &listing, NOON, 100.0).reasons.0, reason::ACTION_WINDOW);
    // A dividend a little later. Prices have followed neither.
    let dividend = NOON + 2 * MINUTE;
    market.set_multipliers(&listing.mint, 10.0, dividend, 10.01);
    let answer = at(&mut market, &listing, dividend, 100.0);
    assert_eq!((answer.flags, answer.reasons.0), (Flags::CAN_LIQUIDATE, reason::ACTION_WINDOW));
    assert_eq!((dollars(answer.floor_value), dollars(answer.mid_value)), (99, 100));
    assert!(dollars(answer.liquidation_value()) >= 1_001);
    // They follow: two of them end the window as ever, and count from then on.
    observed(&mut market, &listing, dividend + MINUTE, 10.0);
    observed(&mut market, &listing, dividend + 2 * MINUTE, 10.0);
    let answer = at(&mut market, &listing, dividend + 3 * MINUTE, 10.0);
    assert_eq!((answer.flags, answer.reasons.0), (Flags::ALL, 0));
    assert_eq!(market.feed(&listing).reference.multiplier_bits, 10.01f64.to_bits());
}

#[test]
fn a_small_change_is_held_against_no_observation_older_than_a_change_is_remembered() {
    let dividend = NOON + 28 * 24 * HOUR;
    for (before, expected) in [(14 * 24 * HOUR, 0), (14 * 24 * HOUR - 1, reason::ACTION_WINDOW)] {
        let (mut market, listing) = listed();
        market.set_multipliers(&listing.mint, 10.0, 0, 10.0);
        observed(&mut market, &listing, dividend - before, 10.0);
        // The reference stays behind a split that no further observation has seen.
        market.set_multipliers(&listing.mint, 1.0, dividend, 1.001);
        assert_eq!(at(&mut market, &listing, dividend, 100.0).reasons.0 & ACTIONS, expected);
    }
}

#[test]
fn a_price_ahead_of_the_next_change_is_counted_while_another_is_open() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 10 * MINUTE, 100.0);
    // Split 10:1 by mistake; the feed knows of the true 20:1, which the correction will make it.
    market.set_multipliers(&listing.mint, 10.0, NOON + 30 * MINUTE, 20.0);
    let answer = at(&mut market, &listing, NOON, 5.0);
    assert_eq!(answer.reasons.0, reason::ACTION_WINDOW);
    assert_eq!(dollars(answer.liquidation_value()), 100);
    assert_eq!(dollars(answer.floor_value), 4);
    // As long as it is far, it is not.
    market.set_multipliers(&listing.mint, 10.0, NOON + BEFORE + 1, 20.0);
    let answer = at(&mut market, &listing, NOON, 5.0);
    assert_eq!(dollars(answer.liquidation_value()), 50);
}

#[test]
fn a_change_that_nothing_confirmed_does_not_hide_the_next_one() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON + 1, 10.0);
    // Beyond the window, and before half an hour of a session: in the night.
    let night = NOON + 12 * HOUR;
    let unconfirmed = at(&mut market, &listing, night, 20.0);
    assert_eq!(unconfirmed.reasons.0 & ACTIONS, reason::ACTION_UNCONFIRMED);
    market.set_multipliers(&listing.mint, 10.0, night + BEFORE, 20.0);
    let pending = at(&mut market, &listing, night, 10.0);
    assert_eq!(pending.reasons.0 & ACTIONS, reason::ACTION_PENDING);
    assert_eq!(dollars(pending.liquidation_value()), 200);
}

#[test]
fn a_price_that_ends_a_window_does_not_end_the_next_changes() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 10 * MINUTE, 100.0);
    // A split at once and, before prices have followed, its correction in half an hour.
    market.set_multipliers(&listing.mint, 10.0, NOON + 30 * MINUTE, 20.0);
    let first = observed(&mut market, &listing, NOON, 10.0);
    assert_eq!(first.reasons.0, reason::ACTION_WINDOW);
    let confirmed = at(&mut market, &listing, NOON + MINUTE, 10.0);
    assert_eq!(confirmed.reasons.0, reason::ACTION_PENDING);
    assert_eq!(confirmed.flags, Flags::CAN_LIQUIDATE);
    assert_eq!((dollars(confirmed.floor_value), dollars(confirmed.mid_value)), (99, 100));
    assert_eq!(dollars(confirmed.liquidation_value()), 200);
}

#[test]
fn a_cancelled_change_leaves_nothing_behind() {
    let (mut market, listing) = listed();
    observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    let pending = at(&mut market, &listing, NOON - MINUTE, 100.0);
    assert_eq!(pending.reasons.0, reason::ACTION_PENDING);
    market.set_multipliers(&listing.mint, 1.0, NOON, 1.0);
    for time in [NOON - 30, NOON, NOON + MINUTE] {
        let answer = at(&mut market, &listing, time, 100.0);
        assert_eq!((answer.flags, answer.reasons.0), (Flags::ALL, 0));
    }
}

#[test]
fn an_average_over_a_split_does_not_count_for_a_day() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let mut config = rules(market.calendar, pyth(AAPL, unit::PER_SHARE));
    config.use_ema = 1;
    let listing = market.list(mint, config);
    observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    let mut ceiling = |time: i64| {
        market.vm.set_time(time);
        let price = Price { ema_price: 40 * 100_000_000, ..Price::dollars(AAPL, 10.0, time) };
        market.price(&listing, &price);
        let answer = market.value(&listing, TOKEN);
        market.observe(&listing).unwrap();
        dollars(answer.ceiling_value)
    };
    // In the window by the new multiplier, afterwards settled; the day after it counts again.
    assert_eq!(ceiling(NOON + MINUTE), 100);
    assert_eq!(ceiling(NOON + 2 * MINUTE), 100);
    assert_eq!(ceiling(NOON + 24 * HOUR - 1), 100);
    assert_eq!(ceiling(NOON + 24 * HOUR), 400);
}

#[test]
fn a_price_per_token_is_the_same_under_both_multipliers() {
    let (mut market, listing) = listed_in(unit::PER_TOKEN);
    observed(&mut market, &listing, NOON - 2 * HOUR, 100.0);
    market.set_multipliers(&listing.mint, 1.0, NOON, 10.0);
    let answer = observed(&mut market, &listing, NOON, 100.0);
    assert_eq!(answer.reasons.0, reason::ACTION_WINDOW);
    assert_eq!((dollars(answer.floor_value), dollars(answer.ceiling_value)), (99, 100));
    let answer = at(&mut market, &listing, NOON + MINUTE, 100.0);
    assert_eq!((answer.flags, answer.reasons.0), (Flags::ALL, 0));
}
