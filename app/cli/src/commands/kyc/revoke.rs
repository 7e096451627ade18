use super::person::Person;
use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    output::{Cell, Page},
};
use scrip_client::{gate::instructions::RevokeInvestor, programs::event_authority};
use scrip_interface::ids;
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
}

/// `--keypair` is the provider's key.
pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let authority = context.keypair()?;
    let (investor, state, wallets) = args.person.find(context, &issuer)?;
    context.confirm(&format!(
        "take the word back for {} wallets of this person",
        state.wallet_count
    ))?;
    let accounts = RevokeInvestor {
        authority: authority.pubkey(),
        provider: args.person.provider_address(&issuer),
        investor,
        event_authority: event_authority(&ids::GATE),
        program: ids::GATE,
    };
    let revoke = accounts.instruction_with_remaining_accounts(&wallets);
    context.send(Step::new("revoke the person's record", vec![revoke]), &[&authority])?;
    let mut page = Page::new();
    page.field("revoked", investor);
    page.field("wallets", Cell::list(state.wallets.iter().take(state.wallet_count.into())));
    page.note("In frozen mode anybody can now freeze their accounts: scrip freeze");
    Ok(page)
}
