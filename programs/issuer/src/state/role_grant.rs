use crate::error::IssuerError;
use anchor_lang::prelude::*;

/// Bits of a role grant.
pub mod role {
    /// Lists tickers and updates their metadata.
    pub const LIST: u16 = 1 << 0;
    /// Pauses, and removes an attestor's key in an emergency.
    pub const PAUSE: u16 = 1 << 1;
    /// Lifts pauses.
    pub const UNPAUSE: u16 = 1 << 2;
    /// Freezes and seizes.
    pub const COMPLIANCE: u16 = 1 << 3;
    /// Announces corporate actions.
    pub const CORPORATE_ACTION: u16 = 1 << 4;
    /// Sets price bands and withdraws cash.
    pub const CASH: u16 = 1 << 5;

    pub const ALL: u16 = LIST | PAUSE | UNPAUSE | COMPLIANCE | CORPORATE_ACTION | CASH;
    /// The admin has these without a grant.
    pub const OF_ADMIN: u16 = LIST | PAUSE | UNPAUSE;
    /// Granting these waits for the timelock.
    pub const TIMELOCKED: u16 = COMPLIANCE | CORPORATE_ACTION | CASH;
}

/// What a wallet may do for an issuer. Seeds: `role`, issuer, wallet.
#[account(zero_copy)]
#[derive(Debug)]
pub struct RoleGrant {
    pub version: u8,
    pub bump: u8,
    /// Bits of [`role`].
    pub roles: u16,
    pub padding: [u8; 4],
    pub issuer: Pubkey,
    pub wallet: Pubkey,
    /// The first second at which it no longer counts.
    pub expires_at: i64,
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    pub reserved: [u8; 32],
}

impl RoleGrant {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn invariant(&self, now: i64) -> Result<()> {
        let known = self.roles != 0 && self.roles & !role::ALL == 0;
        require!(known && self.expires_at > now, IssuerError::RolesInvalid);
        Ok(())
    }
}
