use super::{bound_mint, now};
use crate::{
    error::CollateralError,
    event::{EMITTER, PriceObserved},
    judge::Standing,
    oracle,
    state::{Calendar, Feed, Progress},
};
use anchor_lang::prelude::*;
use scrip_interface::collateral::{Valuation, reason};
use scrip_math::{RawAmount, Timestamp};

/// A price with one of these is not one. A stale price, or one out of hours, is recorded with what
/// stands against it.
const NOT_RECORDED: u32 = reason::PRICE_INVALID
    | reason::PRICE_IN_FUTURE
    | reason::PRICE_NOT_TRADING
    | reason::PRICE_SUPERSEDED
    | reason::MULTIPLIER_INVALID;

/// Followed by the price account, and the token's own if the feed has a source for it.
#[event_cpi]
#[derive(Accounts)]
pub struct Observe<'info> {
    #[account(mut)]
    pub feed: AccountLoader<'info, Feed>,
    pub calendar: AccountLoader<'info, Calendar>,
    /// CHECK: the feed's mint, by `bound_mint`.
    pub mint: UncheckedAccount<'info>,
}

pub fn observe<'info>(ctx: Context<'info, Observe<'info>>) -> Result<()> {
    let now = now()?;
    let prices = ctx.remaining_accounts;
    let (answer, progress) = judge(ctx.accounts, prices, now)?;
    require!(!answer.reasons.contains(NOT_RECORDED), CollateralError::ObservationUnusable);

    let key = ctx.accounts.feed.key();
    let mut feed = ctx.accounts.feed.load_mut()?;
    feed.settle(now);
    feed.record(&answer, progress, now);
    feed.stream.publish(EMITTER, &ctx.accounts.event_authority, |sequence| PriceObserved {
        sequence,
        feed: key,
        mid_price_e8: answer.mid_price.0,
        publish_time: answer.publish_time.0,
        multiplier_bits: answer.multiplier_bits,
        reasons: answer.reasons.0,
        flags: answer.flags.0,
        session: answer.session,
    })
}

fn judge(
    accounts: &Observe,
    prices: &[AccountInfo],
    now: Timestamp,
) -> Result<(Valuation, Progress)> {
    let (feed, days) = (accounts.feed.load()?, accounts.calendar.load()?);
    let data = accounts.mint.try_borrow_data()?;
    let mint = bound_mint(&feed, &accounts.calendar.key(), &accounts.mint, &data, now)?;
    let mut standing = Standing::at(now, &feed, &days, &mint);
    let config = standing.rules.config;

    let source = config.source(standing.rule.source).ok_or(CollateralError::ConfigInvalid)?;
    let (price, token) = match (prices, config.source(config.token_source)) {
        ([price], None) => (oracle::read(price, source)?, None),
        ([price, token], Some(token_source)) => {
            (oracle::read(price, source)?, Some(oracle::read(token, token_source)?))
        }
        _ => return err!(CollateralError::AccountsInvalid),
    };
    let answer = standing.value(RawAmount(0), &price, token.as_ref());
    Ok((answer, standing.progress()))
}
