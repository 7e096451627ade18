//! What an amount is worth, and whether a price fits a change of the multiplier.

use crate::{
    multiplier::Multiplier,
    price::{Band, PriceE8, power_of_ten, product},
    units::RawAmount,
};

/// USD in units of 10^-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ValueE8(pub u64);

/// The largest number of decimals that a whole token's raw amount fits 64 bits with.
pub const MAX_DECIMALS: u8 = 19;

/// A price per share times the multiplier: the price of a whole token, rounded down. `None` if it
/// does not fit 64 bits.
#[inline]
pub fn per_token_floor(price: PriceE8, multiplier: Multiplier) -> Option<PriceE8> {
    multiplier.scale(price.0, false).map(PriceE8)
}

/// As [`per_token_floor`], rounded up.
#[inline]
pub fn per_token_ceil(price: PriceE8, multiplier: Multiplier) -> Option<PriceE8> {
    multiplier.scale(price.0, true).map(PriceE8)
}

impl Band {
    /// A band per share as a band per token.
    #[inline]
    pub fn per_token(self, multiplier: Multiplier) -> Option<Self> {
        Some(Self {
            floor: per_token_floor(self.floor, multiplier)?,
            mid: per_token_floor(self.mid, multiplier)?,
            ceiling: per_token_ceil(self.ceiling, multiplier)?,
            confidence: per_token_ceil(self.confidence, multiplier)?,
        })
    }

    /// What a raw amount is worth at floor and middle, rounded down, and at the ceiling, rounded up;
    /// each as [`value_floor`] and [`value_ceil`] say.
    pub fn values(self, raw: RawAmount, decimals: u8) -> [Option<ValueE8>; 3] {
        let Self { floor, mid, ceiling, .. } = self;
        let largest = product(raw.0, floor.max(mid).max(ceiling).0);
        let (Some(_), Some(token)) = (largest, power_of_ten(u32::from(decimals))) else {
            return [
                value_floor(raw, floor, decimals),
                value_floor(raw, mid, decimals),
                value_ceil(raw, ceiling, decimals),
            ];
        };
        // The usual case: if the largest product fits 64 bits, all three do.
        let worth = |price: PriceE8, round_up: bool| {
            let product = raw.0.wrapping_mul(price.0);
            let up = round_up && !product.is_multiple_of(token);
            Some(ValueE8(product.checked_div(token)?.saturating_add(u64::from(up))))
        };
        [worth(floor, false), worth(mid, false), worth(ceiling, true)]
    }

    /// The band that holds both, with the middle of this one.
    pub fn widened_to(self, other: Self) -> Self {
        Self {
            floor: self.floor.min(other.floor),
            mid: self.mid,
            ceiling: self.ceiling.max(other.ceiling),
            confidence: self.confidence.max(other.confidence),
        }
    }
}

/// `raw x price / 10^decimals`, rounded down. `None` if it does not fit 64 bits.
#[inline]
pub fn value_floor(raw: RawAmount, price: PriceE8, decimals: u8) -> Option<ValueE8> {
    value(raw, price, decimals, false)
}

/// As [`value_floor`], rounded up.
#[inline]
pub fn value_ceil(raw: RawAmount, price: PriceE8, decimals: u8) -> Option<ValueE8> {
    value(raw, price, decimals, true)
}

#[inline]
fn value(raw: RawAmount, price: PriceE8, decimals: u8, round_up: bool) -> Option<ValueE8> {
    let token = power_of_ten(u32::from(decimals))?;
    let worth = match product(raw.0, price.0) {
        // The usual case, without a division of 128 bits.
        Some(product) => {
            let up = round_up && !product.is_multiple_of(token);
            product.checked_div(token)?.saturating_add(u64::from(up))
        }
        None => {
            let (product, token) =
                (u128::from(raw.0).saturating_mul(u128::from(price.0)), u128::from(token));
            let up = round_up && !product.is_multiple_of(token);
            let quotient = product.checked_div(token)?.saturating_add(u128::from(up));
            u64::try_from(quotient).ok()?
        }
    };
    Some(ValueE8(worth))
}

/// Whether one multiplier differs from another by less than a fiftieth (2%).
pub fn is_small_change(from: Multiplier, to: Multiplier) -> bool {
    let probe = RawAmount(u64::MAX);
    let (Ok(from), Ok(to)) = (from.shares_floor(probe), to.shares_floor(probe)) else {
        return false;
    };
    from.0.abs_diff(to.0) < from.0 / 50
}

/// Whether one price is, in proportion, at least as near to a reference as another.
///
/// `|ln(this / reference)| <= |ln(other / reference)|`: for `this > other` that is
/// `this x other <= reference^2`, for `this < other` the opposite.
pub fn is_nearer(reference: PriceE8, this: PriceE8, other: PriceE8) -> bool {
    let product = u128::from(this.0).saturating_mul(u128::from(other.0));
    let square = u128::from(reference.0).saturating_mul(u128::from(reference.0));
    if this >= other { product <= square || this == other } else { product >= square }
}

/// Whether a price per token under the new multiplier is nearer to a reference from before the
/// change than the one under the old multiplier, and within `tolerance_bps` of it.
pub fn fits_change(reference: PriceE8, old: PriceE8, new: PriceE8, tolerance_bps: u16) -> bool {
    is_nearer(reference, new, old) && !crate::price::deviates(reference, new, tolerance_bps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::Quote;
    use proptest::prelude::*;

    fn of(value: f64) -> Multiplier {
        Multiplier::from_f64_bits(value.to_bits()).unwrap()
    }

    fn dollars(price: u64) -> PriceE8 {
        PriceE8(price * 100_000_000)
    }

    #[test]
    fn a_share_of_aapl_is_worth_its_price_times_the_multiplier() {
        let aaplx = Multiplier::from_f64_bits(0x3FF0_0D63_CEDF_2E05).unwrap();
        // 335.6305 x 1.0032690125398187 = 336.7276803...
        let price = per_token_floor(PriceE8(33_563_050_000), aaplx).unwrap();
        assert_eq!(price.0, 33_672_768_031);
        assert_eq!(per_token_ceil(PriceE8(33_563_050_000), aaplx).unwrap().0, 33_672_768_032);
        let one_and_a_half = RawAmount(150_000_000);
        assert_eq!(value_floor(one_and_a_half, price, 8).unwrap().0, 50_509_152_046);
        assert_eq!(value_ceil(one_and_a_half, price, 8).unwrap().0, 50_509_152_047);
    }

    #[test]
    fn extremes_have_no_value_instead_of_a_wrong_one() {
        let most = RawAmount(u64::MAX);
        assert_eq!(value_floor(most, PriceE8(u64::MAX), 8), None);
        assert_eq!(value_floor(most, PriceE8(u64::MAX), 20), None);
        assert_eq!(value_floor(most, PriceE8(1), 0), Some(ValueE8(u64::MAX)));
        assert_eq!(value_floor(RawAmount(0), PriceE8(u64::MAX), 8), Some(ValueE8(0)));
        assert_eq!(per_token_floor(PriceE8(u64::MAX), of(2.0)), None);
        assert_eq!(per_token_floor(PriceE8(u64::MAX), of(f64::MAX)), None);
        assert_eq!(per_token_ceil(PriceE8(1), of(f64::MIN_POSITIVE)), Some(PriceE8(1)));
    }

    #[test]
    fn two_percent_is_where_a_change_is_no_longer_small() {
        assert!(is_small_change(of(1.0), of(1.0)));
        assert!(is_small_change(of(1.0), of(1.0199)) && is_small_change(of(1.0), of(0.9801)));
        assert!(!is_small_change(of(1.0), of(1.0201)) && !is_small_change(of(1.0), of(0.9799)));
        assert!(!is_small_change(of(1.0), of(10.0)) && !is_small_change(of(10.0), of(1.0)));
        assert!(!is_small_change(of(1.0), of(f64::MAX)));
        // To the last unit of what is compared: (2^52 - 1) / 50 = 90,071,992,547,409.9.
        let units = |count: u64| of((count + 1) as f64 / 18_446_744_073_709_551_616.0);
        let (from, fiftieth) = ((1 << 52) - 1, 90_071_992_547_409);
        assert!(is_small_change(units(from), units(from + fiftieth - 1)));
        assert!(!is_small_change(units(from), units(from + fiftieth)));
        // AAPLx's last dividend.
        let before = Multiplier::from_f64_bits(0x3FF0_0AE9_9FC7_7550).unwrap();
        let after = Multiplier::from_f64_bits(0x3FF0_0D63_CEDF_2E05).unwrap();
        assert!(is_small_change(before, after));
    }

    #[test]
    fn a_split_fits_once_the_price_is_adjusted() {
        // 10:1, from 100 a share and multiplier 1: per token it stays 100.
        let fits = |old, new| fits_change(dollars(100), dollars(old), dollars(new), 2_000);
        assert!(!fits(100, 1_000), "the price is not adjusted yet");
        assert!(fits(10, 100), "the price is adjusted");
        assert!(fits(12, 120) && !fits(13, 121), "within the tolerance only");
        // A reverse split 1:8, from 10 a share and multiplier 8.
        let fits = |old, new| fits_change(dollars(80), dollars(old), dollars(new), 2_000);
        assert!(!fits(80, 10) && fits(640, 80));
        // No change at all: a price per token.
        assert!(fits_change(dollars(100), dollars(101), dollars(101), 2_000));
        assert!(!fits_change(dollars(0), dollars(1), dollars(1), 2_000));
    }

    #[test]
    fn nearness_is_a_matter_of_proportion() {
        let nearer = |this, other| is_nearer(dollars(100), dollars(this), dollars(other));
        // 50 and 200 are equally far from 100.
        assert!(nearer(50, 200) && nearer(200, 50));
        assert!(nearer(51, 200) && !nearer(200, 51));
        assert!(nearer(100, 1_000) && !nearer(1_000, 100) && !nearer(10, 100));
    }

    #[test]
    fn a_widened_band_holds_both_and_keeps_its_middle() {
        let band = Band {
            floor: dollars(99),
            mid: dollars(100),
            ceiling: dollars(101),
            confidence: dollars(1),
        };
        let other = band.per_token(of(10.0)).unwrap();
        let wide = band.widened_to(other);
        assert_eq!((wide.floor, wide.mid, wide.ceiling), (band.floor, band.mid, other.ceiling));
        assert_eq!(wide.confidence, dollars(10));
        assert_eq!(other.widened_to(band), Band { mid: other.mid, ..wide });
    }

    proptest! {
        /// value x 10^decimals <= raw x price < (value + 1) x 10^decimals, exactly.
        #[test]
        fn values_bracket_the_exact_product(raw: u64, price: u64, decimals in 0u8..=19) {
            let exact = u128::from(raw) * u128::from(price);
            let token = 10u128.pow(u32::from(decimals));
            let floor = value_floor(RawAmount(raw), PriceE8(price), decimals);
            prop_assert_eq!(floor.map(|v| u128::from(v.0)), Some(exact / token).filter(fits_u64));
            let ceil = value_ceil(RawAmount(raw), PriceE8(price), decimals);
            prop_assert_eq!(
                ceil.map(|v| u128::from(v.0)), Some(exact.div_ceil(token)).filter(fits_u64)
            );
        }

        /// Three values at once are the three values, in any order of the prices.
        #[test]
        fn values_at_once_are_the_values(
            raw: u64, prices: [u64; 3], shifts in [0u32..64, 0u32..64, 0u32..64, 0u32..64],
            decimals in 0u8..=20
        ) {
            let [of_raw, of_prices @ ..] = shifts;
            let raw = RawAmount(raw >> of_raw);
            let mut prices = prices.map(PriceE8);
            for (price, shift) in prices.iter_mut().zip(of_prices) {
                price.0 >>= shift;
            }
            let [floor, mid, ceiling] = prices;
            let band = Band { floor, mid, ceiling, confidence: PriceE8(0) };
            let expected = [
                value_floor(raw, floor, decimals),
                value_floor(raw, mid, decimals),
                value_ceil(raw, ceiling, decimals),
            ];
            prop_assert_eq!(band.values(raw, decimals), expected);
        }

        /// From the oracle's mantissa to the value, never above the exact rational result:
        /// floor <= raw x mantissa x 10^expo x m x 2^e / 10^decimals, in units of 10^-8.
        #[test]
        fn the_floor_is_never_above_the_exact_rational_value(
            raw in 0u64..1 << 40, mantissa in 1u64..1 << 36, expo in -10i32..=-2,
            fraction in 0u64..1 << 52, exponent in 1_013u64..1_033, decimals in 0u8..=9
        ) {
            let bits = exponent << 52 | fraction;
            let multiplier = Multiplier::from_f64_bits(bits).unwrap();
            let price = i64::try_from(mantissa).unwrap();
            let quote = Quote { price, confidence: 0, expo, ema_price: 0, publish_time: 0 };
            let price = quote.band(false).unwrap().mid;
            let Some(price) = per_token_floor(price, multiplier) else { return Ok(()) };
            let Some(value) = value_floor(RawAmount(raw), price, decimals) else { return Ok(()) };
            // value x 10^decimals x 10^-(expo + 8) x 2^-e <= raw x mantissa x m, as big integers;
            // ten more factors of ten on both sides keep all powers positive.
            let e = i32::try_from(exponent).unwrap() - 1_075;
            let tens = i32::from(decimals) - (expo + 8) + 10;
            let left = big(u128::from(value.0)).times_power(10, tens).times_power(2, -e);
            let right = big(u128::from(raw)).times(mantissa).times(fraction | 1 << 52);
            prop_assert!(left.at_most(&right.times_power(10, 10)), "value {value:?}");
        }

        #[test]
        fn value_is_monotone_in_the_amount(a: u64, b: u64, price: u64, decimals in 0u8..=19) {
            let (low, high) = (a.min(b), a.max(b));
            if let Some(of_high) = value_floor(RawAmount(high), PriceE8(price), decimals) {
                let of_low = value_floor(RawAmount(low), PriceE8(price), decimals);
                prop_assert!(of_low.is_some_and(|of_low| of_low <= of_high));
            }
        }

        #[test]
        fn no_change_panics(bits_a: u64, bits_b: u64, reference: u64, old: u64, new: u64, bps: u16) {
            fits_change(PriceE8(reference), PriceE8(old), PriceE8(new), bps);
            let of = Multiplier::from_f64_bits;
            if let (Ok(a), Ok(b)) = (of(bits_a), of(bits_b)) {
                is_small_change(a, b);
            }
        }
    }

    fn fits_u64(value: &u128) -> bool {
        *value <= u128::from(u64::MAX)
    }

    /// A natural number of any size: digits of 32 bits, least first.
    struct Big(std::vec::Vec<u64>);

    fn big(value: u128) -> Big {
        let digit = |i: u32| u64::try_from(value >> (32 * i) & 0xffff_ffff).unwrap();
        Big((0..4).map(digit).collect())
    }

    impl Big {
        fn times(mut self, factor: u64) -> Self {
            let mut carry = 0u128;
            for digit in &mut self.0 {
                let product = u128::from(*digit) * u128::from(factor) + carry;
                *digit = u64::try_from(product & 0xffff_ffff).unwrap();
                carry = product >> 32;
            }
            while carry > 0 {
                self.0.push(u64::try_from(carry & 0xffff_ffff).unwrap());
                carry >>= 32;
            }
            self
        }

        fn times_power(self, base: u64, power: i32) -> Self {
            assert!(power >= 0);
            (0..power).fold(self, |product, _| product.times(base))
        }

        fn at_most(&self, other: &Self) -> bool {
            let len = self.0.len().max(other.0.len());
            let digit = |b: &Self, i: usize| b.0.get(i).copied().unwrap_or(0);
            for i in (0..len).rev() {
                if digit(self, i) != digit(other, i) {
                    return digit(self, i) < digit(other, i);
                }
            }
            true
        }
    }
}
