//! `cargo xtask test`: every test, or one part of them. The runners' own output passes through.

use crate::{
    build, child, localnet, node, run,
    setup::Context,
    step::Step,
    validator::{Validator, programs},
};
use anyhow::Result;
use clap::ValueEnum;
use std::process::Command;

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
    match part {
        Part::Rust => rust(context)?,
        Part::Toolchain => toolchain(context)?,
        Part::Ts => ts(context)?,
        Part::Cli => {
            build::programs(context, None)?;
            cli(context)?;
        }
        Part::All => {
            build::programs(context, None)?;
            build::caller(context)?;
            build::toolchain_test(context)?;
            // In one go: cargo would compile the VM once more for another choice of packages.
            cargo_test(context, "Rust and toolchain tests", &[])?;
            ts(context)?;
            cli(context)?;
        }
    }
    Ok(())
}

/// The workspace as a whole is chosen, and the one target of it run: another choice of packages would compile what
/// they share once more.
fn cli(context: &Context) -> Result<()> {
    context.node_packages()?;
    child::stop_on_signals(130)?;
    let programs = programs(context)?;
    let validator = Validator::start(context, None, &programs)?;
    let _prices = localnet::replay(context, &validator, &programs)?;
    let step = Step::start(
        "scrip against the local validator",
        "1 minute; 10 minutes when nothing is compiled yet",
    );
    let mut cargo = run::host_cargo();
    cargo.args(["test", "--workspace", "--locked", "--test", CLI_TEST]);
    cargo.env("SCRIP_URL", &validator.url).current_dir(&context.root);
    run::run(&mut cargo)?;
    step.done();
    Ok(())
}

fn rust(context: &Context) -> Result<()> {
    build::programs(context, None)?;
    build::caller(context)?;
    cargo_test(context, "Rust tests, on the host and in the VM", &["--exclude", TOOLCHAIN_TEST])
}

fn toolchain(context: &Context) -> Result<()> {
    build::toolchain_test(context)?;
    cargo_test(context, "toolchain test: VM against host", &["--test", TOOLCHAIN_TEST_TARGET])
}

fn cargo_test(context: &Context, what: &str, chosen: &[&str]) -> Result<()> {
    let step = Step::start(what, "1 minute; 10 minutes when nothing is compiled yet");
    let mut cargo = run::host_cargo();
    cargo.args(["test", "--workspace", "--locked"]).args(chosen).current_dir(&context.root);
    run::run(&mut cargo)?;
    step.done();
    Ok(())
}

fn ts(context: &Context) -> Result<()> {
    context.node_packages()?;
    build::build(context)?;
    child::stop_on_signals(130)?;
    let validator = Validator::start(context, None, &programs(context)?)?;
    let step = Step::start("TypeScript tests against the local validator", "1 minute");
    let mut npm = Command::new("npm");
    npm.args(["test", "--silent"]).current_dir(&context.root);
    node::supervised(
        npm.env("SCRIP_URL", &validator.url).env("SCRIP_WS", &validator.ws),
        "`npm test`",
    )?;
    step.done();
    drop(validator);

    let step = Step::start("a deployment through the upgradeable loader", "30 seconds");
    let validator = Validator::start(context, None, &[])?;
    let compiled = localnet::compile_for_new_keys(context, programs(context)?)?;
    localnet::migrate(context, &validator, &compiled, &localnet::deployment())?;
    step.done();
    Ok(())
}
