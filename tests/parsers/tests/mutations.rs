//! Every reader's check on valid inputs, on each of their neighbours, on thousands of mutations and on noise, the same in
//! every run. `cargo xtask fuzz-parsers` goes on from there, guided by coverage.

use proptest::{
    prelude::*,
    sample::Index,
    test_runner::{Config, RngSeed, TestRunner},
};
use scrip_parsers_test::Reader;
use std::{cell::Cell, fmt, time::Instant};

const MUTATIONS: u32 = 1_500;
const NOISE: u32 = 500;
/// Inputs longer than this are not cut at every length, nor is every byte of them changed, but at so many places.
const PLACES: usize = 300;

/// What a mutation does to an input.
#[derive(Clone, Debug)]
enum Edit {
    Flip(Index, u8),
    Set(Index, u8),
    /// A number at its limits, where a length or an offset may be.
    Number(Index, u64, usize),
    Cut(Index),
    Remove(Index, usize),
    Insert(Index, Vec<u8>),
    /// A part of another input at the same place.
    Graft(Index, Index, usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let at = any::<Index>;
    let limits = prop::sample::select(vec![
        0,
        1,
        2,
        0x7f,
        0xff,
        0x7fff,
        0xfffe,
        0xffff,
        0x7fff_ffff,
        u64::from(u32::MAX),
        1 << 63,
        u64::MAX,
    ]);
    let edit = prop_oneof![
        3 => (at(), 0..8u8).prop_map(|(at, bit)| Edit::Flip(at, bit)),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Set(at, byte)),
        2 => (at(), limits, prop::sample::select(vec![2, 4, 8])).prop_map(|(at, n, len)| Edit::Number(at, n, len)),
        1 => at().prop_map(Edit::Cut),
        1 => (at(), 1..40usize).prop_map(|(at, len)| Edit::Remove(at, len)),
        1 => (at(), prop::collection::vec(any::<u8>(), 1..40)).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        1 => (at(), at(), 1..64usize).prop_map(|(at, other, len)| Edit::Graft(at, other, len)),
    ];
    prop::collection::vec(edit, 1..5)
}

impl Edit {
    fn apply(&self, input: &mut Vec<u8>, others: &[Vec<u8>]) {
        // Behind the last byte, too.
        let place = |at: &Index, input: &[u8]| at.index(input.len() + 1);
        let put = |input: &mut Vec<u8>, at: usize, bytes: &[u8]| {
            let room = input.len().saturating_sub(at).min(bytes.len());
            input[at..at + room].copy_from_slice(&bytes[..room]);
        };
        match self {
            Self::Flip(at, bit) => {
                let at = place(at, input);
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Set(at, byte) => put(input, place(at, input), &[*byte]),
            Self::Number(at, number, len) => {
                put(input, place(at, input), &number.to_le_bytes()[..*len])
            }
            Self::Cut(at) => input.truncate(place(at, input)),
            Self::Remove(at, len) => {
                let at = place(at, input);
                input.drain(at..input.len().min(at + len));
            }
            Self::Insert(at, bytes) => {
                let at = place(at, input);
                input.splice(at..at, bytes.iter().copied());
            }
            Self::Graft(at, other, len) => {
                let (at, other) = (place(at, input), other.get(others));
                let part = other.get(at..other.len().min(at + len)).unwrap_or_default();
                put(input, at, part);
            }
        }
    }
}

/// As a failure shows it, and as a regression is kept.
struct Input(Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

/// How many inputs were tried, and how many of them taken.
#[derive(Default)]
struct Tally {
    tried: Cell<u64>,
    taken: Cell<u64>,
}

impl Tally {
    fn try_one(&self, reader: &Reader, input: &[u8]) -> bool {
        let taken = (reader.check)(input);
        self.tried.set(self.tried.get() + 1);
        self.taken.set(self.taken.get() + u64::from(taken));
        taken
    }
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(9),
        failure_persistence: None,
        ..Config::default()
    })
}

fn neighbours(reader: &Reader, seed: &[u8], tally: &Tally) {
    let step = seed.len().div_ceil(PLACES).max(1);
    for at in (0..seed.len()).step_by(step) {
        tally.try_one(reader, &seed[..at]);
        for flip in [1, 0x80, 0xff] {
            let mut changed = seed.to_vec();
            changed[at] ^= flip;
            tally.try_one(reader, &changed);
        }
    }
    tally.try_one(reader, &[seed, &[0]].concat());
}

fn explore(name: &str) {
    let (begun, reader) = (Instant::now(), Reader::named(name).expect("it is on the list"));
    let (tally, seeds) = (Tally::default(), (reader.seeds)());
    assert!(!seeds.is_empty());
    for seed in &seeds {
        assert!(
            tally.try_one(reader, seed),
            "{}: a valid input is taken: {}",
            reader.name,
            hex::encode(seed)
        );
        neighbours(reader, seed, &tally);
    }
    for input in reader.regressions() {
        tally.try_one(reader, &input);
    }
    let mutations = (any::<Index>(), edits()).prop_map(|(which, edits)| {
        let mut input = which.get(&seeds).clone();
        edits.iter().for_each(|edit| edit.apply(&mut input, &seeds));
        Input(input)
    });
    let check = |Input(input): Input| {
        tally.try_one(reader, &input);
        Ok(())
    };
    runner(MUTATIONS).run(&mutations, check).unwrap_or_else(|error| panic!("{name}: {error}"));
    let noise = prop::collection::vec(any::<u8>(), 0..400).prop_map(Input);
    runner(NOISE).run(&noise, check).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (tried, taken) = (tally.tried.get(), tally.taken.get());
    let rate = tried as f64 / begun.elapsed().as_secs_f64();
    println!("{name}: {tried} inputs, {taken} of them taken, {rate:.0} a second");
    // A check that nothing or everything passes tells nothing.
    assert!(taken >= 20 && tried - taken >= 20, "{name}: {taken} of {tried} taken");
}

macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        mod agrees_with_a_second_decoder_on {
            $(#[test]
            fn $name() {
                super::explore(stringify!($name));
            })*
        }
    };
}

scrip_parsers_test::for_each_reader!(tests);
