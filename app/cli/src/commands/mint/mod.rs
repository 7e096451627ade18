//! `mint`

mod batch;
mod journal;
mod one;

use crate::{
    attestation::prepare::Holding,
    context::Context,
    exit::{Failure, Result},
    keys, names,
    output::Page,
    units::{self, Amount},
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// Who gets the shares: an address, or a key file
    #[arg(value_parser = keys::address, required_unless_present = "batch")]
    owner: Option<Pubkey>,
    /// How many: "1.5" shares, or "150000000raw"
    #[arg(required_unless_present = "batch")]
    amount: Option<Amount>,
    /// Mint to all owners of a table
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["owner", "amount"])]
    batch: Option<PathBuf>,
    /// An attestor's key file; as many as are needed
    #[arg(long = "attestor", value_name = "KEYFILE", required = true)]
    attestors: Vec<PathBuf>,
    /// Attestor set by number; otherwise the newest one that may sign this
    #[arg(long, value_name = "NUMBER")]
    set: Option<u32>,
    /// For how long each attestation counts
    #[arg(long, value_name = "SPAN", default_value = "10m", value_parser = units::parse_secs)]
    valid: u32,
    #[command(flatten)]
    holding: Holding,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let attestors =
        args.attestors.iter().map(|path| keys::read(path)).collect::<Result<Vec<Keypair>>>()?;
    match (&args.batch, args.owner, args.amount) {
        (Some(table), ..) => batch::run(context, args, &security, &attestors, table),
        (None, Some(owner), Some(amount)) => {
            one::run(context, args, &security, &attestors, owner, amount)
        }
        _ => Err(Failure::usage("give OWNER and AMOUNT, or --batch")),
    }
}
