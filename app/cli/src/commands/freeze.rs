use super::hold::Whose;
use crate::{
    context::{Context, Step},
    exit::Result,
    names::{self, holding},
    output::Page,
};
use scrip_client::issuer::instructions::Freeze;
use scrip_interface::{ids, mint::TOKEN_2022, pda};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    whose: Whose,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.whose.ticker)?;
    let (account, owner) = args.whose.find(context, &security)?;
    let accounts = Freeze {
        ticker: security.address,
        mint: security.mint,
        token_account: account,
        authority: security.authority(),
        hold: pda::hold(&ids::ISSUER, &security.mint, &account).0,
        policy: Some(security.policy()),
        wallet_record: Some(security.wallet_record(&owner)),
        token_program: TOKEN_2022,
    };
    context.send(Step::new("freeze the account", vec![accounts.instruction()]), &[])?;
    let mut page = Page::new();
    page.field("token_account", account).field("owner", owner);
    page.field("frozen", holding(context, &account)?.is_some_and(|holding| holding.frozen));
    Ok(page)
}
