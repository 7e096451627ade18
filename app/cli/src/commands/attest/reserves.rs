use crate::{
    attestation::{
        Terms,
        prepare::{Holding, Making, file},
    },
    context::Context,
    exit::Result,
    names,
    output::Page,
};
use scrip_interface::attestation::Kind;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    #[command(flatten)]
    holding: Holding,
    #[command(flatten)]
    making: Making,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let header = args.making.about(context, &security, Kind::Reserve)?;
    let terms = Terms::Reserves {
        mint: security.mint,
        action_sequence: security.ticker.action_sequence,
        reserves: args.holding.reserves(header.issued_at),
    };
    args.making.finish(context, file(header, terms, &security))
}
