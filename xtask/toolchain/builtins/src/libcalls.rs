//! The symbols LLVM calls. `extern "unadjusted"` keeps the register-pair return convention (see the crate's page).

use crate::{convert, wide};

/// `a * b`, signed or unsigned, modulo 2^128.
#[unsafe(no_mangle)]
pub extern "unadjusted" fn __multi3(a: u128, b: u128) -> u128 {
    wide::mul(a, b)
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __udivti3(n: u128, d: u128) -> u128 {
    wide::div_rem(n, d).0
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __umodti3(n: u128, d: u128) -> u128 {
    wide::div_rem(n, d).1
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __divti3(n: i128, d: i128) -> i128 {
    wide::div_signed(n, d, |n, d| __udivti3(n, d))
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __modti3(n: i128, d: i128) -> i128 {
    wide::rem_signed(n, d, |n, d| __umodti3(n, d))
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __fixunsdfti(x: f64) -> u128 {
    convert::f64_to_u128(x)
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __fixdfti(x: f64) -> i128 {
    convert::f64_to_i128(x)
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __fixunssfti(x: f32) -> u128 {
    convert::f32_to_u128(x)
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __fixsfti(x: f32) -> i128 {
    convert::f32_to_i128(x)
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __floatuntidf(x: u128) -> f64 {
    convert::u128_to_f64(x)
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __floattidf(x: i128) -> f64 {
    convert::i128_to_f64(x)
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __floatuntisf(x: u128) -> f32 {
    convert::u128_to_f32(x)
}

#[unsafe(no_mangle)]
pub extern "unadjusted" fn __floattisf(x: i128) -> f32 {
    convert::i128_to_f32(x)
}
