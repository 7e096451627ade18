use crate::{
    error::IssuerError,
    event::{EMITTER, SeizureContested},
    state::{Seizure, Ticker},
};
use anchor_lang::prelude::*;

/// A delay in which others can look: the admin, who may cancel, or a court.
#[event_cpi]
#[derive(Accounts)]
pub struct ContestSeizure<'info> {
    /// Whose shares they are.
    pub from_owner: Signer<'info>,
    #[account(mut)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(
        mut,
        has_one = from_owner @ IssuerError::WrongOwner,
        constraint = seizure.load()?.mint == ticker.load()?.mint @ IssuerError::WrongMint,
    )]
    pub seizure: AccountLoader<'info, Seizure>,
}

pub fn contest_seizure(ctx: Context<ContestSeizure>, note_hash: [u8; 32]) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut seizure = accounts.seizure.load_mut()?;
    seizure.contest(note_hash, Clock::get()?.unix_timestamp)?;
    let mut ticker = accounts.ticker.load_mut()?;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| SeizureContested {
        sequence,
        mint: seizure.mint,
        seizure: accounts.seizure.key(),
        note_hash,
        execute_at: seizure.execute_at,
        expires_at: seizure.expires_at,
    })
}
