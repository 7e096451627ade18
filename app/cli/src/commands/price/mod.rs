//! `price`

mod show;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Show the price of a ticker, or of all, by the curator's feeds
    Show(show::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Show(args) => show::run(context, &args),
    }
}
