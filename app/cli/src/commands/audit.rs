use crate::{
    context::Context,
    exit::Result,
    names,
    output::{Cell, Page},
    units,
};
use scrip_client::audit::is_sound;

#[derive(clap::Args)]
pub struct Args {
    /// A symbol of the issuer, or a mint
    ticker: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let mint = names::security(context, &args.ticker)?.mint;
    let audited = context.chain()?.0.audit(&mint)?;
    let sound = is_sound(&audited.checks);
    let mut page = Page::new();
    page.field("symbol", units::padded_text(&audited.ticker.symbol)).field("mint", mint);
    page.field("ticker", audited.address).field("as_of", units::time(audited.now));
    page.field("events", u64::try_from(audited.events).unwrap_or(u64::MAX));
    page.field("transactions", u64::try_from(audited.transactions).unwrap_or(u64::MAX));
    page.field("adds_up", sound);
    let row = |check: &scrip_client::audit::Check| {
        let result = if check.holds { "adds up" } else { "DOES NOT ADD UP" };
        vec![check.name.into(), Cell::new(result, check.holds), check.detail.as_str().into()]
    };
    page.table("checks", &["check", "adds_up", "detail"], audited.checks.iter().map(row).collect());
    if !sound {
        let wrong = audited.checks.iter().filter(|check| !check.holds).count();
        page.note(format!("{wrong} of {} checks do not add up.", audited.checks.len()));
    }
    page.unsound = !sound;
    Ok(page)
}
