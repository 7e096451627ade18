use crate::{
    context::{Context, Step},
    exit::Result,
    operator::must_be_new,
    output::Page,
    units,
};
use scrip_client::{
    collateral::instructions::{CreateCurator, CreateCuratorInstructionArgs},
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{collateral, ids};
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    /// Number among the curators of this creator
    #[arg(long, default_value_t = 0)]
    id: u64,
    /// How long looser rules wait: an hour to 30 days
    #[arg(long, value_name = "SPAN", default_value = "2d", value_parser = units::parse_secs)]
    timelock: u32,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let creator = context.keypair()?;
    let curator = collateral::pda::curator(&ids::COLLATERAL, &creator.pubkey(), args.id).0;
    must_be_new(context, "this curator", &curator)?;
    let accounts = CreateCurator {
        creator: creator.pubkey(),
        curator,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::COLLATERAL),
        program: ids::COLLATERAL,
    };
    let create = accounts.instruction(CreateCuratorInstructionArgs {
        id: args.id,
        admin: creator.pubkey(),
        timelock_secs: args.timelock,
    });
    context.send(Step::new("create the curator", vec![create]), &[&creator])?;
    let mut page = Page::new();
    page.field("curator", curator)
        .field("admin", creator.pubkey())
        .field("timelock_secs", units::span(args.timelock));
    page.note(format!("Name it once: scrip config set curator {curator}"));
    Ok(page)
}
