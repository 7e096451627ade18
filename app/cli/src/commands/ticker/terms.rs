use super::list::TermsArgs;
use crate::{
    context::{Context, Step},
    exit::{Exit, Result},
    names,
    operator::{Notice, notice, operator, waits},
    output::Page,
    units,
};
use scrip_client::{
    issuer::{
        instructions::{SetTerms, SetTermsInstructionArgs},
        types::Change,
    },
    programs::event_authority,
};
use scrip_interface::ids;

/// Of the program: something became looser and was not announced.
const ANNOUNCEMENT_MISSING: &str = "AnnouncementMissing";

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    #[command(flatten)]
    terms: TermsArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let issuer = security.ticker.issuer;
    let admin = operator(context, &issuer)?;
    let terms = args.terms.terms();
    context.confirm(&format!(
        "give {} all the terms of this command line, defaults included",
        security.symbol()
    ))?;
    let set = |announcement| {
        let accounts = SetTerms {
            admin: admin.address(),
            issuer,
            ticker: security.address,
            announcement,
            event_authority: event_authority(&ids::ISSUER),
            program: ids::ISSUER,
        };
        let change = accounts.instruction(SetTermsInstructionArgs { terms: terms.clone() });
        Step::new(format!("change the terms of {}", security.symbol()), vec![change])
    };
    let mut page = Page::new();
    page.field("symbol", security.symbol());
    // Whether anything becomes looser is the program's to say.
    match context.send(set(None), &[&admin.keypair]) {
        Err(failure)
            if failure.exit == Exit::Refused
                && failure.message.starts_with(ANNOUNCEMENT_MISSING) =>
        {
            match notice(
                context,
                &admin,
                &Change::SetTerms { mint: security.mint, terms: terms.clone() },
            )? {
                Notice::Ripe(address) => context.send(set(Some(address)), &[&admin.keypair])?,
                Notice::Waits { id, ready_at } => {
                    page.field("changed", false)
                        .field("ready_at", units::time(ready_at))
                        .note(waits(id, ready_at));
                    return Ok(page);
                }
            }
        }
        other => other?,
    }
    page.field("changed", true);
    Ok(page)
}
