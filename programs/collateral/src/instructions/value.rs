use super::now;
use crate::{
    error::CollateralError,
    judge::Standing,
    oracle,
    state::{Calendar, Feed},
};
use anchor_lang::{prelude::*, solana_program::program::set_return_data};
use scrip_interface::{
    collateral::{Kind, MAX_ENTRIES, Valuation, encode},
    mint::{Mint, TOKEN_2022},
};
use scrip_math::{RawAmount, Timestamp};
use std::slice::Iter;

/// For each amount: feed, calendar, mint, price account, and the token's own price account if the
/// feed has a source for it. All read-only, none signs.
#[derive(Accounts)]
pub struct Value {}

pub fn value<'info>(ctx: Context<'info, Value>, amounts: &[u64]) -> Result<()> {
    require!((1..=MAX_ENTRIES).contains(&amounts.len()), CollateralError::AmountsInvalid);
    let now = now()?;
    let mut accounts = ctx.remaining_accounts.iter();
    let mut entries = Vec::with_capacity(amounts.len());
    for &raw in amounts {
        entries.push(value_one(&mut accounts, RawAmount(raw), now)?);
    }
    require!(accounts.next().is_none(), CollateralError::AccountsInvalid);
    set_return_data(&encode(Kind::Value, &entries));
    Ok(())
}

fn value_one<'info>(
    accounts: &mut Iter<'info, AccountInfo<'info>>,
    raw: RawAmount,
    now: Timestamp,
) -> Result<Valuation> {
    let (feed, calendar, mint) = (next(accounts)?, next(accounts)?, next(accounts)?);
    let feed = AccountLoader::<Feed>::try_from(feed)?;
    let days = AccountLoader::<Calendar>::try_from(calendar)?;
    let (feed, days) = (feed.load()?, days.load()?);
    let data = mint.try_borrow_data()?;
    let mint = bound_mint(&feed, calendar.key, mint, &data, now)?;
    let mut standing = Standing::at(now, &feed, &days, &mint);
    let config = standing.rules.config;

    let source = config.source(standing.rule.source).ok_or(CollateralError::ConfigInvalid)?;
    let price = oracle::read(next(accounts)?, source)?;
    let token = match config.source(config.token_source) {
        Some(source) => Some(oracle::read(next(accounts)?, source)?),
        None => None,
    };
    Ok(standing.value(raw, &price, token.as_ref()))
}

fn next<'info>(
    accounts: &mut Iter<'info, AccountInfo<'info>>,
) -> Result<&'info AccountInfo<'info>> {
    accounts.next().ok_or_else(|| CollateralError::AccountsInvalid.into())
}

/// The feed's mint, if mint and calendar are those of the feed.
pub fn bound_mint<'a>(
    feed: &Feed,
    calendar: &Pubkey,
    mint: &AccountInfo,
    data: &'a [u8],
    now: Timestamp,
) -> Result<Mint<'a>> {
    require_keys_eq!(*mint.key, feed.mint, CollateralError::WrongMint);
    require_keys_eq!(*mint.owner, TOKEN_2022, CollateralError::MintInvalid);
    let expected = feed.rules(now).config.calendar;
    require_keys_eq!(*calendar, expected, CollateralError::WrongCalendar);
    Mint::parse(data).ok_or_else(|| CollateralError::MintInvalid.into())
}
