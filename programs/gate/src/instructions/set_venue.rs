use crate::{
    error::GateError,
    event::{EMITTER, VenueSet},
    manager::require_power,
    state::{Registry, Wallet},
};
use anchor_lang::prelude::*;
use scrip_interface::{gate::pda::WALLET_SEED, issuer::role};

/// An address has one record: an investor's wallet is no venue. For another expiry, drop it and set it
/// again, in one transaction.
#[event_cpi]
#[derive(Accounts)]
pub struct SetVenue<'info> {
    /// Gets the rent back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Signer<'info>,
    /// CHECK: `require_power` reads it.
    pub role_grant: Option<UncheckedAccount<'info>>,
    /// CHECK: `require_power` reads it.
    pub issuer: UncheckedAccount<'info>,
    #[account(mut, has_one = issuer @ GateError::WrongIssuer)]
    pub registry: AccountLoader<'info, Registry>,
    /// CHECK: any address may own a protocol's vaults. COMPLIANCE answers for this one.
    pub owner: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = Wallet::SPACE,
        seeds = [WALLET_SEED, issuer.key().as_ref(), owner.key().as_ref()],
        bump,
    )]
    pub wallet: AccountLoader<'info, Wallet>,
    pub system_program: Program<'info, System>,
}

pub fn set_venue(ctx: Context<SetVenue>, expires_at: i64) -> Result<()> {
    let accounts = &ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key);
    let grant = accounts.role_grant.as_deref();
    require_power(&accounts.issuer, operator, grant, role::COMPLIANCE, now)?;

    let owner = accounts.owner.key();
    let mut wallet = accounts.wallet.load_init()?;
    wallet.bump = ctx.bumps.wallet;
    wallet.rent_payer = accounts.payer.key();
    wallet.make_venue(accounts.issuer.key(), owner, expires_at, now)?;

    let key = accounts.registry.key();
    let mut registry = accounts.registry.load_mut()?;
    registry.stream.publish(EMITTER, &accounts.event_authority, |sequence| VenueSet {
        sequence,
        registry: key,
        owner,
        expires_at,
    })
}
