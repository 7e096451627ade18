//! `hold`

mod lift;
mod place;
mod show;

use crate::{
    context::Context,
    exit::{Failure, Result},
    keys,
    names::{Security, holding},
    output::Page,
};
use clap::Subcommand;
use solana_pubkey::Pubkey;

#[derive(Subcommand)]
pub enum Command {
    /// Stop an owner's account until compliance lifts the hold. By the COMPLIANCE role
    Place(place::Args),
    /// Lift a hold, and thaw the account where its owner may hold the ticker. By the COMPLIANCE role
    Lift(lift::Args),
    /// Show why an account is held
    Show(show::Args),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Place(args) => place::run(context, &args),
        Command::Lift(args) => lift::run(context, &args),
        Command::Show(args) => show::run(context, &args),
    }
}

// Whose account is meant: an owner's associated one, or any by its address.
#[derive(clap::Args)]
pub struct Whose {
    /// Symbol, or mint
    pub ticker: String,
    /// Its owner, an address or a key file; or with --account the token account itself
    #[arg(value_parser = keys::address)]
    pub owner: Pubkey,
    /// OWNER is a token account's address
    #[arg(long)]
    pub account: bool,
}

impl Whose {
    /// The token account and its owner.
    pub fn find(&self, context: &Context, security: &Security) -> Result<(Pubkey, Pubkey)> {
        let account = if self.account { self.owner } else { security.account_of(&self.owner) };
        let found = holding(context, &account)?.ok_or_else(|| {
            Failure::missing(format!("{} has no account of {}", self.owner, security.symbol()))
        })?;
        Ok((account, found.owner))
    }
}
