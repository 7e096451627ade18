//! When a venue trades, told once more: New York's clock, sessions, holidays.

use super::{DAY, HOUR};
use collateral::state::Year;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    Closed,
    Pre,
    Regular,
    Post,
    Overnight,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hours {
    None,
    Short,
    Full,
}

/// NYSE's calendar.
#[derive(Clone, Debug, Default)]
pub struct CalendarState {
    pub years: BTreeMap<u16, Year>,
    pub pending: Option<(Year, i64)>,
    pub halted_until: i64,
}

/// Days since 1970 as year and day of the year, from 0 on.
pub fn date(day: i64) -> (i64, i64) {
    let (mut year, mut rest) = (1970, day);
    while rest >= days_of(year) {
        rest -= days_of(year);
        year += 1;
    }
    (year, rest)
}

fn first_day(year: i64) -> i64 {
    (1970..year).map(days_of).sum()
}

fn days_of(year: i64) -> i64 {
    if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 }
}

/// 0 is Sunday: the first day of 1970 was a Thursday.
fn weekday(day: i64) -> i64 {
    (day + 4) % 7
}

/// The first Sunday on or after a day.
fn sunday_from(day: i64) -> i64 {
    day + (7 - weekday(day)) % 7
}

/// New York is five hours behind, four from the second Sunday of March to the first of November,
/// at two o'clock of the clock that is left.
fn offset(now: i64) -> i64 {
    let (year, _) = date(now.div_euclid(DAY));
    let start = first_day(year);
    let leap = days_of(year) - 365;
    let begins = sunday_from(start + 31 + 28 + leap + 7) * DAY + 7 * HOUR;
    let ends = sunday_from(start + 304 + leap) * DAY + 6 * HOUR;
    if (begins..ends).contains(&now) { -4 * HOUR } else { -5 * HOUR }
}

impl CalendarState {
    /// What counts at a moment.
    fn year(&self, year: i64, now: i64) -> Option<&Year> {
        let year = u16::try_from(year).ok()?;
        match &self.pending {
            Some((pending, at)) if *at <= now && pending.year == year => Some(pending),
            _ => self.years.get(&year),
        }
    }

    fn hours(&self, day: i64, now: i64) -> Hours {
        let (year, of_year) = date(day);
        let Some(loaded) = self.year(year, now) else { return Hours::None };
        let has = |days: &[u64; 6]| days[of_year as usize / 64] >> (of_year % 64) & 1 == 1;
        if matches!(weekday(day), 0 | 6) || has(&loaded.holidays) {
            Hours::None
        } else if has(&loaded.early_closes) {
            Hours::Short
        } else {
            Hours::Full
        }
    }

    pub fn session(&self, now: i64) -> Session {
        let local = now + offset(now);
        let (day, minute) = (local.div_euclid(DAY), local.rem_euclid(DAY) / 60);
        // The night belongs to the day that it ends in.
        let night = |day: i64| match self.hours(day, now) {
            Hours::None => Session::Closed,
            _ => Session::Overnight,
        };
        if minute >= 20 * 60 {
            return night(day + 1);
        }
        if minute < 4 * 60 {
            return night(day);
        }
        let (close, end) = match self.hours(day, now) {
            Hours::None => return Session::Closed,
            Hours::Short => (13 * 60, 17 * 60),
            Hours::Full => (16 * 60, 20 * 60),
        };
        if minute < 9 * 60 + 30 {
            Session::Pre
        } else if minute < close {
            Session::Regular
        } else if minute < end {
            Session::Post
        } else {
            Session::Closed
        }
    }

    /// The table reaches this far.
    pub fn is_known(&self, now: i64) -> bool {
        let known = |day: i64| self.year(date(day).0, now).is_some();
        let day = (now + offset(now)).div_euclid(DAY);
        known(day) && known(day + 1)
    }

    /// A pending year whose time has come is like any other.
    pub fn settle(&mut self, now: i64) {
        if let Some((year, _)) = self.pending.take_if(|(_, at)| *at <= now) {
            self.years.insert(year.year, year);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> CalendarState {
        let years = crate::collateral::nyse_years().into_iter().map(|year| (year.year, year));
        CalendarState { years: years.collect(), ..CalendarState::default() }
    }

    /// 10:00 in New York on Friday, 20 November 2026.
    const START: i64 = crate::vm::START;

    #[test]
    fn sessions_are_those_of_new_york() {
        let of = |now| calendar().session(now);
        assert_eq!(of(START), Session::Regular);
        assert_eq!(of(START - HOUR / 2 - 1), Session::Pre);
        assert_eq!(of(START + 6 * HOUR), Session::Post);
        assert_eq!(of(START + 10 * HOUR), Session::Closed);
        // Sunday evening is Monday's night; Thursday was Thanksgiving, Friday ends at 13:00.
        assert_eq!(of(START + 2 * DAY + 10 * HOUR), Session::Overnight);
        assert_eq!(of(START + 6 * DAY), Session::Closed);
        assert_eq!(of(START + 7 * DAY + 3 * HOUR), Session::Post);
        assert_eq!(of(START + 7 * DAY + 7 * HOUR), Session::Closed);
    }

    #[test]
    fn clocks_change_in_march_and_november() {
        // 2027-03-14 07:00 and 2027-11-07 06:00, UTC.
        assert_eq!([1_805_007_599, 1_805_007_600].map(offset), [-5 * HOUR, -4 * HOUR]);
        assert_eq!([1_825_567_199, 1_825_567_200].map(offset), [-4 * HOUR, -5 * HOUR]);
    }
}
