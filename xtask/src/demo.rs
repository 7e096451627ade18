//! `cargo xtask demo`: the main job as a story on a fresh local validator.

use crate::{
    build, child, node, ports,
    setup::Context,
    validator::{Pace, Validator, programs},
};
use anyhow::Result;
use clap::Args;

#[derive(Args)]
pub struct DemoArgs {
    /// One JSON object per line; the last one sums up
    #[arg(long)]
    json: bool,
    /// Leave the validator up afterwards, until Ctrl-C
    #[arg(long)]
    keep: bool,
    /// RPC port; the websocket takes the next one [default: a free one]
    #[arg(long)]
    port: Option<u16>,
}

pub fn demo(context: &Context, args: &DemoArgs) -> Result<()> {
    if let Some(port) = args.port {
        ports::claim(port)?;
    }
    context.node_packages()?;
    build::build(context)?;
    child::stop_on_signals(130)?;
    let mut validator = Validator::start(context, args.port, &programs(context)?, Pace::Mainnet)?;
    let json: &[&str] = if args.json { &["--json"] } else { &[] };
    node::script(context, &validator, "app/demo/main.ts", json, &[])?;
    if args.keep {
        child::stop_on_signals(0)?;
        eprintln!(
            "\nthe validator stays up on {} (websocket {}); Ctrl-C stops it",
            validator.url, validator.ws
        );
        validator.wait()?;
    }
    Ok(())
}
