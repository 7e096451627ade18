use crate::error::IssuerError;
use anchor_lang::prelude::*;

/// An owner's open request to be paid for shares that wait in the escrow.
/// Seeds: `redemption`, mint, owner, id. Closed when nothing is left.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Redemption {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 6],
    pub mint: Pubkey,
    pub owner: Pubkey,
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    pub id: u64,
    /// Raw amount requested, and what of it is not settled yet.
    pub amount: u64,
    pub amount_left: u64,
    pub requested_at: i64,
    /// From here on the owner may take back what is left.
    pub deadline: i64,
    /// An acknowledgement replaces the deadline by this much from then on.
    pub payout_secs: u32,
    pub padding_2: [u8; 4],
    pub payout_reference: [u8; 32],
    pub reserved: [u8; 64],
}

impl Redemption {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn settle(&mut self, amount: u64, payout_reference: [u8; 32]) -> Result<()> {
        self.amount_left =
            self.amount_left.checked_sub(amount).ok_or(IssuerError::AmountAboveRedemption)?;
        self.payout_reference = payout_reference;
        Ok(())
    }
}
