//! Which of a custodian's shares count, and whether they cover a supply.

use crate::{
    multiplier::{Multiplier, MultiplierError},
    units::{Bps, RawAmount, ShareAmount},
};

/// Shares that count as reserves: all settled ones, and receivable ones (bought and unsettled, or
/// due from a dividend) up to `max_receivable` of the settled. Rounded down.
pub fn counted_shares(
    settled: ShareAmount,
    receivable: ShareAmount,
    max_receivable: Bps,
) -> ShareAmount {
    let limit = settled.mul_bps_floor(max_receivable);
    settled.saturating_add(receivable.min(limit))
}

/// Whether `supply x multiplier` (rounded up) is at most `counted`.
pub fn covers(
    counted: ShareAmount,
    supply: RawAmount,
    multiplier: Multiplier,
) -> Result<bool, MultiplierError> {
    Ok(multiplier.shares_ceil(supply)? <= counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receivable_shares_count_up_to_their_limit() {
        let counted = |settled, receivable, bps| {
            counted_shares(ShareAmount(settled), ShareAmount(receivable), Bps(bps)).0
        };
        assert_eq!(counted(1_000, 30, 500), 1_030);
        assert_eq!(counted(1_000, 50, 500), 1_050);
        assert_eq!(counted(1_000, 51, 500), 1_050);
        assert_eq!(counted(1_000, u128::MAX, 0), 1_000);
        assert_eq!(counted(0, 100, 10_000), 0);
        assert_eq!(counted(19, 1, 500), 19);
        assert_eq!(counted(20, 1, 500), 21);
    }

    #[test]
    fn a_supply_is_covered_up_to_the_last_unit() {
        let half_again = Multiplier::from_f64_bits(1.5f64.to_bits()).unwrap();
        // 101 x 1.5 = 151.5, a liability of 152.
        assert_eq!(covers(ShareAmount(151), RawAmount(101), half_again), Ok(false));
        assert_eq!(covers(ShareAmount(152), RawAmount(101), half_again), Ok(true));
        assert_eq!(covers(ShareAmount(0), RawAmount(0), half_again), Ok(true));
    }
}
