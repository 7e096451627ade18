//! Decaying buckets: how much may pass within any window of time.
//!
//! A bucket fills by what passes and drains evenly, its whole capacity in one window. What passes
//! in any window is therefore at most twice the capacity, and in the long run the capacity.

use crate::units::Timestamp;

/// How much, in the unit of what passes, may pass in `window_secs`. A window of 0: no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    pub capacity: u64,
    pub window_secs: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    pub level: u64,
    pub updated_at: Timestamp,
}

impl Limit {
    /// Whether `self` lets more pass than `other` in some stretch of time: a larger burst, or a
    /// faster drain.
    pub const fn is_looser_than(self, other: Self) -> bool {
        if other.window_secs == 0 {
            return false;
        }
        if self.window_secs == 0 {
            return true;
        }
        // capacity / window, compared crosswise: both products fit 96 bits.
        let rate = (self.capacity as u128).wrapping_mul(other.window_secs as u128);
        let other_rate = (other.capacity as u128).wrapping_mul(self.window_secs as u128);
        self.capacity > other.capacity || rate > other_rate
    }
}

impl Bucket {
    /// The bucket once `amount` has passed at `now`; `None` if the limit refuses it. A bucket that
    /// was filled under a larger limit lets nothing pass until it has drained below the new one.
    pub fn pass(self, amount: u64, limit: Limit, now: Timestamp) -> Option<Self> {
        if limit.window_secs == 0 {
            return Some(self);
        }
        let drained = self.drain(limit, now);
        let level = drained.level.checked_add(amount)?;
        if level > limit.capacity { None } else { Some(Self { level, ..drained }) }
    }

    /// Drained down to `now`; the drain is rounded down. A step too short to drain one unit leaves
    /// the time as it was, so that many short steps drain as much as a long one.
    fn drain(self, limit: Limit, now: Timestamp) -> Self {
        let elapsed = now.secs_since(self.updated_at);
        // At least a window ago: empty, whatever it held when the capacity was larger.
        if elapsed >= u64::from(limit.window_secs) && self.level <= limit.capacity {
            return Self { level: 0, updated_at: now };
        }
        let product = u128::from(elapsed).wrapping_mul(u128::from(limit.capacity));
        let drain = product.checked_div(u128::from(limit.window_secs)).unwrap_or(0);
        if drain == 0 && self.level > 0 {
            return self;
        }
        let drain = u64::try_from(drain).unwrap_or(u64::MAX);
        Self { level: self.level.saturating_sub(drain), updated_at: now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::{vec, vec::Vec};

    const HOUR: Limit = Limit { capacity: 3_600, window_secs: 3_600 };

    fn at(level: u64, secs: i64) -> Bucket {
        Bucket { level, updated_at: Timestamp(secs) }
    }

    #[test]
    fn a_bucket_fills_up_to_its_capacity_and_drains_evenly() {
        let full = at(0, 0).pass(3_600, HOUR, Timestamp(0)).unwrap();
        assert_eq!(full.pass(1, HOUR, Timestamp(0)), None);
        assert_eq!(full.pass(10, HOUR, Timestamp(9)), None);
        assert_eq!(full.pass(10, HOUR, Timestamp(10)), Some(at(3_600, 10)));
        assert_eq!(full.pass(3_600, HOUR, Timestamp(3_599)), None);
        assert_eq!(full.pass(3_600, HOUR, Timestamp(3_600)), Some(at(3_600, 3_600)));
    }

    #[test]
    fn no_window_is_no_limit_and_no_capacity_lets_nothing_pass() {
        assert_eq!(at(5, 1).pass(u64::MAX, Limit::default(), Timestamp(9)), Some(at(5, 1)));
        let closed = Limit { capacity: 0, window_secs: 60 };
        assert_eq!(at(0, 0).pass(1, closed, Timestamp(1 << 40)), None);
        assert!(at(0, 0).pass(0, closed, Timestamp(0)).is_some());
    }

    #[test]
    fn short_steps_drain_as_much_as_a_long_one() {
        // One unit drains in a minute: a step each second must not keep the bucket full.
        let slow = Limit { capacity: 60, window_secs: 3_600 };
        let mut bucket = at(60, 0);
        for second in 1..=120 {
            bucket = bucket.pass(0, slow, Timestamp(second)).unwrap();
        }
        assert_eq!(bucket.level, 58);
    }

    #[test]
    fn an_empty_bucket_drains_from_when_it_is_filled() {
        let slow = Limit { capacity: 60, window_secs: 3_600 };
        assert_eq!(at(0, 0).pass(60, slow, Timestamp(59)), Some(at(60, 59)));
    }

    #[test]
    fn time_that_runs_backwards_drains_nothing() {
        assert_eq!(at(10, 100).pass(0, HOUR, Timestamp(50)).unwrap().level, 10);
    }

    #[test]
    fn a_lowered_limit_waits_until_the_bucket_has_drained() {
        let low = Limit { capacity: 36, window_secs: 3_600 };
        let bucket = at(3_600, 0);
        assert_eq!(bucket.pass(1, low, Timestamp(3_600)), None);
        assert!(bucket.pass(1, low, Timestamp(360_000)).is_some());
    }

    #[test]
    fn looser_is_a_larger_burst_or_a_faster_drain() {
        let limit = |capacity, window_secs| Limit { capacity, window_secs };
        assert!(limit(0, 0).is_looser_than(HOUR));
        assert!(!HOUR.is_looser_than(limit(0, 0)));
        assert!(!HOUR.is_looser_than(HOUR));
        assert!(limit(3_601, 7_200).is_looser_than(HOUR));
        assert!(limit(3_600, 3_599).is_looser_than(HOUR));
        assert!(limit(1_800, 1_799).is_looser_than(HOUR));
        assert!(!limit(1_800, 1_800).is_looser_than(HOUR));
        assert!(!limit(3_600, 7_200).is_looser_than(HOUR));
    }

    proptest! {
        #[test]
        fn in_any_window_at_most_twice_the_capacity_passes(
            capacity in 1u64..1_000_000, window_secs in 1u32..10_000,
            steps in prop::collection::vec((0u32..2_000, 0u64..200_000), 1..60),
        ) {
            let limit = Limit { capacity, window_secs };
            let (mut now, mut bucket) = (0, Bucket::default());
            let mut passed: Vec<(i64, u64)> = vec![];
            for (wait, amount) in steps {
                now += i64::from(wait);
                if let Some(next) = bucket.pass(amount, limit, Timestamp(now)) {
                    bucket = next;
                    passed.push((now, amount));
                }
                let from = now - i64::from(window_secs);
                let total: u64 = passed.iter().filter(|(at, _)| *at > from).map(|(_, a)| a).sum();
                prop_assert!(total <= 2 * capacity);
                prop_assert!(bucket.level <= capacity);
            }
        }
    }
}
