use crate::{
    context::{Context, Step},
    exit::{Failure, Result},
    names::{self, Security, holding},
    output::Page,
    price::price_of,
    receive::hook_accounts,
    units::{self, Amount},
};
use scrip_client::{
    issuer::{
        accounts::Redemption,
        instructions::{RequestRedemption, RequestRedemptionInstructionArgs},
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{ids, mint::TOKEN_2022, pda};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Open redemptions of an owner have the ids 0 to 7.
pub const IDS: std::ops::Range<u64> = 0..8;

#[derive(clap::Args)]
pub struct Args {
    /// Symbol, or mint
    ticker: String,
    /// How many: "1.5" shares, "150000000raw", or all
    #[arg(value_parser = parse_amount)]
    amount: Wanted,
    /// Id of the redemption, 0 to 7; otherwise the first that is free
    #[arg(long)]
    id: Option<u64>,
}

#[derive(Clone, Copy)]
enum Wanted {
    All,
    Some(Amount),
}

fn parse_amount(text: &str) -> std::result::Result<Wanted, String> {
    if text == "all" { Ok(Wanted::All) } else { text.parse().map(Wanted::Some) }
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let security = names::security(context, &args.ticker)?;
    let owner = context.keypair()?;
    let address = owner.pubkey();
    let source = security.account_of(&address);
    let amount = match args.amount {
        Wanted::Some(amount) => amount.raw(security.multiplier)?,
        Wanted::All => holding(context, &source)?.map_or(0, |holding| holding.amount),
    };
    if amount == 0 {
        return Err(Failure::missing(format!("{address} holds no {}", security.symbol())));
    }
    let id = match args.id {
        Some(id) => id,
        None => free_id(context, &security, &address)?,
    };
    let price = price_of(context, &security)?;
    let shown = security.amount(amount, price);
    context.confirm(&format!(
        "put {} of {} into escrow for redemption",
        shown.text,
        security.symbol()
    ))?;
    let (policy, wallet_record) = security.registration(&address);
    let redemption = pda::redemption(&ids::ISSUER, &security.mint, &address, id).0;
    let accounts = RequestRedemption {
        payer: context.payer()?.pubkey(),
        owner: address,
        issuer: security.ticker.issuer,
        ticker: security.address,
        mint: security.mint,
        redemption,
        source,
        escrow_account: security.ticker.escrow_account,
        policy,
        wallet_record,
        token_program: TOKEN_2022,
        system_program: SYSTEM,
        event_authority: event_authority(&ids::ISSUER),
        program: ids::ISSUER,
    };
    let escrow = pda::escrow(&ids::ISSUER, &security.mint).0;
    let request = accounts.instruction_with_remaining_accounts(
        RequestRedemptionInstructionArgs { id, amount },
        &hook_accounts(&security, &address, &escrow)?,
    );
    context.send(Step::new(format!("request redemption {id}"), vec![request]), &[&owner])?;
    let mut page = Page::new();
    page.field("redemption", redemption).field("id", id).field("amount", shown);
    if !context.dry_run() {
        let account: Redemption = context.chain()?.read("the redemption", &redemption)?;
        page.field("deadline", units::time(account.deadline)).field("request", account.request);
    }
    page.note("If it is not settled by the deadline, take the shares back: scrip redeem reclaim");
    Ok(page)
}

fn free_id(context: &Context, security: &Security, owner: &Pubkey) -> Result<u64> {
    let addresses: Vec<Pubkey> =
        IDS.map(|id| pda::redemption(&ids::ISSUER, &security.mint, owner, id).0).collect();
    let taken = context.chain()?.all_bytes(&addresses)?;
    let free =
        IDS.zip(taken).find(|(_, bytes)| bytes.as_ref().is_none_or(|bytes| bytes.data.is_empty()));
    free.map(|(id, _)| id).ok_or_else(|| {
        Failure::refused("this owner has 8 open redemptions of the ticker, the most there can be")
            .hint("wait until one is settled: scrip redeem list")
    })
}
