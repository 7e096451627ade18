//! What must stop the program, and does so on some of its operands only. The host test expects the transaction to
//! fail exactly where the host panics, with the host's message in the log.

use crate::operations;

operations! {
    "u64 + overflows"(a: u64, b: u64) => a + b;
    "u64 - overflows"(a: u64, b: u64) => a - b;
    "u64 * overflows"(a: u64, b: u64) => a * b;
    "i64 + overflows"(a: i64, b: i64) => a + b;
    "i64 - overflows"(a: i64, b: i64) => a - b;
    "i64 * overflows"(a: i64, b: i64) => a * b;
    "i64 negation overflows"(a: i64) => -a;
    "u32 * overflows"(a: u32, b: u32) => a * b;
    "i32 + overflows"(a: i32, b: i32) => a + b;
    "u16 - overflows"(a: u16, b: u16) => a - b;
    "u8 + overflows"(a: u8, b: u8) => a + b;
    "i8 * overflows"(a: i8, b: i8) => a * b;
    "u128 + overflows"(a: u128, b: u128) => a + b;
    "u128 - overflows"(a: u128, b: u128) => a - b;
    "u128 * overflows"(a: u128, b: u128) => a * b;
    "i128 * overflows"(a: i128, b: i128) => a * b;
    "i128 negation overflows"(a: i128) => -a;
    "u64 shift overflows"(a: u64, b: u8) => a << b;
    "u128 shift overflows"(a: u128, b: u8) => a >> b;
    "u64 division by zero"(a: u64, b: u8) => a / u64::from(b & 3);
    "i64 division"(a: i64, b: i64) => a / (b >> 61);
    "u128 division by zero"(a: u128, b: u128) => a / (b >> 126);
    "u128 remainder by zero"(a: u128, b: u128) => a % (b >> 126);
    "i128 division"(a: i128, b: i128) => a / (b >> 125);
    "i128 remainder"(a: i128, b: i128) => a % (b >> 125);
    "index out of bounds"(a: u8) => [3u64, 5, 7, 11, 13][usize::from(a & 7)];
    "unwrap of None"(a: u64, b: u64) => a.checked_sub(b).unwrap();
    "assertion"(a: u8, b: u8) => { assert_eq!(a & 3, b & 3, "low bits of {a:#04x} and {b:?}"); a };
    "formatted panic"(a: u64, b: i8) => {
        if b < 0 {
            panic!("refused {a} of {:>5} at {:?}", b, Some((a as u16, "x")));
        }
        a
    };
    "unreachable"(a: u8) => match a & 3 { 0 => 1u8, 1 => 9, 2 => 4, n => unreachable!("{n}") };
    "step below zero"(a: u8) => (0..a).map(|n| n * 40).fold(200u8, |acc, n| acc - n);
}
