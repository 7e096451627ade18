use anchor_lang::prelude::*;

/// What a transfer check reads of a wallet. Seeds: `wallet`, issuer, owner. `interface` reads the
/// fields up to `investor` at their places.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Wallet {
    pub version: u8,
    pub bump: u8,
    /// See [`scrip_interface::gate::Kind`].
    pub kind: u8,
    /// See [`scrip_interface::gate::Status`]. As its investor's.
    pub status: u8,
    pub country: u16,
    pub tier: u8,
    pub provider: u8,
    pub expires_at: i64,
    pub issuer: Pubkey,
    pub owner: Pubkey,
    /// Zeros for a venue.
    pub investor: Pubkey,
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    pub reserved: [u8; 32],
}

impl Wallet {
    pub const SPACE: usize = 8 + size_of::<Self>();
}
