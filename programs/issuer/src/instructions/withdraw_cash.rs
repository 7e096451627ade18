use crate::{
    cash::{self, DeskPayment},
    error::IssuerError,
    event::{CashWithdrawn, EMITTER},
    power::require_power,
    state::{Announcement, CashDesk, Change, Issuer, RoleGrant, role, take_announcement},
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct WithdrawCash<'info> {
    /// Who has the CASH role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
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
    /// CHECK: the desk names it.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// CHECK: the announcement names it; the token program checks the mint.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
    /// CHECK: the desk names it.
    #[account(address = desk.load()?.token_program @ IssuerError::WrongCashProgram)]
    pub cash_token_program: UncheckedAccount<'info>,
}

impl WithdrawCash<'_> {
    fn authorize(&mut self, amount: u64) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        let operator = self.operator.key();
        require_power(&self.issuer, &operator, &self.role_grant, role::CASH, now)?;
        let change = Change::WithdrawCash {
            desk: self.desk.key(),
            destination: self.destination.key(),
            amount,
        };
        take_announcement(&mut self.announcement, &self.issuer.key(), &change, now)
    }
}

pub fn withdraw_cash(ctx: Context<WithdrawCash>, amount: u64) -> Result<()> {
    require!(amount > 0, IssuerError::AmountZero);
    let accounts = ctx.accounts;
    accounts.authorize(amount)?;
    require!(cash::balance(&accounts.vault)? >= amount, IssuerError::CashInsufficient);
    let payment = DeskPayment {
        desk: &accounts.desk,
        token_program: &accounts.cash_token_program,
        mint: &accounts.cash_mint,
        vault: &accounts.vault,
        destination: &accounts.destination,
        amount,
    };
    payment.make()?;

    let vault_balance = cash::balance(&accounts.vault)?;
    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| CashWithdrawn {
        sequence,
        desk: accounts.desk.key(),
        destination: accounts.destination.key(),
        amount,
        vault_balance,
    })
}
