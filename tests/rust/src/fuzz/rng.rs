//! Random choices that are the same in every run and on every machine.

/// SplitMix64, by Sebastiano Vigna (public domain): one word of state, any seed is good.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to `n - 1`. The bias of a remainder does not matter here.
    pub fn below(&mut self, n: u64) -> u64 {
        self.word() % n.max(1)
    }

    /// `from` to `to`, both possible.
    pub fn within(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1).unsigned_abs()) as i64
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        if choices.is_empty() {
            return None;
        }
        choices.get(self.below(choices.len() as u64) as usize)
    }

    /// One of what an iterator gives.
    pub fn one<T>(&mut self, choices: impl Iterator<Item = T>) -> Option<T> {
        let mut choices: Vec<T> = choices.collect();
        if choices.is_empty() {
            return None;
        }
        Some(choices.swap_remove(self.below(choices.len() as u64) as usize))
    }

    /// `count` different ones, in their order.
    pub fn some<T: Clone>(&mut self, choices: &[T], count: usize) -> Vec<T> {
        let mut places: Vec<usize> = (0..choices.len()).collect();
        while places.len() > count {
            let gone = self.below(places.len() as u64) as usize;
            places.remove(gone);
        }
        places.into_iter().map(|place| choices[place].clone()).collect()
    }
}
