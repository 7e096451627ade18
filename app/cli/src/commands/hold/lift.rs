use super::Whose;
use crate::{
    context::{Context, Step},
    exit::{Exit, Result},
    names::{self, holding},
    operator::operator,
    output::Page,
    receive::thaw,
};
use scrip_client::{
    issuer::{accounts::Hold, instructions::LiftHold},
    programs::event_authority,
};
use scrip_interface::{ids, pda};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    whose: Whose,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.whose.ticker)?;
    let issuer = security.ticker.issuer;
    let operator = operator(context, &issuer)?;
    let (token_account, owner) = args.whose.find(context, &security)?;
    let hold = pda::hold(&ids::ISSUER, &security.mint, &token_account).0;
    let placed: Hold = context.chain()?.read(&format!("a hold of {token_account}"), &hold)?;
    context.confirm(&format!("lift the hold of {token_account} of {owner}"))?;
    let accounts = LiftHold {
        operator: operator.address(),
        role_grant: operator.grant,
        issuer,
        ticker: security.address,
        hold,
        rent_payer: placed.rent_payer,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    context.send(Step::new("lift the hold", vec![accounts.instruction()]), &[&operator.keypair])?;
    let mut page = Page::new();
    page.field("lifted", hold).field("token_account", token_account).field("owner", owner);
    if context.dry_run() {
        return Ok(page);
    }
    // An owner who may not hold the ticker stays frozen: that is the policy's doing, no failure of this.
    match context
        .send(Step::new("thaw the account", vec![thaw(&security, &owner, &token_account)]), &[])
    {
        Err(failure) if failure.exit == Exit::Refused => {
            page.note(format!("The account stays frozen. {}", failure.message));
        }
        other => other?,
    }
    page.field("frozen", holding(context, &token_account)?.is_some_and(|holding| holding.frozen));
    Ok(page)
}
