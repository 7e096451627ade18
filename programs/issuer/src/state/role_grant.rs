use crate::error::IssuerError;
use anchor_lang::prelude::*;

pub use scrip_interface::issuer::role;

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
