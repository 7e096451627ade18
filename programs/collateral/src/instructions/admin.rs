use crate::{
    error::CollateralError,
    event::{AdminAccepted, AdminProposed, EMITTER},
    state::Curator,
};
use anchor_lang::prelude::*;

/// What the admin alone may change.
#[event_cpi]
#[derive(Accounts)]
pub struct Administer<'info> {
    pub admin: Signer<'info>,
    #[account(mut, has_one = admin @ CollateralError::NotAdmin)]
    pub curator: AccountLoader<'info, Curator>,
}

#[event_cpi]
#[derive(Accounts)]
pub struct AcceptAdmin<'info> {
    pub pending_admin: Signer<'info>,
    #[account(mut, has_one = pending_admin @ CollateralError::NotPendingAdmin)]
    pub curator: AccountLoader<'info, Curator>,
}

/// The empty key takes a proposal back: nobody can sign for it.
pub fn propose_admin(ctx: Context<Administer>, pending_admin: Pubkey) -> Result<()> {
    let key = ctx.accounts.curator.key();
    let mut curator = ctx.accounts.curator.load_mut()?;
    curator.pending_admin = pending_admin;
    curator.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| AdminProposed {
        sequence,
        curator: key,
        pending_admin,
    })
}

pub fn accept_admin(ctx: Context<AcceptAdmin>) -> Result<()> {
    let key = ctx.accounts.curator.key();
    let mut curator = ctx.accounts.curator.load_mut()?;
    let admin = curator.pending_admin;
    curator.admin = admin;
    curator.pending_admin = Pubkey::default();
    curator.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| AdminAccepted {
        sequence,
        curator: key,
        admin,
    })
}
