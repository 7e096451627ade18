use crate::{
    error::IssuerError,
    event::{EMITTER, PrimaryKycChanged},
    power::require_power,
    state::{Announcement, Change, Issuer, RoleGrant, Ticker, role, take_announcement},
};
use anchor_lang::prelude::*;

#[event_cpi]
#[derive(Accounts)]
pub struct SetPrimaryKyc<'info> {
    /// Has the COMPLIANCE role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// Needed to end it.
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
}

pub fn set_primary_kyc(ctx: Context<SetPrimaryKyc>, required: bool) -> Result<()> {
    let accounts = ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key());
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::COMPLIANCE, now)?;
    let mut ticker = accounts.ticker.load_mut()?;
    let mint = ticker.mint;
    if !required {
        let change = Change::EndPrimaryKyc { mint };
        take_announcement(&mut accounts.announcement, &accounts.issuer.key(), &change, now)?;
    }
    ticker.primary_kyc = required.into();
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| PrimaryKycChanged {
        sequence,
        mint,
        operator,
        required,
    })
}
