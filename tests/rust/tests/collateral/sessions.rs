//! Every session by the chain's clock, to the second.

use collateral::state::unit;
use scrip_interface::collateral::{Flags, reason};
use scrip_tests::{
    collateral::{AAPL, Listing, Market, Price, TOKEN, pyth, rules},
    vm::START,
};

const HOUR: i64 = 3_600;
/// Midnight in New York of Friday, 2026-11-20: START is 10:00.
const FRIDAY: i64 = START - 10 * HOUR;
const DAY: i64 = 24 * HOUR;

const CLOSED: u8 = 0;
const PRE: u8 = 1;
const REGULAR: u8 = 2;
const POST: u8 = 3;
const OVERNIGHT: u8 = 4;

fn listed() -> (Market, Listing) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    (market, listing)
}

fn session(market: &mut Market, listing: &Listing, at: i64) -> u8 {
    market.vm.set_time(at);
    let answer = market.status(listing);
    assert!(!answer.reasons.contains(reason::CALENDAR_UNKNOWN), "{at}");
    answer.session
}

#[track_caller]
fn assert_edges(market: &mut Market, listing: &Listing, edges: &[(i64, u8, u8)]) {
    for &(at, before, from) in edges {
        let found = (session(market, listing, at - 1), session(market, listing, at));
        assert_eq!(found, (before, from), "around {at}");
    }
}

#[test]
fn sessions_change_to_the_second() {
    let (mut market, listing) = listed();
    let half = HOUR / 2;
    assert_edges(
        &mut market,
        &listing,
        &[
            (FRIDAY, OVERNIGHT, OVERNIGHT),
            (FRIDAY + 4 * HOUR, OVERNIGHT, PRE),
            (FRIDAY + 9 * HOUR + half, PRE, REGULAR),
            (FRIDAY + 16 * HOUR, REGULAR, POST),
            (FRIDAY + 20 * HOUR, POST, CLOSED),
            (FRIDAY + 2 * DAY + 20 * HOUR, CLOSED, OVERNIGHT),
            (FRIDAY + 3 * DAY + 4 * HOUR, OVERNIGHT, PRE),
        ],
    );
}

#[test]
fn holidays_and_early_closes_are_kept() {
    let (mut market, listing) = listed();
    // Thanksgiving is Thursday the 26th; the day after closes at 13:00.
    let thursday = FRIDAY + 6 * DAY;
    assert_edges(
        &mut market,
        &listing,
        &[
            (thursday - 4 * HOUR, POST, CLOSED),
            (thursday + 10 * HOUR, CLOSED, CLOSED),
            (thursday + 20 * HOUR, CLOSED, OVERNIGHT),
            (thursday + DAY + 13 * HOUR, REGULAR, POST),
            (thursday + DAY + 17 * HOUR, POST, CLOSED),
        ],
    );
}

#[test]
fn both_clock_changes_move_the_sessions() {
    let (mut market, listing) = listed();
    // 2026-03-06 (EST) and 2026-03-09 (EDT), 2026-10-30 (EDT) and 2026-11-02 (EST): openings in UTC.
    for (day, utc_hours) in [(20_518, 14), (20_521, 13), (20_756, 13), (20_759, 14)] {
        let open = day * DAY + utc_hours * HOUR + HOUR / 2;
        assert_edges(&mut market, &listing, &[(open, PRE, REGULAR)]);
    }
}

#[test]
fn what_a_session_allows_and_takes_off_follows_the_clock() {
    let (mut market, listing) = listed();
    for (at, session, haircut, flags, reasons) in [
        (FRIDAY + 10 * HOUR, REGULAR, 500, Flags::ALL, 0),
        (FRIDAY + 17 * HOUR, POST, 1_000, Flags::ALL, 0),
        (FRIDAY + 3 * HOUR, OVERNIGHT, 1_500, Flags::CAN_LIQUIDATE, reason::SESSION_RULE),
        (FRIDAY + DAY, CLOSED, 2_500, Flags(0), reason::SESSION_RULE | reason::SESSION_CLOSED),
    ] {
        market.vm.set_time(at);
        market.price(&listing, &Price::dollars(AAPL, 200.0, at));
        let answer = market.value(&listing, TOKEN);
        assert_eq!((answer.session, answer.haircut.0), (session, haircut));
        assert_eq!((answer.flags, answer.reasons.0), (flags, reasons));
        // 200.00 less a thousandth, less the haircut.
        let floor = 19_980_000_000u64;
        assert_eq!(answer.floor_value.0, floor);
        let keep = 10_000 - u64::from(haircut);
        assert_eq!(answer.collateral_value().0, floor / 10_000 * keep);
    }
}

#[test]
fn over_a_weekend_fridays_price_gives_no_debt_and_is_known_to_be_old() {
    let (mut market, listing) = listed();
    let close = FRIDAY + 20 * HOUR;
    market.price(&listing, &Price::dollars(AAPL, 200.0, close));
    market.vm.set_time(FRIDAY + DAY + 12 * HOUR);
    let saturday = market.value(&listing, TOKEN);
    assert!(!saturday.allowed().contains(Flags::CAN_MINT_DEBT));
    assert!(!saturday.allowed().contains(Flags::CAN_WITHDRAW));
    assert_eq!(saturday.age_secs, 16 * 3_600);
    // Monday's first second: the price is stale by the rule of its session.
    market.vm.set_time(FRIDAY + 3 * DAY + 4 * HOUR);
    let monday = market.value(&listing, TOKEN);
    assert_eq!((monday.flags, monday.reasons.0), (Flags(0), reason::PRICE_STALE));
}

#[test]
fn a_date_outside_the_loaded_years_is_closed_with_a_reason() {
    let (mut market, listing) = listed();
    let unknown = reason::CALENDAR_UNKNOWN | reason::SESSION_CLOSED | reason::SESSION_RULE;
    // Noon of Monday 2028-01-03, of Friday 2024-12-27, and times no calendar reaches.
    for at in [21_186 * DAY + 17 * HOUR, 20_084 * DAY + 17 * HOUR, -1, i64::MAX] {
        market.vm.set_time(at);
        let answer = market.status(&listing);
        assert_eq!(answer.reasons.0 & unknown, unknown, "{at}");
        assert_eq!((answer.session, answer.flags), (CLOSED, Flags(0)));
    }
}
