//! 64 bits and less: overflow checks, variable shifts, division, sign extension, byte order.

use crate::operations;

operations! {
    "u64 checked"(a: u64, b: u64) => (a.checked_add(b), a.checked_sub(b), a.checked_mul(b), a.checked_div(b), a.checked_rem(b));
    "u64 overflowing"(a: u64, b: u64) => (a.overflowing_add(b), a.overflowing_sub(b), a.overflowing_mul(b));
    "u64 saturating"(a: u64, b: u64) => (a.saturating_add(b), a.saturating_sub(b), a.saturating_mul(b));
    "u64 pow"(a: u64, b: u8) => (a.checked_pow(b.into()), a.wrapping_pow(b.into()));
    "u64 shifts"(a: u64, b: u32) => (a.wrapping_shl(b), a.wrapping_shr(b), a.checked_shl(b), a.checked_shr(b));
    "u64 rotate"(a: u64, b: u32) => (a.rotate_left(b & 63), a.rotate_right(b & 63));
    "u64 bits"(a: u64) => (a.leading_zeros(), a.trailing_zeros(), a.count_ones(), a.swap_bytes(), a.reverse_bits());
    "u64 bytes"(a: u64) => (a.to_be_bytes(), u64::from_be_bytes(a.to_le_bytes()), a.to_be());
    "u64 order"(a: u64, b: u64) => (a.cmp(&b), a < b, a <= b, a.max(b), a.abs_diff(b));
    "u64 div_ceil, isqrt"(a: u64, b: u64) => (a.div_ceil(b.max(1)), a.isqrt(), a.checked_ilog2(), a.checked_ilog10());
    "u64 by constants"(a: u64) => (a / 10, a % 10_000, a / 100_000_000, a % 7, a / 86_400, a % 604_800);
    "i64 checked"(a: i64, b: i64) => (a.checked_add(b), a.checked_sub(b), a.checked_mul(b), a.checked_div(b), a.checked_rem(b));
    "i64 overflowing"(a: i64, b: i64) => (a.overflowing_add(b), a.overflowing_sub(b), a.overflowing_mul(b));
    "i64 saturating"(a: i64, b: i64) => (a.saturating_add(b), a.saturating_sub(b), a.saturating_mul(b));
    "i64 mixed"(a: i64, b: u64) => (a.checked_add_unsigned(b), a.checked_sub_unsigned(b), b.checked_add_signed(a));
    "i64 euclid"(a: i64, b: i64) => (a.checked_div_euclid(b), a.checked_rem_euclid(b));
    "i64 shifts"(a: i64, b: u32) => (a.wrapping_shr(b), a.wrapping_shl(b), a.checked_shr(b));
    "i64 neg, abs"(a: i64) => (a.checked_neg(), a.checked_abs(), a.unsigned_abs(), a.signum());
    "i64 order"(a: i64, b: i64) => (a.cmp(&b), a < b, a >= b, a.min(b), a.clamp(-5, 1_000));
    "i64 by constants"(a: i64) => (a / 10, a % 10_000, a / -7, a % -86_400, a / 4, a % 16);
    "u32 checked"(a: u32, b: u32) => (a.checked_add(b), a.checked_sub(b), a.checked_mul(b), a.checked_div(b), a.checked_rem(b));
    "u32 wrapping"(a: u32, b: u32) => (a.wrapping_add(b), a.wrapping_sub(b), a.wrapping_mul(b), a.rotate_left(b & 31), a.swap_bytes());
    "u32 shifts"(a: u32, b: u32) => (a.wrapping_shl(b), a.wrapping_shr(b), a.checked_shl(b), a.leading_zeros());
    "i32 checked"(a: i32, b: i32) => (a.checked_add(b), a.checked_sub(b), a.checked_mul(b), a.checked_div(b), a.checked_rem(b));
    "i32 shifts"(a: i32, b: u32) => (a.wrapping_shr(b), a.wrapping_shl(b), i64::from(a) >> (b & 63));
    "i32 order"(a: i32, b: i32) => (a.cmp(&b), a < b, a.max(b), a.abs_diff(b));
    "u16 checked"(a: u16, b: u16) => (a.checked_add(b), a.checked_sub(b), a.checked_mul(b), a.checked_div(b), a.checked_rem(b));
    "u16 wrapping"(a: u16, b: u16) => (a.wrapping_mul(b), a.wrapping_shl(b.into()), a.rotate_right(b.into()), a.swap_bytes());
    "i16 checked"(a: i16, b: i16) => (a.checked_add(b), a.checked_mul(b), a.checked_div(b), a.checked_rem(b), a.wrapping_mul(b));
    "u8 wrapping"(a: u8, b: u8) => (a.wrapping_add(b), a.wrapping_sub(b), a.wrapping_mul(b), a.checked_mul(b), a.rotate_left(b.into()));
    "i8 checked"(a: i8, b: i8) => (a.checked_add(b), a.checked_mul(b), a.checked_div(b), a.checked_rem(b), a.wrapping_neg());
    "i8 shifts"(a: i8, b: u8) => (a.wrapping_shr(b.into()), a.wrapping_shl(b.into()), i32::from(a) >> (b & 31));
    "sign extension"(a: u8, b: u16, c: u32) => (a as i8 as i64, b as i16 as i64, c as i32 as i64, a as i8 as i16 as u16, b as i16 as i32 as u32);
    "zero extension"(a: i8, b: i16, c: i32) => (a as u8 as u64, b as u16 as u64, c as u32 as u64, a as u64, b as u32);
    "truncation"(a: u64) => (a as u8, a as i8, a as u16, a as i16, (a as u32, a as i32));
    "try_from"(a: i64, b: u64) => (u64::try_from(a).ok(), i64::try_from(b).ok(), u8::try_from(a).ok(), i32::try_from(a).ok(), u16::try_from(b).ok());
    "comparison of narrow with wide"(a: i8, b: i64, c: u8) => (i64::from(a) < b, i64::from(c) > b, u64::from(c) < b as u64, i16::from(a) < i16::from(c));
}
