use super::person::Person;
use crate::{
    context::{Context, Step},
    countries,
    exit::Result,
    names,
    output::Page,
    units::{self, Moment},
};
use scrip_client::{
    gate::{
        accounts::Investor,
        instructions::{
            RegisterInvestor, RegisterInvestorInstructionArgs, UpdateInvestor,
            UpdateInvestorInstructionArgs,
        },
        types::Claim,
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::ids;
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// Where the person resides
    #[arg(long, value_name = "CODE", value_parser = countries::number)]
    country: u16,
    /// Tier
    #[arg(long, default_value_t = 1)]
    tier: u8,
    /// Until when that counts
    #[arg(long, value_name = "TIME", default_value = "+365d")]
    until: Moment,
}

/// `--keypair` is the provider's key.
pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (issuer, _) = names::issuer(context)?;
    let authority = context.keypair()?;
    let chain = context.chain()?;
    let (id_hash, investor) = (args.person.id_hash()?, args.person.address(&issuer)?);
    let expires_at = args.until.seconds(chain.now()?);
    let claim = Claim { country: args.country, tier: args.tier, expires_at };
    let provider = args.person.provider_address(&issuer);
    let (event_authority, program) = (event_authority(&ids::GATE), ids::GATE);
    let known: Option<Investor> = chain.find(&investor)?;
    let (what, instruction) = if known.is_some() {
        let (_, _, wallets) = args.person.find(context, &issuer)?;
        let accounts = UpdateInvestor {
            authority: authority.pubkey(),
            provider,
            investor,
            event_authority,
            program,
        };
        let args = UpdateInvestorInstructionArgs { claim };
        ("renew the person's record", accounts.instruction_with_remaining_accounts(args, &wallets))
    } else {
        let accounts = RegisterInvestor {
            payer: context.payer()?.pubkey(),
            authority: authority.pubkey(),
            issuer,
            provider,
            investor,
            system_program: SYSTEM,
            event_authority,
            program,
        };
        (
            "register the person",
            accounts.instruction(RegisterInvestorInstructionArgs { id_hash, claim }),
        )
    };
    context.send(Step::new(what, vec![instruction]), &[&authority])?;
    let mut page = Page::new();
    page.field("investor", investor)
        .field("id_hash", hex::encode(id_hash))
        .field("new", known.is_none());
    page.field("country", countries::code(args.country)).field("tier", u32::from(args.tier));
    page.field("until", units::time(expires_at));
    page.note("Next: scrip kyc link, signed by the wallet too");
    Ok(page)
}
