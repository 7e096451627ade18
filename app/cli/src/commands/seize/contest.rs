use super::Which;
use crate::{
    context::{Context, Step},
    exit::Result,
    operator::hash_argument,
    output::Page,
    units,
};
use scrip_client::{
    issuer::{
        accounts::Seizure,
        instructions::{ContestSeizure, ContestSeizureInstructionArgs},
    },
    programs::event_authority,
};
use scrip_interface::ids;
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
    /// What there is to say: a file, or its sha256
    #[arg(long, value_name = "FILE|SHA256", value_parser = hash_argument)]
    note: [u8; 32],
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (security, seizure, _) = args.which.find(context)?;
    let owner = context.keypair()?;
    let accounts = ContestSeizure {
        from_owner: owner.pubkey(),
        ticker: security.address,
        seizure,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let contest = accounts.instruction(ContestSeizureInstructionArgs { note_hash: args.note });
    context.send(Step::new("contest the seizure", vec![contest]), &[&owner])?;
    let mut page = Page::new();
    page.field("seizure", seizure).field("note_sha256", hex::encode(args.note));
    if !context.dry_run() {
        let state: Seizure = context.chain()?.read("the seizure", &seizure)?;
        page.field("waits_until", units::time(state.execute_at));
    }
    Ok(page)
}
