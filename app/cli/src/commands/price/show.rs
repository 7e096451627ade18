use crate::{
    context::Context,
    exit::{Failure, Result},
    names::{self, Security},
    output::{Cell, Page},
    price::{feed_of, session_name, value},
    units,
};
use scrip_math::units::DECIMALS;

const ONE_TOKEN: u64 = 10u64.pow(DECIMALS as u32);

#[derive(clap::Args)]
pub struct Args {
    /// Only of this one: a symbol, or a mint
    ticker: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let curator = context.curator()?.ok_or_else(|| {
        Failure::usage("no curator is named: whose price feeds count?")
            .hint("give --curator ADDRESS, or once and for all: scrip config set curator ADDRESS")
    })?;
    let securities = match &args.ticker {
        Some(name) => vec![names::security(context, name)?],
        None => names::securities(context)?,
    };
    let rows =
        securities.iter().map(|security| row(context, security)).collect::<Result<Vec<_>>>()?;
    let mut page = Page::new();
    page.field("curator", curator);
    page.table(
        "prices",
        &["symbol", "per_token", "plus_minus", "age_secs", "session", "published_at"],
        rows,
    );
    Ok(page)
}

fn row(context: &Context, security: &Security) -> Result<Vec<Cell>> {
    let symbol = security.symbol().into();
    let Some((address, feed)) = feed_of(context, security)? else {
        return Ok(vec![
            symbol,
            "no feed".into(),
            Cell::none(),
            Cell::none(),
            Cell::none(),
            Cell::none(),
        ]);
    };
    let valuation = match value(context, security, (&address, &feed), ONE_TOKEN) {
        Ok(valuation) => valuation,
        Err(failure) => {
            return Ok(vec![
                symbol,
                failure.message.into(),
                Cell::none(),
                Cell::none(),
                Cell::none(),
                Cell::none(),
            ]);
        }
    };
    Ok(vec![
        symbol,
        units::price(valuation.mid_price.0),
        units::price(valuation.confidence.0),
        Cell::new(units::span_text(valuation.age_secs.into()), valuation.age_secs),
        session_name(valuation.session).into(),
        units::time(valuation.publish_time.0),
    ])
}
