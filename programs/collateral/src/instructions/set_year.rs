use super::now;
use crate::{
    error::CollateralError,
    event::{ChangeCancelled, EMITTER, YearSet},
    state::{Calendar, Curator, Role, Year},
};
use anchor_lang::prelude::*;

/// What is changed of a calendar.
#[event_cpi]
#[derive(Accounts)]
pub struct ManageCalendar<'info> {
    pub authority: Signer<'info>,
    #[account(mut)]
    pub curator: AccountLoader<'info, Curator>,
    #[account(mut, has_one = curator @ CollateralError::WrongCurator)]
    pub calendar: AccountLoader<'info, Calendar>,
}

pub fn set_year(ctx: Context<ManageCalendar>, year: Year) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = now()?;
    let mut curator = accounts.curator.load_mut()?;
    let later = curator.loosens_at(now);
    let at = accounts.calendar.load_mut()?.set_year(year, now, later)?;
    let tightens = at == now;
    let role = if tightens { Role::CALENDAR.or(Role::GUARD) } else { Role::CALENDAR };
    curator.require_role(accounts.authority.key, role)?;

    let key = accounts.calendar.key();
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| YearSet {
        sequence,
        calendar: key,
        year: year.year,
        holidays: year.holidays,
        early_closes: year.early_closes,
        effective_at: at.0,
    })
}

pub fn cancel_year(ctx: Context<ManageCalendar>) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut curator = accounts.curator.load_mut()?;
    curator.require_role(accounts.authority.key, Role::CALENDAR.or(Role::GUARD))?;
    let mut calendar = accounts.calendar.load_mut()?;
    require!(calendar.is_pending(now()?), CollateralError::NothingPending);
    calendar.cancel_pending();

    let account = accounts.calendar.key();
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| ChangeCancelled {
        sequence,
        account,
    })
}
