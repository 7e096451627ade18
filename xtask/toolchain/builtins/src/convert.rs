//! Between floats and 128-bit integers.
//!
//! To integers: LLVM leaves the result for a value out of range open, and Rust's saturating `as` does its own
//! comparisons; these saturate all the same, and a NaN becomes zero. To floats: to nearest, ties to even.

use crate::wide::leading_zeros;

/// |x| of a finite or infinite `x`, rounded towards zero, given its bits: `fraction` bits of mantissa below an
/// exponent of `BIAS`. `None`: 2^128 or more.
#[inline(always)]
const fn magnitude<const BIAS: i32>(exponent: i32, mantissa: u64, fraction: u32) -> Option<u128> {
    let power = exponent - BIAS;
    if power < 0 {
        return Some(0);
    }
    if power >= 128 {
        return None;
    }
    let mantissa = mantissa | 1 << fraction;
    let shift = power as u32;
    if shift <= fraction {
        return Some((mantissa >> (fraction - shift)) as u128);
    }
    // Halves, because a shift of a u128 by a variable is long.
    let shift = shift - fraction;
    Some(if shift >= 64 {
        ((mantissa << (shift - 64)) as u128) << 64
    } else {
        (((mantissa >> 1) >> (63 - shift)) as u128) << 64 | (mantissa << shift) as u128
    })
}

/// Sign and magnitude of a double; a NaN is zero.
#[inline(always)]
const fn parts_f64(bits: u64) -> (bool, Option<u128>) {
    let (exponent, mantissa) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    if exponent == 0x7ff && mantissa != 0 {
        return (false, Some(0));
    }
    (bits >> 63 != 0, magnitude::<1023>(exponent, mantissa, 52))
}

/// Sign and magnitude of a single; a NaN is zero.
#[inline(always)]
const fn parts_f32(bits: u32) -> (bool, Option<u128>) {
    let (exponent, mantissa) = ((bits >> 23 & 0xff) as i32, bits & ((1 << 23) - 1));
    if exponent == 0xff && mantissa != 0 {
        return (false, Some(0));
    }
    // An infinity has exponent 255 - 127 = 128, as much as the range allows.
    (bits >> 31 != 0, magnitude::<127>(exponent, mantissa as u64, 23))
}

#[inline(always)]
const fn unsigned((negative, magnitude): (bool, Option<u128>)) -> u128 {
    match magnitude {
        _ if negative => 0,
        Some(magnitude) => magnitude,
        None => u128::MAX,
    }
}

#[inline(always)]
const fn signed((negative, magnitude): (bool, Option<u128>)) -> i128 {
    match (negative, magnitude) {
        (false, Some(magnitude)) if magnitude >> 127 == 0 => magnitude as i128,
        (false, _) => i128::MAX,
        // 2^127 itself is MIN: its bits, negated, are themselves.
        (true, Some(magnitude)) if magnitude <= 1 << 127 => (magnitude as i128).wrapping_neg(),
        (true, _) => i128::MIN,
    }
}

#[inline(always)]
pub const fn f64_to_u128(x: f64) -> u128 {
    unsigned(parts_f64(x.to_bits()))
}

#[inline(always)]
pub const fn f64_to_i128(x: f64) -> i128 {
    signed(parts_f64(x.to_bits()))
}

#[inline(always)]
pub const fn f32_to_u128(x: f32) -> u128 {
    unsigned(parts_f32(x.to_bits()))
}

#[inline(always)]
pub const fn f32_to_i128(x: f32) -> i128 {
    signed(parts_f32(x.to_bits()))
}

/// The bits of the float nearest to `x`, without its sign bit: `FRACTION` bits of mantissa below an exponent of `BIAS`.
#[inline(always)]
fn nearest<const FRACTION: u32, const BIAS: u64>(x: u128) -> u64 {
    let (hi, lo) = ((x >> 64) as u64, x as u64);
    if hi | lo == 0 {
        return 0;
    }
    // The top 64 bits with the highest set, the place of that bit, and whether anything is left below them.
    let (top, place, below) = if hi == 0 {
        let zeros = leading_zeros::<64>(lo);
        (lo << zeros, 63 - zeros as u64, false)
    } else {
        let zeros = leading_zeros::<64>(hi);
        let top = hi << zeros | (lo >> 1) >> (63 - zeros);
        (top, 127 - zeros as u64, lo << zeros != 0)
    };
    let mantissa = top >> (63 - FRACTION);
    // What is cut off, its own highest bit being worth half.
    let rest = top << (FRACTION + 1) | below as u64;
    let up = rest > 1 << 63 || (rest == 1 << 63 && mantissa & 1 == 1);
    // The mantissa's highest bit adds the one that is missing in the exponent; rounding may carry into it, up to infinity.
    ((BIAS - 1 + place) << FRACTION) + mantissa + up as u64
}

#[inline(always)]
pub fn u128_to_f64(x: u128) -> f64 {
    f64::from_bits(nearest::<52, 1023>(x))
}

#[inline(always)]
pub fn i128_to_f64(x: i128) -> f64 {
    f64::from_bits(nearest::<52, 1023>(x.unsigned_abs()) | ((x < 0) as u64) << 63)
}

#[inline(always)]
pub fn u128_to_f32(x: u128) -> f32 {
    f32::from_bits(nearest::<23, 127>(x) as u32)
}

#[inline(always)]
pub fn i128_to_f32(x: i128) -> f32 {
    f32::from_bits(nearest::<23, 127>(x.unsigned_abs()) as u32 | ((x < 0) as u32) << 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bits: u64) {
        let x = f64::from_bits(bits);
        assert_eq!(f64_to_u128(x), x as u128, "{x:e}");
        assert_eq!(f64_to_i128(x), x as i128, "{x:e}");
        let x = f32::from_bits(bits as u32);
        assert_eq!(f32_to_u128(x), x as u128, "{x:e}");
        assert_eq!(f32_to_i128(x), x as i128, "{x:e}");
    }

    #[test]
    fn agrees_with_native_on_every_exponent() {
        for sign in [0, 1] {
            for exponent in 0..0x800u64 {
                for mantissa in
                    [0, 1, 2, 1 << 51, (1 << 52) - 1, 0x5_5555_5555_5555, 0xa_aaaa_aaaa_aaaa]
                {
                    check(sign << 63 | exponent << 52 | mantissa);
                }
            }
            for exponent in 0..0x100u64 {
                for mantissa in [0, 1, 2, 1 << 22, (1 << 23) - 1, 0x2a_aaaa] {
                    check(sign << 31 | exponent << 23 | mantissa);
                }
            }
        }
    }

    fn check_integer(x: u128) {
        assert_eq!(u128_to_f64(x).to_bits(), (x as f64).to_bits(), "{x:#x}");
        assert_eq!(u128_to_f32(x).to_bits(), (x as f32).to_bits(), "{x:#x}");
        let x = x as i128;
        assert_eq!(i128_to_f64(x).to_bits(), (x as f64).to_bits(), "{x}");
        assert_eq!(i128_to_f32(x).to_bits(), (x as f32).to_bits(), "{x}");
    }

    /// A leading bit, a mantissa, a half or nearly, and something far below: every way to round, at every place.
    #[test]
    fn integers_round_as_native() {
        for place in 0..128 {
            for mantissa in [0, 1, 2, 3, 0x7f_ffff, 0xff_fffe] {
                for fraction in [23, 24, 52, 53] {
                    let leading = 1u128 << place;
                    let last = leading >> fraction;
                    let half = last >> 1;
                    for rest in [0, 1, half, half.wrapping_sub(1), half + 1] {
                        check_integer(leading.wrapping_add(last * mantissa).wrapping_add(rest));
                        check_integer(leading.wrapping_sub(last * mantissa).wrapping_sub(rest));
                    }
                }
            }
        }
        check_integer(0);
    }

    #[test]
    fn agrees_with_native_on_random_bits() {
        let mut bits = 1u64;
        for _ in 0..1_000_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            check(bits ^ bits >> 32);
            check_integer((u128::from(bits) * u128::from(!bits)) >> ((bits >> 40) % 128));
            // Exponents of the range that matters.
            check(bits & !(0x7ff << 52) | (1020 + (bits >> 20) % 135) << 52);
        }
    }
}
