use crate::{
    attestation::{
        Terms,
        prepare::{Holding, Making, file},
    },
    context::Context,
    exit::Result,
    keys, names,
    output::Page,
    units::Amount,
};
use scrip_interface::attestation::Kind;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// Who gets the shares: an address, or a key file
    #[arg(long, value_name = "OWNER", value_parser = keys::address)]
    to: Pubkey,
    /// How many: "1.5" shares, or "150000000raw"
    #[arg(long)]
    amount: Amount,
    #[command(flatten)]
    holding: Holding,
    #[command(flatten)]
    making: Making,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let header = args.making.about(context, &security, Kind::Mint)?;
    let terms = Terms::Mint {
        mint: security.mint,
        action_sequence: security.ticker.action_sequence,
        owner: args.to,
        amount: args.amount.raw(security.multiplier)?,
        reserves: args.holding.reserves(header.issued_at),
    };
    args.making.finish(context, file(header, terms, &security))
}
