//! Addresses of the issuer program's accounts.
//!
//! Every seed but the first is of fixed length, so no two of these addresses can collide.

use solana_pubkey::Pubkey;

pub const ISSUER_SEED: &[u8] = b"issuer";
pub const CUSTODIAN_SEED: &[u8] = b"custodian";
pub const ATTESTORS_SEED: &[u8] = b"attestors";
pub const NONCES_SEED: &[u8] = b"nonces";
pub const TICKER_SEED: &[u8] = b"ticker";
pub const SYMBOL_SEED: &[u8] = b"symbol";
pub const REDEMPTION_SEED: &[u8] = b"redemption";
/// Signs as mint, freeze, pause, multiplier, metadata, hook and confidential-transfer authority.
pub const AUTHORITY_SEED: &[u8] = b"authority";
/// The permanent delegate.
pub const DELEGATE_SEED: &[u8] = b"delegate";
/// Owns the token account that holds open redemptions.
pub const ESCROW_SEED: &[u8] = b"escrow";

/// A symbol, padded with zeros.
pub const SYMBOL_LEN: usize = 16;

type Address = (Pubkey, u8);

pub fn issuer(program: &Pubkey, creator: &Pubkey, id: u64) -> Address {
    find(program, &[ISSUER_SEED, creator.as_ref(), &id.to_le_bytes()])
}

pub fn custodian(program: &Pubkey, issuer: &Pubkey, number: u32) -> Address {
    find(program, &[CUSTODIAN_SEED, issuer.as_ref(), &number.to_le_bytes()])
}

pub fn attestor_set(program: &Pubkey, custodian: &Pubkey, index: u32) -> Address {
    find(program, &[ATTESTORS_SEED, custodian.as_ref(), &index.to_le_bytes()])
}

/// `subject` is the mint, or the custodian for attestations about its attestors.
pub fn nonce_window(program: &Pubkey, subject: &Pubkey) -> Address {
    find(program, &[NONCES_SEED, subject.as_ref()])
}

pub fn ticker(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[TICKER_SEED, mint.as_ref()])
}

pub fn symbol(program: &Pubkey, issuer: &Pubkey, symbol: &[u8; SYMBOL_LEN]) -> Address {
    find(program, &[SYMBOL_SEED, issuer.as_ref(), symbol])
}

pub fn redemption(program: &Pubkey, mint: &Pubkey, owner: &Pubkey, id: u64) -> Address {
    find(program, &[REDEMPTION_SEED, mint.as_ref(), owner.as_ref(), &id.to_le_bytes()])
}

pub fn authority(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[AUTHORITY_SEED, mint.as_ref()])
}

pub fn delegate(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[DELEGATE_SEED, mint.as_ref()])
}

pub fn escrow(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[ESCROW_SEED, mint.as_ref()])
}

fn find(program: &Pubkey, seeds: &[&[u8]]) -> Address {
    Pubkey::find_program_address(seeds, program)
}
