use super::Ticker;
use crate::error::IssuerError;
use anchor_lang::prelude::*;
use scrip_interface::pda;

/// Keeps a token account frozen until compliance lifts it. Seeds: `hold`, mint, token account. It
/// outlives the account: one that is closed and opened again at the address is held as well.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Hold {
    pub version: u8,
    pub bump: u8,
    /// The issuer's own code.
    pub reason: u16,
    pub padding: [u8; 4],
    pub issuer: Pubkey,
    pub mint: Pubkey,
    pub token_account: Pubkey,
    /// Of the token account, when the hold was placed.
    pub owner: Pubkey,
    pub placed_by: Pubkey,
    pub placed_at: i64,
    /// sha256 of the case's documents.
    pub case_hash: [u8; 32],
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    /// The open seizure that it belongs to, which alone ends it then. Zeros: none.
    pub seizure: Pubkey,
    pub reserved: [u8; 32],
}

impl Hold {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// Whether a token account is held. `hold` is where its hold is or would be: only the address
    /// tells that one that is not there is this account's.
    pub fn keeps(hold: &AccountInfo, token_account: &Pubkey, ticker: &Ticker) -> Result<bool> {
        if ticker.holds == 0 {
            return Ok(false);
        }
        let address = pda::hold(&crate::ID, &ticker.mint, token_account).0;
        require_keys_eq!(*hold.key, address, IssuerError::WrongHold);
        Ok(*hold.owner == crate::ID)
    }
}
