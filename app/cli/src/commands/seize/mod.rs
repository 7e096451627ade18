//! `seize`

mod announce;
mod cancel;
mod contest;
mod execute;
mod show;

use crate::{
    context::Context,
    exit::Result,
    names::{self, Security},
    operator::hash_argument,
    output::Page,
};
use clap::Subcommand;
use scrip_client::issuer::accounts::Seizure;
use scrip_interface::{ids, pda};
use solana_pubkey::Pubkey;

#[derive(Subcommand)]
pub enum Command {
    /// Hold an account, and say what will be taken from it, to whom and why. By the COMPLIANCE role
    Announce(announce::Args),
    /// Object, once: it waits for another timelock. By the owner
    Contest(contest::Args),
    /// Move the shares, after the timelock. By the COMPLIANCE role
    Execute(execute::Args),
    /// Take it back, with the hold that it placed. By the admin or the COMPLIANCE role
    Cancel(Which),
    /// Show a seizure
    Show(Which),
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Announce(args) => announce::run(context, &args),
        Command::Contest(args) => contest::run(context, &args),
        Command::Execute(args) => execute::run(context, &args),
        Command::Cancel(which) => cancel::run(context, &which),
        Command::Show(which) => show::run(context, &which),
    }
}

// A case of a ticker.
#[derive(clap::Args)]
pub struct Which {
    /// Symbol, or mint
    ticker: String,
    /// Documents of the case: a file, or its sha256
    #[arg(value_name = "FILE|SHA256", value_parser = hash_argument)]
    case: [u8; 32],
}

impl Which {
    fn find(&self, context: &Context) -> Result<(Security, Pubkey, Seizure)> {
        let security = names::security(context, &self.ticker)?;
        let address = pda::seizure(&ids::ISSUER, &security.mint, &self.case).0;
        let seizure = context.chain()?.read("a seizure of this case", &address)?;
        Ok((security, address, seizure))
    }
}
