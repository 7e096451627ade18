use crate::{error::IssuerError, state::Attestation};
use anchor_lang::prelude::*;

/// Anybody may: the rent goes to who paid it.
#[derive(Accounts)]
pub struct CloseAttestation<'info> {
    #[account(mut, close = rent_payer, has_one = rent_payer @ IssuerError::WrongRentPayer)]
    pub attestation: AccountLoader<'info, Attestation>,
    /// CHECK: the attestation names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

/// Only after it has expired: opened again, it is refused as expired.
pub fn close_attestation(ctx: Context<CloseAttestation>) -> Result<()> {
    let expires_at = ctx.accounts.attestation.load()?.expires_at;
    let now = Clock::get()?.unix_timestamp;
    require!(now >= expires_at, IssuerError::AttestationNotExpired);
    Ok(())
}
