//! `cargo xtask flows`: plays the users' flows on a fresh local validator and writes what they cost into the SDK's README.

use crate::{
    build, child, node,
    setup::Context,
    validator::{Pace, Validator, programs},
};
use anyhow::Result;

pub fn flows(context: &Context) -> Result<()> {
    context.node_packages()?;
    build::build(context)?;
    child::stop_on_signals(130)?;
    let validator = Validator::start(context, None, &programs(context)?, Pace::Fast)?;
    node::script(context, &validator, "tests/ts/flows/main.ts", &[], &[])
}
