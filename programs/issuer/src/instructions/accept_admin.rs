use crate::{
    error::IssuerError,
    event::{AdminChanged, EMITTER},
    state::Issuer,
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct AcceptAdmin<'info> {
    pub pending_admin: Signer<'info>,
    #[account(
        mut,
        has_one = pending_admin @ IssuerError::NotPendingAdmin,
        // Zeros mean that nobody is proposed; no key without a secret may become the last admin.
        constraint = pending_admin.key() != Pubkey::default() @ IssuerError::NotPendingAdmin,
    )]
    pub issuer: AccountLoader<'info, Issuer>,
}

pub fn accept_admin(ctx: Context<AcceptAdmin>) -> Result<()> {
    let key = ctx.accounts.issuer.key();
    let mut issuer = ctx.accounts.issuer.load_mut()?;
    let previous = issuer.admin;
    issuer.admin = issuer.pending_admin;
    issuer.pending_admin = Pubkey::default();
    let admin = issuer.admin;
    issuer.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| AdminChanged {
        sequence,
        issuer: key,
        admin,
        previous,
    })
}
