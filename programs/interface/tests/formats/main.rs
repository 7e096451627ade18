//! What others rely on, each format by exact values: addresses, signed messages, accounts, instructions, return data. The
//! golden files in `tests/fixtures` are made here, as far as no program is needed for it.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests may fail loudly"
)]

mod action;
mod addresses;
mod attestation;
mod calls;
mod collateral_flags;
mod ed25519;
mod gate_accounts;
mod gate_judges;
mod golden;
mod history;
mod issuer;
mod lender_accounts;
mod lender_market;
mod merkle;
mod mint;
mod observation;
mod preflight;
mod token_account;
mod valuation;

use scrip_interface::sha256;
use solana_pubkey::Pubkey;

/// An address that is told from the others by its bytes.
const fn a(number: u8) -> Pubkey {
    Pubkey::new_from_array([number; 32])
}

/// An Anchor account of this length in which each field differs from what lies beside it: bytes that count up, after the
/// first eight of `sha256("account:<name>")`.
fn counting(name: &str, len: usize) -> Vec<u8> {
    let mut data: Vec<u8> = (0..len).map(|place| (place % 251) as u8).collect();
    data[..8].copy_from_slice(&sha256(&[b"account:", name.as_bytes()])[..8]);
    data
}

fn bytes<const N: usize>(data: &[u8], at: usize) -> [u8; N] {
    data[at..at + N].try_into().unwrap()
}

fn key(data: &[u8], at: usize) -> Pubkey {
    Pubkey::new_from_array(bytes(data, at))
}

/// `data` is read; nothing shorter than `len` is, nor with another byte at one of these places.
#[track_caller]
fn only_whole(
    data: &[u8],
    len: usize,
    telling: impl IntoIterator<Item = usize>,
    reads: fn(&[u8]) -> bool,
) {
    assert!(reads(data) && reads(&data[..len]) && reads(&[data, &[0]].concat()));
    for len in 0..len {
        assert!(!reads(&data[..len]), "{len} bytes");
    }
    for place in telling {
        let mut other = data.to_vec();
        other[place] ^= 1;
        assert!(!reads(&other), "another byte at {place}");
    }
}
