use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    output::Page,
    price::price_of,
    receive::hook_accounts,
};
use scrip_client::{
    issuer::{
        accounts::Redemption,
        instructions::{CancelRedemption, ClaimRedemption, ReclaimRedemption},
    },
    programs::event_authority,
    token::create_account,
};
use scrip_interface::{ids, mint::TOKEN_2022, pda};
use solana_signer::Signer;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// Id of the redemption, 0 to 7
    #[arg(default_value_t = 0)]
    id: u64,
}

#[derive(Clone, Copy)]
pub enum Way {
    Cancel,
    Claim,
    Reclaim,
}

/// The three ways back take the same accounts. The owner's token account is made again if it was closed.
pub fn run(context: &Context, args: &Args, way: Way) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let keypair = context.keypair()?;
    let owner = keypair.pubkey();
    let redemption = pda::redemption(&ids::ISSUER, &security.mint, &owner, args.id).0;
    let account: Redemption =
        context.chain()?.read(&format!("redemption {} of {owner}", args.id), &redemption)?;
    let escrow = pda::escrow(&ids::ISSUER, &security.mint).0;
    let destination = security.account_of(&owner);
    let hooked = hook_accounts(&security, &escrow, &owner)?;
    macro_rules! instruction {
        ($accounts:ident) => {
            $accounts {
                owner,
                issuer: security.ticker.issuer,
                ticker: security.address,
                redemption,
                rent_payer: account.rent_payer,
                mint: security.mint,
                authority: security.authority(),
                escrow,
                escrow_account: security.ticker.escrow_account,
                destination,
                hold: pda::hold(&ids::ISSUER, &security.mint, &destination).0,
                token_program: TOKEN_2022,
                event_authority: event_authority(&ids::ISSUER),
                program: ids::ISSUER,
            }
            .instruction_with_remaining_accounts(&hooked)
        };
    }
    let (verb, back) = match way {
        Way::Cancel => ("cancel", instruction!(CancelRedemption)),
        Way::Claim => ("claim", instruction!(ClaimRedemption)),
        Way::Reclaim => ("reclaim", instruction!(ReclaimRedemption)),
    };
    let make = create_account(&context.payer()?.pubkey(), &owner, &security.mint, &TOKEN_2022);
    let step = Step::new(format!("{verb} redemption {}", args.id), vec![make, back]);
    context.send(step, &[&keypair])?;
    let mut page = Page::new();
    page.field("redemption", redemption);
    page.field("returned", security.amount(account.amount_left, price_of(context, &security)?));
    page.field("token_account", destination);
    Ok(page)
}
