use crate::error::IssuerError;
use anchor_lang::prelude::*;
use scrip_interface::pda::SYMBOL_LEN;

/// Makes a symbol unique within an issuer, and finds its mint. Seeds: `symbol`, issuer, symbol.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Symbol {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 6],
    pub issuer: Pubkey,
    pub mint: Pubkey,
    pub symbol: [u8; SYMBOL_LEN],
    pub reserved: [u8; 32],
}

impl Symbol {
    pub const SPACE: usize = 8 + size_of::<Self>();
}

/// The text of a padded symbol: 1 to 16 letters, digits, dots or dashes, then zeros only.
pub fn symbol_text(symbol: &[u8; SYMBOL_LEN]) -> Result<&str> {
    let len = symbol.iter().position(|&byte| byte == 0).unwrap_or(SYMBOL_LEN);
    let (text, padding) = symbol.split_at_checked(len).ok_or(IssuerError::SymbolInvalid)?;
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    require!(!text.is_empty(), IssuerError::SymbolInvalid);
    require!(text.iter().all(allowed), IssuerError::SymbolInvalid);
    require!(padding.iter().all(|&byte| byte == 0), IssuerError::SymbolInvalid);
    std::str::from_utf8(text).map_err(|_| IssuerError::SymbolInvalid.into())
}
