use crate::{
    context::Context,
    exit::{Failure, Result},
    keys,
    output::{Cell, Page},
    units::{grouped_e8, parse_e8},
};
use serde_json::json;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{
    thread,
    time::{Duration, Instant},
};

const LIMIT: Duration = Duration::from_secs(60);

#[derive(clap::Args)]
pub struct Args {
    /// How much
    #[arg(value_name = "SOL", default_value = "10", value_parser = parse_e8)]
    amount: u128,
    /// Who gets it: an address or a key file; otherwise the key of --keypair
    #[arg(value_parser = keys::address)]
    to: Option<Pubkey>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let to = match args.to {
        Some(to) => to,
        None => context.keypair()?.pubkey(),
    };
    let chain = context.chain()?;
    let lamports = u64::try_from(args.amount * 10).map_err(|_| Failure::usage("too much"))?;
    let wanted = chain.balance(&to)?.saturating_add(lamports);
    chain.call("requestAirdrop", json!([to.to_string(), lamports]))?;
    let started = Instant::now();
    while chain.balance(&to)? < wanted {
        if started.elapsed() > LIMIT {
            return Err(Failure::not_yet("the SOL has not arrived within a minute"));
        }
        thread::sleep(Duration::from_millis(100));
    }
    let mut page = Page::new();
    let balance = chain.balance(&to)?;
    page.field("address", to);
    page.field(
        "balance",
        Cell::new(format!("{} SOL", grouped_e8(u128::from(balance) / 10)), balance.to_string()),
    );
    Ok(page)
}
