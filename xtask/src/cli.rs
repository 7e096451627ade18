//! The verbs and what their `--help` teaches.

use crate::{
    bench, build, build_sbf, ci, demo, flows, fuzz, fuzz_parsers, lint, localnet, mutants, scale,
    setup, test,
};
use anyhow::Result;
use clap::{Parser, Subcommand};

/// Builds, runs and tests Scrip. Each verb first installs the part of `setup` that it needs
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
    /// Versions are pinned in xtask/versions.toml and the lock files. Slow parts go to a cache that all checkouts
    /// share: SCRIP_CACHE, or `scrip` in your cache folder (about 1 GB). Nothing on the system changes and no root is
    /// needed, apart from launchers for `anchor` and `cargo-build-sbf` beside `cargo`, where no such commands exist.
    /// The first time takes about 20 minutes, most of it the validator's 1,000 crates; after that it is quick.
    Setup,
    /// Compile the programs (target/deploy/*.so), their IDL (app/idl) and the TypeScript client
    ///
    /// What has not changed is not made again. With Solana's own cargo-build-sbf on PATH that one compiles, otherwise
    /// the toolchain of `setup`. SCRIP_ISSUER_ID=<address> compiles the issuer for a deployment of your own;
    /// SCRIP_GATE_ID, SCRIP_COLLATERAL_ID and SCRIP_LENDER_ID the other programs.
    Build,
    /// Compile programs for the VM with the arguments of Solana's cargo-build-sbf
    ///
    /// What the launcher `cargo-build-sbf` calls, so that `anchor build` works without Solana's own tools.
    #[command(disable_version_flag = true)]
    BuildSbf(Box<build_sbf::BuildSbfArgs>),
    /// Run a local validator with the programs deployed and the migrations run, until Ctrl-C
    ///
    /// Nothing is kept: each start is a fresh chain. Pyth's price accounts are kept alive with the recorded series of
    /// app/data/prices.json.
    Localnet(localnet::LocalnetArgs),
    /// Run the tests
    ///
    /// `rust`: unit tests and the programs in an in-process VM. `toolchain`: what the compiler makes, in the VM,
    /// against the host's results. `ts`: the whole flow on a local validator (on a free port), then a deployment
    /// through the real upgradeable loader. `cli`: the binary `scrip` on a local validator.
    Test {
        #[arg(value_enum, default_value_t = test::Part::All)]
        part: test::Part,
    },
    /// Check the format, run clippy without mercy, check TypeScript's types, the SDK as a package and its docs
    Lint,
    /// Measure compute units, transaction sizes and program sizes into tests/COMPUTE_UNITS.md
    Bench(bench::BenchArgs),
    /// Measure how far it goes into tests/SCALE.md: which accounts an operation holds, how many fit a block, and that
    /// nothing costs more among 1,000 tickers and 100,000 wallets
    ///
    /// The tickers and wallets are made in the VM by the programs themselves, which takes 3 minutes. `--check` makes fewer,
    /// in seconds.
    Scale(scale::ScaleArgs),
    /// Measure what the users' flows cost, on a fresh local validator, into app/sdk/README.md
    ///
    /// Each transaction's signers, bytes, accounts and compute units. `cargo xtask test ts` fails when they have changed.
    Flows,
    /// Try random sequences of all instructions of the four programs, and of Token-2022, against a model of them
    ///
    /// One VM holds issuer, gate, collateral, lender and Token-2022: tickers of all three modes, providers, investors,
    /// venues and policies, prices and sessions that change, corporate actions under open loans. Users, attestors, admins,
    /// a compliance officer, providers, a curator, a market's owner and a thief act in any order while time passes. After
    /// each instruction its outcome and all accounts must be what a second telling of the rules in plain Rust says, and
    /// what must always hold is checked from the accounts' bytes: backing, supply, nonces, pauses, escrow, exits, outflow,
    /// roles, who holds a hooked share, the gate's records, the lender's books and solvency, event streams.
    ///
    /// The committed cases come first. Prints the seed, progress, and how often each instruction landed or was refused and
    /// why. The same seed makes the same choices, however many threads there are.
    ///
    /// A failing case is made smaller and saved as text. Fix the program, then move the file below
    /// tests/rust/fuzz-regressions: every test run replays what is there.
    Fuzz(fuzz::FuzzArgs),
    /// Try bytes of any kind on everything that reads bytes of others, against second decoders
    ///
    /// Ed25519 instructions, oracle accounts, accounts of the attestation service, mints and token accounts, return data,
    /// events, Scrip's own accounts: libFuzzer makes inputs from valid ones, guided by what code they reach. No reader may
    /// panic, and each must agree with another decoder of the same bytes. Needs a C++ compiler. Every test run tries a few
    /// thousand mutations of each, without libFuzzer.
    FuzzParsers(fuzz_parsers::FuzzParsersArgs),
    /// Plant bugs in the programs, one at a time, and see whether the tests notice
    ///
    /// Takes a sample of all mutants of a program: a check left out, a comparison moved, a constraint of an account left
    /// out, and what cargo-mutants makes. Each is compiled for the VM and judged by the program's tests, which takes 10 to
    /// 60 seconds; a run that is stopped goes on where it was. Of the libraries math and interface cargo-mutants judges all
    /// that it makes, half an hour each. tests/MUTANTS.md gets the counts and the survivors.
    ///
    /// With --planted: the bugs of tests/planted, each of which a named test must catch.
    Mutants(mutants::MutantsArgs),
    /// Show the main job as a story on a fresh local validator
    ///
    /// Lists thirteen tickers, mints from signed attestations, moves and redeems, rotates attestors, takes an ignored
    /// redemption back, trades for cash, shows attacks being refused, lends against shares over a weekend, a fall and a
    /// split, and holds supply against reserves. The exit status tells whether all went as told.
    Demo(demo::DemoArgs),
    /// Everything CI checks: generated files fresh, lint, all tests, compute units and scale as committed
    Ci,
}

pub fn run(cli: Cli) -> Result<()> {
    let context = setup::Context::open()?;
    match cli.verb {
        Verb::Setup => setup::setup(&context),
        Verb::Build => build::build(&context),
        Verb::BuildSbf(args) => build_sbf::build_sbf(&context, &args),
        Verb::Localnet(args) => localnet::localnet(&context, &args),
        Verb::Test { part } => test::test(&context, part),
        Verb::Lint => lint::lint(&context),
        Verb::Bench(args) => bench::bench(&context, &args),
        Verb::Scale(args) => scale::scale(&context, &args),
        Verb::Flows => flows::flows(&context),
        Verb::Fuzz(args) => fuzz::fuzz(&context, &args),
        Verb::FuzzParsers(args) => fuzz_parsers::fuzz_parsers(&context, &args),
        Verb::Mutants(args) => mutants::mutants(&context, &args),
        Verb::Demo(args) => demo::demo(&context, &args),
        Verb::Ci => ci::ci(&context),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
