//! Shares behind raw amounts, and prices, in exact arithmetic.

use super::TickerState;
use scrip_interface::attestation::ReserveStatement;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Multipliers {
    pub first: f64,
    /// From here on the second counts.
    pub effective_at: i64,
    pub second: f64,
}

/// A raw amount in shares: rounded down, and rounded up.
pub fn shares(raw: u64, multiplier: f64) -> (u128, u128) {
    // Doubling a double is exact: it ends with a whole number and the number of doublings.
    let (mut whole, mut doublings) = (multiplier, 0u32);
    while whole.fract() != 0.0 {
        whole *= 2.0;
        doublings += 1;
    }
    let product = whole as u128 * u128::from(raw);
    let unit = 1u128 << doublings;
    (product / unit, product.div_ceil(unit))
}

impl Multipliers {
    pub fn now(&self, now: i64) -> f64 {
        if now < self.effective_at { self.first } else { self.second }
    }

    /// All that must be covered at `now`.
    pub fn all(&self, now: i64) -> Vec<f64> {
        if now < self.effective_at { vec![self.first, self.second] } else { vec![self.second] }
    }
}

impl TickerState {
    /// Shares that count: settled, and receivable up to their share of the settled.
    pub fn counted(&self, now: i64) -> u128 {
        self.counted_of(&self.held(now))
    }

    fn counted_of(&self, reserves: &ReserveStatement) -> u128 {
        let most = reserves.settled_shares_e8 * u128::from(self.terms.max_receivable_bps) / 10_000;
        reserves.settled_shares_e8 + reserves.receivable_shares_e8.min(most)
    }

    pub fn covers(&self, supply: u64, now: i64) -> bool {
        let fits = |factor: f64, counted: u128| shares(supply, factor).1 <= counted;
        let next = self.still_ahead(now).unwrap_or(self.held(now));
        fits(self.multipliers.now(now), self.counted(now))
            && fits(self.last_multiplier(), self.counted_of(&next))
    }

    /// A trade's price is inside the band, whichever way its shares are rounded.
    pub fn in_band(&self, amount: u64, cash: u64, decimals: u8, now: i64) -> bool {
        let (min, max, expires_at) = self.band;
        let (low, high) = shares(amount, self.multipliers.now(now));
        let cash = u128::from(cash) * 10u128.pow(16 - u32::from(decimals));
        now < expires_at && u128::from(min) * high <= cash && cash <= u128::from(max) * low
    }

    pub fn stale(&self, as_of: i64, now: i64) -> bool {
        now - as_of > i64::from(self.terms.max_statement_age_secs)
    }
}
