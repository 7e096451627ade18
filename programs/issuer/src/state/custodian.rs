use anchor_lang::prelude::*;

/// Who holds the shares. Seeds: `custodian`, issuer, number.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Custodian {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 2],
    pub number: u32,
    pub issuer: Pubkey,
    /// Of the custodian's legal name.
    pub name_hash: [u8; 32],
    /// Tickers that name this custodian. From the first one on its attestors change by rotation.
    pub tickers: u32,
    pub padding_2: [u8; 4],
    pub reserved: [u8; 64],
}

impl Custodian {
    pub const SPACE: usize = 8 + size_of::<Self>();
}
