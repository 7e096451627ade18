//! An oracle's quote in units of 10^-8 USD, rounded in a known direction.

/// USD per unit (a share, or a whole token before its multiplier), in units of 10^-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PriceE8(pub u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceError {
    NotPositive,
    /// The price does not fit 64 bits.
    TooLarge,
}

/// What an oracle says: `price x 10^expo` give or take `confidence x 10^expo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    pub price: i64,
    pub confidence: u64,
    pub expo: i32,
    /// A moving average of the price, with the same exponent.
    pub ema_price: i64,
    pub publish_time: i64,
}

/// Between which prices the true one lies. `floor <= mid <= ceiling`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Band {
    /// Rounded down, less the confidence.
    pub floor: PriceE8,
    /// Rounded down.
    pub mid: PriceE8,
    /// Rounded up, with the confidence added.
    pub ceiling: PriceE8,
    /// Half the width of the oracle's interval, rounded up.
    pub confidence: PriceE8,
}

const EXPO: i32 = -8;

/// All powers of ten that fit 64 bits: looked up faster than multiplied.
const POWERS_OF_TEN: [u64; 20] = {
    let mut powers = [1u64; 20];
    let mut i = 1;
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    while i < powers.len() {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// `10^exponent`, if it fits 64 bits.
#[inline]
pub fn power_of_ten(exponent: u32) -> Option<u64> {
    POWERS_OF_TEN.get(usize::try_from(exponent).ok()?).copied()
}

impl Quote {
    /// The band around the spot price; with `use_ema` its floor also lies below the moving average
    /// and its ceiling above it.
    #[inline]
    pub fn band(&self, use_ema: bool) -> Result<Band, PriceError> {
        let price = positive(self.price)?;
        let (mut low, mut high) = (price, price);
        if use_ema {
            let ema = positive(self.ema_price)?;
            low = low.min(ema);
            high = high.max(ema);
        }
        let low = low.saturating_sub(self.confidence);
        let high = high.checked_add(self.confidence).ok_or(PriceError::TooLarge)?;
        let shift = self.expo.checked_sub(EXPO).ok_or(PriceError::TooLarge)?;
        let power = power_of_ten(shift.unsigned_abs());
        let (floor, mid, ceiling, confidence) = match (shift >= 0, power) {
            // What fits for the largest of the four fits for all.
            (true, Some(power)) => match u64::MAX.checked_div(power) {
                Some(most) if high <= most => {
                    let times = |mantissa: u64| mantissa.wrapping_mul(power);
                    (times(low), times(price), times(high), times(self.confidence))
                }
                _ => return Err(PriceError::TooLarge),
            },
            (true, None) => return Err(PriceError::TooLarge),
            (false, Some(power)) => {
                let floor = |mantissa: u64| mantissa.checked_div(power).unwrap_or(0);
                let ceil = |mantissa: u64| {
                    floor(mantissa).saturating_add(u64::from(!mantissa.is_multiple_of(power)))
                };
                (floor(low), floor(price), ceil(high), ceil(self.confidence))
            }
            // A power beyond 64 bits is above every mantissa.
            (false, None) => (0, 0, 1, u64::from(self.confidence != 0)),
        };
        let [floor, mid, ceiling, confidence] = [floor, mid, ceiling, confidence].map(PriceE8);
        Ok(Band { floor, mid, ceiling, confidence })
    }

    /// Whether the confidence is at most `max_bps` of the price.
    #[inline]
    pub fn confidence_within(&self, max_bps: u16) -> bool {
        let Ok(price) = positive(self.price) else { return false };
        if (self.confidence | price) >> 48 == 0 {
            return self.confidence.wrapping_mul(10_000) <= price.wrapping_mul(u64::from(max_bps));
        }
        // 64 + 16 bits each.
        u128::from(self.confidence).saturating_mul(10_000)
            <= u128::from(price).saturating_mul(u128::from(max_bps))
    }
}

/// A product that fits 64 bits. On chain a division is one instruction; `checked_mul` would take a
/// product of 128 bits.
#[inline]
pub fn product(a: u64, b: u64) -> Option<u64> {
    match u64::MAX.checked_div(a) {
        Some(limit) if b > limit => None,
        _ => Some(a.wrapping_mul(b)),
    }
}

/// Whether two prices differ by more than `max_bps` of the smaller one.
pub fn deviates(a: PriceE8, b: PriceE8, max_bps: u16) -> bool {
    u128::from(a.0.abs_diff(b.0)).saturating_mul(10_000)
        > u128::from(a.min(b).0).saturating_mul(u128::from(max_bps))
}

#[inline]
fn positive(price: i64) -> Result<u64, PriceError> {
    u64::try_from(price).ok().filter(|&price| price > 0).ok_or(PriceError::NotPositive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quote(price: i64, confidence: u64, expo: i32) -> Quote {
        Quote { price, confidence, expo, ema_price: price, publish_time: 0 }
    }

    #[test]
    fn real_quotes_are_normalised() {
        // Equity.US.AAPL and Crypto.TSLAX as they were on mainnet in September 2026.
        let aapl = quote(33_563_050, 3_951, -5).band(false).unwrap();
        assert_eq!(aapl.mid, PriceE8(33_563_050_000));
        assert_eq!(aapl.floor, PriceE8(33_559_099_000));
        assert_eq!(aapl.ceiling, PriceE8(33_567_001_000));
        assert_eq!(aapl.confidence, PriceE8(3_951_000));
        let tsla = quote(36_523_000_001, 8_533_118, -8).band(false).unwrap();
        assert_eq!(tsla.mid, PriceE8(36_523_000_001));
    }

    #[test]
    fn the_moving_average_widens_the_band_on_its_side_only() {
        let mut quote = quote(100, 1, 0);
        quote.ema_price = 90;
        let band = quote.band(true).unwrap();
        assert_eq!((band.floor.0, band.ceiling.0), (89 * 100_000_000, 101 * 100_000_000));
        quote.ema_price = 110;
        let band = quote.band(true).unwrap();
        assert_eq!((band.floor.0, band.ceiling.0), (99 * 100_000_000, 111 * 100_000_000));
        assert_eq!(band.mid.0, 100 * 100_000_000);
        quote.ema_price = 0;
        assert_eq!(quote.band(true), Err(PriceError::NotPositive));
        assert!(quote.band(false).is_ok());
    }

    #[test]
    fn zero_negative_and_enormous_prices_are_named() {
        for price in [0, -1, i64::MIN] {
            assert_eq!(quote(price, 0, -8).band(false), Err(PriceError::NotPositive));
            assert!(!quote(price, 0, -8).confidence_within(u16::MAX));
        }
        assert_eq!(quote(i64::MAX, 0, -7).band(false), Err(PriceError::TooLarge));
        assert_eq!(quote(1, 0, i32::MAX).band(false), Err(PriceError::TooLarge));
        assert_eq!(quote(1, u64::MAX, -8).band(false), Err(PriceError::TooLarge));
        for expo in [-100, i32::MIN] {
            let tiny = quote(1, 0, expo).band(false).unwrap();
            assert_eq!((tiny.floor.0, tiny.mid.0, tiny.ceiling.0), (0, 0, 1));
        }
    }

    #[test]
    fn a_confidence_at_the_limit_is_within() {
        assert!(quote(10_000, 100, -5).confidence_within(100));
        assert!(!quote(10_000, 101, -5).confidence_within(100));
        assert!(quote(i64::MAX, u64::MAX, 0).confidence_within(20_001));
        // Ten thousand times either does not fit 64 bits.
        assert!(!quote(1 << 62, 1 << 62, 0).confidence_within(5_000));
    }

    #[test]
    fn prices_deviate_beyond_the_limit_of_the_smaller() {
        let (a, b) = (PriceE8(10_000), PriceE8(10_500));
        assert!(!deviates(a, b, 500));
        assert!(deviates(a, b, 499) && deviates(b, a, 499));
        assert!(deviates(PriceE8(0), PriceE8(1), u16::MAX));
        assert!(!deviates(PriceE8(0), PriceE8(0), 0));
    }

    proptest! {
        /// Against exact arithmetic, each price rounded in its direction; or none of them fits.
        #[test]
        fn rounding_is_exact_for_any_exponent(
            price in 1i64.., confidence: u64, small in 0u32..63, expo in -30i32..12
        ) {
            let (price, confidence) = ((price >> small).max(1), confidence >> small);
            let shift = expo + 8;
            let power = 10u128.pow(shift.unsigned_abs());
            let (num, den) = if shift >= 0 { (power, 1) } else { (1, power) };
            let exact = |mantissa: u64| u128::from(mantissa) * num;
            let fits = |value: u128| u64::try_from(value).ok().map(PriceE8);
            let floor = |mantissa: u64| fits(exact(mantissa) / den);
            let ceil = |mantissa: u64| fits(exact(mantissa).div_ceil(den));
            let mid = price.unsigned_abs();
            let expected = mid.checked_add(confidence).and_then(|high| Some(Band {
                floor: floor(mid.saturating_sub(confidence))?,
                mid: floor(mid)?,
                ceiling: ceil(high)?,
                confidence: ceil(confidence)?,
            }));
            prop_assert_eq!(quote(price, confidence, expo).band(false).ok(), expected);
        }

        #[test]
        fn products_are_those_of_checked_mul(a: u64, b: u64, small in 0u64..4) {
            for (a, b) in [(a, b), (a, small), (small, b), (a >> 32, b >> 32)] {
                prop_assert_eq!(product(a, b), a.checked_mul(b));
            }
        }

        #[test]
        fn confidence_is_compared_exactly(price in 1i64.., confidence: u64, shift in 0u32..40, bps: u16) {
            let (price, confidence) = ((price >> shift).max(1), confidence >> shift);
            let exact = u128::from(confidence) * 10_000
                <= u128::from(price.unsigned_abs()) * u128::from(bps);
            prop_assert_eq!(quote(price, confidence, -8).confidence_within(bps), exact);
        }

        #[test]
        fn no_quote_panics_and_bands_are_in_order(
            price: i64, confidence: u64, expo: i32, ema_price: i64, use_ema: bool
        ) {
            let quote = Quote { price, confidence, expo, ema_price, publish_time: 0 };
            if let Ok(band) = quote.band(use_ema) {
                prop_assert!(band.floor <= band.mid && band.mid <= band.ceiling);
            }
            quote.confidence_within(7);
        }

        #[test]
        fn plausible_quotes_have_bands_in_order(
            price in 1i64..1 << 40, confidence in 0u64..1 << 40, expo in -12i32..0,
            ema_price in 1i64..1 << 40, use_ema: bool
        ) {
            let quote = Quote { price, confidence, expo, ema_price, publish_time: 0 };
            if let Ok(band) = quote.band(use_ema) {
                prop_assert!(band.floor <= band.mid && band.mid <= band.ceiling);
            }
        }
    }
}
