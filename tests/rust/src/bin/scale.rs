//! Prints how far it goes, as the markdown of `tests/SCALE.md`. Fails when an operation costs more among many tickers and
//! wallets than among few. `cargo xtask scale --help` says how.

use scrip_tests::{
    flows::measure,
    scale::{
        block::{ACCOUNT_LIMIT, BLOCK_LIMIT, BlockCost, SLOTS_A_SECOND},
        growth::{Crowd, Footprint, Footprints},
        locks::{Lock, Sharers, locks},
    },
    vm::Receipt,
};
use std::{collections::BTreeMap, error::Error, time::Instant};

const TEXT: &str = "# How far it goes

Made by `cargo xtask scale`, from transactions that landed in the VM.

## What an operation holds, and how many fit

While a transaction runs, nobody else writes the accounts that it writes. A block of 200 ms has room for 50 M CU, and for
20 M of transactions that write one and the same account. What counts there is more than what runs: 720 for each
signature and 2,400 for each of an attestor's, 300 for each account that is written, 8 for each 32 KiB of accounts and
programs that are loaded, 1 for 4 bytes of instructions. The transaction has to say how much it needs at most
(`SetComputeUnitLimit`, `SetLoadedAccountsDataSizeLimit`), and is counted here with just what it uses.

*Writes* has the accounts by their names in the instruction, and in brackets whose they are. *Shared by* is the widest of
these: all whose operations wait for each other, beside those of one wallet or one fee payer. Tickers share no account on
the way of a mint, a transfer or a redemption; trades for cash share their desk, registrations the provider's record.
Whoever pays for many needs several fee payers: each is an account like any other.
";

const GROWTH: &str = "## Whether it grows

An issuer's 1,000 tickers and 100,000 wallets are made in the VM by the programs themselves, each ticker with its policy and its feed,
each wallet registered, opened, thawed and minted to. Among 1, 10, 100, 1,000, 10,000 and 100,000 wallets each operation is done
once more, by people who were not there, on the first ticker and for one that is new. The command fails unless every figure
is the same each time. (CI goes to 300 wallets and 30 tickers.) Each address is one that is found at the first try: a try
more costs 1,500 CU, by chance and wherever.

Account bytes and rent are of what the operation leaves on the chain. Rent comes back when an account is closed.
";

fn main() -> Result<(), Box<dyn Error>> {
    let (tickers, wallets) = options()?;
    println!("{TEXT}");
    println!(
        "| operation | writes | shared by | CU | counted | one of these: a slot | a second | all: a slot | a second |"
    );
    println!("|---|---|---|---:|---:|---:|---:|---:|---:|");
    for (name, receipt) in &measure().flows {
        println!("{}", row(name, receipt)?);
    }
    println!("\n{GROWTH}");
    println!(
        "| operation | CU | transaction bytes | new accounts | their bytes | their rent, SOL |"
    );
    println!("|---|---:|---:|---:|---:|---:|");
    for (name, footprint) in grown(tickers, wallets)? {
        let Footprint { compute_units, transaction_bytes, accounts, account_bytes, rent_lamports } =
            footprint;
        let rent =
            format!("{}.{:09}", rent_lamports / 1_000_000_000, rent_lamports % 1_000_000_000);
        println!(
            "| {name} | {compute_units} | {transaction_bytes} | {accounts} | {account_bytes} | {rent} |"
        );
    }
    Ok(())
}

fn options() -> Result<(usize, usize), Box<dyn Error>> {
    let (mut tickers, mut wallets) = (1_000, 100_000);
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args.next().ok_or_else(|| format!("{name} needs a value"))?.parse()?;
        match name.as_str() {
            "--tickers" => tickers = value,
            "--wallets" => wallets = value,
            _ => return Err(format!("there is no option {name}").into()),
        }
    }
    Ok((tickers, wallets))
}

fn row(name: &str, receipt: &Receipt) -> Result<String, String> {
    let (locks, cost) = (locks(name, receipt)?, BlockCost::of(receipt));
    let widest = locks.iter().map(|lock| lock.sharers).max().unwrap_or(Sharers::Payer);
    let counted = cost.total();
    let (shared, one) = match widest {
        Sharers::Wallet | Sharers::Payer => ("nobody".to_owned(), None),
        widest => (widest.to_string(), Some(ACCOUNT_LIMIT / counted)),
    };
    let all = BLOCK_LIMIT / counted;
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    Ok(format!(
        "| `{name}` | {} | {shared} | {} | {counted} | {} | {} | {all} | {} |",
        written(&locks),
        cost.execution,
        number(one),
        number(one.map(|one| one * SLOTS_A_SECOND)),
        all * SLOTS_A_SECOND,
    ))
}

/// The accounts by who shares them, the widest first.
fn written(locks: &[Lock]) -> String {
    let mut by_sharers: BTreeMap<Sharers, Vec<&str>> = BTreeMap::new();
    for lock in locks {
        let names = by_sharers.entry(lock.sharers).or_default();
        if !names.contains(&lock.name) {
            names.push(lock.name);
        }
    }
    let of = |(sharers, names): (Sharers, Vec<&str>)| match sharers {
        Sharers::Payer => names.join(", "),
        sharers => format!("{} ({sharers})", names.join(", ")),
    };
    by_sharers.into_iter().rev().map(of).collect::<Vec<_>>().join("; ").replace('_', " ")
}

/// The footprints, which must be the same at every size.
fn grown(tickers: usize, wallets: usize) -> Result<Footprints, Box<dyn Error>> {
    let (started, mut crowd) = (Instant::now(), Crowd::new());
    let mut first: Option<Footprints> = None;
    let sizes =
        std::iter::successors(Some(1), |size| Some(size * 10)).take_while(|size| *size < wallets);
    for size in sizes.chain([wallets]) {
        crowd.grow(size.min(tickers), size);
        let now = crowd.measure();
        let seconds = started.elapsed().as_secs_f64();
        eprintln!(
            "    {size} wallets, {} tickers: measured after {seconds:.0} s",
            size.min(tickers)
        );
        for ((name, was), (_, is)) in first.iter().flatten().zip(&now) {
            if was != is {
                return Err(format!(
                    "{name} is another among {size} wallets: {is:?}, and was {was:?}"
                )
                .into());
            }
        }
        first.get_or_insert(now);
    }
    Ok(first.unwrap_or_default())
}
