//! What a provider changes of an investor: all of its wallets follow.

use crate::{
    error::GateError,
    records::publish_change,
    state::{Claim, Investor, Provider, evidence},
};
use anchor_lang::prelude::*;

/// Remaining accounts: the records of all wallets of the investor, writable, in its order.
#[event_cpi]
#[derive(Accounts)]
pub struct ChangeInvestor<'info> {
    pub authority: Signer<'info>,
    #[account(mut, has_one = authority @ GateError::NotProvider)]
    pub provider: AccountLoader<'info, Provider>,
    #[account(
        mut,
        constraint = investor.load()?.is_of(&*provider.load()?) @ GateError::WrongProvider,
    )]
    pub investor: AccountLoader<'info, Investor>,
}

pub fn update_investor<'info>(
    ctx: Context<'info, ChangeInvestor<'info>>,
    claim: Claim,
) -> Result<()> {
    let accounts = &ctx.accounts;
    {
        let provider = accounts.provider.load()?;
        require!(provider.is_by(evidence::SIGNATURE), GateError::WrongEvidence);
        provider.require_may_vouch(&claim, Clock::get()?.unix_timestamp)?;
        accounts.investor.load_mut()?.vouch(&claim)?;
    }
    accounts.publish(ctx.remaining_accounts)
}

/// A provider whose time is over may do this still: it takes nothing but its own word back.
pub fn revoke_investor<'info>(ctx: Context<'info, ChangeInvestor<'info>>) -> Result<()> {
    let accounts = &ctx.accounts;
    {
        let provider = accounts.provider.load()?;
        require!(provider.is_by(evidence::SIGNATURE), GateError::WrongEvidence);
        accounts.investor.load_mut()?.revoke();
    }
    accounts.publish(ctx.remaining_accounts)
}

impl<'info> ChangeInvestor<'info> {
    fn publish(&self, records: &'info [AccountInfo<'info>]) -> Result<()> {
        publish_change(&self.provider, &self.investor, records, &self.event_authority)
    }
}
