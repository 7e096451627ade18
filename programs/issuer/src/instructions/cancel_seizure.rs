use crate::{
    error::IssuerError,
    event::{EMITTER, SeizureCancelled},
    holding,
    power::require_power,
    state::{Hold, Issuer, RoleGrant, Seizure, Ticker, role},
};
use anchor_lang::{AccountsClose, prelude::*};

/// The account stays frozen until somebody thaws it, and held if it was held before.
#[event_cpi]
#[derive(Accounts)]
pub struct CancelSeizure<'info> {
    /// The admin, or has the COMPLIANCE role; anybody once the seizure has expired.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer)]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(
        mut,
        close = rent_payer,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
        constraint = seizure.load()?.mint == ticker.load()?.mint @ IssuerError::WrongMint,
    )]
    pub seizure: AccountLoader<'info, Seizure>,
    /// Names the seizure while that is open.
    #[account(mut)]
    pub hold: AccountLoader<'info, Hold>,
    /// CHECK: the seizure names it. It paid for the hold too, if that came with the seizure.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

impl CancelSeizure<'_> {
    fn validate(&self, seizure: &Seizure, now: i64) -> Result<()> {
        seizure.require_open()?;
        let operator = self.operator.key();
        if seizure.is_expired(now) || self.issuer.load()?.admin == operator {
            return Ok(());
        }
        require_power(&self.issuer, &operator, &self.role_grant, role::COMPLIANCE, now)
    }
}

pub fn cancel_seizure(ctx: Context<CancelSeizure>) -> Result<()> {
    let accounts = &ctx.accounts;
    let seizure = *accounts.seizure.load()?;
    accounts.validate(&seizure, Clock::get()?.unix_timestamp)?;
    let (key, operator) = (accounts.seizure.key(), accounts.operator.key());
    let mut hold = accounts.hold.load_mut()?;
    require_keys_eq!(hold.seizure, key, IssuerError::WrongHold);
    hold.seizure = Pubkey::default();

    let mut ticker = accounts.ticker.load_mut()?;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| SeizureCancelled {
        sequence,
        mint: seizure.mint,
        seizure: key,
        case_hash: seizure.case_hash,
        operator,
    })?;
    if seizure.placed_hold != 0 {
        holding::lift(&mut ticker, &hold, operator, &accounts.event_authority)?;
        drop(hold);
        accounts.hold.close(accounts.rent_payer.to_account_info())?;
    }
    Ok(())
}
