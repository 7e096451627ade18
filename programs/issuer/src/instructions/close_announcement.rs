use crate::{
    error::IssuerError,
    event::{AnnouncementClosed, EMITTER},
    state::{Announcement, Issuer},
};
use anchor_lang::prelude::*;

/// Takes a waiting announcement back, or clears one away that was made or forgotten.
#[event_cpi]
#[derive(Accounts)]
pub struct CloseAnnouncement<'info> {
    /// The admin or the announcer; anybody once it is made or forgotten.
    pub operator: Signer<'info>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        mut,
        close = rent_payer,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
    )]
    pub announcement: Account<'info, Announcement>,
    /// CHECK: the announcement names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub fn close_announcement(ctx: Context<CloseAnnouncement>) -> Result<()> {
    let accounts = &ctx.accounts;
    let (key, operator) = (accounts.issuer.key(), accounts.operator.key());
    let mut issuer = accounts.issuer.load_mut()?;
    let announcement = &accounts.announcement;
    let over = announcement.is_over(Clock::get()?.unix_timestamp);
    let theirs = operator == issuer.admin || operator == announcement.announcer;
    require!(over || theirs, IssuerError::AnnouncementPending);

    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| AnnouncementClosed {
        sequence,
        issuer: key,
        announcement: announcement.key(),
        made: announcement.made,
    })
}
