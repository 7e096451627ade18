//! Whether a token account may move: by the gate's word on its owner, and by holds. Anybody may
//! bring an account in line; where there is nothing to do, nothing happens, so that no stranger who
//! was faster makes a transaction fail that thaws on its way.
//!
//! No account of this program changes, so there is no event, and nobody has to wait for the ticker:
//! that an account was frozen or thawed, and when, Token-2022's own instruction shows; why, the
//! events of holds, records and policies.

use crate::{
    error::IssuerError,
    registration::Registration,
    state::{Hold, Ticker},
    token::{self, Authority},
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::{gate::Reasons, issuer::Mode, pda::AUTHORITY_SEED};

#[derive(Accounts)]
pub struct SetFrozen<'info> {
    #[account(has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: of this mint, by `token::standing`.
    #[account(mut)]
    pub token_account: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: where the account's hold is or would be, by `Hold::keeps`.
    pub hold: UncheckedAccount<'info>,
    /// CHECK: read by `Registration`. Needed in frozen mode, but to freeze what is held.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the account's owner, or where it would be.
    pub wallet_record: Option<UncheckedAccount<'info>>,
    pub token_program: Program<'info, Token2022>,
}

impl<'info> SetFrozen<'info> {
    fn is_held(&self, ticker: &Ticker) -> Result<bool> {
        Hold::keeps(&self.hold, self.token_account.key, ticker)
    }

    fn registration(&self) -> Registration<'_, 'info> {
        Registration { policy: &self.policy, wallet_record: &self.wallet_record }
    }

    fn set(&self, ticker: &Ticker, frozen: bool) -> Result<()> {
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &self.mint, authority: &self.authority, seeds };
        authority.set_frozen(&self.token_account, frozen)
    }

    /// What the gate has against an account's owner, where the ticker goes by it. A pause of the
    /// policy is nothing against anybody: whom all could freeze at once, nobody could thaw in time.
    fn reasons(&self, ticker: &Ticker, owner: &Pubkey) -> Result<Reasons> {
        if ticker.mode()? != Mode::Frozen {
            return Ok(Reasons::NONE);
        }
        let reasons = self.registration().reasons(ticker, owner, Clock::get()?.unix_timestamp)?;
        Ok(reasons.without(Reasons::POLICY_PAUSED))
    }
}

/// No hold, and in frozen mode an owner who may hold the mint and cannot be replaced.
pub fn thaw(ctx: Context<SetFrozen>) -> Result<()> {
    let accounts = &ctx.accounts;
    let ticker = accounts.ticker.load()?;
    require!(!accounts.is_held(&ticker)?, IssuerError::AccountHeld);
    let standing = token::standing(&accounts.token_account, &ticker.mint)?;
    if ticker.mode()? == Mode::Frozen {
        require!(standing.owner_is_immutable, IssuerError::DestinationOwnerNotImmutable);
        let now = Clock::get()?.unix_timestamp;
        accounts.registration().require(&ticker, &standing.owner, now)?;
    }
    if standing.frozen { accounts.set(&ticker, false) } else { Ok(()) }
}

/// A held account; in frozen mode also one whose owner may not hold the mint.
pub fn freeze(ctx: Context<SetFrozen>) -> Result<()> {
    let accounts = &ctx.accounts;
    let ticker = accounts.ticker.load()?;
    let escrow = ticker.escrow_account;
    require_keys_neq!(*accounts.token_account.key, escrow, IssuerError::EscrowExempt);
    let standing = token::standing(&accounts.token_account, &ticker.mint)?;
    let held = accounts.is_held(&ticker)?;
    let reasons = if held { Reasons::NONE } else { accounts.reasons(&ticker, &standing.owner)? };
    require!(held || !reasons.is_empty(), IssuerError::FreezeUnfounded);
    if standing.frozen { Ok(()) } else { accounts.set(&ticker, true) }
}
