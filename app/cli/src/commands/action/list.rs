use super::described;
use crate::{
    attestation::usage::action_address,
    context::Context,
    exit::Result,
    names::{self, Security},
    output::{Cell, Page},
    units::time,
};
use scrip_client::issuer::accounts::{CorporateAction, History};
use scrip_interface::{ids, pda};

#[derive(clap::Args)]
pub struct Args {
    /// Only of this ticker, with its past multipliers: a symbol, or a mint
    ticker: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let securities = match &args.ticker {
        Some(name) => vec![names::security(context, name)?],
        None => names::securities(context)?,
    };
    let mut rows = vec![];
    for security in &securities {
        rows.extend(open(context, security)?);
    }
    let mut page = Page::new();
    page.table(
        "actions",
        &["symbol", "action", "ratio", "standing", "ex_date", "effective_at", "request"],
        rows,
    );
    if let [only] = &securities[..] {
        page.table("past_multipliers", &["from", "multiplier"], past(context, only)?);
    }
    Ok(page)
}

fn open(context: &Context, security: &Security) -> Result<Option<Vec<Cell>>> {
    let action: Option<CorporateAction> = context.chain()?.find(&action_address(security))?;
    let Some(action) = action else { return Ok(None) };
    let words = described(&action)?;
    Ok(Some(vec![
        security.symbol().into(),
        words.action.words().into(),
        Cell::from(format!("{}:{}", words.numerator, words.denominator)),
        standing(&action, security.now).into(),
        time(words.ex_date),
        time(action.effective_at),
        action.request.into(),
    ]))
}

fn standing(action: &CorporateAction, now: i64) -> &'static str {
    match action.effective_at {
        0 if action.ready_at > now => "announced: waits for the timelock",
        0 => "announced",
        at if at > now => "scheduled",
        _ => "in effect",
    }
}

fn past(context: &Context, security: &Security) -> Result<Vec<Vec<Cell>>> {
    let address = pda::history(&ids::ISSUER, &security.mint).0;
    let history: Option<History> = context.chain()?.find(&address)?;
    let Some(history) = history else { return Ok(vec![]) };
    let recorded = usize::try_from(history.recorded).unwrap_or(usize::MAX);
    let kept = recorded.min(history.entries.len());
    // A ring: the oldest that is kept first.
    let places = (recorded - kept..recorded).map(|number| number % history.entries.len());
    let rows = places.map(|place| &history.entries[place]).map(|entry| {
        let multiplier = f64::from_bits(entry.multiplier).to_string();
        vec![time(entry.effective_at), multiplier.into()]
    });
    Ok(rows.collect())
}
