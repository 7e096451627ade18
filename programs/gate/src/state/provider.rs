use super::Countries;
use anchor_lang::prelude::*;
use scrip_stream::Stream;

/// By what a provider says that a wallet is an investor's.
pub mod evidence {
    /// Its authority signs.
    pub const SIGNATURE: u8 = 1;
    /// An attestation of the Solana Attestation Service, under its credential and schema.
    pub const SAS: u8 = 2;
}

/// Who registers investors, and with what powers. Seeds: `provider`, issuer, number. Its stream has
/// the events about its investors and their wallets.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Provider {
    pub version: u8,
    pub bump: u8,
    pub number: u8,
    /// Of [`evidence`].
    pub evidence: u8,
    /// The highest tier it may give.
    pub max_tier: u8,
    pub padding: [u8; 3],
    /// The first second at which it may register nobody any more.
    pub expires_at: i64,
    pub issuer: Pubkey,
    /// Who signs; for SAS, the credential.
    pub authority: Pubkey,
    /// For SAS, the schema.
    pub schema: Pubkey,
    /// Of which countries it may register investors.
    pub countries: Countries,
    pub stream: Stream,
    /// For SAS: where in an attestation's data the country (u16) and the tier (u8) stand.
    pub country_offset: u16,
    pub tier_offset: u16,
    pub reserved: [u8; 68],
}

impl Provider {
    pub const SPACE: usize = 8 + size_of::<Self>();
}
