//! Floating point, which the VM has none of: all of it is soft-float libcalls.

// A NaN makes `!(a <= b)` differ from `a > b`: that is the point.
#![allow(clippy::neg_cmp_op_on_partial_ord)]

use crate::operations;

// Rust leaves open which of two zeros `min` and `max` give: `+ 0.0` takes the sign off.
operations! {
    "f64 add, sub"(a: f64, b: f64) => (a + b, a - b);
    "f64 mul"(a: f64, b: f64) => a * b;
    "f64 div"(a: f64, b: f64) => a / b;
    "f64 rem"(a: f64, b: f64) => a % b;
    "f64 neg, abs, signum"(a: f64) => (-a, a.abs(), a.signum(), a.copysign(-1.0));
    "f64 compare"(a: f64, b: f64) => (a == b, a != b, (a < b, a <= b), (a > b, a >= b), a.partial_cmp(&b));
    "f64 branch"(a: f64, b: f64) => (if a < b { 1u8 } else { 2 }, if a >= b { 1u8 } else { 2 }, if !(a <= b) { 1u8 } else { 2 });
    "f64 total order"(a: f64, b: f64) => (a.total_cmp(&b), a.min(b) + 0.0, a.max(b) + 0.0);
    "f64 class"(a: f64) => (a.is_nan(), a.is_finite(), a.is_infinite(), a.is_subnormal(), a.is_sign_negative());
    "f64 bits"(a: u64) => (f64::from_bits(a), (f64::from_bits(a) * 1.0).is_nan());
    "f64 to unsigned"(a: f64) => (a as u64, a as u32, a as u16, a as u8, a as usize as u64);
    "f64 to signed"(a: f64) => (a as i64, a as i32, a as i16, a as i8);
    "f64 to 128 bits"(a: f64) => (a as u128, a as i128);
    "f64 from unsigned"(a: u64, b: u32, c: u8) => (a as f64, f64::from(b), f64::from(c));
    "f64 from signed"(a: i64, b: i32, c: i8) => (a as f64, f64::from(b), f64::from(c));
    "f64 from 128 bits"(a: u128, b: i128) => (a as f64, b as f64);
    "f64 rounding"(a: f64) => (a.floor(), a.ceil(), a.trunc(), a.round(), a.fract());
    "f64 sqrt"(a: f64) => a.sqrt();
    "f64 polynomial"(a: f64, b: f64) => a * a * b - a / (b + 1.0) + 0.1;
    "f64 sum of u64"(a: u64, b: u64) => (a as f64 * 1.0032690125398187 / 1e8, (a as f64 + b as f64) as u64);
    "f64 text"(a: f64) => (format!("{a:?}"), format!("{a:e}"), format!("{a:?}").parse::<f64>().ok());
    "f32 arithmetic"(a: f32, b: f32) => (a + b, a - b, a * b, a / b);
    "f32 compare"(a: f32, b: f32) => (a == b, a != b, (a < b, a <= b), (a > b, a >= b), a.partial_cmp(&b));
    "f32 convert"(a: f32, b: f64) => (f64::from(a), b as f32, a as u64, a as i64, a as i128);
    "f32 from integers"(a: u64, b: i64, c: i128) => (a as f32, b as f32, c as f32);
}
