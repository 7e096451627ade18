use crate::{
    attestation::{
        Terms,
        prepare::{Making, file, redemption},
    },
    context::Context,
    exit::Result,
    keys, names,
    output::Page,
    units::{Amount, padded},
};
use scrip_interface::{attestation::Kind, sha256};
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// Whose redemption: an address, or a key file
    #[arg(value_parser = keys::address)]
    owner: Pubkey,
    /// Its id, 0 to 7: scrip redeem list
    #[arg(default_value_t = 0)]
    id: u64,
    /// How much was paid out; otherwise all that is left
    #[arg(long)]
    amount: Option<Amount>,
    /// The wire's or the broker's reference; hashed if it is longer than 32 bytes
    #[arg(long, value_name = "TEXT")]
    reference: String,
    #[command(flatten)]
    making: Making,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let (redemption, account) = redemption(context, &security, &args.owner, args.id)?;
    let header = args.making.about(context, &security, Kind::Settle)?;
    let amount = match args.amount {
        Some(amount) => amount.raw(security.multiplier)?,
        None => account.amount_left,
    };
    let payout_reference =
        padded(&args.reference).unwrap_or_else(|_| sha256(&[args.reference.as_bytes()]));
    let terms = Terms::Settle { redemption, amount, payout_reference };
    args.making.finish(context, file(header, terms, &security))
}
