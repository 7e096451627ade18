use super::hold::Whose;
use crate::{
    context::{Context, Step},
    exit::Result,
    names::{self, holding},
    output::Page,
    receive::thaw,
};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    whose: Whose,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.whose.ticker)?;
    let (account, owner) = args.whose.find(context, &security)?;
    context.send(Step::new("thaw the account", vec![thaw(&security, &owner, &account)]), &[])?;
    let mut page = Page::new();
    page.field("token_account", account).field("owner", owner);
    page.field("frozen", holding(context, &account)?.is_some_and(|holding| holding.frozen));
    Ok(page)
}
