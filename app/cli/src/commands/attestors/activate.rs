use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    operator::operator,
    output::Page,
};
use scrip_client::{
    issuer::instructions::{ActivateAttestorSet, ActivateAttestorSetInstructionArgs},
    programs::event_authority,
};
use scrip_interface::ids;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// Number of the proposed set
    index: u32,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let (custodian, _) = names::custodian(context)?;
    let (attestor_set, set) = names::attestor_set(context, &custodian, args.index)?;
    let admin = operator(context, &issuer)?;
    context.confirm(&format!(
        "let {} of {} keys of set {} sign for the custodian from now on (scrip attestors show {} lists them)",
        set.threshold, set.count, args.index, args.index
    ))?;
    let accounts = ActivateAttestorSet {
        operator: Some(admin.address()),
        issuer,
        custodian,
        attestor_set,
        replaced: (set.replaces != Pubkey::default()).then_some(set.replaces),
        signing_set: None,
        signatures: None,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let activate = accounts.instruction(ActivateAttestorSetInstructionArgs { attestation: None });
    context.send(
        Step::new(format!("activate attestor set {}", args.index), vec![activate]),
        &[&admin.keypair],
    )?;
    let mut page = Page::new();
    page.field("attestor_set", attestor_set).field("index", args.index);
    Ok(page)
}
