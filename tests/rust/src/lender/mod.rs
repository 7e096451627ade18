//! A market of the example lender over feeds that stand, with people who have stablecoins and
//! tokenized shares.

mod audit;
mod names;
mod world;

pub use names::{errors, instructions};
pub use world::*;

use crate::vm::{Outcome, assert_fails_with};
use lender::error::LenderError;

/// Asserts that a transaction failed with exactly this error of the lender.
#[track_caller]
pub fn assert_denied(outcome: Outcome, expected: LenderError) {
    assert_fails_with(outcome, expected as u32);
}
