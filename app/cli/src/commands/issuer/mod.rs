//! `issuer`

mod admin;
mod create;
mod pause;

mod roles;
mod show;
mod timelock;

pub use pause::pause_names;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Create an issuer: whoever trusts its tokens trusts its address
    Create(create::Args),
    /// Show the issuer: admin, timelock, pauses, roles, and changes that wait
    Show,
    /// Roles of wallets: show, grant, revoke
    #[command(subcommand)]
    Roles(roles::Command),
    /// Pause the issuer, or one ticker
    Pause(pause::Args),
    /// Lift pauses of the issuer, or of one ticker
    Unpause(pause::Args),
    /// Change how long dangerous changes wait; a shorter time waits itself
    Timelock(timelock::Args),
    /// Hand the admin's powers over, in two steps
    #[command(subcommand)]
    Admin(admin::Command),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Create(args) => create::run(context, &args),
        Command::Show => show::run(context),
        Command::Roles(command) => roles::run(context, command),
        Command::Pause(args) => pause::run(context, &args, true),
        Command::Unpause(args) => pause::run(context, &args, false),
        Command::Timelock(args) => timelock::run(context, &args),
        Command::Admin(command) => admin::run(context, command),
    }
}
