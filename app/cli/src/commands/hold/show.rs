use super::Whose;
use crate::{
    context::Context,
    exit::Result,
    names,
    output::{Cell, Page},
    units,
};
use scrip_client::issuer::accounts::Hold;
use scrip_interface::{ids, pda};
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    whose: Whose,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.whose.ticker)?;
    let (token_account, owner) = args.whose.find(context, &security)?;
    let address = pda::hold(&ids::ISSUER, &security.mint, &token_account).0;
    let hold: Option<Hold> = context.chain()?.find(&address)?;
    let mut page = Page::new();
    page.field("token_account", token_account).field("owner", owner).field("held", hold.is_some());
    if let Some(hold) = hold {
        page.field("reason", Cell::new(hold.reason.to_string(), hold.reason));
        page.field("case_sha256", hex::encode(hold.case_hash));
        page.field("placed_by", hold.placed_by).field("placed_at", units::time(hold.placed_at));
        page.field("seizure", (hold.seizure != Pubkey::default()).then_some(hold.seizure));
    }
    Ok(page)
}
