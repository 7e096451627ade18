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

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Part {
    /// On the host and in an in-process VM
    Rust,
    /// The whole flow against a local validator, from TypeScript
    Ts,
    /// What the sBPF toolchain compiles, in the VM, against the host's results
    Toolchain,
    All,
}

pub fn test(context: &Context, part: Part) -> Result<()> {
    let wanted = |this| part == this || part == Part::All;
    if wanted(Part::Rust) {
        rust(context)?;
    }
    if wanted(Part::Toolchain) {
        toolchain(context)?;
    }
    if wanted(Part::Ts) {
        ts(context)?;
    }
    Ok(())
}

fn rust(context: &Context) -> Result<()> {
    build::programs(context, None)?;
    let step = Step::start(
        "Rust tests, on the host and in the VM",
        "1 minute; 10 minutes when nothing is compiled yet",
    );
    let mut cargo = run::host_cargo();
    cargo
        .args(["test", "--workspace", "--exclude", TOOLCHAIN_TEST, "--locked"])
        .current_dir(&context.root);
    run::run(&mut cargo)?;
    step.done();
    Ok(())
}

fn toolchain(context: &Context) -> Result<()> {
    build::toolchain_test(context)?;
    let step = Step::start(
        "toolchain test: VM against host",
        "1 minute; 10 minutes when nothing is compiled yet",
    );
    let mut cargo = run::host_cargo();
    cargo.args(["test", "--package", TOOLCHAIN_TEST, "--locked"]).current_dir(&context.root);
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
    let deployed = localnet::deploy_by_loader(context, &validator, programs(context)?)?;
    localnet::migrate(context, &validator, &deployed)?;
    step.done();
    Ok(())
}
