//! 128-bit integers: multiplication, division and remainder are libcalls, the rest is expanded inline.

use crate::operations;

operations! {
    "u128 wrapping_add"(a: u128, b: u128) => a.wrapping_add(b);
    "u128 wrapping_sub"(a: u128, b: u128) => a.wrapping_sub(b);
    "u128 wrapping_mul"(a: u128, b: u128) => a.wrapping_mul(b);
    "u128 checked_add"(a: u128, b: u128) => a.checked_add(b);
    "u128 checked_sub"(a: u128, b: u128) => a.checked_sub(b);
    "u128 checked_mul"(a: u128, b: u128) => a.checked_mul(b);
    "u128 saturating_mul"(a: u128, b: u128) => a.saturating_mul(b);
    "u128 overflowing_mul"(a: u128, b: u128) => a.overflowing_mul(b);
    "u128 checked_div"(a: u128, b: u128) => a.checked_div(b);
    "u128 checked_rem"(a: u128, b: u128) => a.checked_rem(b);
    "u128 div and rem"(a: u128, b: u128) => (a / b.max(1), a % b.max(1));
    "u128 div and rem by u64"(a: u128, b: u64) => (a / u128::from(b.max(1)), a % u128::from(b.max(1)));
    "u128 div and rem by u32"(a: u128, b: u32) => (a / u128::from(b.max(1)), a % u128::from(b.max(1)));
    "u128 by constants"(a: u128) => (a / 10, a % 10_000_000_000_000_000_000, a / 100_000_000, a % 1_000_000_007,
        a / 1_000_000_000_000, a / 3);
    "u128 div_ceil"(a: u128, b: u128) => a.div_ceil(b.max(1));
    "u128 pow"(a: u16, b: u8) => u128::from(a).checked_pow(u32::from(b));
    "u128 isqrt"(a: u128) => a.isqrt();
    "u128 shl"(a: u128, b: u32) => (a.wrapping_shl(b), a.checked_shl(b));
    "u128 shr"(a: u128, b: u32) => (a.wrapping_shr(b), a.checked_shr(b));
    "u128 rotate"(a: u128, b: u8) => (a.rotate_left(b.into()), a.rotate_right(b.into()));
    "u128 bits"(a: u128) => (a.leading_zeros(), a.trailing_zeros(), a.count_ones(), a.swap_bytes(), a.reverse_bits());
    "u128 order"(a: u128, b: u128) => (a.cmp(&b), a == b, a < b, a.max(b), a.abs_diff(b));
    "u128 truncate"(a: u128) => (a as u64, a as i64, a as u32, a as i16, a as u8);
    "i128 wrapping_mul"(a: i128, b: i128) => a.wrapping_mul(b);
    "i128 checked_add"(a: i128, b: i128) => a.checked_add(b);
    "i128 checked_sub"(a: i128, b: i128) => a.checked_sub(b);
    "i128 checked_mul"(a: i128, b: i128) => a.checked_mul(b);
    "i128 overflowing_mul"(a: i128, b: i128) => a.overflowing_mul(b);
    "i128 checked_div"(a: i128, b: i128) => a.checked_div(b);
    "i128 checked_rem"(a: i128, b: i128) => a.checked_rem(b);
    "i128 wrapping_div"(a: i128, b: i128) => (b != 0).then(|| (a.wrapping_div(b), a.wrapping_rem(b)));
    "i128 euclid"(a: i128, b: i128) => (a.checked_div_euclid(b), a.checked_rem_euclid(b));
    "i128 by i64"(a: i128, b: i64) => (a.checked_div(b.into()), a.checked_rem(b.into()));
    "i128 shr"(a: i128, b: u32) => (a.wrapping_shr(b), a.checked_shr(b));
    "i128 order"(a: i128, b: i128) => (a.cmp(&b), a < b, a.min(b), a.signum(), a.unsigned_abs());
    "i128 neg, abs"(a: i128) => (a.checked_neg(), a.checked_abs(), a.wrapping_abs());
    "u64 * u64"(a: u64, b: u64) => u128::from(a) * u128::from(b);
    "i64 * i64"(a: i64, b: i64) => i128::from(a) * i128::from(b);
    "u64 mul_div"(a: u64, b: u64, c: u64) => mul_div(a, b, c);
    "u64 mul_div_ceil"(a: u64, b: u64, c: u64) => (u128::from(a) * u128::from(b)).div_ceil(c.max(1).into());
    "widen"(a: i64, b: u64, c: i8) => (i128::from(a), u128::from(b), i128::from(c), a as u128, i128::from(b));
    "u128 text"(a: u128) => (a.to_string(), format!("{a:#x}"), a.to_string().parse::<u128>().ok());
    "i128 text"(a: i128) => (a.to_string(), a.to_string().parse::<i128>().ok());
}

/// The commonest shape in a token program: through 128 bits and back, with the error in the result.
#[inline(never)]
fn mul_div(a: u64, b: u64, c: u64) -> Result<u64, u128> {
    let quotient = u128::from(a) * u128::from(b) / u128::from(c.max(1));
    u64::try_from(quotient).map_err(|_| quotient)
}
