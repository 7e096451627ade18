use super::person::Person;
use crate::{
    context::{Context, Step},
    exit::Result,
    keys, names,
    output::Page,
};
use scrip_client::{
    gate::instructions::LinkWallet,
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{gate, ids};
use solana_signer::Signer;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// Key file of the wallet, which signs too
    #[arg(long, value_name = "KEYFILE")]
    wallet: PathBuf,
}

/// `--keypair` is the provider's key.
pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let authority = context.keypair()?;
    let owner = keys::read(&args.wallet)?;
    let (investor, ..) = args.person.find(context, &issuer)?;
    let wallet = gate::pda::wallet(&ids::GATE, &issuer, &owner.pubkey()).0;
    let accounts = LinkWallet {
        payer: context.payer()?.pubkey(),
        authority: authority.pubkey(),
        owner: owner.pubkey(),
        issuer,
        provider: args.person.provider_address(&issuer),
        investor,
        wallet,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::GATE),
        program: ids::GATE,
    };
    context
        .send(Step::new("link the wallet", vec![accounts.instruction()]), &[&authority, &owner])?;
    let mut page = Page::new();
    page.field("owner", owner.pubkey()).field("investor", investor).field("record", wallet);
    Ok(page)
}
