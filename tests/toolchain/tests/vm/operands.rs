//! Operands: the values at which arithmetic goes wrong, and random ones.

use scrip_toolchain_test::Kind;

/// xorshift64* (Vigna 2016).
pub struct Random(u64);

impl Random {
    /// The same operands for the same seed and operation, whatever ran before.
    pub fn new(seed: u64, name: &str) -> Self {
        let mixed = name.bytes().fold(seed ^ 0x9e37_79b9_7f4a_7c15, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
        });
        Self(mixed | 1)
    }

    fn u64(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.u64() % limit as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// One encoded operand: an edge as often as a random value.
    pub fn operand(&mut self, kind: Kind) -> Vec<u8> {
        if self.u64() & 1 == 0 {
            return self.pick(&edges(kind).iter().map(Vec::as_slice).collect::<Vec<_>>()).to_vec();
        }
        match kind {
            Kind::F64 => self.f64().to_le_bytes().to_vec(),
            Kind::F32 => (self.f64() as f32).to_le_bytes().to_vec(),
            // Sizes, mostly: the small ones are where copying changes its method.
            Kind::U16 if self.u64() & 1 == 0 => (self.below(100) as u16).to_le_bytes().to_vec(),
            _ => self.integer().to_le_bytes()[..kind.size()].to_vec(),
        }
    }

    /// Random width and sign, noise or runs of ones.
    fn integer(&mut self) -> u128 {
        let noise = u128::from(self.u64()) << 64 | u128::from(self.u64());
        let bits = match self.below(3) {
            0 => noise,
            1 => noise | u128::MAX << self.below(128),
            _ => (u128::MAX << self.below(128)) ^ (u128::MAX >> self.below(128)),
        };
        // Widths up to 64 are as frequent as all: most operands are narrow.
        let width = if self.u64() & 1 == 0 { 64 + self.below(64) } else { self.below(128) };
        let bits = bits >> width;
        if self.below(4) == 0 { bits.wrapping_neg() } else { bits }
    }

    fn f64(&mut self) -> f64 {
        let fraction = self.u64() & ((1 << 52) - 1);
        let sign = self.u64() & 1 << 63;
        match self.below(5) {
            0 => f64::from_bits(self.u64()),
            // Near one another, so that sums cancel and remainders have digits.
            1 => f64::from_bits(sign | (1023 - 60 + self.u64() % 120) << 52 | fraction),
            2 => f64::from_bits(sign | fraction >> self.below(52)),
            3 => {
                (self.u64() >> self.below(64)) as i64 as f64
                    / self.pick(&[1.0, 2.0, 4.0, 10.0, 1e8])
            }
            // Conversions to integers: around every power of two.
            _ => f64::from_bits(
                sign | (1023 + self.u64() % 130) << 52
                    | self.pick(&[0, 1, fraction, (1 << 52) - 1]),
            ),
        }
    }
}

/// Encoded edge values of a kind.
pub fn edges(kind: Kind) -> Vec<Vec<u8>> {
    match kind {
        Kind::F64 => float_edges().iter().map(|x| x.to_le_bytes().to_vec()).collect(),
        Kind::F32 => float_edges()
            .iter()
            .map(|x| *x as f32)
            .chain([f32::MAX, f32::MIN_POSITIVE, f32::from_bits(1), -f32::from_bits(0x7f_ffff)])
            .map(|x| x.to_le_bytes().to_vec())
            .collect(),
        Kind::U16 => [31, 32, 33, 39, 40, 41, 79, 80, 81, 300, 999, 1_000]
            .iter()
            .map(|x: &u16| x.to_le_bytes().to_vec())
            .chain(integer_edges(2))
            .collect(),
        _ => integer_edges(kind.size()),
    }
}

/// Small numbers and their negatives, powers of two with neighbours, scales. In the first `size` bytes.
fn integer_edges(size: usize) -> Vec<Vec<u8>> {
    let bits = size as u32 * 8;
    let powers = [bits / 4, bits / 2 - 1, bits / 2, bits * 3 / 4, bits - 1];
    let mut edges: Vec<u128> = powers
        .iter()
        .flat_map(|k| [(1u128 << k) - 1, 1 << k, (1 << k) + 1, (1u128 << k).wrapping_neg()])
        .chain([0, 1, 2, 3, 7, 8, 10, 63, 64, 65, 127, 100_000_000, 1_000_000_000_000])
        .chain([u128::MAX, u128::MAX - 1, u128::MAX - 2, u128::MAX - 9])
        .map(|x| x & u128::MAX >> (128 - bits))
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges.iter().map(|x| x.to_le_bytes()[..size].to_vec()).collect()
}

fn float_edges() -> Vec<f64> {
    let positive = [
        0.0,
        1.0,
        0.5,
        1.5,
        2.5,
        3.0,
        10.0,
        0.1,
        1.0032690125398187,
        1e8,
        1e-8,
        f64::from_bits(1),
        f64::from_bits((1 << 52) - 1),
        f64::MIN_POSITIVE,
        f64::MAX,
        f64::EPSILON,
        1.0 + f64::EPSILON,
        1.0 - f64::EPSILON / 2.0,
        f64::INFINITY,
        f64::NAN,
        255.0,
        256.0,
        65_535.5,
        2_147_483_647.0,
        2_147_483_648.0,
        4_294_967_295.9,
        4_294_967_296.0,
        2f64.powi(52),
        2f64.powi(53) - 1.0,
        2f64.powi(53),
        2f64.powi(53) + 2.0,
        2f64.powi(63),
        2f64.powi(63) - 1024.0,
        2f64.powi(64),
        2f64.powi(64) - 2048.0,
        2f64.powi(127),
        2f64.powi(127) - 2f64.powi(74),
        2f64.powi(128),
        2f64.powi(128) - 2f64.powi(75),
        2f64.powi(-1022),
    ];
    positive.iter().flat_map(|x| [*x, -x]).collect()
}

/// `count` cases of an operation: first the edges against each other, then at random.
pub fn cases(kinds: &[Kind], count: usize, random: &mut Random) -> Vec<Vec<u8>> {
    let mut cases = vec![];
    if let [kind] = kinds {
        cases.extend(edges(*kind));
    }
    if let [first, second] = kinds {
        for a in edges(*first) {
            cases.extend(edges(*second).iter().map(|b| [a.as_slice(), b].concat()));
        }
        // The cross product of floats is 6,000 pairs: a share of it, another one for another seed.
        while cases.len() > count / 2 {
            cases.swap_remove(random.below(cases.len()));
        }
    }
    while cases.len() < count {
        cases.push(kinds.iter().flat_map(|kind| random.operand(*kind)).collect());
    }
    cases
}
