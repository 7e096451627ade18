use crate::{
    attestation::usage::live_sets,
    context::{Context, Step},
    exit::Result,
    keys, names,
    operator::operator,
    output::Page,
};
use scrip_client::{
    issuer::instructions::{RemoveAttestor, RemoveAttestorInstructionArgs},
    programs::event_authority,
};
use scrip_interface::ids;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// The key: an address, or a key file
    #[arg(value_parser = keys::address)]
    key: Pubkey,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let (custodian, _) = names::custodian(context)?;
    let operator = operator(context, &issuer)?;
    context.confirm(&format!("remove the key {} from every attestor set, for good", args.key))?;
    let accounts = RemoveAttestor {
        operator: Some(operator.address()),
        role_grant: operator.grant,
        issuer,
        custodian,
        signing_set: None,
        signatures: None,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let live = live_sets(context.chain()?, &custodian)?;
    let remove = accounts.instruction_with_remaining_accounts(
        RemoveAttestorInstructionArgs { attestor: args.key, attestation: None },
        &live,
    );
    context.send(
        Step::new(format!("remove the key {}", args.key), vec![remove]),
        &[&operator.keypair],
    )?;
    let mut page = Page::new();
    page.field("removed", args.key);
    Ok(page)
}
