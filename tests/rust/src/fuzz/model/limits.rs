//! A limit lets a capacity pass at once and gives it back evenly over its window.

use issuer::state::Limit;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    pub used: u64,
    pub since: i64,
}

impl Level {
    /// After `amount` at `now`; `None` if it does not fit.
    pub fn after(self, amount: u64, limit: Limit, now: i64) -> Option<Self> {
        if limit.window_secs == 0 {
            return Some(self);
        }
        let drained = self.drained(limit, now);
        let used = drained.used.checked_add(amount).filter(|used| *used <= limit.capacity)?;
        Some(Self { used, ..drained })
    }

    fn drained(self, limit: Limit, now: i64) -> Self {
        let (capacity, window) = (i128::from(limit.capacity), i128::from(limit.window_secs));
        let elapsed = i128::from(now - self.since).max(0);
        let given_back = elapsed * capacity / window;
        let whole_window = elapsed >= window && self.used <= limit.capacity;
        if whole_window {
            Self { used: 0, since: now }
        } else if given_back == 0 && self.used > 0 {
            self
        } else {
            let used = (i128::from(self.used) - given_back).max(0);
            Self { used: u64::try_from(used).expect("not above what it was"), since: now }
        }
    }

    /// Nothing that passed binds any more.
    pub fn is_empty(self, limit: Limit, now: i64) -> bool {
        limit.window_secs == 0 || self.after(0, limit, now).is_some_and(|level| level.used == 0)
    }
}

/// Whether a limit lets more pass than another: at once, or in the long run.
pub fn looser(limit: Limit, than: Limit) -> bool {
    match (limit.window_secs, than.window_secs) {
        (_, 0) => false,
        (0, _) => true,
        (window, other) => {
            let rate = u128::from(limit.capacity) * u128::from(other);
            limit.capacity > than.capacity || rate > u128::from(than.capacity) * u128::from(window)
        }
    }
}
