//! How far a corporate action may change a multiplier, and whether a dividend's figures agree.

/// A single change is at most this many to one, or one to this many.
const MAX_RATIO: u128 = 1_000;

/// A change of a multiplier: `numerator` new shares for `denominator` old ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    pub numerator: u64,
    pub denominator: u64,
}

/// A reinvested dividend, per share, in units of 10^-8 of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dividend {
    pub gross_e8: u64,
    pub withholding_e8: u64,
    pub net_e8: u64,
    /// At which the net amount was reinvested.
    pub price_e8: u64,
}

impl Ratio {
    /// Within 1:1000 and 1000:1; so neither is zero.
    pub fn is_within_bounds(self) -> bool {
        let (numerator, denominator) = self.wide();
        self.numerator > 0
            && self.denominator > 0
            && numerator <= denominator.saturating_mul(MAX_RATIO)
            && denominator <= numerator.saturating_mul(MAX_RATIO)
    }

    /// At most a quarter more or less.
    pub fn is_within_a_quarter(self) -> bool {
        let (numerator, denominator) = self.wide();
        let fourfold = numerator.saturating_mul(4);
        fourfold <= denominator.saturating_mul(5) && fourfold >= denominator.saturating_mul(3)
    }

    pub const fn is_one(self) -> bool {
        self.numerator == self.denominator
    }

    pub const fn rises(self) -> bool {
        self.numerator > self.denominator
    }

    const fn wide(self) -> (u128, u128) {
        (self.numerator as u128, self.denominator as u128)
    }
}

impl Dividend {
    /// The figures add up, and reinvesting the net amount at the price makes this ratio, to the
    /// last 10^-8 of the net amount: `price x (numerator - denominator) / denominator = net`. A
    /// ratio with a slip of the pen in it does not pass.
    pub fn agrees_with(self, ratio: Ratio) -> bool {
        let adds_up = self.withholding_e8.checked_add(self.net_e8) == Some(self.gross_e8);
        let Some(added) = ratio.numerator.checked_sub(ratio.denominator) else { return false };
        // Products of two numbers of 64 bits.
        let reinvested = u128::from(self.price_e8).wrapping_mul(u128::from(added));
        let denominator = u128::from(ratio.denominator);
        let net = u128::from(self.net_e8).wrapping_mul(denominator);
        adds_up && self.net_e8 > 0 && reinvested.abs_diff(net) <= denominator
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: u64, denominator: u64) -> Ratio {
        Ratio { numerator, denominator }
    }

    #[test]
    fn bounds_are_inclusive_and_exact() {
        for (within, numerator, denominator) in [
            (true, 1_000, 1),
            (false, 1_001, 1),
            (true, 1, 1_000),
            (false, 1, 1_001),
            (false, 1_000_000_001, 1_000_000),
            (true, u64::MAX, u64::MAX / 1_000 + 1),
            (false, u64::MAX, u64::MAX / 1_001),
            (false, 0, 1),
            (false, 1, 0),
            (false, 0, 0),
        ] {
            assert_eq!(ratio(numerator, denominator).is_within_bounds(), within);
        }
        for (within, numerator, denominator) in [
            (true, 125, 100),
            (false, 125_000_001, 100_000_000),
            (true, 75, 100),
            (false, 74_999_999, 100_000_000),
            (true, u64::MAX, u64::MAX),
        ] {
            assert_eq!(ratio(numerator, denominator).is_within_a_quarter(), within);
        }
    }

    #[test]
    fn a_ratio_rises_falls_or_is_one() {
        for (rises, is_one, numerator, denominator) in [
            (true, false, 2, 1),
            (true, false, u64::MAX, u64::MAX - 1),
            (false, true, 7, 7),
            (false, false, 1, 2),
        ] {
            let ratio = ratio(numerator, denominator);
            assert_eq!((ratio.rises(), ratio.is_one()), (rises, is_one), "{ratio:?}");
        }
    }

    #[test]
    fn a_dividends_figures_must_agree() {
        // 0.25 less 30 % reinvested at 175: one share becomes 1.001.
        let dividend = Dividend {
            gross_e8: 25_000_000,
            withholding_e8: 7_500_000,
            net_e8: 17_500_000,
            price_e8: 17_500_000_000,
        };
        assert!(dividend.agrees_with(ratio(1_001, 1_000)));
        assert!(!dividend.agrees_with(ratio(1_010, 1_000)));
        assert!(!dividend.agrees_with(ratio(1_000, 1_001)));
        assert!(!dividend.agrees_with(ratio(1_001_000_001, 1_000_000_000)));
        assert!(!Dividend { gross_e8: 25_000_001, ..dividend }.agrees_with(ratio(1_001, 1_000)));
        assert!(!Dividend { price_e8: 0, ..dividend }.agrees_with(ratio(1_001, 1_000)));
        let none = Dividend { gross_e8: 0, withholding_e8: 0, net_e8: 0, price_e8: 1 };
        assert!(!none.agrees_with(ratio(1, 1)));
    }
}
