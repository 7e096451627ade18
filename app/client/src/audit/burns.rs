//! What holders burn themselves: the one change of supply that no event tells.

use crate::transaction::{Call, caller};
use scrip_interface::mint::TOKEN_2022;
use solana_address::Address;

/// Of Token-2022's instructions. Their accounts are source, mint, authority; an amount follows the tag.
const BURN: u8 = 8;
const BURN_CHECKED: u8 = 15;

/// What a transaction that succeeded burned of a mint, raw, without the issuer's program calling it.
pub fn burned_by_holders(calls: &[Call], mint: &Address, issuer: &Address) -> u64 {
    let burns = (0..calls.len()).map(|index| burned(calls, index, mint, issuer));
    burns.fold(0, u64::saturating_add)
}

fn burned(calls: &[Call], index: usize, mint: &Address, issuer: &Address) -> u64 {
    let Some(call) = calls.get(index) else { return 0 };
    let by_issuer = caller(calls, index)
        .and_then(|at| calls.get(at))
        .is_some_and(|caller| caller.program == *issuer);
    if call.program != TOKEN_2022 || call.accounts.get(1) != Some(mint) || by_issuer {
        return 0;
    }
    match call.data.split_first() {
        Some((&(BURN | BURN_CHECKED), rest)) => {
            rest.first_chunk().map_or(0, |amount| u64::from_le_bytes(*amount))
        }
        _ => 0,
    }
}
