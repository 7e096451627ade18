use crate::{
    context::Context,
    exit::{Failure, Result},
    keys,
    names::{self, holding},
    output::{Cell, Page},
    price::{feed_of, reason_words, session_name, value},
    units::{self, Amount, dollars},
};
use scrip_client::amounts::format_e8;
use scrip_interface::collateral::{Flags, Valuation};
use scrip_math::ValueE8;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// How much: "1.5" shares, or "150000000raw"
    #[arg(required_unless_present = "owner")]
    amount: Option<Amount>,
    /// What an owner holds: an address, or a key file
    #[arg(long, conflicts_with = "amount", value_parser = keys::address)]
    owner: Option<Pubkey>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let raw = match (args.amount, args.owner) {
        (Some(amount), _) => amount.raw(security.multiplier)?,
        (None, Some(owner)) => holding(context, &security.account_of(&owner))?
            .map(|holding| holding.amount)
            .ok_or_else(|| {
                Failure::missing(format!("{owner} has no account of {}", security.symbol()))
            })?,
        (None, None) => return Err(Failure::usage("give AMOUNT or --owner")),
    };
    if context.curator()?.is_none() {
        return Err(Failure::usage("no curator is named: whose price feed counts?").hint(
            "give --curator ADDRESS, or once and for all: scrip config set curator ADDRESS",
        ));
    }
    let (address, feed) = feed_of(context, &security)?.ok_or_else(|| {
        Failure::missing(format!("the curator has no price feed of {}", security.symbol()))
            .hint("scrip curator feed")
    })?;
    let answer = value(context, &security, (&address, &feed), raw)?;
    let mut page = Page::new();
    page.field("symbol", security.symbol());
    page.field("amount", security.amount(raw, Some(answer.mid_price.0)));
    tell(&mut page, &answer);
    page.field("feed", address).field("rules_sha256", hex::encode(answer.config_hash));
    Ok(page)
}

fn tell(page: &mut Page, answer: &Valuation) {
    page.field("price_per_token", units::price(answer.mid_price.0));
    page.field("worth", usd(answer.mid_value));
    page.field(
        "between",
        Cell::new(
            format!(
                "{} and {}",
                dollars(answer.floor_value.0.into()),
                dollars(answer.ceiling_value.0.into())
            ),
            vec![format_e8(answer.floor_value.0.into()), format_e8(answer.ceiling_value.0.into())],
        ),
    );
    page.field("haircut_bps", units::bps(answer.haircut.0));
    page.field("counts_for_debt", usd(answer.collateral_value()));
    page.field("counts_in_liquidation", usd(answer.liquidation_value()));
    let allowed = answer.allowed();
    page.field("may_borrow", allowed.contains(Flags::CAN_MINT_DEBT));
    page.field("may_withdraw", allowed.contains(Flags::CAN_WITHDRAW));
    page.field("may_liquidate", allowed.contains(Flags::CAN_LIQUIDATE));
    page.field("session", session_name(answer.session));
    page.field("price_age_secs", units::span(answer.age_secs))
        .field("published_at", units::time(answer.publish_time.0));
    page.field("reasons", Cell::list(reason_words(answer.reasons.0)));
}

fn usd(value: ValueE8) -> Cell {
    units::price(value.0)
}
