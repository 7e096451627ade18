//! What the issuer decides about an investor, whatever its provider says.

use crate::{
    error::GateError,
    manager::require_power,
    records::publish_change,
    state::{Investor, Provider},
};
use anchor_lang::prelude::*;
use scrip_interface::issuer::role;

/// Remaining accounts: the records of all wallets of the investor, writable, in its order.
#[event_cpi]
#[derive(Accounts)]
pub struct BarInvestor<'info> {
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: `require_power` reads it.
    pub issuer: UncheckedAccount<'info>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub provider: AccountLoader<'info, Provider>,
    #[account(
        mut,
        constraint = investor.load()?.is_of(&*provider.load()?) @ GateError::WrongProvider,
    )]
    pub investor: AccountLoader<'info, Investor>,
}

pub fn bar_investor<'info>(ctx: Context<'info, BarInvestor<'info>>) -> Result<()> {
    ctx.accounts.authorize()?;
    ctx.accounts.investor.load_mut()?.bar()?;
    ctx.accounts.publish(ctx.remaining_accounts)
}

pub fn unbar_investor<'info>(ctx: Context<'info, BarInvestor<'info>>) -> Result<()> {
    ctx.accounts.authorize()?;
    ctx.accounts.investor.load_mut()?.unbar()?;
    ctx.accounts.publish(ctx.remaining_accounts)
}

impl<'info> BarInvestor<'info> {
    fn authorize(&self) -> Result<()> {
        let (now, grant) = (Clock::get()?.unix_timestamp, self.role_grant.as_deref());
        require_power(&self.issuer, self.operator.key, grant, role::COMPLIANCE, now)
    }

    fn publish(&self, records: &'info [AccountInfo<'info>]) -> Result<()> {
        publish_change(&self.provider, &self.investor, records, &self.event_authority)
    }
}
