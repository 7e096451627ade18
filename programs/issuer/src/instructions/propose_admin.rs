use crate::{
    error::IssuerError,
    event::{AdminProposed, EMITTER},
    state::Issuer,
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct ProposeAdmin<'info> {
    pub admin: Signer<'info>,
    #[account(mut, has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
}

pub fn propose_admin(ctx: Context<ProposeAdmin>, pending_admin: Pubkey) -> Result<()> {
    let key = ctx.accounts.issuer.key();
    let mut issuer = ctx.accounts.issuer.load_mut()?;
    issuer.pending_admin = pending_admin;
    issuer.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| AdminProposed {
        sequence,
        issuer: key,
        pending_admin,
    })
}
