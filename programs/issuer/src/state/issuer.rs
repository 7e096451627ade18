use crate::stream::Stream;
use anchor_lang::prelude::*;

/// Who lists tickers. Seeds: `issuer`, creator, id.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Issuer {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 6],
    pub id: u64,
    pub creator: Pubkey,
    pub admin: Pubkey,
    /// Of the cluster this issuer lives on. Part of everything its attestors sign.
    pub genesis_hash: [u8; 32],
    pub stream: Stream,
    pub reserved: [u8; 128],
}

impl Issuer {
    pub const SPACE: usize = 8 + size_of::<Self>();
}
