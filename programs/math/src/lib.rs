//! The only place with formulas. `no_std`, no Solana types, no floating point arithmetic.
//!
//! Rounding is in the name of a function (`_floor`, `_ceil`) and a caller picks the one that
//! favours the protocol: reserves and collateral down, liabilities and debt up.
#![no_std]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

#[cfg(test)]
extern crate std;

pub mod action;
pub mod bucket;
pub mod calendar;
pub mod cash;
pub mod isin;
pub mod lending;
pub mod multiplier;
pub mod price;
pub mod reserves;
pub mod units;
pub mod valuation;

pub use multiplier::{Multiplier, MultiplierError};
pub use price::PriceE8;
pub use units::{Bps, RawAmount, ShareAmount, Timestamp};
pub use valuation::ValueE8;
