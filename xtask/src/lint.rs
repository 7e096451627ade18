//! `cargo xtask lint`: formatting, clippy, the TypeScript type check, the SDK as a package.

use crate::{run, setup::Context, step::Step};
use anyhow::Result;
use std::process::Command;

/// Cargo workspaces of their own.
const OTHER_WORKSPACES: [&str; 2] = ["xtask/validator", "xtask/toolchain/builtins"];

pub fn lint(context: &Context) -> Result<()> {
    let step = Step::start("checking the format", "1 second");
    let fmt = || {
        let mut cargo = run::host_cargo();
        cargo.args(["fmt", "--all", "--check"]);
        cargo
    };
    run::run(fmt().current_dir(&context.root))?;
    for dir in OTHER_WORKSPACES {
        run::run(fmt().current_dir(context.root.join(dir)))?;
    }
    step.done();

    let step = Step::start("clippy", "20 seconds; 5 minutes when nothing is compiled yet");
    let mut clippy = run::host_cargo();
    clippy.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    run::run(clippy.current_dir(&context.root))?;
    step.done();

    if context.root.join("package.json").exists() {
        context.node_packages()?;
        npm(context, "TypeScript's type check", "10 seconds", "check")?;
        npm(context, "the SDK's package and its size", "30 seconds", "check:sdk")?;
        npm(context, "the SDK's API docs", "20 seconds", "docs")?;
    }
    Ok(())
}

fn npm(context: &Context, what: &str, usually: &str, script: &str) -> Result<()> {
    let step = Step::start(what, usually);
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", script]).current_dir(&context.root);
    run::run(&mut npm)?;
    step.done();
    Ok(())
}
