use crate::{
    error::GateError,
    event::{EMITTER, ProviderChanged},
    manager::require_power,
    state::{Provider, ProviderLimits, Registry},
};
use anchor_lang::prelude::*;
use scrip_interface::issuer::role;

#[event_cpi]
#[derive(Accounts)]
pub struct SetProvider<'info> {
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: `require_power` reads it.
    pub issuer: UncheckedAccount<'info>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub registry: AccountLoader<'info, Registry>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub provider: AccountLoader<'info, Provider>,
}

/// Records made before stay as they are, within limits that are narrower now.
pub fn set_provider(ctx: Context<SetProvider>, limits: ProviderLimits) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key);
    let grant = accounts.role_grant.as_deref();
    require_power(&accounts.issuer, operator, grant, role::COMPLIANCE, now)?;
    accounts.provider.load_mut()?.change_limits(&limits)?;

    let (registry_key, key) = (accounts.registry.key(), accounts.provider.key());
    let mut registry = accounts.registry.load_mut()?;
    registry.stream.publish(EMITTER, &accounts.event_authority, |sequence| ProviderChanged {
        sequence,
        registry: registry_key,
        provider: key,
        limits,
    })
}
