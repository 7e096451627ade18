use crate::{
    error::IssuerError,
    event::{EMITTER, TermsChanged},
    state::{Announcement, Change, Issuer, Ticker, TickerTerms, take_announcement},
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct SetTerms<'info> {
    pub admin: Signer<'info>,
    #[account(has_one = admin @ IssuerError::NotAdmin)]
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// Needed where anything becomes looser.
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
}

pub fn set_terms(ctx: Context<SetTerms>, terms: TickerTerms) -> Result<()> {
    terms.validate()?;
    let accounts = ctx.accounts;
    let mut ticker = accounts.ticker.load_mut()?;
    let mint = ticker.mint;
    if terms.is_looser_than(&ticker.terms()) {
        let now = Clock::get()?.unix_timestamp;
        let change = Change::SetTerms { mint, terms };
        take_announcement(&mut accounts.announcement, &accounts.issuer.key(), &change, now)?;
    }
    ticker.set_terms(&terms);
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| TermsChanged {
        sequence,
        mint,
        terms,
    })
}
