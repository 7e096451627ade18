//! The scaled-UI multiplier of a mint as an exact rational number.
//!
//! Token-2022 stores it as an IEEE 754 double. Every normal double is `m x 2^e` with a 53-bit
//! integer `m`, so products with amounts are exact in 128 bits and no soft-float is needed.

use crate::units::{RawAmount, ShareAmount};

const FRACTION_BITS: u32 = 52;
const EXPONENT_MASK: u64 = 0x7ff;
/// Of a normal double.
const MAX_EXPONENT_FIELD: i32 = 0x7fe;
/// Bits of a `u128` that a mantissa leaves.
const MANTISSA_SPARE: u32 = 128 - 53;
/// Bias of the exponent field plus the fraction bits: `value = m x 2^(field - 1075)`.
const EXPONENT_BIAS: i16 = 1_075;

/// A positive, normal double: `mantissa x 2^exponent`, with `2^52 <= mantissa < 2^53`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Multiplier {
    mantissa: u64,
    exponent: i16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MultiplierError {
    /// Zero, negative, subnormal, infinite or not a number: Token-2022 refuses these as well.
    NotPositiveNormal,
    /// The product does not fit 128 bits.
    Overflow,
}

impl Multiplier {
    pub const ONE: Self = Self { mantissa: 1 << FRACTION_BITS, exponent: -52 };

    /// Reads the bits of the double as the mint stores them (little-endian `f64` -> `u64`).
    pub fn from_f64_bits(bits: u64) -> Result<Self, MultiplierError> {
        let field = (bits >> FRACTION_BITS) & EXPONENT_MASK;
        let negative = bits >> 63 != 0;
        if negative || field == 0 || field == EXPONENT_MASK {
            return Err(MultiplierError::NotPositiveNormal);
        }
        let fraction = bits & ((1 << FRACTION_BITS) - 1);
        let field = i16::try_from(field).map_err(|_| MultiplierError::NotPositiveNormal)?;
        Ok(Self {
            mantissa: fraction | (1 << FRACTION_BITS),
            exponent: field.wrapping_sub(EXPONENT_BIAS),
        })
    }

    /// The bits of the double, as a mint stores them.
    pub fn to_f64_bits(self) -> u64 {
        // The exponent came from a field of 11 bits, or was checked to fit one.
        let field = u64::from(self.exponent.wrapping_add(EXPONENT_BIAS).unsigned_abs());
        field << FRACTION_BITS | self.mantissa & ((1 << FRACTION_BITS) - 1)
    }

    /// The double nearest to `self x numerator / denominator`, the even one of two that are as
    /// near: what IEEE 754 would give for the exact quotient, in integers.
    pub fn times_ratio(self, numerator: u64, denominator: u64) -> Result<Self, MultiplierError> {
        // 53 + 64 bits: exact. With its highest bit at the top, the quotient by any denominator
        // has at least 64 bits: 53 for the mantissa, the rest and the remainder for the rounding.
        let product = u128::from(self.mantissa).wrapping_mul(u128::from(numerator));
        if product == 0 {
            return Err(MultiplierError::NotPositiveNormal);
        }
        let up = product.leading_zeros();
        let product = product.wrapping_shl(up);
        let denominator = u128::from(denominator);
        let (Some(quotient), Some(rest)) =
            (product.checked_div(denominator), product.checked_rem(denominator))
        else {
            return Err(MultiplierError::NotPositiveNormal);
        };
        let down = MANTISSA_SPARE.wrapping_sub(quotient.leading_zeros());
        let (mantissa, carried) = round_to_even(quotient, down, rest != 0);
        let exponent = i32::from(self.exponent)
            .wrapping_sub_unsigned(up)
            .wrapping_add_unsigned(down)
            .wrapping_add(i32::from(carried));
        let field = exponent.wrapping_add(i32::from(EXPONENT_BIAS));
        if field > MAX_EXPONENT_FIELD {
            return Err(MultiplierError::Overflow);
        }
        if field < 1 {
            return Err(MultiplierError::NotPositiveNormal);
        }
        let exponent = i16::try_from(exponent).map_err(|_| MultiplierError::Overflow)?;
        Ok(Self { mantissa, exponent })
    }

    /// Economic shares of a raw amount, rounded up: for liabilities.
    pub fn shares_ceil(self, raw: RawAmount) -> Result<ShareAmount, MultiplierError> {
        self.shares(raw, true)
    }

    /// Economic shares of a raw amount, rounded down: for what a holder is credited with.
    pub fn shares_floor(self, raw: RawAmount) -> Result<ShareAmount, MultiplierError> {
        self.shares(raw, false)
    }

    /// `value x multiplier`, whatever it counts, as [`Self::shares_floor`] and [`Self::shares_ceil`] do. `None` if it
    /// does not fit 64 bits.
    #[inline]
    pub fn scale(self, value: u64, round_up: bool) -> Option<u64> {
        let shift = u32::from(self.exponent.unsigned_abs());
        if self.exponent >= 0 || shift >= u64::BITS {
            return u64::try_from(self.shares(RawAmount(value), round_up).ok()?.0).ok();
        }
        // Multipliers from 2^-11 to 2^52: the product's halves are shifted without a shift of 128 bits.
        let (high, low) = product_halves(self.mantissa, value);
        let above = u64::BITS.wrapping_sub(shift);
        if high >> shift != 0 {
            return None;
        }
        // `above` is 1 to 63.
        let floor = high.wrapping_shl(above) | low >> shift;
        let up = round_up && low.wrapping_shl(above) != 0;
        floor.checked_add(u64::from(up))
    }

    fn shares(self, raw: RawAmount, round_up: bool) -> Result<ShareAmount, MultiplierError> {
        // 53 + 64 bits: the product is exact.
        let product = u128::from(self.mantissa).wrapping_mul(u128::from(raw.0));
        let shift = u32::from(self.exponent.unsigned_abs());
        let shares = if self.exponent >= 0 {
            shift_left(product, shift).ok_or(MultiplierError::Overflow)?
        } else {
            let floor = product.checked_shr(shift).unwrap_or(0);
            let exact = product == 0 || product.trailing_zeros() >= shift;
            // The floor is below 2^117, one more cannot wrap.
            floor.wrapping_add(u128::from(round_up && !exact))
        };
        Ok(ShareAmount(shares))
    }
}

/// The upper 53 bits of `quotient`, which has `down` more, rounded to the nearest, ties to even;
/// `more`: the true quotient is a little larger. Tells too whether rounding made one bit more of
/// them, of which the last is then dropped.
fn round_to_even(quotient: u128, down: u32, more: bool) -> (u64, bool) {
    let above = quotient.wrapping_shr(down);
    let below = quotient ^ above.wrapping_shl(down);
    let half = 1u128.wrapping_shl(down.wrapping_sub(1));
    let odd = above & 1 == 1;
    let round_up = below > half || below == half && (more || odd);
    // 53 bits and one: it fits.
    let rounded = u64::try_from(above).unwrap_or(u64::MAX).wrapping_add(u64::from(round_up));
    let carried = rounded >> (FRACTION_BITS + 1) != 0;
    (rounded >> u32::from(carried), carried)
}

/// `a x b` as (upper, lower) 64 bits. On chain a product of 128 bits is a call, and twice as many instructions.
#[inline]
const fn product_halves(a: u64, b: u64) -> (u64, u64) {
    const LOW: u64 = 0xffff_ffff;
    let (a1, a0, b1, b0) = (a >> 32, a & LOW, b >> 32, b & LOW);
    // A product of two halves is at most (2^32 - 1)^2: two more values of 32 bits fit.
    let low = a0.wrapping_mul(b0);
    let mid = a1.wrapping_mul(b0).wrapping_add(low >> 32);
    let cross = a0.wrapping_mul(b1).wrapping_add(mid & LOW);
    let high = a1.wrapping_mul(b1).wrapping_add(mid >> 32).wrapping_add(cross >> 32);
    (high, cross << 32 | low & LOW)
}

fn shift_left(value: u128, shift: u32) -> Option<u128> {
    if value == 0 {
        return Some(0);
    }
    if shift > value.leading_zeros() { None } else { value.checked_shl(shift) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(value: f64) -> Multiplier {
        Multiplier::from_f64_bits(value.to_bits()).unwrap()
    }

    #[test]
    fn real_multipliers_give_exact_shares() {
        // The bits of AAPLx's multiplier on mainnet, 1.0032690125398187, times 2^52.
        let aapl = Multiplier::from_f64_bits(0x3FF0_0D63_CEDF_2E05).unwrap();
        assert_eq!(aapl.mantissa, 0x0010_0D63_CEDF_2E05);
        assert_eq!(aapl.shares_floor(RawAmount(100_000_000)).unwrap().0, 100_326_901);
        assert_eq!(aapl.shares_ceil(RawAmount(100_000_000)).unwrap().0, 100_326_902);
        assert_eq!(of(10.0).shares_ceil(RawAmount(7)).unwrap().0, 70);
        assert_eq!(of(0.5).shares_floor(RawAmount(3)).unwrap().0, 1);
        assert_eq!(of(0.5).shares_ceil(RawAmount(3)).unwrap().0, 2);
    }

    #[test]
    fn one_is_the_identity() {
        assert_eq!(Multiplier::ONE, of(1.0));
        for raw in [0, 1, u64::MAX] {
            assert_eq!(Multiplier::ONE.shares_ceil(RawAmount(raw)).unwrap().0, u128::from(raw));
        }
    }

    #[test]
    fn what_token_2022_refuses_is_refused() {
        for bad in [0.0, -0.0, -1.0, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE / 2.0] {
            assert_eq!(
                Multiplier::from_f64_bits(bad.to_bits()),
                Err(MultiplierError::NotPositiveNormal)
            );
        }
    }

    #[test]
    fn extremes_neither_panic_nor_wrap() {
        assert_eq!(of(f64::MAX).shares_ceil(RawAmount(1)), Err(MultiplierError::Overflow));
        assert_eq!(of(f64::MAX).shares_ceil(RawAmount(0)), Ok(ShareAmount(0)));
        assert_eq!(of(f64::MIN_POSITIVE).shares_ceil(RawAmount(1)), Ok(ShareAmount(1)));
        assert_eq!(of(f64::MIN_POSITIVE).shares_ceil(RawAmount(0)), Ok(ShareAmount(0)));
        assert_eq!(of(f64::MIN_POSITIVE).shares_floor(RawAmount(u64::MAX)), Ok(ShareAmount(0)));
        // 2^64 x (2^64 - 1) is the largest power of two that every raw amount survives.
        let two_64 = of(18_446_744_073_709_551_616.0);
        assert_eq!(
            two_64.shares_floor(RawAmount(u64::MAX)),
            Ok(ShareAmount(u128::from(u64::MAX) << 64))
        );
        assert_eq!(
            of(36_893_488_147_419_103_232.0).shares_floor(RawAmount(u64::MAX)),
            Err(MultiplierError::Overflow)
        );
    }

    #[test]
    fn a_ratio_gives_the_double_that_ieee_754_gives() {
        let times = |value: f64, numerator, denominator| {
            of(value).times_ratio(numerator, denominator).map(|it| f64::from_bits(it.to_f64_bits()))
        };
        assert_eq!(times(1.0, 10, 1), Ok(10.0));
        assert_eq!(times(10.0, 1, 10), Ok(1.0));
        assert_eq!(times(1.0, 1, 3), Ok(1.0 / 3.0));
        assert_eq!(times(1.0, 1, 1_000), Ok(0.001));
        assert_eq!(times(1.0, u64::MAX, 1), Ok(18_446_744_073_709_551_616.0));
        assert_eq!(times(1.0, u64::MAX, u64::MAX - 1), Ok(1.0));
        // Half an ulp above 1, and above the next double: to the even one.
        assert_eq!(times(1.0, (1 << 53) + 1, 1 << 53), Ok(1.0));
        let next = f64::from_bits(1.0f64.to_bits() + 1);
        assert_eq!(times(1.0, (1 << 53) + 3, 1 << 53).map(f64::to_bits), Ok(next.to_bits() + 1));
        // Rounded up into the next power of two.
        assert_eq!(times(1.0, u64::MAX, 1 << 63), Ok(2.0));
        assert_eq!(of(1.0).times_ratio(u64::MAX, 1 << 63), Ok(of(2.0)), "a mantissa of 53 bits");
    }

    #[test]
    fn a_ratio_beyond_the_doubles_is_refused() {
        for (value, numerator, denominator, error) in [
            (1.0, 0, 1, MultiplierError::NotPositiveNormal),
            (1.0, 1, 0, MultiplierError::NotPositiveNormal),
            (f64::MAX, 2, 1, MultiplierError::Overflow),
            (f64::MIN_POSITIVE, 1, 2, MultiplierError::NotPositiveNormal),
        ] {
            assert_eq!(of(value).times_ratio(numerator, denominator), Err(error));
        }
        assert_eq!(of(f64::MAX).times_ratio(7, 7), Ok(of(f64::MAX)));
        assert_eq!(of(f64::MIN_POSITIVE).times_ratio(7, 7), Ok(of(f64::MIN_POSITIVE)));
    }

    proptest! {
        #[test]
        fn bits_come_back(bits in 1u64 << 52..0x7ff << 52) {
            prop_assert_eq!(Multiplier::from_f64_bits(bits).unwrap().to_f64_bits(), bits);
        }

        /// Twice the distance to `old x num / den` is at most one ulp: compared in whole numbers,
        /// all three scaled by `den`.
        #[test]
        fn a_ratio_lands_within_half_an_ulp(
            fraction in 0u64..1 << 52, numerator in 1u64..1 << 20, denominator in 1u64..1 << 20
        ) {
            let old = Multiplier { mantissa: fraction | 1 << 52, exponent: -52 };
            let new = old.times_ratio(numerator, denominator).unwrap();
            let lowest = old.exponent.min(new.exponent);
            let scaled = |it: Multiplier, by: u64| {
                (u128::from(it.mantissa) << (it.exponent - lowest)) * u128::from(by)
            };
            let (exact, found) = (scaled(old, numerator), scaled(new, denominator));
            let ulp = u128::from(denominator) << (new.exponent - lowest);
            prop_assert!(2 * exact.abs_diff(found) <= ulp);
        }

        /// Where both factors are doubles, the hardware's quotient is the nearest one too.
        #[test]
        fn a_quotient_is_the_hardwares(fraction in 0u64..1 << 52, denominator in 1u64..1 << 53) {
            let old = Multiplier { mantissa: fraction | 1 << 52, exponent: -52 };
            let exact = f64::from_bits(old.to_f64_bits()) / denominator as f64;
            prop_assert_eq!(old.times_ratio(1, denominator).unwrap().to_f64_bits(), exact.to_bits());
        }

        #[test]
        fn ceil_and_floor_bracket_the_exact_product(
            mantissa in 1u64 << 52..1 << 53, exponent in -116i16..=0, raw: u64
        ) {
            let multiplier = Multiplier { mantissa, exponent };
            let product = u128::from(mantissa) * u128::from(raw);
            let unit = 1u128 << exponent.unsigned_abs();
            let floor = multiplier.shares_floor(RawAmount(raw)).unwrap().0;
            let ceil = multiplier.shares_ceil(RawAmount(raw)).unwrap().0;
            prop_assert_eq!(floor, product / unit);
            prop_assert_eq!(ceil, product.div_ceil(unit));
        }

        #[test]
        fn halves_make_the_whole_product(a: u64, b: u64) {
            let (high, low) = product_halves(a, b);
            prop_assert_eq!(u128::from(high) << 64 | u128::from(low), u128::from(a) * u128::from(b));
        }

        /// In 64 bits as in 128, or not at all.
        #[test]
        fn scaling_is_the_same_product(bits in 1u64 << 52..0x7ff << 52, near in 1_000u64..1_150, value: u64) {
            for bits in [bits, near << 52 | bits & ((1 << 52) - 1)] {
                let multiplier = Multiplier::from_f64_bits(bits).unwrap();
                for (round_up, exact) in [
                    (false, multiplier.shares_floor(RawAmount(value))),
                    (true, multiplier.shares_ceil(RawAmount(value))),
                ] {
                    let exact = exact.ok().and_then(|shares| u64::try_from(shares.0).ok());
                    prop_assert_eq!(multiplier.scale(value, round_up), exact);
                }
            }
        }

        #[test]
        fn shares_are_monotone_in_the_amount(bits: u64, a: u64, b: u64) {
            if let Ok(multiplier) = Multiplier::from_f64_bits(bits & (u64::MAX >> 1)) {
                let (low, high) = (a.min(b), a.max(b));
                if let Ok(of_high) = multiplier.shares_ceil(RawAmount(high)) {
                    prop_assert!(multiplier.shares_ceil(RawAmount(low)).unwrap() <= of_high);
                }
            }
        }
    }
}
