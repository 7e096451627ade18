use crate::{
    attestation::usage::action_address,
    context::{Context, Step},
    exit::Result,
    names,
    output::Page,
};
use scrip_client::{
    issuer::{accounts::CorporateAction, instructions::CloseAction},
    programs::event_authority,
};
use scrip_interface::ids;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let action = action_address(&security);
    let open: CorporateAction =
        context.chain()?.read("an open corporate action of the ticker", &action)?;
    let accounts = CloseAction {
        ticker: security.address,
        action,
        rent_payer: open.rent_payer,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let step = Step::new(
        format!("close the corporate action of {}", security.symbol()),
        vec![accounts.instruction()],
    );
    context.send(step, &[])?;
    let mut page = Page::new();
    page.field("closed", action);
    Ok(page)
}
