//! 128-bit multiplication and division from 64-bit operations.
//!
//! What counts is the number of instructions: on sBPF each costs one compute unit, a 64-bit division or remainder
//! included, and there is neither a high multiplication nor a leading-zeros instruction. Nothing here may divide,
//! multiply or shift a whole `u128` by a variable amount: LLVM would lower that to a call of the very function being
//! defined. Everything wraps: a check would add instructions, and ranges are argued where they matter.

use core::hint::assert_unchecked;

const LOW: u64 = 0xffff_ffff;

/// The halves of `x`: (high, low).
#[inline(always)]
const fn split(x: u128) -> (u64, u64) {
    ((x >> 64) as u64, x as u64)
}

#[inline(always)]
const fn join(hi: u64, lo: u64) -> u128 {
    ((hi as u128) << 64) | lo as u128
}

/// `a * b` as (high, low).
#[inline(always)]
pub const fn mul_wide(a: u64, b: u64) -> (u64, u64) {
    let (a1, a0, b1, b0) = (a >> 32, a & LOW, b >> 32, b & LOW);
    // Each product is at most (2^32 - 1)^2, which leaves room for two more 32-bit values.
    let low = a0.wrapping_mul(b0);
    let mid = a1.wrapping_mul(b0).wrapping_add(low >> 32);
    let cross = a0.wrapping_mul(b1).wrapping_add(mid & LOW);
    let hi = a1.wrapping_mul(b1).wrapping_add(mid >> 32).wrapping_add(cross >> 32);
    (hi, (cross << 32) | (low & LOW))
}

/// `a * b` modulo 2^128; the same bits for signed operands.
#[inline(always)]
pub const fn mul(a: u128, b: u128) -> u128 {
    let ((a_hi, a_lo), (b_hi, b_lo)) = (split(a), split(b));
    let (hi, lo) = mul_wide(a_lo, b_lo);
    join(hi.wrapping_add(a_hi.wrapping_mul(b_lo)).wrapping_add(a_lo.wrapping_mul(b_hi)), lo)
}

/// (n / d, n % d).
///
/// # Safety
/// `d` is not zero. Callers below prove it; saying so keeps a test and a panic out of every division.
#[inline(always)]
unsafe fn div_rem_64(n: u64, d: u64) -> (u64, u64) {
    // SAFETY: the caller's promise.
    unsafe { assert_unchecked(d != 0) };
    (n / d, n % d)
}

/// Leading zeros of a byte. The VM cannot count them, and a look-up takes a third of a binary search.
static ZEROS: [u8; 256] = {
    let mut zeros = [8; 256];
    let mut byte = 1;
    while byte < 256 {
        zeros[byte] = (byte as u8).leading_zeros() as u8;
        byte += 1;
    }
    zeros
};

/// Leading zeros of a nonzero `x`, of which the upper `64 - WIDTH` bits are known to be zero and not counted.
#[inline(always)]
pub(crate) fn leading_zeros<const WIDTH: u32>(x: u64) -> u32 {
    let mut shift = WIDTH - 8;
    while shift > 0 && x >> shift == 0 {
        shift -= 8;
    }
    WIDTH - 8 - shift + u32::from(ZEROS[usize::from((x >> shift) as u8)])
}

/// One 32-bit quotient digit of `top:next` (96 bits) by a `v` whose highest bit is set, for `top < v`; with the
/// remainder. Knuth's algorithm D (TAOCP 4.3.1), step D3: the estimate is at most two too large.
#[inline(always)]
fn digit(top: u64, next: u64, v: u64) -> (u64, u64) {
    let (v1, v0) = (v >> 32, v & LOW);
    // SAFETY: the highest bit of v is set, so v1 >= 2^31.
    let (mut q, mut r) = unsafe { div_rem_64(top, v1) };
    // q <= 2^32 + 1 and v0 < 2^32, so the product fits.
    while q > LOW || q.wrapping_mul(v0) > (r << 32 | next) {
        q = q.wrapping_sub(1);
        r = r.wrapping_add(v1);
        if r > LOW {
            break;
        }
    }
    // The true remainder is below v: what the wrapping loses cancels out.
    (q, (top << 32 | next).wrapping_sub(q.wrapping_mul(v)))
}

/// (hi:lo) / v and its remainder, for `hi < v` and the highest bit of `v` set.
#[inline(always)]
fn div_normalized(hi: u64, lo: u64, v: u64) -> (u64, u64) {
    let (q1, r) = digit(hi, lo >> 32, v);
    let (q0, r) = digit(r, lo & LOW, v);
    (q1 << 32 | q0, r)
}

/// Divides the 128 bits r:lo, for `r < d < 2^(64 - BITS)`, in digits of `BITS` bits: nothing to normalise or correct,
/// because a remainder with the next digit appended still fits in 64 bits.
#[inline(always)]
fn div_short<const BITS: u32>(mut r: u64, lo: u64, d: u64) -> (u64, u64) {
    let mut q = 0;
    let mut left = 64;
    while left > 0 {
        left -= BITS;
        // SAFETY: r < d, so d > 0.
        let (digit, rest) =
            unsafe { div_rem_64(r << BITS | ((lo >> left) & ((1 << BITS) - 1)), d) };
        q = q << BITS | digit;
        r = rest;
    }
    (q, r)
}

/// (n / d, n % d) for a `d` below 2^64 that is not zero.
#[inline(always)]
fn div_rem_by_64(n_hi: u64, n_lo: u64, d: u64) -> (u128, u64) {
    // SAFETY: the caller excludes zero.
    let (q_hi, r) = unsafe { div_rem_64(n_hi, d) };
    let (q_lo, r) = if d >> 32 == 0 {
        div_short::<32>(r, n_lo, d)
    } else if d >> 48 == 0 {
        // The scales 10^10 to 10^14.
        div_short::<16>(r, n_lo, d)
    } else {
        // d >= 2^48, so the shift is at most 15 and `>> 1 >> (63 - s)` is `>> (64 - s)` that allows s = 0.
        let s = leading_zeros::<64>(d);
        let top = r << s | (n_lo >> 1) >> (63 - s);
        let (q, r) = div_normalized(top, n_lo << s, d << s);
        (q, r >> s)
    };
    (join(q_hi, q_lo), r)
}

/// (n / d, n % d) for `d >= 2^96`: the quotient has 32 bits.
#[inline(always)]
fn div_rem_huge(n: u128, d: u128) -> (u64, u128) {
    let ((n_hi, n_lo), (d_hi, d_lo)) = (split(n), split(d));
    // With e = n_hi / d_hi exactly, n / d > n_hi / (d_hi + 1) = e - n_hi / (d_hi * (d_hi + 1)) > e - 1: the estimate
    // is at most one too large.
    // SAFETY: d_hi >= 2^32.
    let (q, r_hi) = unsafe { div_rem_64(n_hi, d_hi) };
    // SAFETY: n_hi < 2^64 and d_hi >= 2^32. Saves the multiplications by a zero upper half.
    unsafe { assert_unchecked(q <= LOW) };
    // What is left after q times the upper half of d must cover q times the lower half.
    let (p_hi, p_lo) = mul_wide(q, d_lo);
    let borrow = (n_lo < p_lo) as u64;
    // p_hi < 2^32.
    let taken = p_hi.wrapping_add(borrow);
    let r = join(r_hi.wrapping_sub(taken), n_lo.wrapping_sub(p_lo));
    if r_hi < taken { (q.wrapping_sub(1), r.wrapping_add(d)) } else { (q, r) }
}

/// (n / d, n % d) for `2^64 <= d < 2^96`: the quotient fits in 64 bits.
#[inline(always)]
fn div_rem_large(n: u128, d: u128) -> (u64, u128) {
    let ((n_hi, n_lo), (d_hi, d_lo)) = (split(n), split(d));
    // Hacker's Delight, 9-5 (udivdi3), one size up: n / 2 by the upper 64 bits of the normalised d gives an estimate
    // that is at most one too large.
    let s = 32 + leading_zeros::<32>(d_hi);
    let v = d_hi << s | d_lo >> (64 - s);
    let (estimate, _) = div_normalized(n_hi >> 1, n_hi << 63 | n_lo >> 1, v);
    let q = estimate >> (63 - s);
    let (p_hi, p_lo) = mul_wide(q, d_lo);
    let borrow = (n_lo < p_lo) as u64;
    let r_hi = n_hi.wrapping_sub(q.wrapping_mul(d_hi)).wrapping_sub(p_hi).wrapping_sub(borrow);
    let r = join(r_hi, n_lo.wrapping_sub(p_lo));
    // The difference is between -2^96 and 2^96, so its sign is its highest bit.
    if (r_hi as i64) < 0 { (q.wrapping_sub(1), r.wrapping_add(d)) } else { (q, r) }
}

/// (n / d, n % d). Rust checks for a zero divisor before it divides; if one came here all the same, the result is
/// (0, n), without a loop and without a trap.
#[inline(always)]
pub fn div_rem(n: u128, d: u128) -> (u128, u128) {
    let ((n_hi, n_lo), (d_hi, d_lo)) = (split(n), split(d));
    if d_hi != 0 {
        if n_hi < d_hi {
            return (0, n);
        }
        let (q, r) = if d_hi >> 32 != 0 { div_rem_huge(n, d) } else { div_rem_large(n, d) };
        return (q as u128, r);
    }
    if d_lo == 0 {
        return (0, n);
    }
    if n_hi == 0 {
        // SAFETY: d_lo is not zero here.
        let (q, r) = unsafe { div_rem_64(n_lo, d_lo) };
        return (q as u128, r as u128);
    }
    let (q, r) = div_rem_by_64(n_hi, n_lo, d_lo);
    (q, r as u128)
}

/// `n / d` for signed operands, rounded towards zero, from an unsigned division. MIN / -1 wraps to MIN; Rust checks
/// for it before.
#[inline(always)]
pub fn div_signed(n: i128, d: i128, div: impl Fn(u128, u128) -> u128) -> i128 {
    let q = div(n.unsigned_abs(), d.unsigned_abs()) as i128;
    if (n ^ d) < 0 { q.wrapping_neg() } else { q }
}

/// `n % d` for signed operands, with the sign of `n`, from an unsigned remainder.
#[inline(always)]
pub fn rem_signed(n: i128, d: i128, rem: impl Fn(u128, u128) -> u128) -> i128 {
    let r = rem(n.unsigned_abs(), d.unsigned_abs()) as i128;
    if n < 0 { r.wrapping_neg() } else { r }
}

#[cfg(test)]
#[path = "wide_tests.rs"]
mod tests;
