use crate::{error::IssuerError, state::History};
use anchor_lang::prelude::*;
use scrip_interface::action;
use scrip_math::{RawAmount, Timestamp};

/// Of the answer's layout. Fields are only ever added at the end.
const VIEW_VERSION: u8 = 1;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct SharesAtArgs {
    /// Raw units.
    pub amount: u64,
    /// Of a time to come: by what is scheduled.
    pub time: i64,
}

/// A raw amount in shares of 10^-8, rounded down, as of a time.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharesAt {
    pub version: u8,
    pub shares_e8: u128,
    /// Of the double that counted, and since when.
    pub multiplier: u64,
    pub effective_at: i64,
}

#[derive(Accounts)]
pub struct ShowSharesAt<'info> {
    pub history: AccountLoader<'info, History>,
}

pub fn shares_at(ctx: Context<ShowSharesAt>, args: SharesAtArgs) -> Result<SharesAt> {
    let data = ctx.accounts.history.as_ref().try_borrow_data()?;
    let history = action::History::parse(&data).ok_or(IssuerError::HistoryTooShort)?;
    let (raw, time) = (RawAmount(args.amount), Timestamp(args.time));
    let past = history.at(time).ok_or(IssuerError::HistoryTooShort)?;
    let shares = history.shares_at(raw, time).ok_or(IssuerError::MultiplierInvalid)?;
    Ok(SharesAt {
        version: VIEW_VERSION,
        shares_e8: shares.0,
        multiplier: past.bits,
        effective_at: past.effective_at.0,
    })
}
