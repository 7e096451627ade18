use crate::error::CollateralError;
use anchor_lang::prelude::*;
use bytemuck::{Pod, Zeroable};
use scrip_interface::collateral::pda::MIC_LEN;
use scrip_math::{
    Timestamp,
    calendar::{Date, Day, Days, Moment, Venue, days_in},
};

const MAX_YEARS: usize = 8;
const WORDS: usize = 6;

/// A venue's clock and hours, in seconds of its local day.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Hours {
    pub utc_offset_secs: i32,
    pub pre_open: u32,
    pub regular_open: u32,
    pub regular_close: u32,
    pub post_close: u32,
    pub early_close: u32,
    pub early_post_close: u32,
    /// 1: clocks change as in the United States.
    pub us_daylight_saving: u8,
    /// 1: the evening before a trading day opens at `post_close`.
    pub overnight: u8,
    pub padding: [u8; 2],
}

/// The days of one year on which a venue does not trade as usual. Bit 0 is January 1st.
#[derive(
    AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable,
)]
#[repr(C)]
pub struct Year {
    /// 0: the place is free.
    pub year: u16,
    pub padding: [u8; 6],
    pub holidays: [u64; WORDS],
    pub early_closes: [u64; WORDS],
}

/// When a venue trades. Seeds: `calendar`, curator, market identifier code.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Calendar {
    pub version: u8,
    pub bump: u8,
    pub mic: [u8; MIC_LEN],
    pub padding: [u8; 2],
    pub curator: Pubkey,
    pub hours: Hours,
    /// The whole venue is halted before this moment.
    pub halted_until: i64,
    pub years: [Year; MAX_YEARS],
    /// Counts from `pending_at` on, instead of what `years` says; 0 if nothing is pending.
    pub pending: Year,
    pub pending_at: i64,
    pub reserved: [u8; 128],
}

impl Hours {
    pub fn venue(&self) -> Venue {
        Venue {
            utc_offset_secs: self.utc_offset_secs,
            us_daylight_saving: self.us_daylight_saving != 0,
            overnight: self.overnight != 0,
            pre_open: self.pre_open,
            regular_open: self.regular_open,
            regular_close: self.regular_close,
            post_close: self.post_close,
            early_close: self.early_close,
            early_post_close: self.early_post_close,
        }
    }

    pub fn invariant(&self) -> Result<()> {
        let switches = self.us_daylight_saving <= 1 && self.overnight <= 1;
        let valid = self.venue().is_valid() && switches && self.padding == [0; 2];
        require!(valid, CollateralError::HoursInvalid);
        Ok(())
    }
}

impl Year {
    fn day(&self, day_of_year: u16) -> Day {
        if has(&self.holidays, day_of_year) {
            Day::Holiday
        } else if has(&self.early_closes, day_of_year) {
            Day::EarlyClose
        } else {
            Day::Trading
        }
    }

    pub fn invariant(&self) -> Result<()> {
        let beyond = days_in(self.year)..384;
        let clean = |days: &[u64; WORDS]| beyond.clone().all(|day| !has(days, day));
        let valid = (2000..2400).contains(&self.year)
            && self.padding == [0; 6]
            && clean(&self.holidays)
            && clean(&self.early_closes);
        require!(valid, CollateralError::YearInvalid);
        Ok(())
    }

    /// Every hour that is closed in `old` is closed here.
    fn closes_at_least(&self, old: &Self) -> bool {
        let words = old.holidays.iter().zip(&old.early_closes);
        let own = self.holidays.iter().zip(&self.early_closes);
        words.zip(own).all(|((old_holidays, old_early), (holidays, early))| {
            old_holidays & !holidays == 0 && old_early & !(early | holidays) == 0
        })
    }
}

impl Calendar {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn moment(&self, now: Timestamp) -> Moment {
        self.hours.venue().moment(&self.days(now), now)
    }

    pub fn regular_secs(&self, from: Timestamp, now: Timestamp, enough: u32) -> u32 {
        self.hours.venue().regular_secs(&self.days(now), from, now, enough)
    }

    pub const fn is_halted(&self, now: Timestamp) -> bool {
        now.0 < self.halted_until
    }

    const fn days(&self, now: Timestamp) -> LoadedDays<'_> {
        LoadedDays { calendar: self, pending_counts: self.pending_at <= now.0 }
    }

    /// Takes a year: at once if it only closes more of a year that is loaded, else at `later`.
    /// Replaces what was pending. Returns from when on it counts.
    pub fn set_year(&mut self, year: Year, now: Timestamp, later: Timestamp) -> Result<Timestamp> {
        year.invariant()?;
        self.settle(now)?;
        self.cancel_pending();
        let loaded = self.years.iter().find(|loaded| loaded.year == year.year);
        if loaded.is_some_and(|loaded| year.closes_at_least(loaded)) {
            self.store(year)?;
            return Ok(now);
        }
        // Found out now, not when the time has come.
        self.place(year.year)?;
        self.pending = year;
        self.pending_at = later.0;
        Ok(later)
    }

    pub fn is_pending(&self, now: Timestamp) -> bool {
        self.pending.year != 0 && now.0 < self.pending_at
    }

    pub fn cancel_pending(&mut self) {
        self.pending = Year::default();
        self.pending_at = 0;
    }

    /// Moves a pending year whose time has come to the others.
    fn settle(&mut self, now: Timestamp) -> Result<()> {
        if self.pending.year != 0 && self.pending_at <= now.0 {
            self.store(self.pending)?;
            self.cancel_pending();
        }
        Ok(())
    }

    pub fn store(&mut self, year: Year) -> Result<()> {
        let place = self.place(year.year)?;
        let slot = self.years.get_mut(place).ok_or(CollateralError::YearTooOld)?;
        *slot = year;
        Ok(())
    }

    /// Its own place, a free one, or that of the oldest year, if that is older.
    fn place(&self, year: u16) -> Result<usize> {
        let own = self.years.iter().position(|loaded| loaded.year == year);
        let oldest = self.years.iter().enumerate().min_by_key(|(_, loaded)| loaded.year);
        let older = oldest.filter(|(_, loaded)| loaded.year < year).map(|(place, _)| place);
        own.or(older).ok_or_else(|| CollateralError::YearTooOld.into())
    }
}

/// The table of days as it counts at a moment.
struct LoadedDays<'a> {
    calendar: &'a Calendar,
    pending_counts: bool,
}

impl Days for LoadedDays<'_> {
    fn day(&self, date: Date) -> Day {
        let Calendar { years, pending, .. } = self.calendar;
        if self.pending_counts && pending.year == date.year {
            return pending.day(date.day_of_year);
        }
        let loaded = years.iter().find(|loaded| loaded.year == date.year);
        loaded.map_or(Day::Unknown, |loaded| loaded.day(date.day_of_year))
    }
}

fn has(days: &[u64; WORDS], day: u16) -> bool {
    let word = days.get(usize::from(day / 64)).copied().unwrap_or(0);
    word >> (day % 64) & 1 != 0
}

/// Four capital letters or digits (ISO 10383).
pub fn require_mic(mic: &[u8; MIC_LEN]) -> Result<()> {
    let allowed = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    require!(mic.iter().all(allowed), CollateralError::MicInvalid);
    Ok(())
}
