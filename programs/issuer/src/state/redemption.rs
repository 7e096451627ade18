use crate::{error::IssuerError, event::ReturnReason};
use anchor_lang::prelude::*;
use scrip_math::Timestamp;

/// Waits for the custodian; the owner may cancel.
pub const REQUESTED: u8 = 0;
/// The custodian has taken it up.
pub const ACKNOWLEDGED: u8 = 1;
/// The custodian will not pay; the owner may claim.
pub const REJECTED: u8 = 2;

/// An owner's open request to be paid for shares that wait in the escrow.
/// Seeds: `redemption`, mint, owner, id. Closed when nothing is left: the id is then free again.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Redemption {
    pub version: u8,
    pub bump: u8,
    /// [`REQUESTED`], [`ACKNOWLEDGED`] or [`REJECTED`].
    pub status: u8,
    pub padding: u8,
    /// The custodian's own code for why it rejected.
    pub reject_reason: u16,
    pub padding_3: [u8; 2],
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
    /// Number of the event that opened it, which attestations about it name: unlike the address
    /// it never comes back.
    pub request: u64,
    pub reserved: [u8; 56],
}

impl Redemption {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// Takes it up, once: the deadline is then the time a payout may take from now on.
    pub fn acknowledge(&mut self, now: i64) -> Result<()> {
        self.require_not_rejected()?;
        require!(self.status == REQUESTED, IssuerError::RedemptionAcknowledged);
        // The owner may be taking the shares back already.
        require!(now < self.deadline, IssuerError::RedemptionOverdue);
        self.status = ACKNOWLEDGED;
        self.deadline = Timestamp(now).saturating_add_secs(self.payout_secs).0;
        Ok(())
    }

    pub fn reject(&mut self, reason: u16) -> Result<()> {
        self.require_not_rejected()?;
        self.status = REJECTED;
        self.reject_reason = reason;
        Ok(())
    }

    pub fn settle(&mut self, amount: u64, payout_reference: [u8; 32]) -> Result<()> {
        self.require_not_rejected()?;
        self.amount_left =
            self.amount_left.checked_sub(amount).ok_or(IssuerError::AmountAboveRedemption)?;
        self.payout_reference = payout_reference;
        Ok(())
    }

    /// The owner may have the shares back for this reason, at `now`.
    pub fn require_returnable(&self, reason: ReturnReason, now: i64) -> Result<()> {
        match reason {
            ReturnReason::Cancelled => {
                self.require_not_rejected()?;
                require!(self.status == REQUESTED, IssuerError::RedemptionAcknowledged);
            }
            ReturnReason::Rejected => {
                require!(self.status == REJECTED, IssuerError::RedemptionNotRejected);
            }
            ReturnReason::Overdue => {
                require!(now >= self.deadline, IssuerError::RedemptionNotOverdue);
            }
        }
        Ok(())
    }

    fn require_not_rejected(&self) -> Result<()> {
        require!(self.status != REJECTED, IssuerError::RedemptionRejected);
        Ok(())
    }
}
