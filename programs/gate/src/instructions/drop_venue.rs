use crate::{
    error::GateError,
    event::{EMITTER, VenueDropped},
    manager::require_power,
    state::{Registry, Wallet},
};
use anchor_lang::prelude::*;
use scrip_interface::issuer::role;

#[event_cpi]
#[derive(Accounts)]
pub struct DropVenue<'info> {
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: `require_power` reads it.
    pub issuer: UncheckedAccount<'info>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub registry: AccountLoader<'info, Registry>,
    #[account(
        mut,
        close = rent_payer,
        has_one = issuer @ GateError::WrongIssuer,
        has_one = rent_payer @ GateError::WrongRentPayer,
    )]
    pub wallet: AccountLoader<'info, Wallet>,
    /// CHECK: the wallet's record names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub fn drop_venue(ctx: Context<DropVenue>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key);
    let grant = accounts.role_grant.as_deref();
    require_power(&accounts.issuer, operator, grant, role::COMPLIANCE, now)?;
    let owner = {
        let wallet = accounts.wallet.load()?;
        wallet.require_venue()?;
        wallet.owner
    };

    let key = accounts.registry.key();
    let mut registry = accounts.registry.load_mut()?;
    registry.stream.publish(EMITTER, &accounts.event_authority, |sequence| VenueDropped {
        sequence,
        registry: key,
        owner,
    })
}
