use super::named;
use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    output::Page,
    units::{self, Moment},
};
use scrip_client::{
    collateral::instructions::{HaltTicker, HaltTickerInstructionArgs, ResumeTicker},
    programs::event_authority,
};
use scrip_interface::{collateral, ids};
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// Until when
    #[arg(long, value_name = "TIME", default_value = "+1d")]
    until: Moment,
}

#[derive(clap::Args)]
pub struct ResumeArgs {
    /// Symbol, or mint
    ticker: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let curator = named(context)?;
    let security = names::security(context, &args.ticker)?;
    let authority = context.keypair()?;
    let until = args.until.seconds(security.now);
    context.confirm(&format!("halt {} until {}", security.symbol(), units::time_text(until)))?;
    let accounts = HaltTicker {
        authority: authority.pubkey(),
        curator,
        feed: collateral::pda::feed(&ids::COLLATERAL, &curator, &security.mint).0,
        event_authority: event_authority(&ids::COLLATERAL),
        program: ids::COLLATERAL,
    };
    let halt = accounts.instruction(HaltTickerInstructionArgs { until });
    context.send(Step::new(format!("halt {}", security.symbol()), vec![halt]), &[&authority])?;
    let mut page = Page::new();
    page.field("symbol", security.symbol()).field("halted_until", units::time(until));
    Ok(page)
}

pub fn resume(context: &Context, args: &ResumeArgs) -> Result<Page> {
    let curator = named(context)?;
    let security = names::security(context, &args.ticker)?;
    let authority = context.keypair()?;
    context.confirm(&format!("end the halt of {} after the timelock", security.symbol()))?;
    let accounts = ResumeTicker {
        authority: authority.pubkey(),
        curator,
        feed: collateral::pda::feed(&ids::COLLATERAL, &curator, &security.mint).0,
        event_authority: event_authority(&ids::COLLATERAL),
        program: ids::COLLATERAL,
    };
    let step =
        Step::new(format!("end the halt of {}", security.symbol()), vec![accounts.instruction()]);
    context.send(step, &[&authority])?;
    let mut page = Page::new();
    page.field("symbol", security.symbol());
    Ok(page)
}
