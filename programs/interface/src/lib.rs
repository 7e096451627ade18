//! What others link to call Scrip's programs without Anchor: program ids, addresses, the formats
//! of signed messages and readers of account layouts. Each is defined here once; the programs use
//! these definitions themselves.

#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

pub mod action;
pub mod attestation;
pub mod collateral;
pub mod ed25519;
pub mod gate;
pub mod ids;
pub mod issuer;
pub mod lender;
pub mod merkle;
pub mod mint;
pub mod pda;
pub mod preflight;
pub mod token_account;

/// Units and rounding: the types of amounts, prices and values here.
pub use scrip_math as math;

/// sha256 over the concatenation of `parts`.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    solana_sha256_hasher::hashv(parts).to_bytes()
}
