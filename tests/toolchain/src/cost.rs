//! What a 128-bit division costs, in compute units.

use std::hint::black_box;

use crate::operations;

operations! {
    "cost: loop alone"(n: u128, d: u128, rounds: u8) => repeat(rounds, || {
        black_box(d);
        black_box(n)
    });
    "cost: u128 / u64"(n: u128, d: u64, rounds: u8) => {
        let d = d.max(1);
        repeat(rounds, || black_box(n) / u128::from(black_box(d)))
    };
    "cost: u128 / u128"(n: u128, d: u128, rounds: u8) => {
        let d = d.max(1);
        repeat(rounds, || black_box(n) / black_box(d))
    };
}

#[inline(always)]
fn repeat(rounds: u8, mut value: impl FnMut() -> u128) -> u128 {
    (0..rounds).fold(0, |acc, _| acc ^ value())
}

/// Dividends and divisors of each branch of a division, the longest among them: products of amounts and prices,
/// divided by a scale, by an amount, by another product.
const DIVIDENDS: [u128; 4] = [
    u128::MAX - 58,
    0x0fff_ffff_ffff_ffff_7654_3210_fedc_ba98,
    0x0000_7fff_ffff_ffff_0123_4567_89ab_cdef,
    1_234_567_890_123_456_789 * 100_326_901,
];
const NARROW: [u64; 5] = [
    u64::MAX - 58,
    0x8000_0000_0000_0001,
    1_234_567_890_123_456_789,
    1_000_000_000_000,
    100_000_000,
];
const WIDE: [u128; 5] = [
    u128::MAX >> 1,
    0x0000_0001_ffff_ffff_0000_0000_ffff_ffff,
    (1 << 64) + 1,
    1_234_567_890_123_456_789 * 1_000,
    0x7fff_ffff_7fff_ffff_ffff,
];

/// Compute units of one `u128 / u64` and one `u128 / u128`, zero check included and the loop around it excluded: the
/// dearest of the operands above. `run` sends one instruction with this data to the program and gives the units that
/// the transaction took.
pub fn division_cu(mut run: impl FnMut(&[u8]) -> u64) -> [(&'static str, u64); 2] {
    const ROUNDS: u8 = 100;
    let mut units = |name: &str, n: u128, d: &[u8]| {
        let number = operations::all().position(|operation| operation.name == name);
        let number =
            number.and_then(|number| u16::try_from(number).ok()).expect("it is in the table");
        let data =
            |rounds: u8| [&number.to_le_bytes(), n.to_le_bytes().as_slice(), d, &[rounds]].concat();
        // What comes before and after the loop cancels out.
        run(&data(ROUNDS)) - run(&data(0))
    };
    let around = units("cost: loop alone", 1, &1u128.to_le_bytes());
    let mut dearest = |name: &str, divisors: &[Vec<u8>]| {
        let pairs = DIVIDENDS.iter().flat_map(|n| divisors.iter().map(move |d| (n, d)));
        let dearest = pairs.map(|(n, d)| units(name, *n, d)).max().expect("there are pairs");
        (dearest - around) / u64::from(ROUNDS)
    };
    [
        (
            "toolchain/u128_div_u64",
            dearest("cost: u128 / u64", &NARROW.map(|d| d.to_le_bytes().to_vec())),
        ),
        (
            "toolchain/u128_div_u128",
            dearest("cost: u128 / u128", &WIDE.map(|d| d.to_le_bytes().to_vec())),
        ),
    ]
}
