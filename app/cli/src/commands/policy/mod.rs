//! `policy`

mod apply;
mod set;
mod show;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Say who may hold a ticker. Stricter rules count at once, looser ones after the timelock. By LIST or COMPLIANCE
    Set(set::Args),
    /// Make looser rules count, once their time has come. Anybody may
    Apply(apply::Args),
    /// Show who may hold a ticker
    Show(show::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Set(args) => set::run(context, &args),
        Command::Apply(args) => apply::run(context, &args),
        Command::Show(args) => show::run(context, &args.ticker),
    }
}
