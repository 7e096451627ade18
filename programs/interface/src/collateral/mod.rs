//! The collateral program: what a share is worth to a lender, asked by CPI or read from an account.

mod flags;
mod instruction;
mod observation;
pub mod pda;
pub mod reason;
mod valuation;

pub use flags::{Flags, Reasons};
pub use instruction::{ValueAccounts, observe, status, value, value_with};
pub use observation::{OBSERVATION_OFFSET, Observation};
pub use valuation::{
    ENTRY_LEN, Expected, HEADER_LEN, Kind, MAX_ENTRIES, RETURN_DATA_VERSION, ReadError, Valuation,
    encode, read, read_entries,
};

/// Units of [`Valuation`]'s and [`Observation`]'s prices: USD per whole token (10^decimals raw
/// units, before the multiplier) times this.
pub const ONE_USD_E8: u64 = 100_000_000;
