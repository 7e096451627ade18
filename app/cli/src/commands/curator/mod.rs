//! `curator`

mod calendar;
mod create;
mod feed;
mod halt;
mod show;

use crate::{
    context::Context,
    exit::{Failure, Result},
    output::Page,
};
use clap::Subcommand;
use solana_pubkey::Pubkey;

#[derive(Subcommand)]
pub enum Command {
    /// Create a curator: lenders pin its feeds, and see its changes ahead by its timelock
    Create(create::Args),
    /// Load a market's days from a calendar file
    Calendar(calendar::Args),
    /// Create a ticker's price feed under the default rules
    Feed(feed::Args),
    /// Halt a ticker: no new debt until then
    Halt(halt::Args),
    /// End a ticker's halt, after the timelock
    Resume(halt::ResumeArgs),
    /// Show a curator, or a ticker's feed with its rules
    Show(show::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Create(args) => create::run(context, &args),
        Command::Calendar(args) => calendar::run(context, &args),
        Command::Feed(args) => feed::run(context, &args),
        Command::Halt(args) => halt::run(context, &args),
        Command::Resume(args) => halt::resume(context, &args),
        Command::Show(args) => show::run(context, &args),
    }
}

fn named(context: &Context) -> Result<Pubkey> {
    context.curator()?.ok_or_else(|| {
        Failure::usage("no curator is named")
            .hint("give --curator ADDRESS, or once and for all: scrip config set curator ADDRESS")
    })
}
