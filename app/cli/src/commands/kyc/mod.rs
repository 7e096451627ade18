//! `kyc`: a provider's desk.

mod check;
mod link;
mod person;
mod provider;
mod register;
mod revoke;

use crate::{context::Context, exit::Result, output::Page};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Providers: who may register investors, of which countries, until when
    #[command(subcommand)]
    Provider(provider::Command),
    /// Register a person, or say anew who a registered one is. By the provider. On chain stands a salted hash only
    Register(register::Args),
    /// Link a wallet to a registered person. The provider signs, and the wallet itself
    Link(link::Args),
    /// Take the provider's word for a person back: reaches all of the person's wallets at once
    Revoke(revoke::Args),
    /// Whether an owner may hold a ticker now, and if not, why
    Check(check::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Provider(command) => provider::run(context, command),
        Command::Register(args) => register::run(context, &args),
        Command::Link(args) => link::run(context, &args),
        Command::Revoke(args) => revoke::run(context, &args),
        Command::Check(args) => check::run(context, &args),
    }
}
