//! Price accounts of oracles that this program knows. A curator chooses among them and cannot
//! bring another: their programs are constants of the binary.
//!
//! The layouts are read in place by our own code. Deserialising with the oracle's crates would cost
//! more than the rest of a valuation, and the legacy one brings Solana types of years ago; the
//! tests hold our reading against both crates' own types.

mod pyth_legacy;
mod pyth_update;

pub use pyth_legacy::PythLegacy;
pub use pyth_update::PythUpdate;

use crate::{
    error::CollateralError,
    state::{Source, source_kind},
};
use anchor_lang::prelude::*;
use scrip_math::price::Quote;

/// What an oracle's account says, with nothing judged yet but that it is the right account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub quote: Quote,
    /// Whether the oracle calls the price a live one.
    pub trading: bool,
}

/// An oracle's account layout.
pub trait Adapter {
    /// Programs whose accounts these are.
    const PROGRAMS: &'static [Pubkey];

    /// Reads an account's data of one of the programs for a feed's source.
    fn read(data: &[u8], source: &Source) -> Result<Reading>;
}

/// Reads the account that a feed's source names.
pub fn read(account: &AccountInfo, source: &Source) -> Result<Reading> {
    match source.kind {
        source_kind::PYTH_UPDATE => read_as::<PythUpdate>(account, source),
        source_kind::PYTH_LEGACY => read_as::<PythLegacy>(account, source),
        _ => err!(CollateralError::ConfigInvalid),
    }
}

fn read_as<A: Adapter>(account: &AccountInfo, source: &Source) -> Result<Reading> {
    require!(A::PROGRAMS.contains(account.owner), CollateralError::OracleProgramUnknown);
    let pinned = source.account != Pubkey::default();
    require!(!pinned || source.account == *account.key, CollateralError::WrongPriceAccount);
    A::read(&account.try_borrow_data()?, source)
}

fn bytes_at<const N: usize>(data: &[u8], at: usize) -> Result<[u8; N]> {
    let bytes = data.get(at..).and_then(|rest| rest.first_chunk()).copied();
    bytes.ok_or_else(|| CollateralError::PriceLayoutInvalid.into())
}
