use crate::{
    error::IssuerError,
    event::{ActionWindowChanged, EMITTER},
    state::{ActionWindow, Announcement, Change, Issuer, Ticker, take_announcement},
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct SetActionWindow<'info> {
    pub admin: Signer<'info>,
    #[account(has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// Needed where either side becomes shorter.
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
}

pub fn set_action_window(ctx: Context<SetActionWindow>, window: ActionWindow) -> Result<()> {
    window.validate()?;
    let accounts = ctx.accounts;
    let mut ticker = accounts.ticker.load_mut()?;
    let mint = ticker.mint;
    if window.is_looser_than(&ticker.window()) {
        let now = Clock::get()?.unix_timestamp;
        let change = Change::SetActionWindow { mint, window };
        take_announcement(&mut accounts.announcement, &accounts.issuer.key(), &change, now)?;
    }
    ticker.set_window(&window);
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| ActionWindowChanged {
        sequence,
        mint,
        window,
    })
}
