use crate::{
    attestation::{
        Terms,
        prepare::{Making, file, redemption},
    },
    context::Context,
    exit::Result,
    keys, names,
    output::Page,
};
use scrip_interface::attestation::Kind;
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
    /// Why, by a number of the custodian's own
    #[arg(long, value_name = "NUMBER")]
    reason: u16,
    #[command(flatten)]
    making: Making,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let (redemption, _) = redemption(context, &security, &args.owner, args.id)?;
    let header = args.making.about(context, &security, Kind::Reject)?;
    args.making
        .finish(context, file(header, Terms::Reject { redemption, reason: args.reason }, &security))
}
