//! Whether a trade of shares for cash is inside a band of prices.

use crate::units::ShareAmount;

/// Prices per share, in units of 10^-8 of the currency. Both bounds are allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PriceBand {
    pub min_e8: u64,
    pub max_e8: u64,
}

/// Cash in the smallest unit of its mint, and that mint's decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cash {
    pub amount: u64,
    pub decimals: u8,
}

impl PriceBand {
    /// Whether `min <= cash / shares <= max`, exactly. `low_shares <= high_shares` bracket the
    /// share amount, which need not be whole: the band holds for both. What does not fit 128 bits
    /// is outside.
    pub fn allows(self, cash: Cash, low_shares: ShareAmount, high_shares: ShareAmount) -> bool {
        self.compare(cash, low_shares, high_shares).unwrap_or(false)
    }

    /// cash / 10^decimals against price / 10^8 x shares / 10^8, without a division.
    fn compare(self, cash: Cash, low: ShareAmount, high: ShareAmount) -> Option<bool> {
        const PRICE_AND_SHARE_DECIMALS: u32 = 16;
        let decimals = u32::from(cash.decimals);
        let cash_factor = 10u128.checked_pow(PRICE_AND_SHARE_DECIMALS.saturating_sub(decimals))?;
        let price_factor = 10u128.checked_pow(decimals.saturating_sub(PRICE_AND_SHARE_DECIMALS))?;
        let paid = u128::from(cash.amount).checked_mul(cash_factor)?;
        let worth = |price: u64, shares: ShareAmount| {
            u128::from(price).checked_mul(shares.0)?.checked_mul(price_factor)
        };
        // The stricter share amount at each end: at least min for all the shares there may be, at
        // most max for those there surely are.
        Some(worth(self.min_e8, high)? <= paid && paid <= worth(self.max_e8, low)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAND: PriceBand = PriceBand { min_e8: 190_00000000, max_e8: 210_00000000 };

    fn allows(amount: u64, decimals: u8, shares_e8: u128) -> bool {
        let shares = ShareAmount(shares_e8);
        BAND.allows(Cash { amount, decimals }, shares, shares)
    }

    #[test]
    fn the_bounds_belong_to_the_band() {
        let one = 100_000_000;
        assert!(!allows(189_999_999, 6, one));
        assert!(allows(190_000_000, 6, one));
        assert!(allows(210_000_000, 6, one));
        assert!(!allows(210_000_001, 6, one));
    }

    #[test]
    fn any_number_of_decimals_is_compared_exactly() {
        let half = 50_000_000;
        assert!(allows(95, 0, half) && !allows(94, 0, half));
        assert!(allows(9_500_000_000, 8, half) && !allows(9_499_999_999, 8, half));
        assert!(allows(95_000_000_000_000_000, 15, half));
        // A millionth of a share for 200 millionths of a unit of 18 decimals.
        assert!(allows(200_000_000_000_000, 18, 100));
        assert!(!allows(211_000_000_000_000, 18, 100));
        assert!(!allows(1, 255, half));
    }

    #[test]
    fn a_fraction_of_a_unit_of_shares_is_judged_from_both_sides() {
        let cash = |amount| Cash { amount, decimals: 8 };
        let band = PriceBand { min_e8: 100_000_000, max_e8: 100_000_000 };
        // Between 10 and 11 units of shares at exactly 1.00: neither 10 nor 11 units of cash fit.
        assert!(!band.allows(cash(10), ShareAmount(10), ShareAmount(11)));
        assert!(!band.allows(cash(11), ShareAmount(10), ShareAmount(11)));
        assert!(band.allows(cash(10), ShareAmount(10), ShareAmount(10)));
    }

    #[test]
    fn what_overflows_is_refused() {
        assert!(!allows(u64::MAX, 0, u128::MAX));
        assert!(!PriceBand::default().allows(
            Cash { amount: 1, decimals: 6 },
            ShareAmount(1),
            ShareAmount(1)
        ));
    }
}
