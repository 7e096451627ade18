use super::Whose;
use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    operator::{hash_argument, operator},
    output::Page,
};
use scrip_client::{
    issuer::instructions::{PlaceHold, PlaceHoldInstructionArgs},
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{ids, mint::TOKEN_2022, pda};
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    whose: Whose,
    /// Why, by a number of the issuer's own
    #[arg(long, value_name = "NUMBER")]
    reason: u16,
    /// Documents of the case: a file, or its sha256
    #[arg(long, value_name = "FILE|SHA256", value_parser = hash_argument)]
    case: [u8; 32],
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.whose.ticker)?;
    let issuer = security.ticker.issuer;
    let operator = operator(context, &issuer)?;
    let (token_account, owner) = args.whose.find(context, &security)?;
    context.confirm(&format!("stop the account {token_account} of {owner}"))?;
    let hold = pda::hold(&ids::ISSUER, &security.mint, &token_account).0;
    let accounts = PlaceHold {
        payer: context.payer()?.pubkey(),
        operator: operator.address(),
        role_grant: operator.grant,
        issuer,
        ticker: security.address,
        mint: security.mint,
        token_account,
        authority: security.authority(),
        hold,
        token_program: TOKEN_2022,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let place = accounts
        .instruction(PlaceHoldInstructionArgs { reason: args.reason, case_hash: args.case });
    context.send(Step::new("place a hold", vec![place]), &[&operator.keypair])?;
    let mut page = Page::new();
    page.field("hold", hold).field("token_account", token_account).field("owner", owner);
    page.field("case_sha256", hex::encode(args.case));
    Ok(page)
}
