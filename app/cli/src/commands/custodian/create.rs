use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    operator::{must_be_new, operator},
    output::Page,
};
use scrip_client::{
    issuer::instructions::{CreateCustodian, CreateCustodianInstructionArgs},
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{ids, pda, sha256};
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    /// Legal name. On chain stands its sha256 only
    #[arg(long)]
    name: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let admin = operator(context, &issuer)?;
    let number = context.custodian_number()?;
    let custodian = pda::custodian(&ids::ISSUER, &issuer, number).0;
    must_be_new(context, &format!("custodian {number}"), &custodian)?;
    let name_hash = sha256(&[args.name.as_bytes()]);
    let accounts = CreateCustodian {
        payer: context.payer()?.pubkey(),
        admin: admin.address(),
        issuer,
        custodian,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let create = accounts.instruction(CreateCustodianInstructionArgs { number, name_hash });
    context
        .send(Step::new(format!("create custodian {number}"), vec![create]), &[&admin.keypair])?;
    let mut page = Page::new();
    page.field("custodian", custodian)
        .field("number", number)
        .field("name_sha256", hex::encode(name_hash));
    page.note("Next: scrip attestors create");
    Ok(page)
}
