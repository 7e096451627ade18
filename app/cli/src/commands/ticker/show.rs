use crate::{
    attestation::prepare::next_nonce,
    commands::issuer::pause_names,
    context::Context,
    exit::Result,
    names::{self, Security},
    output::{Cell, Page},
    price::price_of,
    units::{self, grouped_e8},
};
use scrip_client::{
    amounts::format_e8,
    issuer::{accounts::NonceWindow, types::StoredLimit},
    reserves::shares,
};

#[derive(clap::Args)]
pub struct Args {
    /// Only this one: a symbol, or a mint
    ticker: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    match &args.ticker {
        Some(name) => one(context, &names::security(context, name)?),
        None => all(context),
    }
}

fn all(context: &Context) -> Result<Page> {
    let row = |security: &Security| {
        vec![
            security.symbol().into(),
            security.mode().into(),
            Cell::new(grouped_e8(security.owed_shares()), format_e8(security.owed_shares())),
            Cell::new(grouped_e8(security.counted_shares()), format_e8(security.counted_shares())),
            units::time(security.reserves().as_of),
            Cell::list(pause_names(security.ticker.pauses)),
            security.mint.into(),
        ]
    };
    let rows = names::securities(context)?.iter().map(row).collect();
    let mut page = Page::new();
    page.field("issuer", context.issuer()?);
    page.table(
        "tickers",
        &["symbol", "mode", "shares", "reserves", "as_of", "paused", "mint"],
        rows,
    );
    Ok(page)
}

fn one(context: &Context, security: &Security) -> Result<Page> {
    let ticker = &security.ticker;
    let chain = context.chain()?;
    let price = price_of(context, security)?;
    let nonces: NonceWindow = chain.read("the nonce window", &security.nonces())?;
    let mut page = Page::new();
    page.field("symbol", security.symbol())
        .field("mint", security.mint)
        .field("ticker", security.address);
    page.field("issuer", ticker.issuer).field("custodian", ticker.custodian);
    page.field("underlying", units::padded_text(&ticker.underlying));
    page.field(
        "isin",
        match units::padded_text(&ticker.isin) {
            isin if isin.is_empty() => Cell::none(),
            isin => isin.into(),
        },
    );
    page.field("mic", units::padded_text(&ticker.mic));
    page.field("mode", security.mode())
        .field("registered_wallets_only", security.asks_registration());
    page.field("multiplier", multiplier(security));
    page.field("price", price.map_or_else(Cell::none, units::price));
    page.field("supply", security.amount(security.supply, price));
    page.field("in_escrow", security.amount(ticker.open_redemptions, price));
    page.field("minted", security.amount(ticker.minted, None))
        .field("redeemed", security.amount(ticker.redeemed, None));
    let reserves = security.reserves();
    page.field("settled_reserves", units::shares(shares(&reserves.settled).0));
    page.field("receivable_reserves", units::shares(shares(&reserves.receivable).0));
    page.field("counted_reserves", units::shares(security.counted_shares()));
    page.field("reserves_as_of", units::time(reserves.as_of));
    page.field("covered", security.counted_shares() >= security.owed_shares());
    page.field("paused", Cell::list(pause_names(ticker.pauses)));
    page.field("movements_paused", security.mint_paused);
    page.field("max_statement_age_secs", units::span(ticker.max_statement_age_secs));
    page.field("max_receivable_bps", units::bps(ticker.max_receivable_bps));
    page.field("redemption_secs", units::span(ticker.redemption_secs));
    page.field("payout_secs", units::span(ticker.payout_secs));
    page.field("min_redemption", security.amount(ticker.min_redemption, None));
    page.field("mint_limit", limit(&ticker.mint_limit))
        .field("owner_mint_limit", limit(&ticker.owner_mint_limit));
    page.field("cash_limit", limit(&ticker.cash_limit))
        .field("owner_cash_limit", limit(&ticker.owner_cash_limit));
    page.field("action_sequence", ticker.action_sequence);
    page.field("open_action", ticker.open_action != 0).field("holds", ticker.holds);
    page.field("next_nonce", next_nonce(&nonces.nonces)).field("events", ticker.stream.sequence);
    Ok(page)
}

fn multiplier(security: &Security) -> Cell {
    let now = f64::from_bits(security.multiplier.to_f64_bits());
    let text = match security.next_multiplier {
        Some((next, at)) => {
            format!(
                "{now}, and {} from {} on",
                f64::from_bits(next.to_f64_bits()),
                units::time_text(at)
            )
        }
        None => now.to_string(),
    };
    Cell::new(text, now.to_string())
}

fn limit(limit: &StoredLimit) -> Cell {
    if limit.window_secs == 0 {
        return Cell::none();
    }
    Cell::from(format!("{} raw in {}", limit.capacity, units::span_text(limit.window_secs.into())))
}
