use crate::{
    attestation::{
        Terms,
        prepare::{Making, QUOTE_SECS, file},
        terms::{QuoteSide, Reserves},
    },
    context::Context,
    exit::{Failure, Result},
    keys, names,
    output::Page,
    units::{Amount, parse_e8},
};
use scrip_interface::attestation::Kind;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// Which way the shares go
    #[arg(value_enum)]
    side: QuoteSide,
    /// Who trades: an address, or a key file. It signs the trade when it is submitted: --keypair
    #[arg(long, value_parser = keys::address)]
    owner: Pubkey,
    /// How many: "1.5" shares, or "150000000raw"
    #[arg(long)]
    amount: Amount,
    /// Mint of the stablecoin
    #[arg(long, value_name = "ADDRESS")]
    cash_mint: Pubkey,
    /// For how much, in the smallest unit of the stablecoin
    #[arg(long, value_name = "RAW")]
    cash: u64,
    /// For a subscription: shares that the custodian holds, settled
    #[arg(long, value_name = "SHARES", value_parser = parse_e8)]
    settled: Option<u128>,
    /// For a subscription: shares that are bought and unsettled
    #[arg(long, value_name = "SHARES", default_value = "0", value_parser = parse_e8)]
    receivable: u128,
    #[command(flatten)]
    making: Making,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let making = Making { valid: args.making.valid.min(QUOTE_SECS), ..args.making.clone() };
    let header = making.about(context, &security, Kind::Quote)?;
    let reserves = match (args.side, args.settled) {
        (QuoteSide::Subscribe, Some(settled)) => {
            Some(Reserves { as_of: header.issued_at, settled, receivable: args.receivable })
        }
        (QuoteSide::Redeem, None) => None,
        _ => {
            return Err(Failure::usage(
                "a quote to subscribe says what is held (--settled); one to redeem does not",
            ));
        }
    };
    let terms = Terms::Quote {
        mint: security.mint,
        action_sequence: security.ticker.action_sequence,
        side: args.side,
        owner: args.owner,
        amount: args.amount.raw(security.multiplier)?,
        cash_mint: args.cash_mint,
        cash_amount: args.cash,
        reserves,
    };
    making.finish(context, file(header, terms, &security))
}
