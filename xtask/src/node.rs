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
    let mut node = Command::new("node");
    node.args(["--import", "tsx", script, "--url", &validator.url, "--ws", &validator.ws])
        .args(args);
    supervised(node.current_dir(&context.root).envs(env.iter().copied()), script)
}

/// Runs to the end, and is stopped when this process is.
pub fn supervised(command: &mut Command, what: &str) -> Result<()> {
    let status = Supervised::start(command.stdin(Stdio::null()))?.wait()?;
    match status.code() {
        Some(0) => Ok(()),
        code => Err(Exit { code: code.unwrap_or(1), what: what.to_owned() }.into()),
    }
}
