use super::{
    Args,
    journal::{About, Journal, State},
    one::signed,
};
use crate::{
    attestation::{
        prepare::{is_used, next_nonce},
        submit,
    },
    context::{Context, Output},
    exit::{Exit, Failure, Result},
    keys,
    names::Security,
    output::{Cell, Page},
    price::price_of,
    units::Amount,
};
use indicatif::{ProgressBar, ProgressStyle};
use scrip_client::issuer::{accounts::NonceWindow, types::Nonces};
use scrip_interface::sha256;
use serde::Deserialize;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use std::{fs, path::Path};

#[derive(Deserialize)]
struct Row {
    owner: String,
    amount: String,
}

/// A row that was understood.
struct Order {
    owner: Pubkey,
    raw: u64,
}

pub fn run(
    context: &Context,
    args: &Args,
    security: &Security,
    attestors: &[Keypair],
    table: &Path,
) -> Result<Page> {
    let bytes = fs::read(table)
        .map_err(|error| Failure::file(format!("cannot read {}: {error}", table.display())))?;
    let orders = orders(table, &bytes, security)?;
    let total = orders.iter().try_fold(0u64, |sum, order| sum.checked_add(order.raw));
    let total =
        total.ok_or_else(|| Failure::file("the amounts add up to more than a mint can hold"))?;
    let price = price_of(context, security)?;
    let sum = security.amount(total, price);
    context.confirm(&format!(
        "mint {} of {} to {} owners",
        sum.text,
        security.symbol(),
        orders.len()
    ))?;
    let mut page = Page::new();
    page.field("symbol", security.symbol()).field("rows", count(orders.len())).field("amount", sum);
    if context.dry_run() {
        if let Some(Order { owner, raw }) = orders.first() {
            let file = signed(context, args, security, attestors, (*owner, *raw, None))?;
            submit::submit(context, &file)?;
            page.note("Only the first row was simulated.");
        }
        return Ok(page);
    }
    let about = About {
        genesis_hash: hex::encode(context.chain()?.genesis_hash()),
        mint: security.mint.to_string(),
        sha256: hex::encode(sha256(&[&bytes])),
    };
    let mut journal = Journal::open(table, &about)?;
    let before = journal.done();
    mint_all(context, args, security, attestors, &orders, &mut journal)?;
    page.field("minted_now", count(journal.done() - before)).field("minted_before", count(before));
    page.field("progress_file", Journal::path_for(table).display().to_string());
    Ok(page)
}

fn count(number: usize) -> Cell {
    Cell::new(number.to_string(), number)
}

/// All rows are understood before one is minted.
fn orders(table: &Path, bytes: &[u8], security: &Security) -> Result<Vec<Order>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let mut orders = vec![];
    for (index, row) in reader.deserialize::<Row>().enumerate() {
        let at =
            |error: &str| Failure::file(format!("{}, row {}: {error}", table.display(), index + 1));
        let row = row.map_err(|error| at(&error.to_string()))?;
        let owner = keys::address(&row.owner)
            .map_err(|error| at(&format!("\"{}\": {error}", row.owner)))?;
        let amount: Amount = row.amount.parse().map_err(|error: String| at(&error))?;
        let raw = amount.raw(security.multiplier).map_err(|failure| at(&failure.message))?;
        orders.push(Order { owner, raw });
    }
    if orders.is_empty() {
        return Err(Failure::file(format!("{} has no rows", table.display())));
    }
    Ok(orders)
}

fn mint_all(
    context: &Context,
    args: &Args,
    security: &Security,
    attestors: &[Keypair],
    orders: &[Order],
    journal: &mut Journal,
) -> Result<()> {
    let bar = progress(context, orders.len());
    // Ours alone: who else signs for this ticker meanwhile makes one of the two fail, and neither land twice.
    let mut next = next_nonce(&nonces(context, security)?);
    for (row, Order { owner, raw }) in orders.iter().enumerate() {
        let nonce = match journal.state(row) {
            Some(State::Done) => {
                bar.inc(1);
                continue;
            }
            Some(State::Trying { nonce }) if is_used(&nonces(context, security)?, nonce) => {
                journal.finished(row)?;
                bar.inc(1);
                continue;
            }
            Some(State::Trying { nonce }) => nonce,
            None => next,
        };
        journal.trying(row, nonce)?;
        let minted = signed(context, args, security, attestors, (*owner, *raw, Some(nonce)))
            .and_then(|file| submit::submit(context, &file));
        context.forget_transactions();
        if let Err(failure) = minted {
            bar.abandon();
            let done = journal.done();
            let message = format!(
                "row {}, {owner}: {} ({done} of {} rows are minted)",
                row + 1,
                failure.message,
                orders.len()
            );
            return Err(Failure { message, ..failure });
        }
        journal.finished(row)?;
        next = next.max(nonce + 1);
        bar.inc(1);
    }
    bar.finish_and_clear();
    if journal.done() < orders.len() {
        return Err(Failure::new(Exit::Failed, "not all rows are minted"));
    }
    Ok(())
}

fn nonces(context: &Context, security: &Security) -> Result<Nonces> {
    Ok(context.chain()?.read::<NonceWindow>("the nonce window", &security.nonces())?.nonces)
}

fn progress(context: &Context, rows: usize) -> ProgressBar {
    if context.output() == Output::Json {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(rows).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {eta} left");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
