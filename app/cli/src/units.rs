//! Amounts, prices and times, as people write and read them.

use crate::{
    exit::{Failure, Result},
    output::Cell,
};
use scrip_client::amounts::{format_e8, raw_of_floor};
use scrip_math::{Multiplier, RawAmount, ShareAmount};
use serde_json::json;
use std::{
    str::FromStr,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

const ONE_E8: u128 = 100_000_000;

/// An amount of a security, as an argument: `1.5` is shares, `150000000raw` is what Token-2022 moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Units of 10^-8 share.
    Shares(u128),
    Raw(u64),
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        if let Some(raw) = text.strip_suffix("raw") {
            let raw =
                raw.trim_end().parse().map_err(|_| format!("\"{raw}\" is not a raw amount"))?;
            return Ok(Self::Raw(raw));
        }
        parse_e8(text).map(Self::Shares)
    }
}

impl Amount {
    /// The largest raw amount that stands for no more than these shares. An amount that would come to nothing is refused.
    pub fn raw(self, multiplier: Multiplier) -> Result<u64> {
        let raw = match self {
            Self::Raw(raw) => raw,
            Self::Shares(shares) => {
                raw_of_floor(ShareAmount(shares), multiplier)
                    .ok_or_else(|| Failure::usage("the amount is more than a mint can hold"))?
                    .0
            }
        };
        if raw == 0 {
            return Err(Failure::usage("the amount is zero, or below the smallest unit"));
        }
        Ok(raw)
    }
}

/// A decimal number with up to 8 digits behind the point, times 10^8. Refuses more digits rather than dropping them.
pub fn parse_e8(text: &str) -> std::result::Result<u128, String> {
    let plain = text.replace(['_', ','], "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let any = !whole.is_empty() || !fraction.is_empty();
    if !any || !digits(whole) || !digits(fraction) || fraction.len() > 8 {
        return Err(format!("\"{text}\" is not a number with at most 8 digits behind the point"));
    }
    let whole: u128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| "too large")? };
    let fraction: u128 = format!("{fraction:0<8}").parse().map_err(|_| "too large")?;
    whole.checked_mul(ONE_E8).and_then(|e8| e8.checked_add(fraction)).ok_or("too large".into())
}

/// With thousands set off.
pub fn grouped_e8(value: u128) -> String {
    let plain = format_e8(value);
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{point}{fraction}", grouped(whole))
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Dollars and cents, rounded to nearest; small amounts keep their digits.
pub fn dollars(e8: u128) -> String {
    if e8 > 0 && e8 < ONE_E8 / 100 {
        return format!("${}", format_e8(e8));
    }
    let cents = (e8 + 500_000) / 1_000_000;
    format!("${}.{:02}", grouped(&(cents / 100).to_string()), cents % 100)
}

/// USD x 10^8 of a raw amount at a price of a whole token.
pub fn worth_e8(raw: u64, price_per_token_e8: u64) -> u128 {
    u128::from(raw) * u128::from(price_per_token_e8) / ONE_E8
}

/// A raw amount with what it stands for: shares at `multiplier`, dollars where there is a price of a token.
pub fn amount(raw: u64, multiplier: Multiplier, price_per_token_e8: Option<u64>) -> Cell {
    let shares = multiplier.shares_floor(RawAmount(raw)).map_or(0, |shares| shares.0);
    let worth = price_per_token_e8.map(|price| worth_e8(raw, price));
    let in_dollars = worth.map(|worth| format!(", {}", dollars(worth))).unwrap_or_default();
    Cell::new(
        format!("{} shares ({raw} raw{in_dollars})", grouped_e8(shares)),
        json!({
            "raw": raw.to_string(),
            "shares": format_e8(shares),
            "usd": worth.map(format_e8),
        }),
    )
}

/// Shares that are counted as such, by a custodian.
pub fn shares(e8: u128) -> Cell {
    Cell::new(format!("{} shares", grouped_e8(e8)), format_e8(e8))
}

/// A price in dollars.
pub fn price(e8: u64) -> Cell {
    Cell::new(dollars(e8.into()), format_e8(e8.into()))
}

pub fn bps(value: u16) -> Cell {
    Cell::new(format!("{}.{:02}%", value / 100, value % 100), value)
}

/// A span such as `90s`, `15m`, `1h 30m`, `7d`; a bare number is seconds.
pub fn parse_secs(text: &str) -> std::result::Result<u32, String> {
    if let Ok(secs) = text.parse() {
        return Ok(secs);
    }
    let span = humantime::parse_duration(text)
        .map_err(|_| format!("\"{text}\" is no span of time, like 15m, 1h or 7d"))?;
    u32::try_from(span.as_secs()).map_err(|_| "too long".into())
}

/// A span in words.
pub fn span(secs: u32) -> Cell {
    Cell::new(span_text(secs.into()), secs)
}

pub fn span_text(secs: u64) -> String {
    // humantime counts years of 365.25 days: in days it stays what was said.
    let (days, rest) = (secs / 86_400, secs % 86_400);
    let rest_text = humantime::format_duration(Duration::from_secs(rest)).to_string();
    match (days, rest) {
        (0, _) => rest_text,
        (1, 0) => "1 day".into(),
        (days, 0) => format!("{days} days"),
        (days, _) => format!("{days}d {rest_text}"),
    }
}

/// A moment as an argument: `2026-11-28T14:30:00Z`, a day, seconds since 1970, or `+7d` from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    At(i64),
    In(u32),
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        if let Some(span) = text.strip_prefix('+') {
            return parse_secs(span).map(Self::In);
        }
        if let Ok(secs) = text.parse() {
            return Ok(Self::At(secs));
        }
        parse_time(text).map(Self::At)
    }
}

impl Moment {
    pub fn seconds(self, now: i64) -> i64 {
        match self {
            Self::At(at) => at,
            Self::In(secs) => now.saturating_add(secs.into()),
        }
    }
}

/// RFC 3339 in UTC, or a day.
pub fn parse_time(text: &str) -> std::result::Result<i64, String> {
    let full = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
    let time = humantime::parse_rfc3339_weak(&full).map_err(|_| {
        format!("\"{text}\" is no time, like 2026-11-28T14:30:00Z, or +7d for from now")
    })?;
    let secs = time.duration_since(UNIX_EPOCH).map_err(|_| "before 1970")?.as_secs();
    i64::try_from(secs).map_err(|_| "too late".into())
}

/// RFC 3339, as [`parse_time`] reads it. What is beyond calendars stays a number.
pub fn time_text(at: i64) -> String {
    const LAST: i64 = 253_402_300_799; // 9999-12-31T23:59:59Z
    match u64::try_from(at) {
        Ok(secs) if at <= LAST => {
            let time: SystemTime = UNIX_EPOCH + Duration::from_secs(secs);
            humantime::format_rfc3339_seconds(time).to_string()
        }
        _ => at.to_string(),
    }
}

/// A moment; 0 is none.
pub fn time(at: i64) -> Cell {
    if at == 0 {
        return Cell::none();
    }
    Cell::new(time_text(at).replace('T', " ").replace('Z', " UTC"), json!(at))
}

/// Text out of a field of fixed length, padded with zeros.
pub fn padded_text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// The other way round. Refuses what is longer.
pub fn padded<const N: usize>(text: &str) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    let place = bytes.get_mut(..text.len());
    place
        .ok_or_else(|| Failure::usage(format!("\"{text}\" is longer than {N} bytes")))?
        .copy_from_slice(text.as_bytes());
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shares_unless_they_say_raw() {
        assert_eq!("1.5".parse(), Ok(Amount::Shares(150_000_000)));
        assert_eq!("1,000".parse(), Ok(Amount::Shares(100_000_000_000)));
        assert_eq!("7raw".parse(), Ok(Amount::Raw(7)));
        for bad in ["", ".", "-1", "1.123456789", "1e3", "1.5 shares", "raw", "1.5raw", "0x1"] {
            assert!(bad.parse::<Amount>().is_err(), "{bad}");
        }
    }

    #[test]
    fn shares_become_the_largest_raw_amount_that_stands_for_no_more() {
        let multiplier = Multiplier::from_f64_bits(1.003_269_012_539_818_7f64.to_bits()).unwrap();
        let raw = Amount::Shares(150_000_000).raw(multiplier).unwrap();
        let shares = |raw| multiplier.shares_floor(RawAmount(raw)).unwrap().0;
        assert!(shares(raw) <= 150_000_000 && shares(raw + 1) > 150_000_000);
        assert_eq!(Amount::Shares(5).raw(Multiplier::ONE).unwrap(), 5);
        assert!(Amount::Shares(0).raw(Multiplier::ONE).is_err());
        assert!(Amount::Shares(u128::MAX).raw(Multiplier::ONE).is_err());
    }

    #[test]
    fn decimals_go_both_ways_without_loss() {
        for text in ["0", "1", "0.00000001", "1234567.5", "340282366920938463463374607431"] {
            let value = parse_e8(text);
            assert_eq!(value.map(format_e8), Ok(text.to_owned()));
        }
        assert_eq!(grouped_e8(123_456_750_000_000), "1,234,567.5");
        assert_eq!(dollars(123_456_789_012), "$1,234.57");
        assert_eq!(dollars(1), "$0.00000001");
    }

    #[test]
    fn times_go_both_ways() {
        assert_eq!(parse_time("2026-11-28T14:30:00Z"), Ok(1_795_876_200));
        assert_eq!(time_text(1_795_876_200), "2026-11-28T14:30:00Z");
        assert_eq!("+7d".parse(), Ok(Moment::In(604_800)));
        assert_eq!(parse_time("2026-11-28"), Ok(1_795_824_000));
        assert!(parse_time("tomorrow").is_err());
        assert_eq!(time_text(i64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn spans_read_as_they_are_said() {
        assert_eq!(span_text(3_600), "1h");
        assert_eq!(span_text(604_800), "7 days");
        assert_eq!(span_text(90_061), "1d 1h 1m 1s");
        assert_eq!(parse_secs("1h 30m"), Ok(5_400));
        assert!(parse_secs("soon").is_err());
    }
}
