//! `custodian`

mod create;
mod show;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Name a custodian of the issuer. Its number is --custodian
    Create(create::Args),
    /// Show a custodian: name hash, tickers, attestor sets, last statement
    Show(show::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Create(args) => create::run(context, &args),
        Command::Show(args) => show::run(context, &args),
    }
}
