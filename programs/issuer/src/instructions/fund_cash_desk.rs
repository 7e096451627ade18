use crate::{
    cash::{self, CashTransfer},
    error::IssuerError,
    event::{CashDeskFunded, EMITTER},
    state::{CashDesk, Issuer},
};
use anchor_lang::prelude::*;

/// Anybody may. A plain transfer to the vault works as well; this one is in the issuer's events.
#[event_cpi]
#[derive(Accounts)]
pub struct FundCashDesk<'info> {
    pub funder: Signer<'info>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = cash_mint @ IssuerError::WrongCashDesk,
        has_one = vault @ IssuerError::WrongCashDesk,
    )]
    pub desk: AccountLoader<'info, CashDesk>,
    /// CHECK: the desk names it.
    pub cash_mint: UncheckedAccount<'info>,
    /// CHECK: the token program checks that it is of this mint and that the funder may move it.
    #[account(mut)]
    pub source: UncheckedAccount<'info>,
    /// CHECK: the desk names it.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// CHECK: the desk names it.
    #[account(address = desk.load()?.token_program @ IssuerError::WrongCashProgram)]
    pub cash_token_program: UncheckedAccount<'info>,
}

pub fn fund_cash_desk(ctx: Context<FundCashDesk>, amount: u64) -> Result<()> {
    require!(amount > 0, IssuerError::AmountZero);
    let accounts = &ctx.accounts;
    let transfer = CashTransfer {
        token_program: &accounts.cash_token_program,
        source: &accounts.source,
        mint: &accounts.cash_mint,
        destination: &accounts.vault,
        authority: &accounts.funder,
        amount,
        decimals: accounts.desk.load()?.decimals,
    };
    transfer.make(&[])?;

    let vault_balance = cash::balance(&accounts.vault)?;
    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| CashDeskFunded {
        sequence,
        desk: accounts.desk.key(),
        funder: accounts.funder.key(),
        amount,
        vault_balance,
    })
}
