use crate::{
    error::IssuerError,
    event::{EMITTER, RoleRevoked},
    state::{Issuer, RoleGrant},
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct RevokeRole<'info> {
    /// The admin, or the wallet that gives its role back.
    pub operator: Signer<'info>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        mut,
        close = rent_payer,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
    )]
    pub role_grant: AccountLoader<'info, RoleGrant>,
    /// CHECK: the grant names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub fn revoke_role(ctx: Context<RevokeRole>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (key, operator) = (accounts.issuer.key(), accounts.operator.key());
    let mut issuer = accounts.issuer.load_mut()?;
    let RoleGrant { wallet, roles, .. } = *accounts.role_grant.load()?;
    require!(operator == issuer.admin || operator == wallet, IssuerError::NotAdmin);

    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| RoleRevoked {
        sequence,
        issuer: key,
        wallet,
        roles,
    })
}
