use super::Describe;
use crate::{
    attestation::usage::{action_address, terms_args},
    context::{Context, Step},
    exit::Result,
    names,
    operator::operator,
    output::Page,
    units,
};
use scrip_client::{
    issuer::{
        accounts::CorporateAction,
        instructions::{AnnounceAction, AnnounceActionInstructionArgs},
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{ids, pda};
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    #[command(flatten)]
    describe: Describe,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let issuer = security.ticker.issuer;
    let operator = operator(context, &issuer)?;
    let words = args.describe.words()?;
    context.confirm(&format!(
        "announce a {} of {}, {} new for {} old",
        words.action.words(),
        security.symbol(),
        words.numerator,
        words.denominator
    ))?;
    let action = action_address(&security);
    let accounts = AnnounceAction {
        payer: context.payer()?.pubkey(),
        operator: Some(operator.address()),
        role_grant: operator.grant,
        issuer,
        ticker: security.address,
        mint: security.mint,
        action,
        history: pda::history(&ids::ISSUER, &security.mint).0,
        attestor_set: None,
        nonces: None,
        signatures: None,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let announce = accounts.instruction(AnnounceActionInstructionArgs {
        terms: terms_args(&words.on_chain()),
        attestation: None,
    });
    let step =
        Step::new(format!("announce a corporate action of {}", security.symbol()), vec![announce]);
    context.send(step, &[&operator.keypair])?;
    let mut page = Page::new();
    page.field("action", action);
    if !context.dry_run() {
        let open: CorporateAction = context.chain()?.read("the corporate action", &action)?;
        page.field("may_be_scheduled_from", units::time(open.ready_at))
            .field("request", open.request);
    }
    page.note("A quorum schedules it: scrip attest action schedule");
    Ok(page)
}
