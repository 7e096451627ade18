//! `cargo xtask scale`: what operations hold and how many fit, and whether they cost more where there are many tickers and
//! wallets, into a committed file.

use crate::{bench, build, run, setup::Context, step::Step};
use anyhow::Result;
use clap::Args;
use std::process::Command;

const FILE: &str = "tests/SCALE.md";
/// What CI makes of tickers and wallets. The figures are the same as among many: else making the file fails.
const FEW: [&str; 4] = ["--tickers", "30", "--wallets", "300"];

#[derive(Args)]
pub struct ScaleArgs {
    /// Write nothing and make few tickers and wallets; fail if the committed file is not what is measured now
    #[arg(long)]
    pub check: bool,
}

pub fn scale(context: &Context, args: &ScaleArgs) -> Result<()> {
    build::programs(context, None)?;
    build::caller(context)?;
    build::everything(context)?;
    let usually = if args.check { "5 seconds" } else { "3 minutes" };
    let step = Step::start("measuring among more and more tickers and wallets", usually);
    let mut scale = Command::new(context.root.join("target/debug/scale"));
    if args.check {
        scale.args(FEW);
    }
    let measured = run::stdout(&mut scale)?;
    step.done();
    bench::keep(context, FILE, "scale", &measured, args.check)
}
