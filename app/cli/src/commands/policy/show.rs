use crate::{
    context::Context,
    countries,
    exit::Result,
    names,
    output::{Cell, Page},
    units,
};
use scrip_client::gate::accounts::Policy;
use scrip_interface::gate::flag;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    pub ticker: String,
}

pub fn run(context: &Context, ticker: &str) -> Result<Page> {
    let security = names::security(context, ticker)?;
    let what = format!("a policy of {}", security.symbol());
    let policy: Policy = context.chain()?.read(&what, &security.policy())?;
    let mut page = Page::new();
    page.field("symbol", security.symbol())
        .field("mode", security.mode())
        .field("policy", security.policy());
    page.field("paused", policy.paused != 0);
    page.field("countries", Cell::list(countries::codes(&policy.countries)));
    page.field("providers", providers(policy.providers));
    page.field("min_tier", u32::from(policy.min_tier));
    page.field("source_check", policy.flags & flag::SOURCE_CHECK != 0);
    page.field("venues", policy.flags & flag::VENUES != 0);
    if policy.pending_at != 0 {
        page.field("next_rules_at", units::time(policy.pending_at));
        page.field("next_countries", Cell::list(countries::codes(&policy.pending_countries)));
        page.field("next_providers", providers(policy.pending_providers));
        page.field("next_min_tier", u32::from(policy.pending_min_tier));
        page.note(format!(
            "Looser rules wait until then; afterwards: scrip policy apply {}",
            security.symbol()
        ));
    }
    Ok(page)
}

fn providers(bits: u64) -> Cell {
    Cell::list((0..64u8).filter(|number| bits >> number & 1 == 1))
}
