//! `action`: by a wallet with the role. A quorum announces, schedules and cancels by `attest action`.

mod announce;
mod cancel;
mod close;
mod describe;
mod list;
mod schedule;

pub use describe::{Describe, described};

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Announce an action, to wait for the timelock. By the CORPORATE_ACTION role; a quorum does it at once: attest action announce
    Announce(Box<announce::Args>),
    /// Send a quorum's schedule that was signed: the same as attest submit, for files about actions only
    Schedule(schedule::Args),
    /// Cancel the open action before it takes effect. By the CORPORATE_ACTION role
    Cancel(cancel::Args),
    /// Clear an action away once its window has passed. Anybody may
    Close(close::Args),
    /// Show open actions, and the multipliers that there were
    List(list::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Announce(args) => announce::run(context, &args),
        Command::Schedule(args) => schedule::run(context, &args),
        Command::Cancel(args) => cancel::run(context, &args),
        Command::Close(args) => close::run(context, &args),
        Command::List(args) => list::run(context, &args),
    }
}
