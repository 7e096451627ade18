use super::Which;
use crate::{
    context::{Context, Step},
    exit::Result,
    operator::operator,
    output::Page,
};
use scrip_client::{issuer::instructions::CancelSeizure, programs::event_authority};
use scrip_interface::{ids, pda};

pub fn run(context: &Context, which: &Which) -> Result<Page> {
    let (security, seizure, state) = which.find(context)?;
    let operator = operator(context, &security.ticker.issuer)?;
    context.confirm(&format!("take the seizure from {} back", state.from_owner))?;
    let accounts = CancelSeizure {
        operator: operator.address(),
        role_grant: operator.grant,
        issuer: security.ticker.issuer,
        ticker: security.address,
        seizure,
        hold: pda::hold(&ids::ISSUER, &security.mint, &state.from).0,
        rent_payer: state.rent_payer,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    context.send(
        Step::new("cancel the seizure", vec![accounts.instruction()]),
        &[&operator.keypair],
    )?;
    let mut page = Page::new();
    page.field("cancelled", seizure);
    Ok(page)
}
