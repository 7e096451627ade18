use super::{ManageCalendar, now};
use crate::{
    error::CollateralError,
    event::{EMITTER, HaltSet},
    state::{Role, halted_until, resumes_at},
};
use anchor_lang::prelude::*;

pub fn halt_venue(ctx: Context<ManageCalendar>, until: i64) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut curator = accounts.curator.load_mut()?;
    curator.require_role(accounts.authority.key, Role::CALENDAR.or(Role::GUARD))?;
    let mut calendar = accounts.calendar.load_mut()?;
    calendar.halted_until = halted_until(calendar.halted_until, until, now()?)?;

    let (account, halted_until) = (accounts.calendar.key(), calendar.halted_until);
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| HaltSet {
        sequence,
        account,
        halted_until,
    })
}

pub fn resume_venue(ctx: Context<ManageCalendar>) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = now()?;
    let mut curator = accounts.curator.load_mut()?;
    curator.require_role(accounts.authority.key, Role::CALENDAR)?;
    let mut calendar = accounts.calendar.load_mut()?;
    require!(calendar.is_halted(now), CollateralError::NotHalted);
    calendar.halted_until = resumes_at(calendar.halted_until, curator.loosens_at(now));

    let (account, halted_until) = (accounts.calendar.key(), calendar.halted_until);
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| HaltSet {
        sequence,
        account,
        halted_until,
    })
}
