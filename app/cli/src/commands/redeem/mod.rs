//! `redeem`

mod list;
mod request;
mod take_back;

use crate::{commands::attest, context::Context, exit::Result, output::Page};
use clap::Subcommand;
use take_back::Way;

#[derive(Subcommand)]
pub enum Command {
    /// Put shares into escrow, to be paid out by the custodian. By their owner
    Request(request::Args),
    /// Take a redemption up, with the attestors' keys that are here (otherwise: attest acknowledge). By the custodian
    Acknowledge(Box<attest::AcknowledgeArgs>),
    /// Take the shares of a rejected redemption back. By their owner
    Claim(take_back::Args),
    /// Take back what was not settled by the deadline. By their owner alone; no pause stops it
    Reclaim(take_back::Args),
    /// Take the shares back before the custodian has taken the redemption up. By their owner
    Cancel(take_back::Args),
    /// Show open redemptions
    List(list::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Request(args) => request::run(context, &args),
        Command::Acknowledge(mut args) => {
            args.making.submit = true;
            attest::acknowledge(context, &args)
        }
        Command::Claim(args) => take_back::run(context, &args, Way::Claim),
        Command::Reclaim(args) => take_back::run(context, &args, Way::Reclaim),
        Command::Cancel(args) => take_back::run(context, &args, Way::Cancel),
        Command::List(args) => list::run(context, &args),
    }
}
