//! Addresses of the collateral program's accounts. Every seed but the first is of fixed length.

use solana_pubkey::Pubkey;

pub const CURATOR_SEED: &[u8] = b"curator";
pub const CALENDAR_SEED: &[u8] = b"calendar";
pub const FEED_SEED: &[u8] = b"feed";

/// A market identifier code (ISO 10383).
pub const MIC_LEN: usize = 4;

type Address = (Pubkey, u8);

pub fn curator(program: &Pubkey, creator: &Pubkey, id: u64) -> Address {
    find(program, &[CURATOR_SEED, creator.as_ref(), &id.to_le_bytes()])
}

pub fn calendar(program: &Pubkey, curator: &Pubkey, mic: &[u8; MIC_LEN]) -> Address {
    find(program, &[CALENDAR_SEED, curator.as_ref(), mic])
}

pub fn feed(program: &Pubkey, curator: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[FEED_SEED, curator.as_ref(), mint.as_ref()])
}

fn find(program: &Pubkey, seeds: &[&[u8]]) -> Address {
    Pubkey::find_program_address(seeds, program)
}
