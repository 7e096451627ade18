//! When a market trades: the session of a moment, from a venue's hours and its table of days.
//!
//! Pure functions of a timestamp. All local times are seconds of the local day; a day is a number
//! of days since 1970-01-01.

use crate::units::Timestamp;

pub const DAY_SECS: u32 = 86_400;
/// From 1970 on, and not so far that a day's arithmetic could leave 32 bits.
const LAST_DAY: u32 = 200_000;
/// Years of four centuries repeat after this many days.
const DAYS_IN_400_YEARS: u32 = 146_097;

/// What a market does at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Session {
    Closed = 0,
    Pre = 1,
    Regular = 2,
    Post = 3,
    Overnight = 4,
}

pub const SESSIONS: usize = 5;

/// What a table of days says about a date. Weekends are not in it: they follow from the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    Trading,
    EarlyClose,
    Holiday,
    /// The table does not reach this date.
    Unknown,
}

/// A day of the proleptic Gregorian calendar; January 1st is day 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    pub year: u16,
    pub day_of_year: u16,
}

/// A venue's table of holidays and early closes.
pub trait Days {
    fn day(&self, date: Date) -> Day;
}

/// A venue's clock and hours, in seconds of its local day. An overnight session belongs to the day
/// it ends on: it opens at `post_close` of the evening before a trading day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Venue {
    /// Local standard time less UTC.
    pub utc_offset_secs: i32,
    /// One hour more from the second Sunday of March, 02:00, to the first Sunday of November, 02:00
    /// (Energy Policy Act of 2005, section 110).
    pub us_daylight_saving: bool,
    pub overnight: bool,
    pub pre_open: u32,
    pub regular_open: u32,
    pub regular_close: u32,
    pub post_close: u32,
    /// On days with an early close.
    pub early_close: u32,
    pub early_post_close: u32,
}

/// A session and whether the table of days reached far enough to tell it. Unknown is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub session: Session,
    pub known: bool,
}

/// A local day and the second in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Local {
    day: u32,
    second: u32,
    year: YearStart,
}

/// A year and its January 1st.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct YearStart {
    year: u32,
    day: u32,
}

impl Venue {
    /// Order of the hours, so that no session is negative and none overlaps the next.
    pub const fn is_valid(&self) -> bool {
        self.utc_offset_secs.unsigned_abs() <= DAY_SECS / 2
            && self.pre_open <= self.regular_open
            && self.regular_open < self.early_close
            && self.early_close <= self.regular_close
            && self.early_close <= self.early_post_close
            && self.regular_close <= self.post_close
            && self.early_post_close <= self.post_close
            && self.post_close <= DAY_SECS
    }

    /// The session at a moment.
    pub fn moment(&self, days: &impl Days, at: Timestamp) -> Moment {
        let Some(local) = self.local(at) else {
            return Moment { session: Session::Closed, known: false };
        };
        let second = local.second;
        if second >= self.post_close {
            return self.night_before(kind(days, local.day.wrapping_add(1)));
        }
        let today = kind_in(days, local.day, local.year);
        if second < self.pre_open {
            return self.night_before(today);
        }
        let (close, post_close) = match today {
            Day::Trading => (self.regular_close, self.post_close),
            Day::EarlyClose => (self.early_close, self.early_post_close),
            Day::Holiday | Day::Unknown => (0, 0),
        };
        let session = if second >= post_close {
            Session::Closed
        } else if second >= close {
            Session::Post
        } else if second >= self.regular_open {
            Session::Regular
        } else {
            Session::Pre
        };
        Moment { session, known: today != Day::Unknown }
    }

    /// Seconds of regular session between two moments, as far as the days are known; counted up to
    /// `enough`. Looks at no more than `MAX_DAYS` days from `from` on.
    pub fn regular_secs(
        &self,
        days: &impl Days,
        from: Timestamp,
        to: Timestamp,
        enough: u32,
    ) -> u32 {
        /// No venue in sight was ever closed for longer.
        const MAX_DAYS: u32 = 14;
        let Some(first) = self.local(from) else { return 0 };
        let mut total = 0u32;
        for day in first.day..first.day.saturating_add(MAX_DAYS) {
            let (open, close) = self.regular_hours(days, day);
            if open >= to.0 || total >= enough {
                break;
            }
            let secs = Timestamp(close.min(to.0)).secs_since(Timestamp(open.max(from.0)));
            total = total.saturating_add(u32::try_from(secs).unwrap_or(u32::MAX));
        }
        total.min(enough)
    }

    /// Start and end of a local day's regular session; equal ones if there is none.
    fn regular_hours(&self, days: &impl Days, day: u32) -> (i64, i64) {
        let close = match kind(days, day) {
            Day::Trading => self.regular_close,
            Day::EarlyClose => self.early_close,
            Day::Holiday | Day::Unknown => self.regular_open,
        };
        // The clock is changed at night: by day one offset holds.
        let saving = self.saving(day, DAY_SECS / 2, YearStart::of(day));
        let midnight = i64::from(day)
            .saturating_mul(i64::from(DAY_SECS))
            .saturating_sub(i64::from(self.utc_offset_secs))
            .saturating_sub(i64::from(saving));
        (
            midnight.saturating_add(i64::from(self.regular_open)),
            midnight.saturating_add(i64::from(close)),
        )
    }

    /// The night that ends on a day is open if that day trades.
    const fn night_before(&self, day: Day) -> Moment {
        let open = self.overnight && matches!(day, Day::Trading | Day::EarlyClose);
        Moment {
            session: if open { Session::Overnight } else { Session::Closed },
            known: !matches!(day, Day::Unknown),
        }
    }

    /// `None` before 1970 and after some centuries.
    fn local(&self, at: Timestamp) -> Option<Local> {
        let (day, second) = split(at.0.checked_add(i64::from(self.utc_offset_secs))?)?;
        let year = YearStart::of(day);
        let second = second.saturating_add(self.saving(day, second, year));
        // Clocks are not changed at the turn of a year.
        Some(if second >= DAY_SECS {
            Local { day: day.saturating_add(1), second: second.saturating_sub(DAY_SECS), year }
        } else {
            Local { day, second, year }
        })
    }

    /// Seconds that daylight saving adds at a moment of *standard* time. It begins at 02:00
    /// standard time and ends at 02:00 daylight time, which is 01:00 standard time.
    fn saving(&self, day: u32, second: u32, year: YearStart) -> u32 {
        const HOUR: u32 = 3_600;
        const MARCH_1: u32 = 59;
        const NOVEMBER_1: u32 = 304;
        if !self.us_daylight_saving {
            return 0;
        }
        let january = year.day.saturating_add(u32::from(is_leap(year.year)));
        let begins = sunday_from(january.saturating_add(MARCH_1)).saturating_add(7);
        let ends = sunday_from(january.saturating_add(NOVEMBER_1));
        let saving = (day, second) >= (begins, 2 * HOUR) && (day, second) < (ends, HOUR);
        if saving { HOUR } else { 0 }
    }
}

/// The date of a day.
pub fn date(day: u32) -> Date {
    let day = day.min(LAST_DAY);
    date_in(day, YearStart::of(day))
}

fn date_in(day: u32, year: YearStart) -> Date {
    Date {
        year: u16::try_from(year.year).unwrap_or(u16::MAX),
        day_of_year: u16::try_from(day.saturating_sub(year.day)).unwrap_or(u16::MAX),
    }
}

/// Days of a year.
pub const fn days_in(year: u16) -> u16 {
    if is_leap(year as u32) { 366 } else { 365 }
}

/// Whether a day is a Saturday or a Sunday.
pub const fn is_weekend(day: u32) -> bool {
    // 1970-01-01 was a Thursday.
    matches!(day.saturating_add(4) % 7, 0 | 6)
}

fn kind(days: &impl Days, day: u32) -> Day {
    kind_in(days, day, YearStart::of(day))
}

fn kind_in(days: &impl Days, day: u32, year: YearStart) -> Day {
    if is_weekend(day) { Day::Holiday } else { days.day(date_in(day, year)) }
}

fn split(local: i64) -> Option<(u32, u32)> {
    const SECS: u64 = DAY_SECS as u64;
    let local = u64::try_from(local).ok()?;
    let day = u32::try_from(local / SECS).ok()?;
    let second = u32::try_from(local % SECS).ok()?;
    if day > LAST_DAY { None } else { Some((day, second)) }
}

/// The first Sunday on or after a day.
const fn sunday_from(day: u32) -> u32 {
    let weekday = day.saturating_add(4) % 7;
    day.saturating_add(if weekday == 0 { 0 } else { 7u32.saturating_sub(weekday) })
}

const fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Number of January 1st of a year from 1970 on.
const fn first_day(year: u32) -> u32 {
    const LEAP_YEARS_BEFORE_1970: u32 = 477;
    let whole = year.saturating_sub(1);
    let leaps = (whole / 4).saturating_sub(whole / 100).saturating_add(whole / 400);
    year.saturating_sub(1970)
        .saturating_mul(365)
        .saturating_add(leaps.saturating_sub(LEAP_YEARS_BEFORE_1970))
}

impl YearStart {
    /// The year of a day: a first guess from the mean length of a year is right or one too late.
    const fn of(day: u32) -> Self {
        let guess = day.saturating_add(1).saturating_mul(400) / DAYS_IN_400_YEARS;
        let year = guess.saturating_add(1970);
        let start = first_day(year);
        if start > day {
            let year = year.saturating_sub(1);
            Self { year, day: first_day(year) }
        } else {
            Self { year, day: start }
        }
    }
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
