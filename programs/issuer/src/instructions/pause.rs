//! What is paused: for a whole issuer, for one ticker, and in a mint itself.

use crate::{
    error::IssuerError,
    event::{EMITTER, IssuerPauseChanged, TickerPauseChanged, TransferPauseSynced},
    power::require_power,
    state::{Issuer, RoleGrant, Ticker, pause, role},
    token::Authority,
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::pda::AUTHORITY_SEED;

/// Bits: MINT 1, REDEEM_REQUEST 2, CASH 4, TRANSFER 8.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct SetPauseArgs {
    /// Needs the PAUSE role.
    pub pause: u8,
    /// Needs the UNPAUSE role.
    pub unpause: u8,
}

#[event_cpi]
#[derive(Accounts)]
pub struct SetIssuerPause<'info> {
    pub operator: Signer<'info>,
    pub role_grant: Option<AccountLoader<'info, RoleGrant>>,
    #[account(mut)]
    pub issuer: AccountLoader<'info, Issuer>,
}

#[event_cpi]
#[derive(Accounts)]
pub struct SetTickerPause<'info> {
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
    pub token_program: Program<'info, Token2022>,
}

/// Anybody may: it brings a mint's own pause in line with what issuer and ticker say.
#[event_cpi]
#[derive(Accounts)]
pub struct SyncTransferPause<'info> {
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(mut, has_one = issuer @ IssuerError::WrongIssuer, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
}

impl SetPauseArgs {
    fn require_powers(
        &self,
        issuer: &AccountLoader<Issuer>,
        operator: &Pubkey,
        grant: &Option<AccountLoader<RoleGrant>>,
    ) -> Result<()> {
        let now = Clock::get()?.unix_timestamp;
        for (bits, role) in [(self.pause, role::PAUSE), (self.unpause, role::UNPAUSE)] {
            if bits != 0 {
                require_power(issuer, operator, grant, role, now)?;
            }
        }
        Ok(())
    }
}

/// Makes the mint's own pause what issuer and ticker say. Returns whether it changed.
fn sync<'info>(
    mint: &AccountInfo<'info>,
    authority: &AccountInfo<'info>,
    ticker: &mut Ticker,
    pauses: u8,
) -> Result<Option<bool>> {
    let wanted = pauses & pause::TRANSFER != 0;
    if ticker.is_mint_paused() == wanted {
        return Ok(None);
    }
    ticker.mint_paused = wanted.into();
    let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
    Authority { mint, authority, seeds }.set_paused(wanted)?;
    Ok(Some(wanted))
}

pub fn set_issuer_pause(ctx: Context<SetIssuerPause>, args: SetPauseArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let (key, operator) = (accounts.issuer.key(), accounts.operator.key());
    args.require_powers(&accounts.issuer, &operator, &accounts.role_grant)?;
    let mut issuer = accounts.issuer.load_mut()?;
    issuer.pauses = pause::changed(issuer.pauses, args.pause, args.unpause)?;
    let pauses = issuer.pauses;
    issuer.stream.publish(EMITTER, &accounts.event_authority, |sequence| IssuerPauseChanged {
        sequence,
        issuer: key,
        operator,
        pauses,
    })
}

pub fn set_ticker_pause(ctx: Context<SetTickerPause>, args: SetPauseArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let operator = accounts.operator.key();
    args.require_powers(&accounts.issuer, &operator, &accounts.role_grant)?;
    let mut ticker = accounts.ticker.load_mut()?;
    let before = ticker.pauses;
    ticker.pauses = pause::changed(before, args.pause, args.unpause)?;
    let all = ticker.pauses_with(&accounts.issuer)?;
    let synced = sync(&accounts.mint, &accounts.authority, &mut ticker, all)?;
    let (mint, pauses) = (ticker.mint, ticker.pauses);
    if let Some(paused) = synced.filter(|_| (before ^ pauses) & pause::TRANSFER == 0) {
        // The issuer's word that nobody had carried over yet.
        ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| {
            TransferPauseSynced { sequence, mint, paused }
        })?;
    }
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| TickerPauseChanged {
        sequence,
        mint,
        operator,
        pauses,
    })
}

pub fn sync_transfer_pause(ctx: Context<SyncTransferPause>) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut ticker = accounts.ticker.load_mut()?;
    let all = ticker.pauses_with(&accounts.issuer)?;
    let Some(paused) = sync(&accounts.mint, &accounts.authority, &mut ticker, all)? else {
        return Ok(());
    };
    let mint = ticker.mint;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| TransferPauseSynced {
        sequence,
        mint,
        paused,
    })
}
