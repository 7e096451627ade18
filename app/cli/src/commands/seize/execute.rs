use super::Which;
use crate::{
    context::{Context, Step},
    exit::Result,
    names::holding,
    operator::operator,
    output::Page,
    price::price_of,
    receive::hook_accounts,
};
use scrip_client::{
    issuer::{accounts::Seizure, instructions::ExecuteSeizure},
    programs::event_authority,
    token::create_account,
};
use scrip_interface::{ids, mint::TOKEN_2022, pda};
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
    /// The destination is the issuer's own compliance wallet: it needs no record with the gate
    #[arg(long)]
    to_compliance: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    const RECOVERY: u8 = 1;
    let (security, seizure, state) = args.which.find(context)?;
    let issuer = security.ticker.issuer;
    let operator = operator(context, &issuer)?;
    let destination = security.account_of(&state.to_owner);
    let price = price_of(context, &security)?;
    let balance = holding(context, &state.from)?.map_or(0, |holding| holding.amount);
    let moving = security.amount(balance.min(state.amount), price);
    context.confirm(&format!(
        "move {} of {} from {} to {}",
        moving.text,
        security.symbol(),
        state.from_owner,
        state.to_owner
    ))?;
    let (destination_grant, policy, wallet_record) = if args.to_compliance {
        (Some(pda::role_grant(&ids::ISSUER, &issuer, &state.to_owner).0), None, None)
    } else {
        (None, Some(security.policy()), Some(security.wallet_record(&state.to_owner)))
    };
    let accounts = ExecuteSeizure {
        operator: operator.address(),
        role_grant: operator.grant,
        issuer,
        ticker: security.address,
        mint: security.mint,
        seizure,
        hold: pda::hold(&ids::ISSUER, &security.mint, &state.from).0,
        from: state.from,
        destination,
        authority: security.authority(),
        delegate: pda::delegate(&ids::ISSUER, &security.mint).0,
        destination_grant,
        policy,
        wallet_record,
        from_record: (state.kind == RECOVERY).then(|| security.wallet_record(&state.from_owner)),
        token_program: TOKEN_2022,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let hooked = hook_accounts(&security, &state.from_owner, &state.to_owner)?;
    let make =
        create_account(&context.payer()?.pubkey(), &state.to_owner, &security.mint, &TOKEN_2022);
    let execute = accounts.instruction_with_remaining_accounts(&hooked);
    context.send(Step::new("execute the seizure", vec![make, execute]), &[&operator.keypair])?;
    let mut page = Page::new();
    page.field("seizure", seizure).field("to", state.to_owner).field("token_account", destination);
    if !context.dry_run() {
        let done: Seizure = context.chain()?.read("the seizure", &seizure)?;
        page.field("moved", security.amount(done.moved, price));
    }
    Ok(page)
}
