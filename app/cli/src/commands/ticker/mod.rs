//! `ticker`

pub mod facts;
mod list;
mod open;
mod show;
mod terms;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// List a security: creates its mint. By symbol from a tickers file, or by flags. (`ticker show` shows what is listed)
    List(Box<list::Args>),
    /// Show what is listed: all tickers of the issuer, or one
    Show(show::Args),
    /// Change a ticker's terms. Looser ones are announced, and made after the timelock
    Terms(terms::Args),
    /// Make a frozen or hooked ticker open, for good. Announced, and made after the timelock
    Open(open::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::List(args) => list::run(context, &args),
        Command::Show(args) => show::run(context, &args),
        Command::Terms(args) => terms::run(context, &args),
        Command::Open(args) => open::run(context, &args),
    }
}
