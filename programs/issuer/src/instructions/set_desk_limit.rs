use super::require_valid_outflow;
use crate::{
    error::IssuerError,
    event::{DeskLimitChanged, EMITTER},
    state::{Announcement, CashDesk, Change, Issuer, Limit, take_announcement},
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct SetDeskLimit<'info> {
    pub admin: Signer<'info>,
    #[account(mut, has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer)]
    pub desk: AccountLoader<'info, CashDesk>,
    /// Needed where more may leave than before.
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
}

pub fn set_desk_limit(ctx: Context<SetDeskLimit>, outflow: Limit) -> Result<()> {
    require_valid_outflow(&outflow)?;
    let accounts = ctx.accounts;
    let (key, desk_key) = (accounts.issuer.key(), accounts.desk.key());
    let mut desk = accounts.desk.load_mut()?;
    if outflow.is_looser_than(desk.outflow.into()) {
        let now = Clock::get()?.unix_timestamp;
        let change = Change::SetDeskLimit { desk: desk_key, outflow };
        take_announcement(&mut accounts.announcement, &key, &change, now)?;
    }
    desk.outflow = outflow.into();

    let mut issuer = accounts.issuer.load_mut()?;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| DeskLimitChanged {
        sequence,
        desk: desk_key,
        outflow,
    })
}
