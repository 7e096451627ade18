//! `attestors`

mod activate;
mod create;
mod remove;
pub mod show;
mod withdraw;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Create a set: its keys, how many must sign, and what they may sign
    Create(create::Args),
    /// Propose a set that takes the place of another; it counts once it is activated
    Rotate(create::RotateArgs),
    /// Make a proposed set count, by the admin after the timelock. A quorum does it at once: attest attestors activate
    Activate(activate::Args),
    /// Take a proposed set back
    Withdraw(withdraw::Args),
    /// Take a key out of all sets at once and for good, by the PAUSE role. A quorum does it too: attest attestors remove
    Remove(remove::Args),
    /// Show the sets of the custodian
    Show(show::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Create(args) => create::run(context, &args),
        Command::Rotate(args) => create::rotate(context, &args),
        Command::Activate(args) => activate::run(context, &args),
        Command::Withdraw(args) => withdraw::run(context, &args),
        Command::Remove(args) => remove::run(context, &args),
        Command::Show(args) => show::run(context, &args),
    }
}
