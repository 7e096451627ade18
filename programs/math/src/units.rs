//! Newtypes for every quantity that could be mistaken for another.

/// Decimals of every mint: one share is `10^8` raw units while the multiplier is 1.
pub const DECIMALS: u8 = 8;
/// One share in [`ShareAmount`] units, and in [`RawAmount`] units at multiplier 1.
pub const ONE_SHARE_E8: u128 = 100_000_000;

/// What Token-2022 moves: 8 decimals, before the multiplier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RawAmount(pub u64);

/// Economic shares in units of `10^-8` share: raw amount x multiplier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShareAmount(pub u128);

/// Ten-thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bps(pub u16);

/// Seconds since the Unix epoch, as the cluster's clock tells them. Never slots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

impl RawAmount {
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(difference) => Some(Self(difference)),
            None => None,
        }
    }
}

impl ShareAmount {
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `self x bps / 10_000`, rounded down; exact over the whole range of `u128`.
    pub fn mul_bps_floor(self, bps: Bps) -> Self {
        const ONE: u128 = 10_000;
        let bps = u128::from(bps.0);
        // quotient x bps + floor(remainder x bps / 10_000) is the exact floor, and only the first
        // product can exceed u128, which saturates: a bound that large binds nothing.
        let (quotient, remainder) = (self.0 / ONE, self.0 % ONE);
        let rest = remainder.wrapping_mul(bps) / ONE;
        Self(quotient.saturating_mul(bps).saturating_add(rest))
    }
}

impl Timestamp {
    pub const fn saturating_add_secs(self, secs: u32) -> Self {
        Self(self.0.saturating_add(secs as i64))
    }

    /// Seconds from `earlier` to `self`; 0 when `earlier` is the later one.
    pub const fn secs_since(self, earlier: Self) -> u64 {
        if self.0 <= earlier.0 { 0 } else { self.0.abs_diff(earlier.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn mul_bps_floor_is_the_exact_floor(amount in 0..u128::MAX / 65_536, bps: u16) {
            prop_assert_eq!(
                ShareAmount(amount).mul_bps_floor(Bps(bps)).0,
                amount * u128::from(bps) / 10_000
            );
        }
    }

    #[test]
    fn mul_bps_floor_saturates_instead_of_wrapping() {
        assert_eq!(ShareAmount(u128::MAX).mul_bps_floor(Bps(u16::MAX)).0, u128::MAX);
        assert_eq!(ShareAmount(u128::MAX).mul_bps_floor(Bps(10_000)).0, u128::MAX);
    }

    #[test]
    fn raw_amounts_neither_wrap_nor_fall_below_zero() {
        let (two, three) = (RawAmount(2), RawAmount(3));
        assert_eq!(
            (two.checked_add(three), three.checked_sub(two)),
            (Some(RawAmount(5)), Some(RawAmount(1)))
        );
        assert_eq!(
            (RawAmount(u64::MAX).checked_add(RawAmount(1)), two.checked_sub(three)),
            (None, None)
        );
    }

    #[test]
    fn secs_since_spans_the_whole_range_of_time() {
        assert_eq!(Timestamp(10).secs_since(Timestamp(4)), 6);
        assert_eq!(Timestamp(4).secs_since(Timestamp(10)), 0);
        assert_eq!(Timestamp(i64::MAX).secs_since(Timestamp(i64::MIN)), u64::MAX);
    }
}
