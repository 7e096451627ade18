use super::require_valid_timelock;
use crate::{
    error::IssuerError,
    event::{EMITTER, TimelockChanged},
    state::{Announcement, Change, Issuer, take_announcement},
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct SetTimelock<'info> {
    pub admin: Signer<'info>,
    #[account(mut, has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
    /// Needed to shorten it.
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
}

pub fn set_timelock(ctx: Context<SetTimelock>, secs: u32) -> Result<()> {
    require_valid_timelock(secs)?;
    let key = ctx.accounts.issuer.key();
    let mut issuer = ctx.accounts.issuer.load_mut()?;
    if secs < issuer.timelock_secs() {
        let now = Clock::get()?.unix_timestamp;
        let change = Change::SetTimelock { secs };
        take_announcement(&mut ctx.accounts.announcement, &key, &change, now)?;
    }
    issuer.timelock_secs = secs;
    issuer.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| TimelockChanged {
        sequence,
        issuer: key,
        timelock_secs: secs,
    })
}
