//! `cargo xtask test`: every test, or one part of them. The runners' own output passes through.

use crate::{
    build, child,
    counts::Counts,
    localnet, node, run,
    setup::Context,
    step::Step,
    validator::{Pace, Validator, programs},
};
use anyhow::Result;
use clap::ValueEnum;
use std::{fs, process::Command};

/// The program of the toolchain's own test: tested apart from the others.
const TOOLCHAIN_TEST: &str = "scrip-toolchain-test";
const TOOLCHAIN_TEST_TARGET: &str = "vm";
/// Not run unless it is named: it wants a validator.
const CLI_TEST: &str = "validator";

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Part {
    /// On the host and in an in-process VM
    Rust,
    /// The whole flow against a local validator, from TypeScript
    Ts,
    /// `scrip` as people run it, against a local validator
    Cli,
    /// What the sBPF toolchain compiles, in the VM, against the host's results
    Toolchain,
    All,
}

pub fn test(context: &Context, part: Part) -> Result<()> {
    let mut counts = Counts::default();
    match part {
        Part::Rust => rust(context, &mut counts)?,
        Part::Toolchain => toolchain(context, &mut counts)?,
        Part::Ts => ts(context, &mut counts)?,
        Part::Cli => {
            build::programs(context, None)?;
            cli(context, &mut counts)?;
        }
        Part::All => {
            build::programs(context, None)?;
            build::caller(context)?;
            build::toolchain_test(context)?;
            // In one go: cargo would compile the VM once more for another choice of packages.
            cargo_test(context, "Rust and toolchain tests", &[], &mut counts)?;
            ts(context, &mut counts)?;
            cli(context, &mut counts)?;
        }
    }
    println!("{counts}");
    Ok(())
}

/// The workspace as a whole is chosen, and the one target of it run: another choice of packages would compile what
/// they share once more.
fn cli(context: &Context, counts: &mut Counts) -> Result<()> {
    context.node_packages()?;
    child::stop_on_signals(130)?;
    let programs = programs(context)?;
    let validator = Validator::start(context, None, &programs, Pace::Fast)?;
    let _prices = localnet::replay(context, &validator, &programs)?;
    let step = Step::start(
        "scrip against the local validator",
        "1 minute; 10 minutes when nothing is compiled yet",
    );
    let mut cargo = run::host_cargo();
    cargo.args(["test", "--workspace", "--locked", "--test", CLI_TEST]);
    cargo.env("SCRIP_URL", &validator.url).current_dir(&context.root);
    run::through(&mut cargo, |line| counts.cargo_line(line))?;
    step.done();
    Ok(())
}

fn rust(context: &Context, counts: &mut Counts) -> Result<()> {
    build::programs(context, None)?;
    build::caller(context)?;
    let chosen = ["--exclude", TOOLCHAIN_TEST];
    cargo_test(context, "Rust tests, on the host and in the VM", &chosen, counts)
}

fn toolchain(context: &Context, counts: &mut Counts) -> Result<()> {
    build::toolchain_test(context)?;
    let chosen = ["--test", TOOLCHAIN_TEST_TARGET];
    cargo_test(context, "toolchain test: VM against host", &chosen, counts)
}

fn cargo_test(context: &Context, what: &str, chosen: &[&str], counts: &mut Counts) -> Result<()> {
    let step = Step::start(what, "1 minute; 10 minutes when nothing is compiled yet");
    let mut cargo = run::host_cargo();
    cargo.args(["test", "--workspace", "--locked"]).args(chosen).current_dir(&context.root);
    run::through(&mut cargo, |line| counts.cargo_line(line))?;
    step.done();
    Ok(())
}

fn ts(context: &Context, counts: &mut Counts) -> Result<()> {
    context.node_packages()?;
    build::build(context)?;
    child::stop_on_signals(130)?;
    let validator = Validator::start(context, None, &programs(context)?, Pace::Fast)?;
    let step = Step::start("TypeScript tests against the local validator", "1 minute");
    let mut npm = Command::new("npm");
    npm.args(["test", "--silent"]).current_dir(&context.root);
    // Beside what its runner shows: what can be counted.
    let report = context.root.join("target/flow.tap");
    let destination = report.display();
    let reporter = format!("--test-reporter=tap --test-reporter-destination=\"{destination}\"");
    npm.env("SCRIP_URL", &validator.url).env("SCRIP_WS", &validator.ws);
    node::supervised(npm.env("NODE_OPTIONS", reporter), "`npm test`")?;
    counts.tap(&fs::read_to_string(&report)?);
    step.done();
    drop(validator);

    let step = Step::start("a deployment through the upgradeable loader", "30 seconds");
    let validator = Validator::start(context, None, &[], Pace::Fast)?;
    let compiled = localnet::compile_for_new_keys(context, programs(context)?)?;
    localnet::migrate(context, &validator, &compiled, &localnet::deployment())?;
    step.done();
    Ok(())
}
