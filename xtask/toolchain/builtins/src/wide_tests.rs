//! The pure arithmetic against the host's own 128-bit integers.

use super::*;

/// xorshift64* (Vigna 2016): enough for operands, and no dependency.
struct Random(u64);

impl Random {
    fn u64(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A random width, so that every path of the division is reached; runs of ones and zeros, where carries and
    /// corrections happen, as often as noise.
    fn operand(&mut self) -> u128 {
        let noise = join(self.u64(), self.u64());
        let bits = match self.u64() % 3 {
            0 => noise,
            1 => noise | u128::MAX << (self.u64() % 128) | u128::MAX >> (self.u64() % 128),
            _ => (u128::MAX << (self.u64() % 128)) ^ (u128::MAX >> (self.u64() % 128)),
        };
        bits >> (self.u64() % 128)
    }
}

/// 2^k and its neighbours, for every k.
fn edges() -> Vec<u128> {
    let mut edges: Vec<u128> = (0..128)
        .map(|k| 1u128 << k)
        .flat_map(|p| [p.wrapping_sub(2), p - 1, p, p + 1, p.wrapping_add(2), p.wrapping_neg(), !p])
        .chain((0..39).map(|k| 10u128.pow(k)))
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn check(n: u128, d: u128) {
    assert_eq!(mul(n, d), n.wrapping_mul(d), "{n:#x} * {d:#x}");
    if d == 0 {
        assert_eq!(div_rem(n, d), (0, n));
        return;
    }
    assert_eq!(div_rem(n, d), (n / d, n % d), "{n:#x} by {d:#x}");
    let (n, d) = (n as i128, d as i128);
    assert_eq!(div_signed(n, d, |n, d| div_rem(n, d).0), n.wrapping_div(d), "{n} / {d}");
    assert_eq!(rem_signed(n, d, |n, d| div_rem(n, d).1), n.wrapping_rem(d), "{n} % {d}");
}

#[test]
fn agrees_with_native_on_every_pair_of_edges() {
    let edges = edges();
    for &n in &edges {
        for &d in &edges {
            check(n, d);
        }
    }
}

#[test]
fn agrees_with_native_on_random_operands() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..4_000_000 {
        check(random.operand(), random.operand());
    }
}

/// Dividends within a few units of a multiple of the divisor: where an estimated digit is off by one or two.
#[test]
fn agrees_with_native_around_multiples() {
    let mut random = Random(0x1234_5678_9abc_def1);
    for _ in 0..1_000_000 {
        let (d, q) = (random.operand().max(1), random.operand());
        let multiple = (q % (u128::MAX / d).max(1)) * d;
        for off in 0..3 {
            check(multiple.wrapping_sub(off), d);
            check(multiple.wrapping_add(off), d);
        }
    }
}

#[test]
fn wide_product_agrees_with_native() {
    let mut random = Random(7);
    for _ in 0..1_000_000 {
        let (a, b) = (random.operand() as u64, random.operand() as u64);
        let (hi, lo) = mul_wide(a, b);
        assert_eq!(join(hi, lo), u128::from(a) * u128::from(b));
    }
}

#[test]
fn counts_leading_zeros() {
    for k in 0..64 {
        assert_eq!(leading_zeros::<64>(u64::MAX >> k), k);
        assert_eq!(leading_zeros::<64>(1 << (63 - k)), k);
    }
    for k in 0..32 {
        assert_eq!(leading_zeros::<32>(u64::from(u32::MAX >> k)), k);
    }
}
