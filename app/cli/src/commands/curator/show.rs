use super::named;
use crate::{
    context::Context,
    exit::{Failure, Result},
    names,
    output::{Cell, Page},
    price::{NO_SOURCE, feed_of, rules, session_name},
    units,
};
use scrip_client::collateral::{
    accounts::{Calendar, Curator, Feed},
    types::SessionRule,
};
use scrip_interface::collateral::Flags;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// The feed of this ticker: a symbol, or a mint
    ticker: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    match &args.ticker {
        Some(name) => feed(context, name),
        None => curator(context),
    }
}

fn curator(context: &Context) -> Result<Page> {
    const CURATOR_IN_CALENDAR: usize = 16;
    const CURATOR_IN_FEED: usize = 16;
    let address = named(context)?;
    let chain = context.chain()?;
    let state: Curator = chain.read("the curator", &address)?;
    let mut page = Page::new();
    page.field("curator", address)
        .field("admin", state.admin)
        .field("timelock_secs", units::span(state.timelock_secs));
    let calendars = chain.accounts::<Calendar>(CURATOR_IN_CALENDAR, &address)?;
    let row = |(calendar, one): (Pubkey, Calendar)| {
        let years = one.years.iter().filter(|year| year.year != 0).map(|year| year.year);
        vec![
            units::padded_text(&one.mic).into(),
            Cell::list(years),
            units::time(one.halted_until),
            calendar.into(),
        ]
    };
    page.table(
        "calendars",
        &["mic", "years", "halted_until", "calendar"],
        calendars.into_iter().map(row).collect(),
    );
    let feeds = chain.accounts::<Feed>(CURATOR_IN_FEED, &address)?;
    let row = |(feed, one): (Pubkey, Feed)| {
        vec![
            one.mint.into(),
            units::time(one.halted_until),
            (one.config.debt_disabled != 0).into(),
            feed.into(),
        ]
    };
    page.table(
        "feeds",
        &["mint", "halted_until", "debt_disabled", "feed"],
        feeds.into_iter().map(row).collect(),
    );
    Ok(page)
}

fn feed(context: &Context, name: &str) -> Result<Page> {
    named(context)?;
    let security = names::security(context, name)?;
    let (address, feed) = feed_of(context, &security)?.ok_or_else(|| {
        Failure::missing(format!("the curator has no price feed of {}", security.symbol()))
    })?;
    let now = context.chain()?.now()?;
    let (config, hash, version) = rules(&feed, now);
    let mut page = Page::new();
    page.field("feed", address)
        .field("symbol", security.symbol())
        .field("calendar", config.calendar);
    page.field("rules_sha256", hex::encode(hash)).field("rules_version", version);
    page.field("halted_until", units::time(feed.halted_until))
        .field("debt_disabled", config.debt_disabled != 0);
    page.field("own_market_checked", config.token_source != NO_SOURCE);
    if feed.pending_at > now {
        page.field("next_rules_at", units::time(feed.pending_at))
            .field("next_rules_sha256", hex::encode(feed.pending_hash));
    }
    let sources = config.sources.iter().filter(|source| source.kind != 0);
    let row = |source: &scrip_client::collateral::types::Source| {
        vec![
            hex::encode(source.feed_id).into(),
            if source.unit == 0 { "share" } else { "token" }.into(),
        ]
    };
    page.table("sources", &["feed_id", "price_of_a"], sources.map(row).collect());
    let sessions = (0..).zip(&config.rules).map(|(session, rule)| self::rule(session, rule));
    page.table(
        "sessions",
        &["session", "max_age_secs", "max_confidence_bps", "haircut_bps", "allows"],
        sessions.collect(),
    );
    Ok(page)
}

fn rule(session: u8, rule: &SessionRule) -> Vec<Cell> {
    let permitted = Flags(rule.permitted);
    let all = [
        (Flags::CAN_MINT_DEBT, "borrow"),
        (Flags::CAN_WITHDRAW, "withdraw"),
        (Flags::CAN_LIQUIDATE, "liquidate"),
    ];
    let allowed =
        all.into_iter().filter(|(flag, _)| permitted.contains(*flag)).map(|(_, name)| name);
    vec![
        session_name(session).into(),
        units::span(rule.max_age_secs),
        units::bps(rule.max_confidence_bps),
        units::bps(rule.haircut_bps),
        Cell::list(allowed),
    ]
}
