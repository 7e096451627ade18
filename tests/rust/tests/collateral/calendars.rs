//! Creating calendars and loading years.

use collateral::{
    error::CollateralError,
    instruction::CancelYear,
    state::{FeedConfig, Hours, NO_SOURCE, SessionRule, Source, Year, unit},
};
use scrip_interface::collateral::reason;
use scrip_tests::collateral::{
    AAPL, CreateCalendar, CreateFeed, Listing, Market, NYSE_HOURS, TIMELOCK, assert_refused,
    legacy, manage_calendar, pyth, rules, set_year, year,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

const DAY: i64 = 86_400;
/// Noon in New York of Monday 2028-01-03 and of Monday 2026-11-23.
const NOON_2028: i64 = 21_186 * DAY + 17 * 3_600;
const NOON_2026: i64 = 20_780 * DAY + 17 * 3_600;

fn listed() -> (Market, Listing) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    (market, listing)
}

fn session(market: &mut Market, listing: &Listing, at: i64) -> u8 {
    market.vm.set_time(at);
    market.status(listing).session
}

fn set(market: &mut Market, year: Year) {
    let set = set_year(market.admin.pubkey(), market.curator, market.calendar, year);
    market.manage(set).unwrap();
}

#[test]
fn create_calendar_refuses_what_is_no_calendar() {
    let mut market = Market::new();
    let (payer, admin, curator) = (market.vm.payer.pubkey(), market.admin.pubkey(), market.curator);
    let create = |edit: &dyn Fn(&mut CreateCalendar)| {
        let mut create = CreateCalendar::new(payer, admin, curator);
        create.set_mic(*b"XNAS");
        edit(&mut create);
        create.instruction()
    };
    for mic in [*b"xnas", *b"XN S", [0; 4]] {
        let outcome = market.manage(create(&|create| create.set_mic(mic)));
        assert_refused(outcome, CollateralError::MicInvalid);
    }
    for hours in [
        Hours { pre_open: 40_000, ..NYSE_HOURS },
        Hours { us_daylight_saving: 2, ..NYSE_HOURS },
        Hours { overnight: 2, ..NYSE_HOURS },
        Hours { padding: [0, 1], ..NYSE_HOURS },
        Hours { post_close: 86_401, ..NYSE_HOURS },
    ] {
        let outcome = market.manage(create(&|create| create.args.hours = hours));
        assert_refused(outcome, CollateralError::HoursInvalid);
    }
    let plain = year(2026, &[], &[]);
    let mut beyond = plain;
    beyond.holidays[5] = 1 << (365 - 320);
    let mut beyond_early = plain;
    beyond_early.early_closes[5] = 1 << 63;
    for years in [
        vec![year(1999, &[], &[])],
        vec![year(2400, &[], &[])],
        vec![beyond],
        vec![beyond_early],
        vec![Year { padding: [1; 6], ..plain }],
        vec![plain, plain],
    ] {
        let outcome = market.manage(create(&|create| create.args.years.clone_from(&years)));
        assert_refused(outcome, CollateralError::YearInvalid);
    }
    // A leap year has one more.
    let mut leap = year(2028, &[], &[]);
    leap.holidays[5] = 1 << (365 - 320);
    market.manage(create(&|create| create.args.years = vec![leap])).unwrap();
}

#[test]
fn a_year_ahead_counts_after_the_timelock_without_anybody_acting() {
    let (mut market, listing) = listed();
    market.vm.set_time(NOON_2028 - TIMELOCK + 1);
    let next = year(2028, &[(1, 17)], &[]);
    set(&mut market, next);
    // One second short of the timelock at noon: closed, and a second later open.
    assert_eq!(session(&mut market, &listing, NOON_2028), 0);
    assert!(market.status(&listing).reasons.contains(reason::CALENDAR_UNKNOWN));
    assert_eq!(session(&mut market, &listing, NOON_2028 + 1), 2);
    // It stays when the next one is loaded.
    set(&mut market, year(2029, &[], &[]));
    assert_eq!(session(&mut market, &listing, NOON_2028 + 2), 2);
    assert!(market.calendar().years.contains(&next));
}

#[test]
fn a_holiday_more_counts_at_once_and_one_less_after_the_timelock() {
    let (mut market, listing) = listed();
    let loaded = market.calendar().years[1];
    assert_eq!(loaded.year, 2026);
    let mut mourning = loaded;
    // 2026-11-23 is day 326.
    mourning.holidays[5] |= 1 << (326 - 320);
    assert_eq!(session(&mut market, &listing, NOON_2026), 2);
    set(&mut market, mourning);
    assert_eq!(session(&mut market, &listing, NOON_2026), 0);
    set(&mut market, loaded);
    assert_eq!(session(&mut market, &listing, NOON_2026 + 60), 0);
    let wednesday = NOON_2026 + 2 * DAY;
    assert_eq!(session(&mut market, &listing, wednesday + 60), 2);
    assert_eq!(market.calendar().pending, loaded);
}

#[test]
fn an_early_close_more_counts_at_once_and_instead_of_a_holiday_after_the_timelock() {
    let (mut market, _) = listed();
    let with = |holidays: &[(usize, u16)], early: &[(usize, u16)]| year(2027, holidays, early);
    for (old, new, at_once) in [
        (with(&[], &[]), with(&[], &[(3, 1)]), true),
        (with(&[], &[(3, 1)]), with(&[(3, 1)], &[]), true),
        (with(&[(3, 1)], &[]), with(&[], &[(3, 1)]), false),
        (with(&[], &[(3, 1)]), with(&[], &[(3, 2)]), false),
        (with(&[], &[(3, 1)]), with(&[(3, 2)], &[]), false),
    ] {
        set(&mut market, old);
        market.vm.set_time(market.vm.now() + TIMELOCK);
        set(&mut market, new);
        let calendar = market.calendar();
        assert_eq!(calendar.years.contains(&new), at_once);
        assert_eq!(calendar.pending.year, if at_once { 0 } else { 2027 });
    }
}

#[test]
fn a_pending_year_can_be_taken_back() {
    let (mut market, listing) = listed();
    let admin = market.admin.pubkey();
    let cancel = manage_calendar(admin, market.curator, market.calendar, &CancelYear {});
    assert_refused(market.manage(cancel.clone()), CollateralError::NothingPending);
    market.vm.set_time(NOON_2028 - 2 * TIMELOCK);
    set(&mut market, year(2028, &[], &[]));
    market.manage(cancel.clone()).unwrap();
    assert_eq!(session(&mut market, &listing, NOON_2028), 0);
    // What counts already is not pending.
    set(&mut market, year(2028, &[], &[]));
    market.vm.set_time(NOON_2028 + TIMELOCK);
    assert_refused(market.manage(cancel), CollateralError::NothingPending);
}

#[test]
fn the_oldest_year_makes_room_for_a_later_one_only() {
    let (mut market, _) = listed();
    let mut time = market.vm.now();
    for number in 2028..=2034 {
        set(&mut market, year(number, &[], &[]));
        time += TIMELOCK;
        market.vm.set_time(time);
    }
    set(&mut market, year(2035, &[], &[]));
    let mut years: Vec<_> = market.calendar().years.iter().map(|year| year.year).collect();
    years.sort_unstable();
    assert_eq!(years, [2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034]);
    let admin = market.admin.pubkey();
    let old = set_year(admin, market.curator, market.calendar, year(2026, &[], &[]));
    assert_refused(market.manage(old), CollateralError::YearTooOld);
}

#[test]
fn create_feed_refuses_incomplete_rules() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let (payer, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
    let good = rules(market.calendar, pyth(AAPL, unit::PER_SHARE));
    let rule = |edit: &dyn Fn(&mut SessionRule)| {
        let mut config = good;
        edit(&mut config.rules[1]);
        config
    };
    let source = |source: Source| {
        let mut config = good;
        config.sources = [source; 4];
        config
    };
    let id = pyth(AAPL, unit::PER_SHARE);
    for (number, config) in [
        rule(&|rule| rule.max_age_secs = 0),
        rule(&|rule| rule.max_confidence_bps = 10_001),
        rule(&|rule| rule.haircut_bps = 10_001),
        rule(&|rule| rule.permitted = 8),
        rule(&|rule| rule.source = 1),
        rule(&|rule| rule.source = NO_SOURCE),
        rule(&|rule| rule.padding = 1),
        source(Source { kind: 3, ..id }),
        source(Source { unit: 2, ..id }),
        source(Source { feed_id: [0; 32], ..id }),
        source(Source { padding: [1; 6], ..id }),
        source(legacy(Pubkey::default())),
        source(Source { feed_id: AAPL, ..legacy(mint) }),
        source(Source { kind: 0, ..id }),
        FeedConfig { token_source: 1, ..good },
        FeedConfig { token_source: 0, token_max_age_secs: 0, ..good },
        FeedConfig { use_ema: 2, ..good },
        FeedConfig { debt_disabled: 2, ..good },
        FeedConfig { padding: 1, ..good },
        FeedConfig { max_depeg_bps: 10_001, ..good },
        FeedConfig { continuity_bps: 10_001, ..good },
        FeedConfig { before_secs: 1_799, ..good },
        FeedConfig { window_max_secs: 1_799, ..good },
        FeedConfig { window_max_secs: 7 * 86_400 + 1, ..good },
    ]
    .into_iter()
    .enumerate()
    {
        let create = CreateFeed::new(payer, admin, market.curator, mint, config);
        println!("rules {number}");
        assert_refused(market.manage(create.instruction()), CollateralError::ConfigInvalid);
    }
    market.manage(CreateFeed::new(payer, admin, market.curator, mint, good).instruction()).unwrap();
}
