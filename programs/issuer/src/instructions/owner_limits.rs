//! The record of what one owner was minted and redeemed for cash lately.

use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    state::{OwnerLimits, Ticker},
};
use anchor_lang::prelude::*;
use scrip_interface::pda::LIMITS_SEED;

/// Anybody may open it for any owner.
#[derive(Accounts)]
pub struct OpenOwnerLimits<'info> {
    /// Gets the rent back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// CHECK: any address may own tokens.
    pub owner: UncheckedAccount<'info>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    #[account(has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(
        init,
        payer = payer,
        space = OwnerLimits::SPACE,
        seeds = [LIMITS_SEED, mint.key().as_ref(), owner.key().as_ref()],
        bump,
    )]
    pub owner_limits: AccountLoader<'info, OwnerLimits>,
    pub system_program: Program<'info, System>,
}

/// Once nothing in it binds any more. Not anybody may: an owner without a record cannot be minted
/// to, and a stranger could close it each time.
#[derive(Accounts)]
pub struct CloseOwnerLimits<'info> {
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(mut, close = rent_payer, has_one = rent_payer @ IssuerError::WrongRentPayer)]
    pub owner_limits: AccountLoader<'info, OwnerLimits>,
    #[account(mut)]
    pub rent_payer: Signer<'info>,
}

pub fn open_owner_limits(ctx: Context<OpenOwnerLimits>) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut limits = accounts.owner_limits.load_init()?;
    limits.version = LAYOUT_VERSION;
    limits.bump = ctx.bumps.owner_limits;
    limits.mint = accounts.mint.key();
    limits.owner = accounts.owner.key();
    limits.rent_payer = accounts.payer.key();
    Ok(())
}

pub fn close_owner_limits(ctx: Context<CloseOwnerLimits>) -> Result<()> {
    let now = Clock::get()?.unix_timestamp;
    let ticker = ctx.accounts.ticker.load()?;
    let limits = ctx.accounts.owner_limits.load()?;
    require_keys_eq!(limits.mint, ticker.mint, IssuerError::WrongMint);
    let drained = limits.mint_bucket.is_drained(ticker.owner_mint_limit, now)
        && limits.cash_bucket.is_drained(ticker.owner_cash_limit, now);
    require!(drained, IssuerError::OwnerLimitsInUse);
    Ok(())
}
