//! `cargo xtask fuzz`: the property test of all four programs for as long as one likes, or one case again.

use crate::{build, run, setup::Context};
use anyhow::{Context as _, Result};
use clap::Args;
use std::{env, path::PathBuf, process::Command};

#[derive(Args)]
pub struct FuzzArgs {
    /// Stop after so many instructions [default: 20000, about a minute; no limit with --minutes]
    #[arg(long, value_name = "N")]
    instructions: Option<u64>,
    /// Stop after so many minutes
    #[arg(long, value_name = "M")]
    minutes: Option<u64>,
    /// Where the choices start [default: the time]. The same seed makes the same choices
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Explore so many worlds at a time [default: one per processor]. They share nothing: it changes no choice
    #[arg(long, value_name = "N")]
    threads: Option<u64>,
    /// Take the steps of a saved case, one line each, and tell what comes of them
    #[arg(long, value_name = "FILE", conflicts_with_all = ["instructions", "minutes", "seed", "threads"])]
    replay: Option<PathBuf>,
    /// Where a failing case is written
    #[arg(long, value_name = "FILE", default_value = "fuzz-case.txt")]
    save: PathBuf,
}

pub fn fuzz(context: &Context, args: &FuzzArgs) -> Result<()> {
    build::programs(context, None)?;
    build::everything(context)?;
    let here = env::current_dir().context("no current folder")?;
    let mut fuzz = Command::new(context.root.join("target/debug/fuzz"));
    let numbers = [
        ("--instructions", args.instructions),
        ("--minutes", args.minutes),
        ("--seed", args.seed),
        ("--threads", args.threads),
    ];
    for (name, number) in numbers {
        if let Some(number) = number {
            fuzz.args([name, &number.to_string()]);
        }
    }
    if let Some(path) = &args.replay {
        fuzz.arg("--replay").arg(here.join(path));
    }
    run::run(fuzz.arg("--save").arg(here.join(&args.save)))
}
