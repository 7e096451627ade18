use crate::{
    context::{Context, Step},
    exit::Result,
    keys,
    operator::must_be_new,
    output::Page,
    units,
};
use scrip_client::{
    issuer::instructions::{CreateIssuer, CreateIssuerInstructionArgs},
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{ids, pda};
use solana_signer::Signer;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Number among the issuers of this creator
    #[arg(long, default_value_t = 0)]
    id: u64,
    /// How long dangerous changes wait: an hour to 30 days
    #[arg(long, value_name = "SPAN", default_value = "2d", value_parser = units::parse_secs)]
    timelock: u32,
    /// Key file of the admin, if it is not who creates; it signs too
    #[arg(long, value_name = "KEYFILE")]
    admin: Option<PathBuf>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let creator = context.keypair()?;
    let admin = match &args.admin {
        Some(path) => keys::read(path)?,
        None => context.keypair()?,
    };
    let issuer = pda::issuer(&ids::ISSUER, &creator.pubkey(), args.id).0;
    must_be_new(context, "this issuer", &issuer)?;
    let chain = context.chain()?;
    let accounts = CreateIssuer {
        creator: creator.pubkey(),
        admin: admin.pubkey(),
        issuer,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let args = CreateIssuerInstructionArgs {
        id: args.id,
        genesis_hash: chain.genesis_hash(),
        timelock_secs: args.timelock,
    };
    let timelock = args.timelock_secs;
    context.send(
        Step::new("create the issuer", vec![accounts.instruction(args)]),
        &[&creator, &admin],
    )?;
    let mut page = Page::new();
    page.field("issuer", issuer)
        .field("admin", admin.pubkey())
        .field("timelock_secs", units::span(timelock));
    page.note(format!("Name it once: scrip config set issuer {issuer}"));
    Ok(page)
}
