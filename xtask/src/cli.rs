//! The verbs and what their `--help` teaches.

use crate::{build, build_sbf, setup};
use anyhow::Result;
use clap::{Parser, Subcommand};

/// Builds, runs and tests Scrip. Each verb first installs the part of `setup` that it needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Install what this machine lacks: toolchain for programs, Anchor, npm packages, local validator
    ///
    /// Versions are pinned in xtask/versions.toml and the lock files. Slow parts go to a cache that all checkouts share:
    /// SCRIP_CACHE, or scrip in your cache folder (about 1 GB). Nothing on the system changes and no root is needed,
    /// apart from launchers for `anchor` and `cargo-build-sbf` beside `cargo`, where no such commands exist.
    /// Running it again is harmless and quick.
    Setup,
    /// Compile the programs (target/deploy/*.so), their IDL (app/idl) and the TypeScript client
    Build,
    /// Compile programs for the VM with the arguments of Solana's cargo-build-sbf
    ///
    /// What the launcher `cargo-build-sbf` calls, so that `anchor build` works without Solana's own tools.
    #[command(disable_version_flag = true)]
    BuildSbf(build_sbf::BuildSbfArgs),
}

pub fn run(cli: Cli) -> Result<()> {
    let context = setup::Context::open()?;
    match cli.verb {
        Verb::Setup => setup::setup(&context),
        Verb::Build => build::build(&context),
        Verb::BuildSbf(args) => build_sbf::build_sbf(&context, &args),
    }
}
