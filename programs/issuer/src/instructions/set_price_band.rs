use crate::{
    constants::MAX_BAND_SECS,
    error::IssuerError,
    event::{EMITTER, PriceBandChanged},
    power::require_power,
    state::{Issuer, RoleGrant, StoredBand, Ticker, role},
};
use anchor_lang::prelude::*;
use scrip_math::Timestamp;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct SetPriceBandArgs {
    /// Cash per share, in units of 10^-8; both bounds are allowed.
    pub min_price_e8: u64,
    pub max_price_e8: u64,
    /// The first second at which the band no longer counts: trades for cash then end.
    pub expires_at: i64,
}

#[event_cpi]
#[derive(Accounts)]
pub struct SetPriceBand<'info> {
    /// Who has the CASH role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer)]
    pub ticker: AccountLoader<'info, Ticker>,
}

impl SetPriceBandArgs {
    fn validate(&self, now: i64) -> Result<()> {
        let latest = Timestamp(now).saturating_add_secs(MAX_BAND_SECS).0;
        let valid = self.min_price_e8 > 0
            && self.min_price_e8 <= self.max_price_e8
            && self.expires_at > now
            && self.expires_at <= latest;
        require!(valid, IssuerError::PriceBandInvalid);
        Ok(())
    }
}

pub fn set_price_band(ctx: Context<SetPriceBand>, args: SetPriceBandArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let operator = accounts.operator.key();
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::CASH, now)?;
    args.validate(now)?;

    let SetPriceBandArgs { min_price_e8, max_price_e8, expires_at } = args;
    let mut ticker = accounts.ticker.load_mut()?;
    // A price per share does not outlive a change of what a share is.
    require!(expires_at <= ticker.next_change(now), IssuerError::PriceBandInvalid);
    ticker.price_band = StoredBand { min_price_e8, max_price_e8, expires_at };
    let mint = ticker.mint;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| PriceBandChanged {
        sequence,
        mint,
        min_price_e8,
        max_price_e8,
        expires_at,
    })
}
