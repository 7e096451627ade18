//! The property test in the size of every test run; `cargo xtask fuzz` runs it longer.

use scrip_tests::fuzz::{
    case,
    run::{Failure, explore, replay},
    shrink::shrink,
    tally::Tally,
};
use std::{fs, thread, time::Duration};

/// Each explores one world: enough of them that every instruction lands in some.
const SEEDS: [u64; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
const INSTRUCTIONS_EACH: u64 = 1_100;
/// Most of what is tried must land, or the worlds stay shallow.
const LANDED_PERCENT: u64 = 60;

fn explain(failure: &Failure) -> String {
    let smallest = shrink(failure, Duration::from_secs(60));
    let text = case::to_text(&smallest.steps, &smallest.message);
    let seed = failure.steps.last().map_or(0, |step| step.seed);
    let path = std::env::temp_dir().join(format!("scrip-fuzz-case-{seed:016x}.txt"));
    fs::write(&path, &text).expect("the case can be written");
    format!("{}\n{text}saved as {}", smallest.message, path.display())
}

#[test]
fn model_and_audit_agree_with_the_chain() {
    let mut tally = Tally::default();
    thread::scope(|scope| {
        // Two halves: worlds share nothing.
        let halves = SEEDS.chunks(SEEDS.len() / 2).map(|seeds| {
            scope.spawn(move || {
                let mut tally = Tally::default();
                for seed in seeds {
                    let (part, result) = explore(*seed, INSTRUCTIONS_EACH);
                    tally.add(&part);
                    result.unwrap_or_else(|failure| panic!("seed {seed}: {}", explain(&failure)));
                }
                tally
            })
        });
        let halves: Vec<_> = halves.collect();
        for half in halves {
            tally.add(&half.join().expect("nothing breaks"));
        }
    });
    println!("{tally}");
    assert!(tally.instructions() >= 8_000);
    assert_eq!(tally.never_landed(), [""; 0], "each instruction of each program must land");
    for offset in [-1, 0, 1] {
        assert!(
            tally.around_actions(offset) >= 20,
            "actions are seldom met {offset} s from a change"
        );
    }
    assert!(tally.thefts() >= 100 && tally.thefts_landed() == 0, "thieves are refused");
    assert!(tally.posted() > 0, "some land from where they were posted");
    assert!(tally.landed() * 100 >= tally.instructions() * LANDED_PERCENT, "too few landed");
}

#[test]
fn what_broke_once_holds() {
    let cases = case::committed().expect("the folder is committed");
    for (path, steps) in &cases {
        replay(steps, |_, _| {})
            .unwrap_or_else(|failure| panic!("{}: {}", path.display(), failure.message));
    }
    assert!(cases.len() > 3, "the committed cases are replayed");
}
