//! `cargo xtask bench`: measures compute units, transaction sizes and program sizes into a committed file.

use crate::{build, run, setup::Context, step::Step};
use anyhow::{Result, bail};
use clap::Args;
use std::{fs, process::Command};

const FILE: &str = "tests/COMPUTE_UNITS.md";

#[derive(Args)]
pub struct BenchArgs {
    /// Write nothing; fail if the committed file is not what is measured now
    #[arg(long)]
    pub check: bool,
}

pub fn bench(context: &Context, args: &BenchArgs) -> Result<()> {
    build::programs(context, None)?;
    build::caller(context)?;
    build::toolchain_test(context)?;
    build::everything(context)?;
    let step = Step::start("measuring", "10 seconds");
    let measured = run::stdout(&mut Command::new(context.root.join("target/debug/bench")))?;
    step.done();
    keep(context, FILE, "bench", &measured, args.check)
}

/// Writes what was measured by `cargo xtask <verb>` to a committed file, or only checks that it is there.
pub fn keep(context: &Context, file: &str, verb: &str, measured: &str, check: bool) -> Result<()> {
    let path = context.root.join(file);
    let committed = fs::read_to_string(&path).unwrap_or_default();
    match first_difference(&committed, measured) {
        None => println!("{file} is up to date"),
        Some(difference) if check => {
            bail!("{file} is stale: run `cargo xtask {verb}` and commit the file\n{difference}")
        }
        Some(_) => {
            fs::write(path, measured)?;
            println!("{file} is written");
        }
    }
    Ok(())
}

fn first_difference(committed: &str, measured: &str) -> Option<String> {
    if committed == measured {
        return None;
    }
    let (mut old, mut new) = (committed.lines(), measured.lines());
    loop {
        let (left, right) = (old.next(), new.next());
        if left != right || left.is_none() {
            return Some(format!(
                "  committed: {}\n  measured:  {}",
                left.unwrap_or("(the file ends)"),
                right.unwrap_or("(nothing more)")
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_differing_line_is_shown() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n").unwrap(), "  committed: b\n  measured:  c");
        assert_eq!(
            first_difference("a\n", "a\nb\n").unwrap(),
            "  committed: (the file ends)\n  measured:  b"
        );
        assert!(first_difference("a", "a\n").is_some());
    }
}
