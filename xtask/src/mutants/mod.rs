//! `cargo xtask mutants`: would a test notice if a check were missing? Plants bugs in the programs, one at a time, compiles
//! each and runs the tests against it.

mod cargo_mutants;
mod operators;
mod planted;
mod report;
mod sample;
mod scratch;

use crate::setup::Context;
use anyhow::Result;
use clap::Args;

/// What can be mutated, and the test targets of `scrip-tests` that judge it, the likeliest first.
const PROGRAMS: [(&str, &[&str]); 4] = [
    ("issuer", &["issuer", "matrix", "gate", "fuzz"]),
    ("gate", &["gate", "matrix", "issuer"]),
    ("collateral", &["collateral", "matrix", "lender"]),
    ("lender", &["lender", "matrix"]),
];

/// Libraries without Solana's runtime, whose own tests judge every mutant in seconds.
const LIBRARIES: [&str; 2] = ["math", "interface"];

#[derive(Args)]
pub struct MutantsArgs {
    /// Judge the bugs of tests/planted instead: each must be caught by the test that it names
    #[arg(long, conflicts_with_all = ["program", "count", "seed"])]
    planted: bool,
    /// Only those whose file name contains this text
    #[arg(long, value_name = "TEXT", requires = "planted")]
    only: Option<String>,
    /// Which program or library [default: all of them, one after the other]
    #[arg(long, value_name = "NAME", value_parser = names())]
    program: Option<String>,
    /// How many mutants of each program; of a library it is all
    #[arg(long, value_name = "N", default_value_t = 100)]
    count: usize,
    /// Which ones: the same seed chooses the same mutants
    #[arg(long, value_name = "S", default_value_t = 2026)]
    seed: u64,
    /// Stop after so many minutes; the next run with the same seed goes on from there
    #[arg(long, value_name = "M")]
    minutes: Option<u64>,
    /// Show the chosen mutants and try none
    #[arg(long, conflicts_with = "planted")]
    list: bool,
}

pub fn mutants(context: &Context, args: &MutantsArgs) -> Result<()> {
    if args.planted {
        planted::judge(context, args.only.as_deref())
    } else {
        sample::run(context, args)?;
        let wanted = |library: &&&str| args.program.as_deref().is_none_or(|name| name == **library);
        LIBRARIES.iter().filter(wanted).try_for_each(|library| {
            if args.list {
                sample::show(&cargo_mutants::list(context, &format!("scrip-{library}"))?);
                return Ok(());
            }
            cargo_mutants::judge_library(context, library)
        })
    }
}

fn names() -> Vec<&'static str> {
    PROGRAMS.iter().map(|(name, _)| *name).chain(LIBRARIES).collect()
}
