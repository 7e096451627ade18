use super::Countries;
use anchor_lang::prelude::*;
use scrip_stream::Stream;

/// Who may hold a mint. Seeds: `policy`, mint. `interface` reads the fields up to `countries` at
/// their places.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Policy {
    pub version: u8,
    pub bump: u8,
    /// Bits of [`scrip_interface::gate::flag`].
    pub flags: u8,
    pub paused: u8,
    pub min_tier: u8,
    pub padding: [u8; 3],
    /// A bit for each provider that is accepted.
    pub providers: u64,
    pub mint: Pubkey,
    /// Whose records count: an Issuer, or the wallet that keeps them.
    pub issuer: Pubkey,
    /// Owner of the account of open redemptions, and the permanent delegate; zeros without a ticker.
    pub escrow: Pubkey,
    pub delegate: Pubkey,
    pub countries: Countries,
    /// Looser terms that may be taken from `pending_at` on; nothing is pending while that is 0.
    pub pending_at: i64,
    pub pending_providers: u64,
    pub pending_flags: u8,
    pub pending_min_tier: u8,
    pub pending_padding: [u8; 6],
    pub pending_countries: Countries,
    pub stream: Stream,
    pub reserved: [u8; 64],
}

impl Policy {
    pub const SPACE: usize = 8 + size_of::<Self>();
}
