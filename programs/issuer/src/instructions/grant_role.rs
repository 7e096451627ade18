use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    event::{EMITTER, RoleGranted},
    state::{Announcement, Change, Issuer, RoleGrant, role, take_announcement},
};
use anchor_lang::prelude::*;
use scrip_interface::pda::ROLE_SEED;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct GrantRoleArgs {
    /// Bits of the roles: LIST 1, PAUSE 2, UNPAUSE 4, COMPLIANCE 8, CORPORATE_ACTION 16, CASH 32.
    pub roles: u16,
    pub expires_at: i64,
}

/// A wallet has one grant. For other roles, revoke it and grant again.
#[event_cpi]
#[derive(Accounts)]
pub struct GrantRole<'info> {
    /// Gets the rent back.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub admin: Signer<'info>,
    #[account(mut, has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
    /// CHECK: any address may be granted a role.
    pub wallet: UncheckedAccount<'info>,
    #[account(
        init,
        payer = payer,
        space = RoleGrant::SPACE,
        seeds = [ROLE_SEED, issuer.key().as_ref(), wallet.key().as_ref()],
        bump,
    )]
    pub role_grant: AccountLoader<'info, RoleGrant>,
    /// Needed for COMPLIANCE, CORPORATE_ACTION and CASH.
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
    pub system_program: Program<'info, System>,
}

pub fn grant_role(ctx: Context<GrantRole>, args: GrantRoleArgs) -> Result<()> {
    let accounts = ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let (key, wallet) = (accounts.issuer.key(), accounts.wallet.key());
    let GrantRoleArgs { roles, expires_at } = args;
    if roles & role::TIMELOCKED != 0 {
        let change = Change::GrantRole { wallet, roles, expires_at };
        take_announcement(&mut accounts.announcement, &key, &change, now)?;
    }

    let mut grant = accounts.role_grant.load_init()?;
    grant.version = LAYOUT_VERSION;
    grant.bump = ctx.bumps.role_grant;
    grant.roles = roles;
    grant.issuer = key;
    grant.wallet = wallet;
    grant.expires_at = expires_at;
    grant.rent_payer = accounts.payer.key();
    grant.invariant(now)?;

    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| RoleGranted {
        sequence,
        issuer: key,
        wallet,
        roles,
        expires_at,
    })
}
