//! Halts: begun at once, ended by the time given with them or after the timelock.

use crate::error::CollateralError;
use anchor_lang::prelude::*;
use scrip_math::Timestamp;

/// A halt is only ever made longer.
pub fn halted_until(current: i64, until: i64, now: Timestamp) -> Result<i64> {
    require!(until > now.0, CollateralError::HaltInvalid);
    Ok(current.max(until))
}

/// Ending a halt is a loosening: it waits, unless the halt ends by itself before.
pub fn resumes_at(current: i64, later: Timestamp) -> i64 {
    current.min(later.0)
}
