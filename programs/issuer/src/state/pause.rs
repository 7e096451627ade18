//! What is paused, for an issuer or a ticker.

use crate::error::IssuerError;
use anchor_lang::prelude::*;

/// Minting, also against cash.
pub const MINT: u8 = 1 << 0;
/// Requests of redemptions. What was requested goes on.
pub const REDEEM_REQUEST: u8 = 1 << 1;
/// Trades for cash, both ways.
pub const CASH: u8 = 1 << 2;
/// All movements, by the mint's own pause.
pub const TRANSFER: u8 = 1 << 3;

pub const ALL: u8 = MINT | REDEEM_REQUEST | CASH | TRANSFER;

/// The mask after pausing and lifting, each at most once.
pub fn changed(pauses: u8, set: u8, lift: u8) -> Result<u8> {
    let asked = set | lift;
    let valid = asked != 0 && asked & !ALL == 0 && set & lift == 0;
    require!(valid, IssuerError::PauseInvalid);
    Ok((pauses | set) & !lift)
}

/// Refuses what is paused, naming the first pause.
pub fn require_none_of(pauses: u8, mask: u8) -> Result<()> {
    let paused = pauses & mask;
    require!(paused & MINT == 0, IssuerError::MintingPaused);
    require!(paused & REDEEM_REQUEST == 0, IssuerError::RedemptionRequestsPaused);
    require!(paused & CASH == 0, IssuerError::CashPaused);
    require!(paused & TRANSFER == 0, IssuerError::TransfersPaused);
    Ok(())
}
