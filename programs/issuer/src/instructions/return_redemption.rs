//! The ways in which an owner gets shares back out of the escrow: into the associated account
//! alone, so that compliance knows where to hold them. Held, they come back all the same, frozen.

use crate::{
    error::IssuerError,
    event::{EMITTER, RedemptionReturned, ReturnReason},
    state::{Hold, Issuer, Redemption, Ticker, pause},
    token::{self, Authority, Transfer},
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::{
    mint::TOKEN_2022,
    pda::{AUTHORITY_SEED, ESCROW_SEED},
    token_account::associated,
};

/// Remaining accounts: those that the mint's transfer hook asks for, if it has one.
#[event_cpi]
#[derive(Accounts)]
pub struct ReturnRedemption<'info> {
    pub owner: Signer<'info>,
    pub issuer: AccountLoader<'info, Issuer>,
    #[account(
        mut,
        has_one = issuer @ IssuerError::WrongIssuer,
        has_one = mint @ IssuerError::WrongMint,
        has_one = escrow_account @ IssuerError::WrongEscrow,
    )]
    pub ticker: AccountLoader<'info, Ticker>,
    #[account(
        mut,
        close = rent_payer,
        has_one = mint @ IssuerError::WrongMint,
        has_one = owner @ IssuerError::NotRedemptionOwner,
        has_one = rent_payer @ IssuerError::WrongRentPayer,
    )]
    pub redemption: AccountLoader<'info, Redemption>,
    /// CHECK: the redemption names it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority while it is paused; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: signs as the escrow's owner; Token-2022 compares it with the escrow account.
    pub escrow: UncheckedAccount<'info>,
    /// CHECK: the ticker names it.
    #[account(mut)]
    pub escrow_account: UncheckedAccount<'info>,
    /// CHECK: the owner's associated account, by its address.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// CHECK: where the destination's hold is or would be, by `Hold::keeps`.
    pub hold: UncheckedAccount<'info>,
    pub token_program: Program<'info, Token2022>,
}

/// While the custodian has not taken it up. A pause of movements stops it; the deadline then
/// opens `reclaim_redemption`, which nothing stops.
pub fn cancel_redemption<'info>(ctx: Context<'info, ReturnRedemption<'info>>) -> Result<()> {
    let pauses = ctx.accounts.ticker.load()?.pauses_with(&ctx.accounts.issuer)?;
    pause::require_none_of(pauses, pause::TRANSFER)?;
    return_shares(ctx, ReturnReason::Cancelled)
}

/// After the custodian has rejected it. No pause stops it.
pub fn claim_redemption<'info>(ctx: Context<'info, ReturnRedemption<'info>>) -> Result<()> {
    return_shares(ctx, ReturnReason::Rejected)
}

/// After the deadline, whatever the custodian said or did not say. No pause stops it.
pub fn reclaim_redemption<'info>(ctx: Context<'info, ReturnRedemption<'info>>) -> Result<()> {
    return_shares(ctx, ReturnReason::Overdue)
}

fn return_shares<'info>(
    ctx: Context<'info, ReturnRedemption<'info>>,
    reason: ReturnReason,
) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let owner = accounts.owner.key();
    let amount = {
        let redemption = accounts.redemption.load()?;
        redemption.require_returnable(reason, now)?;
        redemption.amount_left
    };
    let destination = associated(&owner, &TOKEN_2022, accounts.mint.key);
    let error = IssuerError::DestinationNotAssociated;
    require_keys_eq!(*accounts.destination.key, destination, error);
    token::require_account_of(&accounts.destination, &owner)?;

    let mut ticker = accounts.ticker.load_mut()?;
    ticker.return_redemption(amount)?;
    accounts.transfer(&ticker, amount, ctx.remaining_accounts)?;

    let escrow = token::balance(&accounts.escrow_account)?;
    token::with_mint(&accounts.mint, |mint| ticker.invariant(mint.supply(), Some(escrow)))?;

    let mint = ticker.mint;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| RedemptionReturned {
        sequence,
        mint,
        redemption: accounts.redemption.key(),
        owner,
        amount,
        reason,
    })
}

impl<'info> ReturnRedemption<'info> {
    fn transfer(
        &self,
        ticker: &Ticker,
        amount: u64,
        hook_accounts: &[AccountInfo<'info>],
    ) -> Result<()> {
        let mint = ticker.mint;
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &self.mint, authority: &self.authority, seeds };
        let seeds: &[&[u8]] = &[ESCROW_SEED, mint.as_ref(), &[ticker.escrow_bump]];
        let transfer = Transfer {
            source: &self.escrow_account,
            mint: &self.mint,
            destination: &self.destination,
            authority: &self.escrow,
            hook_accounts,
            amount,
        };
        let held = Hold::keeps(&self.hold, self.destination.key, ticker)?;
        authority.despite_pause(ticker.is_mint_paused(), &[&self.destination], || {
            transfer.make(&[seeds])
        })?;
        // One that was closed and opened again is not frozen yet.
        if held && !token::is_frozen(&self.destination)? {
            authority.set_frozen(&self.destination, true)?;
        }
        Ok(())
    }
}
