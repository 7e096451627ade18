use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    operator::operator,
    output::Page,
};
use scrip_client::{issuer::instructions::WithdrawAttestorSet, programs::event_authority};
use scrip_interface::ids;

#[derive(clap::Args)]
pub struct Args {
    /// Number of the proposed set
    index: u32,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let (custodian, _) = names::custodian(context)?;
    let (attestor_set, set) = names::attestor_set(context, &custodian, args.index)?;
    let operator = operator(context, &issuer)?;
    let accounts = WithdrawAttestorSet {
        operator: operator.address(),
        issuer,
        custodian,
        attestor_set,
        rent_payer: set.rent_payer,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let step =
        Step::new(format!("withdraw attestor set {}", args.index), vec![accounts.instruction()]);
    context.send(step, &[&operator.keypair])?;
    let mut page = Page::new();
    page.field("withdrawn", attestor_set);
    Ok(page)
}
