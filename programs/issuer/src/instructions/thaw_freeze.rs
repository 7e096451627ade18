//! Whether a token account may move: by the gate's word on its owner, and by holds. Anybody may
//! bring an account in line; where there is nothing to do, nothing happens, so that no stranger who
//! was faster makes a transaction fail that thaws on its way.

use crate::{
    error::IssuerError,
    event::{AccountFrozen, AccountThawed, EMITTER},
    registration::Registration,
    state::Ticker,
    token::{self, Authority},
};
use anchor_lang::prelude::*;
use anchor_spl::token_2022::Token2022;
use scrip_interface::{
    gate::Reasons,
    issuer::Mode,
    pda::{AUTHORITY_SEED, HOLD_SEED},
};

#[event_cpi]
#[derive(Accounts)]
pub struct SetFrozen<'info> {
    #[account(mut, has_one = mint @ IssuerError::WrongMint)]
    pub ticker: AccountLoader<'info, Ticker>,
    /// CHECK: the ticker names it.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: of this mint, by `token::standing`.
    #[account(mut)]
    pub token_account: UncheckedAccount<'info>,
    /// CHECK: signs as the mint's authority; Token-2022 compares it with the mint.
    pub authority: UncheckedAccount<'info>,
    /// CHECK: by its seeds; it exists where the account is held.
    #[account(seeds = [HOLD_SEED, mint.key().as_ref(), token_account.key().as_ref()], bump)]
    pub hold: UncheckedAccount<'info>,
    /// CHECK: read by `Registration`. Needed in frozen mode, but to freeze what is held.
    pub policy: Option<UncheckedAccount<'info>>,
    /// CHECK: read by `Registration`: the gate's record of the account's owner, or where it would be.
    pub wallet_record: Option<UncheckedAccount<'info>>,
    pub token_program: Program<'info, Token2022>,
}

impl<'info> SetFrozen<'info> {
    fn is_held(&self) -> bool {
        *self.hold.owner == crate::ID
    }

    fn registration(&self) -> Registration<'_, 'info> {
        Registration { policy: &self.policy, wallet_record: &self.wallet_record }
    }

    fn set(&self, ticker: &Ticker, frozen: bool) -> Result<()> {
        let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
        let authority = Authority { mint: &self.mint, authority: &self.authority, seeds };
        authority.set_frozen(&self.token_account, frozen)
    }

    /// What the gate has against an account's owner, where the ticker goes by it.
    fn reasons(&self, ticker: &Ticker, owner: &Pubkey) -> Result<Reasons> {
        if ticker.mode()? != Mode::Frozen {
            return Ok(Reasons::NONE);
        }
        self.registration().reasons(ticker, owner, Clock::get()?.unix_timestamp)
    }
}

/// No hold, and in frozen mode an owner who may hold the mint and cannot be replaced.
pub fn thaw(ctx: Context<SetFrozen>) -> Result<()> {
    let accounts = &ctx.accounts;
    require!(!accounts.is_held(), IssuerError::AccountHeld);
    let mut ticker = accounts.ticker.load_mut()?;
    let mint = ticker.mint;
    let standing = token::standing(&accounts.token_account, &mint)?;
    if ticker.mode()? == Mode::Frozen {
        require!(standing.owner_is_immutable, IssuerError::DestinationOwnerNotImmutable);
        let now = Clock::get()?.unix_timestamp;
        accounts.registration().require(&ticker, &standing.owner, now)?;
    }
    if !standing.frozen {
        return Ok(());
    }
    accounts.set(&ticker, false)?;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| AccountThawed {
        sequence,
        mint,
        token_account: accounts.token_account.key(),
        owner: standing.owner,
    })
}

/// A held account; in frozen mode also one whose owner may not hold the mint.
pub fn freeze(ctx: Context<SetFrozen>) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut ticker = accounts.ticker.load_mut()?;
    let (mint, token_account) = (ticker.mint, accounts.token_account.key());
    require_keys_neq!(token_account, ticker.escrow_account, IssuerError::EscrowExempt);
    let standing = token::standing(&accounts.token_account, &mint)?;
    let held = accounts.is_held();
    let reasons = if held { Reasons::NONE } else { accounts.reasons(&ticker, &standing.owner)? };
    require!(held || !reasons.is_empty(), IssuerError::FreezeUnfounded);
    if standing.frozen {
        return Ok(());
    }
    accounts.set(&ticker, true)?;
    ticker.stream.publish(EMITTER, &accounts.event_authority, |sequence| AccountFrozen {
        sequence,
        mint,
        token_account,
        owner: standing.owner,
        held,
        reasons: reasons.0,
    })
}
