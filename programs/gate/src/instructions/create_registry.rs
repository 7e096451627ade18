use crate::{
    constants::LAYOUT_VERSION,
    event::{EMITTER, RegistryCreated},
    manager::require_power,
    state::Registry,
};
use anchor_lang::prelude::*;
use scrip_interface::{gate::pda::REGISTRY_SEED, issuer::role};

#[event_cpi]
#[derive(Accounts)]
pub struct CreateRegistry<'info> {
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Has the COMPLIANCE role, or is the wallet whose registry it will be.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: `require_power` reads it.
    pub issuer: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = Registry::SPACE,
        seeds = [REGISTRY_SEED, issuer.key().as_ref()],
        bump,
    )]
    pub registry: AccountLoader<'info, Registry>,
    pub system_program: Program<'info, System>,
}

pub fn create_registry(ctx: Context<CreateRegistry>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key);
    let grant = accounts.role_grant.as_deref();
    require_power(&accounts.issuer, operator, grant, role::COMPLIANCE, now)?;

    let (key, issuer) = (accounts.registry.key(), accounts.issuer.key());
    let mut registry = accounts.registry.load_init()?;
    registry.version = LAYOUT_VERSION;
    registry.bump = ctx.bumps.registry;
    registry.issuer = issuer;
    registry.stream.publish(EMITTER, &accounts.event_authority, |sequence| RegistryCreated {
        sequence,
        registry: key,
        issuer,
    })
}
