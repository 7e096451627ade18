use super::{super::ticker::facts, named};
use crate::{
    context::{Context, Step},
    exit::{Failure, Result},
    names,
    output::Page,
    price::NO_SOURCE,
    units::padded,
};
use scrip_client::{
    collateral::{
        accounts::Feed,
        instructions::{CreateFeed, CreateFeedInstructionArgs},
        types::{FeedConfig, SessionRule, Source},
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{collateral, collateral::Flags, ids};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// Pyth's feed of the share, 64 hex digits; otherwise that of the tickers file
    #[arg(long, value_name = "HEX")]
    feed_id: Option<String>,
    /// Tickers file
    #[arg(long, default_value = "app/data/tickers.json")]
    file: PathBuf,
    /// Market whose calendar counts
    #[arg(long, default_value = "XNYS")]
    mic: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let curator = named(context)?;
    let authority = context.keypair()?;
    let security = names::security(context, &args.ticker)?;
    let feed_id = feed_id(args, &security.symbol())?;
    let feed = collateral::pda::feed(&ids::COLLATERAL, &curator, &security.mint).0;
    let calendar = collateral::pda::calendar(&ids::COLLATERAL, &curator, &padded(&args.mic)?).0;
    if context.chain()?.find::<Feed>(&feed)?.is_some() {
        return Err(Failure::refused(format!(
            "the curator has a feed of {} already: {feed}",
            security.symbol()
        )));
    }
    let accounts = CreateFeed {
        payer: context.payer()?.pubkey(),
        authority: authority.pubkey(),
        curator,
        calendar,
        mint: security.mint,
        feed,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::COLLATERAL),
        program: ids::COLLATERAL,
    };
    let create = accounts
        .instruction(CreateFeedInstructionArgs { config: default_rules(calendar, feed_id) });
    context.send(
        Step::new(format!("create the feed of {}", security.symbol()), vec![create]),
        &[&authority],
    )?;
    let mut page = Page::new();
    page.field("feed", feed)
        .field("symbol", security.symbol())
        .field("pyth_feed_id", hex::encode(feed_id));
    if !context.dry_run() {
        let state: Feed = context.chain()?.read("the feed", &feed)?;
        page.field("rules_sha256", hex::encode(state.config_hash));
    }
    Ok(page)
}

fn feed_id(args: &Args, symbol: &str) -> Result<[u8; 32]> {
    let text = match &args.feed_id {
        Some(text) => text.clone(),
        None => {
            facts::row(&args.file, symbol)?.feeds.regular.map(|feed| feed.id).ok_or_else(|| {
                Failure::file(format!("{} knows no price feed of {symbol}", args.file.display()))
                    .hint("give --feed-id")
            })?
        }
    };
    let mut id = [0; 32];
    hex::decode_to_slice(&text, &mut id)
        .map_err(|_| Failure::usage(format!("\"{text}\" is no feed id")))?;
    Ok(id)
}

const HOUR: u32 = 3_600;
/// A fully verified price of Pyth's, per share.
const PYTH_UPDATE: u8 = 1;
const PER_SHARE: u8 = 0;

const fn rule(
    max_age_secs: u32,
    max_confidence_bps: u16,
    haircut_bps: u16,
    permitted: Flags,
) -> SessionRule {
    SessionRule {
        max_age_secs,
        max_confidence_bps,
        haircut_bps,
        permitted: permitted.0,
        source: 0,
        padding: 0,
    }
}

/// The SDK's `defaultRules`: debt while the share trades by day, liquidation also by night, nothing while the market
/// is closed.
fn default_rules(calendar: Pubkey, feed_id: [u8; 32]) -> FeedConfig {
    let none = Source {
        feed_id: [0; 32],
        account: Pubkey::default(),
        kind: 0,
        unit: PER_SHARE,
        padding: [0; 6],
    };
    let share = Source { feed_id, kind: PYTH_UPDATE, ..none.clone() };
    FeedConfig {
        calendar,
        sources: [share, none.clone(), none.clone(), none],
        // Closed, pre, regular, post, overnight.
        rules: [
            rule(96 * HOUR, 200, 2_500, Flags(0)),
            rule(120, 150, 1_000, Flags::ALL),
            rule(60, 100, 500, Flags::ALL),
            rule(120, 150, 1_000, Flags::ALL),
            rule(300, 300, 1_500, Flags::CAN_LIQUIDATE),
        ],
        token_source: NO_SOURCE,
        use_ema: 0,
        debt_disabled: 0,
        padding: 0,
        max_depeg_bps: 300,
        continuity_bps: 1_500,
        token_max_age_secs: 120,
        before_secs: HOUR,
        window_max_secs: 6 * HOUR,
    }
}
