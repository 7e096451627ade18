//! Every day of 2025, 2026 and 2027 against lists of dates and clock changes that were not computed
//! here: exchange holidays and early closes as published by NYSE, clock changes as UTC instants
//! from the IANA time zone database.

use super::*;
use std::{vec, vec::Vec};

/// Month and day of full holidays of NYSE and Nasdaq.
const HOLIDAYS: [(u16, &[(u32, u32)]); 3] = [
    (
        2025,
        &[
            (1, 1),
            (1, 9),
            (1, 20),
            (2, 17),
            (4, 18),
            (5, 26),
            (6, 19),
            (7, 4),
            (9, 1),
            (11, 27),
            (12, 25),
        ],
    ),
    (
        2026,
        &[(1, 1), (1, 19), (2, 16), (4, 3), (5, 25), (6, 19), (7, 3), (9, 7), (11, 26), (12, 25)],
    ),
    (
        2027,
        &[(1, 1), (1, 18), (2, 15), (3, 26), (5, 31), (6, 18), (7, 5), (9, 6), (11, 25), (12, 24)],
    ),
];
const EARLY_CLOSES: [(u16, &[(u32, u32)]); 3] =
    [(2025, &[(7, 3), (11, 28), (12, 24)]), (2026, &[(11, 27), (12, 24)]), (2027, &[(11, 26)])];
/// Begin and end of daylight saving time in New York, UTC.
const SAVING: [(i64, i64); 3] = [
    (1_741_503_600, 1_762_063_200),
    (1_772_953_200, 1_793_512_800),
    (1_805_007_600, 1_825_567_200),
];
const DAY_2025: i64 = 20_089;
const DAYS: i64 = 365 * 3;

const NYSE: Venue = Venue {
    utc_offset_secs: -5 * 3_600,
    us_daylight_saving: true,
    overnight: true,
    pre_open: 4 * 3_600,
    regular_open: 9 * 3_600 + 1_800,
    regular_close: 16 * 3_600,
    post_close: 20 * 3_600,
    early_close: 13 * 3_600,
    early_post_close: 17 * 3_600,
};

/// The table under test knows three years.
struct Nyse;

impl Days for Nyse {
    fn day(&self, date: Date) -> Day {
        let listed = |table: &[(u16, &[(u32, u32)])]| {
            let days = table.iter().find(|(year, _)| *year == date.year)?.1;
            Some(
                days.iter()
                    .any(|&(month, day)| day_of_year(date.year, month, day) == date.day_of_year),
            )
        };
        match (listed(&HOLIDAYS), listed(&EARLY_CLOSES)) {
            (Some(true), _) => Day::Holiday,
            (_, Some(true)) => Day::EarlyClose,
            (Some(false), _) => Day::Trading,
            (None, _) => Day::Unknown,
        }
    }
}

fn day_of_year(year: u16, month: u32, day: u32) -> u16 {
    let february = if year == 2028 { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before: u32 = lengths[..usize::try_from(month).unwrap() - 1].iter().sum();
    u16::try_from(before + day - 1).unwrap()
}

fn at(timestamp: i64) -> Session {
    NYSE.moment(&Nyse, Timestamp(timestamp)).session
}

/// A local wall clock time of New York as a UTC timestamp, with the listed clock changes.
fn utc(day: i64, hour: i64, minute: i64) -> i64 {
    let local = day * 86_400 + hour * 3_600 + minute * 60;
    let summer = local + 4 * 3_600;
    let saving = SAVING.iter().any(|&(begin, end)| (begin..end).contains(&summer));
    if saving { summer } else { local + 5 * 3_600 }
}

/// Sessions in the order of time, each with the moment it begins.
fn expected() -> Vec<(i64, Session)> {
    use Session::{Closed, Overnight, Post, Pre, Regular};
    // Whether each day trades and when it closes, by walking the months.
    let mut days = vec![];
    for (year, holidays) in HOLIDAYS {
        let early = EARLY_CLOSES.iter().find(|(y, _)| *y == year).unwrap().1;
        for month in 1..=12u32 {
            let length = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
                [usize::try_from(month).unwrap() - 1];
            for day in 1..=length {
                // 2025-01-01 was a Wednesday.
                let weekend = matches!((days.len() + 2) % 7, 5 | 6);
                let trades = !weekend && !holidays.contains(&(month, day));
                days.push((trades, early.contains(&(month, day))));
            }
        }
    }
    assert_eq!(days.len(), usize::try_from(DAYS).unwrap());
    let mut edges = vec![];
    for (index, &(trades, early)) in days.iter().enumerate() {
        let day = DAY_2025 + i64::try_from(index).unwrap();
        if trades && early {
            edges.push((utc(day, 4, 0), Pre));
            edges.push((utc(day, 9, 30), Regular));
            edges.push((utc(day, 13, 0), Post));
            edges.push((utc(day, 17, 0), Closed));
        } else if trades {
            edges.push((utc(day, 4, 0), Pre));
            edges.push((utc(day, 9, 30), Regular));
            edges.push((utc(day, 16, 0), Post));
            edges.push((utc(day, 20, 0), Closed));
        } else if index > 0 && days[index - 1].0 {
            edges.push((utc(day, 4, 0), Closed));
        }
        if days.get(index + 1).is_some_and(|next| next.0) {
            edges.push((utc(day, 20, 0), Overnight));
        }
    }
    edges
}

#[test]
fn every_session_of_three_years_begins_to_the_second() {
    let mut edges = expected();
    // Two edges at one second: an evening that closes and opens again.
    edges.reverse();
    edges.dedup_by_key(|edge| edge.0);
    edges.reverse();
    assert!(edges.len() > 3_300, "{}", edges.len());
    let mut before = Session::Closed;
    let mut last = utc(DAY_2025, 0, 0);
    for (begins, session) in edges {
        assert!(begins > last);
        assert_eq!(at(last), before, "{last}");
        assert_eq!(at(begins - 1), before, "the second before {begins}");
        assert_eq!(at(begins), session, "{begins}");
        // Nothing else begins between: a look at every quarter of an hour.
        let mut moment = begins;
        while moment > last {
            moment -= 900;
            if moment >= last {
                assert_eq!(at(moment), before, "{moment}");
            }
        }
        (last, before) = (begins, session);
    }
}

#[test]
fn clocks_change_to_the_second() {
    for (begin, end) in SAVING {
        for (change, before, after) in [(begin, 0, 3_600), (end, 3_600, 0)] {
            let offset = |at: i64| {
                let local = NYSE.local(Timestamp(at)).unwrap();
                i64::from(local.day) * 86_400 + i64::from(local.second) - at + 5 * 3_600
            };
            assert_eq!((offset(change - 1), offset(change)), (before, after), "{change}");
        }
        // The Sunday evening after each change opens at 20:00 of the new time.
        let evening = begin - begin.rem_euclid(86_400) + 24 * 3_600;
        assert_eq!((at(evening - 1), at(evening)), (Session::Closed, Session::Overnight));
        let evening = end - end.rem_euclid(86_400) + 25 * 3_600;
        assert_eq!((at(evening - 1), at(evening)), (Session::Closed, Session::Overnight));
    }
}

#[test]
fn nights_open_before_trading_days_only() {
    // 2026: the evenings before Good Friday, Thanksgiving and Christmas stay closed, the evenings
    // of Martin Luther King Day and Thanksgiving open, because the next day trades.
    let evening = |day: i64| at(utc(day, 21, 0));
    let (good_friday, king, thanksgiving, christmas) = (20_546, 20_472, 20_783, 20_812);
    for closed in [good_friday - 1, good_friday, king - 1, thanksgiving - 1, christmas - 1] {
        assert_eq!(evening(closed), Session::Closed, "{closed}");
    }
    for open in [king, thanksgiving] {
        assert_eq!(evening(open), Session::Overnight, "{open}");
    }
}

#[test]
fn what_the_table_does_not_reach_is_closed_and_unknown() {
    let moment = |at| NYSE.moment(&Nyse, Timestamp(at));
    let closed = Moment { session: Session::Closed, known: false };
    let noon = |day: i64| utc(day, 12, 0);
    assert!(moment(noon(DAY_2025)).known);
    assert_eq!(moment(noon(DAY_2025 - 1)), closed);
    // 2028-01-03, a Monday; the Friday before is known, and so is its evening.
    assert_eq!(moment(noon(21_186)), closed);
    assert!(moment(noon(21_183)).known && moment(utc(21_183, 21, 0)).known);
    // The Sunday evening before belongs to that Monday.
    assert_eq!(moment(utc(21_185, 21, 0)), closed);
    for never in [i64::MIN, -1, i64::MAX, 200_001 * 86_400 + 6 * 3_600] {
        assert_eq!(moment(never), closed, "{never}");
    }
}

#[test]
fn the_last_day_is_the_last_that_is_known() {
    struct Always;
    impl Days for Always {
        fn day(&self, _: Date) -> Day {
            Day::Trading
        }
    }
    let known = |day: u32| {
        let noon = i64::from(day) * 86_400 + 17 * 3_600;
        NYSE.moment(&Always, Timestamp(noon)).known
    };
    assert_eq!([LAST_DAY - 1, LAST_DAY, LAST_DAY + 1].map(known), [true, true, false]);
}

#[test]
fn dates_are_those_of_the_calendar() {
    let date = |day| {
        let Date { year, day_of_year } = date(day);
        (year, day_of_year)
    };
    assert_eq!(date(0), (1970, 0));
    assert_eq!(date(20_089), (2025, 0));
    assert_eq!(date(19_782), (2024, 59), "2024-02-29");
    assert_eq!((days_in(2024), days_in(2025), days_in(2100), days_in(2400)), (366, 365, 365, 366));
    let mut expected = (1970u16, 0u16);
    for day in 0..LAST_DAY {
        assert_eq!(date(day), expected, "{day}");
        expected.1 += 1;
        if expected.1 == days_in(expected.0) {
            expected = (expected.0 + 1, 0);
        }
    }
}

#[test]
fn regular_seconds_add_up_over_closed_days() {
    let secs = |from, to, enough| NYSE.regular_secs(&Nyse, Timestamp(from), Timestamp(to), enough);
    // Friday 2026-11-20: 6.5 hours.
    let friday = 20_777;
    let (midnight, next) = (utc(friday, 0, 0), utc(friday + 1, 0, 0));
    assert_eq!(secs(midnight, next, u32::MAX), 23_400);
    assert_eq!(secs(midnight, next, 1_800), 1_800);
    // Friday 15:40 to Monday 09:39: 20 + 9 minutes; at 09:40, 30.
    let from = utc(friday, 15, 40);
    assert_eq!(secs(from, utc(friday + 3, 9, 39), 1_800), 29 * 60);
    assert_eq!(secs(from, utc(friday + 3, 9, 40), 1_800), 1_800);
    // Thanksgiving week: Wednesday's close to Friday's early one.
    let wednesday = friday + 5;
    assert_eq!(secs(utc(wednesday, 16, 0), utc(wednesday + 2, 20, 0), u32::MAX), 12_600);
    assert_eq!(secs(next, midnight, 1_800), 0);
    assert_eq!(secs(i64::MIN, i64::MAX, 1_800), 0);
    // Both sides of a clock change.
    let march = 20_520; // Sunday 2026-03-08
    assert_eq!(secs(utc(march - 2, 15, 0), utc(march + 1, 10, 0), u32::MAX), 3_600 + 1_800);
}

#[test]
fn hours_out_of_order_are_not_valid() {
    assert!(NYSE.is_valid());
    for bad in [
        Venue { pre_open: NYSE.regular_open + 1, ..NYSE },
        Venue { early_close: NYSE.regular_open, ..NYSE },
        Venue { early_close: NYSE.regular_close + 1, ..NYSE },
        Venue { early_post_close: NYSE.early_close - 1, ..NYSE },
        Venue { early_post_close: NYSE.post_close + 1, ..NYSE },
        Venue { post_close: NYSE.regular_close - 1, ..NYSE },
        Venue { post_close: DAY_SECS + 1, ..NYSE },
        Venue { utc_offset_secs: 43_201, ..NYSE },
    ] {
        assert!(!bad.is_valid(), "{bad:?}");
    }
}
