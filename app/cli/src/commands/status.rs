use super::issuer::pause_names;
use crate::{
    context::Context,
    exit::Result,
    names::{self, Security},
    output::{Cell, Page},
    price::price_of,
    units::{self, dollars, grouped_e8, span_text, worth_e8},
};
use scrip_client::amounts::format_e8;

#[derive(clap::Args)]
pub struct Args {
    /// Only this ticker: a symbol, or a mint
    ticker: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let chain = context.chain()?;
    let mut page = Page::new();
    page.field("cluster", chain.url());
    page.field("chain_time", units::time(chain.now()?));
    let (address, issuer) = names::issuer(context)?;
    page.field("issuer", address).field("paused", Cell::list(pause_names(issuer.pauses)));
    let securities = match &args.ticker {
        Some(name) => vec![names::security(context, name)?],
        None => names::securities(context)?,
    };
    let mut rows = vec![];
    for security in &securities {
        rows.push(row(context, security)?);
    }
    let columns = [
        "symbol",
        "mode",
        "shares",
        "worth",
        "counted_reserves",
        "covered",
        "reserves_age_secs",
        "in_escrow",
        "attention",
    ];
    page.table("tickers", &columns, rows);
    Ok(page)
}

fn row(context: &Context, security: &Security) -> Result<Vec<Cell>> {
    let (owed, counted) = (security.owed_shares(), security.counted_shares());
    let worth = price_of(context, security)?.map(|price| worth_e8(security.supply, price));
    let as_of = security.reserves().as_of;
    let age = u32::try_from(security.now.saturating_sub(as_of).max(0)).unwrap_or(u32::MAX);
    Ok(vec![
        security.symbol().into(),
        security.mode().into(),
        Cell::new(grouped_e8(owed), format_e8(owed)),
        worth.map_or_else(Cell::none, |worth| Cell::new(dollars(worth), format_e8(worth))),
        Cell::new(grouped_e8(counted), format_e8(counted)),
        (counted >= owed).into(),
        if as_of == 0 { Cell::new("never", ()) } else { Cell::new(span_text(age.into()), age) },
        Cell::new(
            security.ticker.open_redemptions.to_string(),
            security.ticker.open_redemptions.to_string(),
        ),
        Cell::list(attention(security, age)),
    ])
}

/// What somebody should look at.
fn attention(security: &Security, age: u32) -> Vec<String> {
    let ticker = &security.ticker;
    let mut words: Vec<String> =
        pause_names(ticker.pauses).iter().map(|what| format!("{what} paused")).collect();
    if security.counted_shares() < security.owed_shares() {
        words.push("reserves are short".into());
    }
    if security.supply > 0 && age > ticker.max_statement_age_secs {
        words.push("the statement is too old to mint on".into());
    }
    if ticker.open_action != 0 {
        words.push("a corporate action is open".into());
    }
    if ticker.holds > 0 {
        words.push(format!("{} accounts held", ticker.holds));
    }
    words
}
