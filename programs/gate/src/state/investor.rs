use crate::constants::MAX_WALLETS;
use anchor_lang::prelude::*;

/// A person or firm that a provider has identified. Seeds: `investor`, issuer, id hash. Nothing
/// personal is here: the hash is salted, by the provider.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Investor {
    pub version: u8,
    pub bump: u8,
    /// See [`scrip_interface::gate::Status`].
    pub status: u8,
    pub tier: u8,
    /// Numeric code of ISO 3166-1.
    pub country: u16,
    /// Number of the provider.
    pub provider: u8,
    pub wallet_count: u8,
    /// The first second at which it no longer counts.
    pub expires_at: i64,
    pub issuer: Pubkey,
    pub id_hash: [u8; 32],
    pub wallets: [Pubkey; MAX_WALLETS],
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    pub reserved: [u8; 32],
}

impl Investor {
    pub const SPACE: usize = 8 + size_of::<Self>();
}
