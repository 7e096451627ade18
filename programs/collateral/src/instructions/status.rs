use super::{bound_mint, now};
use crate::{
    judge::Standing,
    state::{Calendar, Feed},
};
use anchor_lang::{prelude::*, solana_program::program::set_return_data};
use scrip_interface::collateral::{Kind, encode};

#[derive(Accounts)]
pub struct Status<'info> {
    pub feed: AccountLoader<'info, Feed>,
    pub calendar: AccountLoader<'info, Calendar>,
    /// CHECK: the feed's mint, by `bound_mint`.
    pub mint: UncheckedAccount<'info>,
}

pub fn status(ctx: Context<Status>) -> Result<()> {
    let Status { feed, calendar, mint } = &ctx.accounts;
    let now = now()?;
    let (feed, days) = (feed.load()?, calendar.load()?);
    let data = mint.try_borrow_data()?;
    let mint = bound_mint(&feed, &calendar.key(), mint, &data, now)?;
    let answer = Standing::at(now, &feed, &days, &mint).status();
    set_return_data(&encode(Kind::Status, &[answer]));
    Ok(())
}
