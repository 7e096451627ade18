use super::{ManageFeed, now};
use crate::{
    error::CollateralError,
    event::{EMITTER, HaltSet},
    state::{Role, halted_until, resumes_at},
};
use anchor_lang::prelude::*;

pub fn halt_ticker(ctx: Context<ManageFeed>, until: i64) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut curator = accounts.curator.load_mut()?;
    curator.require_role(accounts.authority.key, Role::FEED.or(Role::GUARD))?;
    let mut feed = accounts.feed.load_mut()?;
    feed.halted_until = halted_until(feed.halted_until, until, now()?)?;

    let (account, halted_until) = (accounts.feed.key(), feed.halted_until);
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| HaltSet {
        sequence,
        account,
        halted_until,
    })
}

pub fn resume_ticker(ctx: Context<ManageFeed>) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = now()?;
    let mut curator = accounts.curator.load_mut()?;
    curator.require_role(accounts.authority.key, Role::FEED)?;
    let mut feed = accounts.feed.load_mut()?;
    require!(feed.is_halted(now), CollateralError::NotHalted);
    feed.halted_until = resumes_at(feed.halted_until, curator.loosens_at(now));

    let (account, halted_until) = (accounts.feed.key(), feed.halted_until);
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| HaltSet {
        sequence,
        account,
        halted_until,
    })
}
