//! Placing and lifting the hold of a token account: by itself, or with a seizure.

use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    event::{EMITTER, HoldLifted, HoldPlaced},
    state::{Hold, Ticker},
    token::{Authority, Standing},
};
use anchor_lang::prelude::*;
use scrip_interface::pda::AUTHORITY_SEED;

/// A new hold: where, by whom and why.
pub struct Placing<'a, 'info> {
    pub hold: &'a AccountLoader<'info, Hold>,
    pub bump: u8,
    pub token_account: &'a AccountInfo<'info>,
    pub operator: Pubkey,
    pub rent_payer: Pubkey,
    pub reason: u16,
    pub case_hash: [u8; 32],
    /// The seizure that it comes with, or zeros.
    pub seizure: Pubkey,
    pub event_authority: &'a AccountInfo<'info>,
}

impl Placing<'_, '_> {
    /// Writes, counts and publishes it. The account is still to be frozen.
    pub fn place(&self, ticker: &mut Ticker, owner: Pubkey, now: i64) -> Result<()> {
        let token_account = *self.token_account.key;
        *self.hold.load_init()? = Hold {
            version: LAYOUT_VERSION,
            bump: self.bump,
            reason: self.reason,
            padding: [0; 4],
            issuer: ticker.issuer,
            mint: ticker.mint,
            token_account,
            owner,
            placed_by: self.operator,
            placed_at: now,
            case_hash: self.case_hash,
            rent_payer: self.rent_payer,
            seizure: self.seizure,
            reserved: [0; 32],
        };
        ticker.holds = ticker.holds.checked_add(1).ok_or(IssuerError::AmountOverflow)?;
        let mint = ticker.mint;
        ticker.stream.publish(EMITTER, self.event_authority, |sequence| HoldPlaced {
            sequence,
            mint,
            token_account,
            owner,
            operator: self.operator,
            reason: self.reason,
            case_hash: self.case_hash,
        })
    }
}

/// Freezes what a hold is about, if it is not frozen.
pub fn freeze<'info>(
    ticker: &Ticker,
    mint: &AccountInfo<'info>,
    authority: &AccountInfo<'info>,
    token_account: &AccountInfo<'info>,
    standing: &Standing,
) -> Result<()> {
    if standing.frozen {
        return Ok(());
    }
    let seeds: &[&[u8]] = &[AUTHORITY_SEED, ticker.mint.as_ref(), &[ticker.authority_bump]];
    Authority { mint, authority, seeds }.set_frozen(token_account, true)
}

/// Counts and publishes that a hold is no more. Its account is still to be closed.
pub fn lift(
    ticker: &mut Ticker,
    hold: &Hold,
    operator: Pubkey,
    event_authority: &AccountInfo,
) -> Result<()> {
    let (mint, token_account, case_hash) = (ticker.mint, hold.token_account, hold.case_hash);
    // Each hold was counted when it was placed.
    ticker.holds = ticker.holds.saturating_sub(1);
    ticker.stream.publish(EMITTER, event_authority, |sequence| HoldLifted {
        sequence,
        mint,
        token_account,
        operator,
        case_hash,
    })
}
