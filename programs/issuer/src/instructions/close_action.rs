use crate::{
    error::IssuerError,
    event::{ActionClosed, EMITTER},
    state::{CorporateAction, Ticker},
};
use anchor_lang::prelude::*;

/// Anybody may: the action took effect by itself.
#[event_cpi]
#[derive(Accounts)]
pub struct CloseAction<'info> {
    #[account(mut)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(
        mut,
        close = rent_payer,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
        constraint = action.load()?.mint == ticker.load()?.mint @ IssuerError::WrongMint,
        constraint = action.load()?.sequence == ticker.load()?.open_action @ IssuerError::WrongAction,
    )]
    pub action: AccountLoader<'info, CorporateAction>,
    /// CHECK: the action names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub fn close_action(ctx: Context<CloseAction>) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let mut ticker = accounts.ticker.load_mut()?;
    ticker.close_action(now)?;
    let (mint, action) = (ticker.mint, accounts.action.key());
    let action_sequence = ticker.action_sequence;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| ActionClosed {
        sequence,
        mint,
        action,
        action_sequence,
    })
}
