//! Reads the Instructions sysvar in place.
//!
//! Layout: count u16 | count x offset u16 | instructions | current index u16; an instruction is
//! accounts u16 | accounts x 33 bytes | program id | data length u16 | data.
//! Source: solana-sdk, `instructions-sysvar/src/lib.rs`.

use anchor_lang::prelude::*;
use scrip_interface::ed25519;

pub const INSTRUCTIONS_SYSVAR: Pubkey =
    Pubkey::from_str_const("Sysvar1nstructions1111111111111111111111111");

const ACCOUNT_META_LEN: usize = 33;
const PUBKEY_LEN: usize = 32;

/// Data of the instruction just before the current top-level one, if it is the Ed25519
/// precompile's. The transaction would have failed had its signatures been wrong.
pub fn preceding_ed25519(sysvar: &[u8]) -> Option<&[u8]> {
    let (_, current) = sysvar.split_last_chunk::<2>()?;
    let previous = usize::from(u16::from_le_bytes(*current)).checked_sub(1)?;
    let offset = read_u16(sysvar, previous.checked_mul(2)?.checked_add(2)?)?;
    let instruction = sysvar.get(usize::from(offset)..)?;

    let accounts_len = usize::from(read_u16(instruction, 0)?).checked_mul(ACCOUNT_META_LEN)?;
    let rest = instruction.get(accounts_len.checked_add(2)?..)?;
    let (program_id, rest) = rest.split_first_chunk::<PUBKEY_LEN>()?;
    if program_id != ed25519::PROGRAM_ID.as_array() {
        return None;
    }
    let (len, rest) = rest.split_first_chunk::<2>()?;
    rest.get(..usize::from(u16::from_le_bytes(*len)))
}

fn read_u16(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}
