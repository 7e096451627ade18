use crate::{
    error::IssuerError,
    holding,
    power::require_power,
    state::{Hold, Issuer, RoleGrant, Ticker, role},
};
use anchor_lang::prelude::*;

/// The account stays frozen, until somebody thaws it: the token account need not even be there.
#[event_cpi]
#[derive(Accounts)]
pub struct LiftHold<'info> {
    /// Has the COMPLIANCE role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(
        mut,
        close = rent_payer,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
        constraint = hold.load()?.mint == ticker.load()?.mint @ IssuerError::WrongMint,
    )]
    pub hold: AccountLoader<'info, Hold>,
    /// CHECK: the hold names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub fn lift_hold(ctx: Context<LiftHold>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key());
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::COMPLIANCE, now)?;
    let hold = accounts.hold.load()?;
    require_keys_eq!(hold.seizure, Pubkey::default(), IssuerError::HoldUnderSeizure);
    let mut ticker = accounts.ticker.load_mut()?;
    holding::lift(&mut ticker, &hold, operator, &accounts.event_authority)
}
