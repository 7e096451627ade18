use crate::{
    attestation::usage::action_address,
    context::{Context, Step},
    exit::Result,
    names,
    operator::operator,
    output::Page,
};
use scrip_client::{
    issuer::{
        accounts::CorporateAction,
        instructions::{CancelAction, CancelActionInstructionArgs},
    },
    programs::event_authority,
};
use scrip_interface::{ids, mint::TOKEN_2022, pda};

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let issuer = security.ticker.issuer;
    let operator = operator(context, &issuer)?;
    let action = action_address(&security);
    let open: CorporateAction =
        context.chain()?.read("an open corporate action of the ticker", &action)?;
    context.confirm(&format!("cancel the corporate action of {}", security.symbol()))?;
    let accounts = CancelAction {
        operator: Some(operator.address()),
        role_grant: operator.grant,
        issuer,
        ticker: security.address,
        action,
        history: pda::history(&ids::ISSUER, &security.mint).0,
        mint: security.mint,
        authority: security.authority(),
        rent_payer: open.rent_payer,
        attestor_set: None,
        nonces: None,
        signatures: None,
        token_program: TOKEN_2022,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let cancel = accounts.instruction(CancelActionInstructionArgs { attestation: None });
    let step =
        Step::new(format!("cancel the corporate action of {}", security.symbol()), vec![cancel]);
    context.send(step, &[&operator.keypair])?;
    let mut page = Page::new();
    page.field("cancelled", action);
    Ok(page)
}
