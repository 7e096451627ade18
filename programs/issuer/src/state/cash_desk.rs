use super::{Bucket, StoredLimit};
use crate::error::IssuerError;
use anchor_lang::prelude::*;

/// An issuer's till for one stablecoin. It owns its vault, the desk's associated token account,
/// and signs for it. Seeds: `desk`, issuer, cash mint.
#[account(zero_copy)]
#[derive(Debug)]
pub struct CashDesk {
    pub version: u8,
    pub bump: u8,
    /// Of the cash mint.
    pub decimals: u8,
    pub padding: [u8; 5],
    pub issuer: Pubkey,
    pub cash_mint: Pubkey,
    pub vault: Pubkey,
    /// The cash mint's: Token or Token-2022.
    pub token_program: Pubkey,
    /// How much cash may leave by redemptions, whatever a quorum signs.
    pub outflow: StoredLimit,
    pub outflow_bucket: Bucket,
    pub reserved: [u8; 64],
}

impl CashDesk {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn pay_out(&mut self, amount: u64, now: i64) -> Result<()> {
        let passed = self.outflow_bucket.pass(amount, self.outflow, now);
        require!(passed, IssuerError::DeskLimitExceeded);
        Ok(())
    }
}
