//! The calendar of NYSE and Nasdaq: see `tests/fixtures/README.md` for where the dates come from.

use collateral::state::{Hours, Year};

const HOUR: u32 = 3_600;

pub const MIC: [u8; 4] = *b"XNYS";

pub const NYSE_HOURS: Hours = Hours {
    utc_offset_secs: -5 * 3_600,
    pre_open: 4 * HOUR,
    regular_open: 9 * HOUR + HOUR / 2,
    regular_close: 16 * HOUR,
    post_close: 20 * HOUR,
    early_close: 13 * HOUR,
    early_post_close: 17 * HOUR,
    us_daylight_saving: 1,
    overnight: 1,
    padding: [0; 2],
};

/// 2025, 2026 and 2027.
pub fn nyse_years() -> Vec<Year> {
    vec![
        year(
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
            &[(7, 3), (11, 28), (12, 24)],
        ),
        year(
            2026,
            &[
                (1, 1),
                (1, 19),
                (2, 16),
                (4, 3),
                (5, 25),
                (6, 19),
                (7, 3),
                (9, 7),
                (11, 26),
                (12, 25),
            ],
            &[(11, 27), (12, 24)],
        ),
        year(
            2027,
            &[
                (1, 1),
                (1, 18),
                (2, 15),
                (3, 26),
                (5, 31),
                (6, 18),
                (7, 5),
                (9, 6),
                (11, 25),
                (12, 24),
            ],
            &[(11, 26)],
        ),
    ]
}

/// A year from months and days.
pub fn year(year: u16, holidays: &[(usize, u16)], early_closes: &[(usize, u16)]) -> Year {
    Year { year, padding: [0; 6], holidays: days(holidays), early_closes: days(early_closes) }
}

/// No leap years: none of these is one.
fn days(dates: &[(usize, u16)]) -> [u64; 6] {
    const MONTHS: [u16; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut bits = [0; 6];
    for &(month, day) in dates {
        let day = MONTHS[..month - 1].iter().sum::<u16>() + day - 1;
        bits[usize::from(day / 64)] |= 1 << (day % 64);
    }
    bits
}
