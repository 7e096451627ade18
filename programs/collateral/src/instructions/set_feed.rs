use super::now;
use crate::{
    error::CollateralError,
    event::{ChangeCancelled, EMITTER, FeedSet},
    state::{Calendar, Curator, Feed, FeedConfig, Role},
};
use anchor_lang::prelude::*;

/// What is changed of a feed.
#[event_cpi]
#[derive(Accounts)]
pub struct ManageFeed<'info> {
    pub authority: Signer<'info>,
    #[account(mut)]
    pub curator: AccountLoader<'info, Curator>,
    #[account(mut, has_one = curator @ CollateralError::WrongCurator)]
    pub feed: AccountLoader<'info, Feed>,
}

#[event_cpi]
#[derive(Accounts)]
pub struct SetFeed<'info> {
    pub authority: Signer<'info>,
    #[account(mut)]
    pub curator: AccountLoader<'info, Curator>,
    /// The calendar of the new rules.
    #[account(has_one = curator @ CollateralError::WrongCurator)]
    pub calendar: AccountLoader<'info, Calendar>,
    #[account(mut, has_one = curator @ CollateralError::WrongCurator)]
    pub feed: AccountLoader<'info, Feed>,
}

pub fn set_feed(ctx: Context<SetFeed>, config: FeedConfig) -> Result<()> {
    let accounts = &ctx.accounts;
    require_keys_eq!(config.calendar, accounts.calendar.key(), CollateralError::WrongCalendar);
    let now = now()?;
    let mut curator = accounts.curator.load_mut()?;
    let later = curator.loosens_at(now);
    let mut feed = accounts.feed.load_mut()?;
    let at = feed.set_config(config, now, later)?;
    let tightens = at == now;
    let role = if tightens { Role::FEED.or(Role::GUARD) } else { Role::FEED };
    curator.require_role(accounts.authority.key, role)?;

    let rules = feed.rules(at);
    let (config_hash, config_version) = (rules.hash, rules.version);
    let key = accounts.feed.key();
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| FeedSet {
        sequence,
        feed: key,
        config_hash,
        config_version,
        effective_at: at.0,
    })
}

pub fn cancel_feed(ctx: Context<ManageFeed>) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut curator = accounts.curator.load_mut()?;
    curator.require_role(accounts.authority.key, Role::FEED.or(Role::GUARD))?;
    let mut feed = accounts.feed.load_mut()?;
    require!(feed.is_pending(now()?), CollateralError::NothingPending);
    feed.cancel_pending();

    let account = accounts.feed.key();
    curator.stream.publish(EMITTER, &accounts.event_authority, |sequence| ChangeCancelled {
        sequence,
        account,
    })
}
