//! Amounts as people write them, in exact integers: raw token amounts, shares and US dollars, all with
//! 8 decimals, and the conversions between them.

use scrip_interface::math::{
    Multiplier, MultiplierError, PriceE8, RawAmount, ShareAmount, ValueE8,
    units::{DECIMALS, ONE_SHARE_E8},
    valuation::{per_token_floor, value_floor},
};
use thiserror::Error;

const PLACES: usize = DECIMALS as usize;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    #[error("\"{0}\" is not an amount: write digits with at most {PLACES} places, like 1.25")]
    Malformed(String),
    #[error("{0} is above the largest amount, 184467440737.09551615")]
    TooLarge(String),
    #[error("the mint's multiplier is not positive and normal")]
    MultiplierInvalid,
}

impl From<MultiplierError> for AmountError {
    fn from(error: MultiplierError) -> Self {
        match error {
            MultiplierError::NotPositiveNormal => Self::MultiplierInvalid,
            MultiplierError::Overflow => Self::TooLarge("the product".into()),
        }
    }
}

/// Reads "1.25" as 125,000,000: units of 10^-8 of whatever is counted. Nothing is rounded on the
/// way in: a ninth place is an error, as are signs, exponents and separators.
pub fn parse_e8(text: &str) -> Result<u64, AmountError> {
    let malformed = || AmountError::Malformed(text.into());
    let (whole, places) = match text.split_once('.') {
        Some((whole, places)) if !places.is_empty() => (whole, places),
        Some(_) => return Err(malformed()),
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || places.len() > PLACES || !digits(whole) || !digits(places) {
        return Err(malformed());
    }
    // Only digits are left: what fails to parse is too large.
    format!("{whole}{places:0<PLACES$}").parse().map_err(|_| AmountError::TooLarge(text.into()))
}

/// Writes 125,000,000 as "1.25": exact, without trailing zeros. The inverse of [`parse_e8`].
pub fn format_e8(amount: u128) -> String {
    let (whole, places) = (amount / ONE_SHARE_E8, amount % ONE_SHARE_E8);
    if places == 0 {
        return whole.to_string();
    }
    let text = format!("{whole}.{places:0PLACES$}");
    text.trim_end_matches('0').to_owned()
}

/// Shares that a raw amount stands for, rounded down.
pub fn shares_of(raw: RawAmount, multiplier: Multiplier) -> Result<ShareAmount, AmountError> {
    Ok(multiplier.shares_floor(raw)?)
}

/// What a raw amount is worth at a price per share, rounded down. `None` if it does not fit 64 bits.
pub fn worth(raw: RawAmount, price: PriceE8, multiplier: Multiplier) -> Option<ValueE8> {
    value_floor(raw, per_token_floor(price, multiplier)?, DECIMALS)
}

/// The largest raw amount that stands for no more than these shares. `None` if it does not fit 64 bits,
/// or the multiplier takes any amount beyond 128 bits.
pub fn raw_of_floor(shares: ShareAmount, multiplier: Multiplier) -> Option<RawAmount> {
    let fits = |raw: u64| multiplier.shares_floor(RawAmount(raw)).is_ok_and(|of| of <= shares);
    if fits(u64::MAX) {
        return (multiplier.shares_floor(RawAmount(u64::MAX)) == Ok(shares))
            .then_some(RawAmount(u64::MAX));
    }
    // Shares rise with raw amounts: 64 steps find the last one that fits.
    let (mut low, mut high) = (0, u64::MAX);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if fits(middle) { low = middle } else { high = middle }
    }
    Some(RawAmount(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multiplier(value: f64) -> Multiplier {
        Multiplier::from_f64_bits(value.to_bits()).unwrap()
    }

    #[test]
    fn an_amount_is_read_to_the_last_place_or_refused() {
        assert_eq!(parse_e8("1.25"), Ok(125_000_000));
        assert_eq!(parse_e8("0.00000001"), Ok(1));
        assert_eq!(parse_e8("184467440737.09551615"), Ok(u64::MAX));
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,000", "1.000000000", "1.2.3", " 1"]
        {
            assert_eq!(parse_e8(text), Err(AmountError::Malformed(text.into())), "{text}");
        }
        for text in ["184467440737.09551616", "99999999999999999999999"] {
            assert_eq!(parse_e8(text), Err(AmountError::TooLarge(text.into())));
        }
    }

    #[test]
    fn writing_is_the_inverse_of_reading() {
        for text in ["0", "1", "1.25", "0.00000001", "120.5", "184467440737.09551615"] {
            assert_eq!(format_e8(u128::from(parse_e8(text).unwrap())), text);
        }
    }

    #[test]
    fn raw_amounts_convert_to_shares_and_back_without_gain() {
        for value in [1.0, 1.0032690125398187, 0.25, 10.0, 3.0] {
            let multiplier = multiplier(value);
            for raw in [0, 1, 7, 123_456_789, 10_000_000_000_000] {
                let shares = shares_of(RawAmount(raw), multiplier).unwrap();
                let back = raw_of_floor(shares, multiplier).unwrap();
                assert_eq!(multiplier.shares_floor(back), Ok(shares));
                assert!(back.0 >= raw, "{value}: {raw} -> {shares:?} -> {back:?}");
                let next = multiplier.shares_floor(RawAmount(back.0 + 1)).unwrap();
                assert!(next > shares, "the largest one");
            }
        }
    }

    #[test]
    fn a_value_is_price_times_shares() {
        // 2 tokens of 10 shares each at 12.50 USD.
        let price = PriceE8(parse_e8("12.5").unwrap());
        let value = worth(RawAmount(200_000_000), price, multiplier(10.0)).unwrap();
        assert_eq!(format_e8(u128::from(value.0)), "250");
        assert_eq!(worth(RawAmount(u64::MAX), price, multiplier(10.0)), None);
    }
}
