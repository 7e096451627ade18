//! `cargo xtask ci`: what CI runs, made of the verbs that the README names.

use crate::{
    bench::{self, BenchArgs},
    build, lint, run,
    scale::{self, ScaleArgs},
    setup::Context,
    step::elapsed,
    test::{self, Part},
};
use anyhow::{Result, bail};
use std::{process::Command, time::Instant};

/// Committed, and made by `cargo xtask build`.
const GENERATED: [&str; 3] = ["app/idl", "app/sdk/src/generated", "app/client/src/generated"];

pub fn ci(context: &Context) -> Result<()> {
    let started = Instant::now();
    build::regenerate(context)?;
    fresh(context)?;
    lint::lint(context)?;
    test::test(context, Part::All)?;
    bench::bench(context, &BenchArgs { check: true })?;
    scale::scale(context, &ScaleArgs { check: true })?;
    println!(
        "ci: generated files fresh, lint clean, all tests passed, compute units and scale as committed; {}",
        elapsed(started)
    );
    Ok(())
}

/// Fails when regenerating has changed a committed file.
fn fresh(context: &Context) -> Result<()> {
    let mut git = Command::new("git");
    git.args(["status", "--porcelain", "--"]).args(GENERATED).current_dir(&context.root);
    let changed = run::quiet(&mut git)?;
    if !changed.trim().is_empty() {
        bail!(
            "generated files are stale: run `cargo xtask build` and commit what it changes\n{}",
            changed.trim_end()
        );
    }
    Ok(())
}
