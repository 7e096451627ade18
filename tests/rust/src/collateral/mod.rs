//! A curator that stands, mints as they are on mainnet, and price accounts as Pyth writes them.

mod build;
mod mint;
mod nyse;
mod price;
mod rules;
mod world;

pub use build::*;
pub use mint::*;
pub use nyse::*;
pub use price::*;
pub use rules::*;
pub use world::*;

use crate::vm::{Outcome, assert_fails_with};
use collateral::error::CollateralError;

/// Asserts that a transaction failed with exactly this error of the collateral program.
#[track_caller]
pub fn assert_refused(outcome: Outcome, expected: CollateralError) {
    assert_fails_with(outcome, u32::from(expected));
}
