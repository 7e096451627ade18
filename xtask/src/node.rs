//! Running this repository's TypeScript against a validator.

use crate::{child::Supervised, run::Exit, setup::Context, validator::Validator};
use anyhow::Result;
use std::process::{Command, Stdio};

/// `node --import tsx <script> --url .. --ws ..`; the script's status passes through.
pub fn script(
    context: &Context,
    validator: &Validator,
    script: &str,
    args: &[&str],
    env: &[(&str, &str)],
) -> Result<()> {
    supervised(command(context, validator, script).args(args).envs(env.iter().copied()), script)
}

/// The same, beside this process: until what is given back is dropped.
pub fn background(
    context: &Context,
    validator: &Validator,
    script: &str,
    env: &[(&str, &str)],
) -> Result<Supervised> {
    let mut node = command(context, validator, script);
    Supervised::start(node.envs(env.iter().copied()).stdin(Stdio::null()))
}

fn command(context: &Context, validator: &Validator, script: &str) -> Command {
    let mut node = Command::new("node");
    node.args(["--import", "tsx", script, "--url", &validator.url, "--ws", &validator.ws]);
    node.current_dir(&context.root);
    node
}

/// Runs to the end, and is stopped when this process is.
pub fn supervised(command: &mut Command, what: &str) -> Result<()> {
    let status = Supervised::start(command.stdin(Stdio::null()))?.wait()?;
    match status.code() {
        Some(0) => Ok(()),
        code => Err(Exit { code: code.unwrap_or(1), what: what.to_owned() }.into()),
    }
}
