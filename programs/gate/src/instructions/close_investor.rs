use crate::{
    error::GateError,
    event::{EMITTER, InvestorClosed},
    manager::require_power,
    state::{Investor, Provider, evidence},
};
use anchor_lang::prelude::*;
use scrip_interface::issuer::role;

#[event_cpi]
#[derive(Accounts)]
pub struct CloseInvestor<'info> {
    /// The provider's authority, or who has the COMPLIANCE role. Not the investor: who closed and
    /// registered again from an attestation would be a step ahead of every bar.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: the provider names it, and `require_power` reads it.
    pub issuer: UncheckedAccount<'info>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub provider: AccountLoader<'info, Provider>,
    #[account(
        mut,
        close = rent_payer,
        has_one = rent_payer @ GateError::WrongRentPayer,
        constraint = investor.load()?.is_of(&*provider.load()?) @ GateError::WrongProvider,
    )]
    pub investor: AccountLoader<'info, Investor>,
    /// CHECK: the investor's record names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub fn close_investor(ctx: Context<CloseInvestor>) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut provider = accounts.provider.load_mut()?;
    let by_provider =
        provider.is_by(evidence::SIGNATURE) && provider.authority == accounts.operator.key();
    if !by_provider {
        let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key);
        let grant = accounts.role_grant.as_deref();
        require_power(&accounts.issuer, operator, grant, role::COMPLIANCE, now)?;
    }
    accounts.investor.load()?.require_closable()?;

    let (provider_key, key) = (accounts.provider.key(), accounts.investor.key());
    provider.stream.publish(EMITTER, &accounts.event_authority, |sequence| InvestorClosed {
        sequence,
        provider: provider_key,
        investor: key,
    })
}
