//! Addresses of the lender's accounts. Every seed but the first is of fixed length.

use solana_pubkey::Pubkey;

/// Owns the vaults of its market, too, and signs for them.
pub const MARKET_SEED: &[u8] = b"market";
pub const COLLATERAL_SEED: &[u8] = b"collateral";
pub const POSITION_SEED: &[u8] = b"position";
pub const SUPPLIER_SEED: &[u8] = b"supplier";

type Address = (Pubkey, u8);

pub fn market(program: &Pubkey, creator: &Pubkey, id: u64) -> Address {
    find(program, &[MARKET_SEED, creator.as_ref(), &id.to_le_bytes()])
}

pub fn collateral(program: &Pubkey, market: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[COLLATERAL_SEED, market.as_ref(), mint.as_ref()])
}

pub fn position(program: &Pubkey, market: &Pubkey, owner: &Pubkey) -> Address {
    find(program, &[POSITION_SEED, market.as_ref(), owner.as_ref()])
}

pub fn supplier(program: &Pubkey, market: &Pubkey, owner: &Pubkey) -> Address {
    find(program, &[SUPPLIER_SEED, market.as_ref(), owner.as_ref()])
}

fn find(program: &Pubkey, seeds: &[&[u8]]) -> Address {
    Pubkey::find_program_address(seeds, program)
}
