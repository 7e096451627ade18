use crate::{
    error::IssuerError,
    event::{EMITTER, TickerOpened},
    listing::{self, ListedMint, field},
    power::require_power,
    state::{Announcement, Change, Issuer, RoleGrant, Ticker, role, take_announcement},
    token::Authority,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::{issuer::Mode, pda::AUTHORITY_SEED};

/// The one change of mode there is. What it loosens is seen a timelock ahead.
#[event_cpi]
#[derive(Accounts)]
pub struct OpenTicker<'info> {
    /// Has the COMPLIANCE role.
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    #[account(mut)]
    pub announcement: Option<Account<'info, Announcement>>,
    pub token_program: Program<'info, Token2022>,
}

impl OpenTicker<'_> {
    fn open_mint(&self, ticker: &Ticker, mode: Mode) -> Result<()> {
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &self.mint, authority: &self.authority, seeds };
        match mode {
            Mode::Open => {}
            Mode::Frozen => authority.start_accounts_thawed()?,
            Mode::Hooked => authority.remove_hook()?,
        }
        let listed =
            ListedMint { mint: &self.mint, authority: &self.authority, authority_seeds: seeds };
        // No longer than what was there: the mint needs no more rent.
        listed.set_field(&field(listing::MODE), Mode::Open.name())
    }
}

pub fn open_ticker(ctx: Context<OpenTicker>) -> Result<()> {
    let accounts = ctx.accounts;
    let (now, operator) = (Clock::get()?.unix_timestamp, accounts.operator.key());
    require_power(&accounts.issuer, &operator, &accounts.role_grant, role::COMPLIANCE, now)?;
    let mut ticker = accounts.ticker.load_mut()?;
    let (mint, mode) = (ticker.mint, ticker.mode()?);
    require!(mode != Mode::Open, IssuerError::TickerOpen);
    let change = Change::OpenMode { mint };
    take_announcement(&mut accounts.announcement, &accounts.issuer.key(), &change, now)?;
    ticker.open();
    accounts.open_mint(&ticker, mode)?;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| TickerOpened {
        sequence,
        mint,
        operator,
        previous_mode: mode as u8,
    })
}
