//! The negative matrix: every instruction of every program, and every account of it, given as it must
//! not be. Each case fails with exactly the error that `rules.txt` names for it and changes nothing but
//! what its fee payer has, by the fee; where one does no harm, `exceptions.txt` says why, and it must
//! land.
//!
//! What there is to try comes from the IDLs (the lender's from its instruction type), so that a new
//! instruction, or a new account of one, joins by itself: the matrix fails until `valid` has a valid
//! form of it in which each of its accounts is given, and until each of its cases has an answer.

mod case;
mod error;
mod forge;
mod kind;
mod program;
mod rules;
mod seeds;
mod stage;
mod tally;
mod valid;

use program::Program;
use rules::Book;
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};
use tally::Tally;

/// An environment variable: only instructions with this in their name.
const ONLY: &str = "MATRIX";

#[test]
fn no_account_is_taken_for_another() {
    let programs = Program::all();
    let book = Book::open();
    let only = std::env::var(ONLY).ok();
    let chosen = |name: &str| only.as_ref().is_none_or(|part| name.contains(part.as_str()));
    let jobs: Vec<_> = programs
        .iter()
        .flat_map(|program| program.instructions.iter().map(move |it| (program, it)))
        .filter(|(_, instruction)| chosen(&instruction.name))
        .collect();
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut tally = Tally::default();
        while let Some((program, instruction)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            tally.instruction(program, instruction, &book);
        }
        tally
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut whole = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let tallies = workers.into_iter().map(|worker| worker.join().expect("no panic"));
        tallies.reduce(Tally::and).expect("at least one worker")
    });
    for program in &programs {
        whole.holes.extend(valid::strangers(program));
    }
    whole.print();
    whole.check(if only.is_some() { vec![] } else { book.unused() });
}
