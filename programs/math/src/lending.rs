//! Pools of cash lent against collateral: interest, claims on the pool, and what a liquidator gets.
//!
//! Debts and claims are whole numbers of units whose worth only grows (a debt) or moves with the
//! pool (a claim). Debt is rounded up, claims and what leaves the pool down.

use crate::{
    price::{PriceE8, power_of_ten},
    units::{Bps, RawAmount},
    valuation::{ValueE8, value_ceil},
};

/// Of the lent token, in its own smallest unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CashAmount(pub u64);

/// A debt in units of the debt index: `cash = units x index / 10^15`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DebtUnits(pub u64);

/// What a unit of debt has grown to, times 10^15. Begins at [`DebtIndex::ONE`] and only grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DebtIndex(pub u64);

/// Parts of what a pool holds and is owed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PoolShares(pub u64);

/// Interest per year, in billionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RateE9(pub u64);

const ONE_E15: u64 = 1_000_000_000_000_000;
const ONE_E9: u64 = 1_000_000_000;
const BPS: u64 = 10_000;
const BPS_TO_E9: u64 = ONE_E9 / BPS;
/// Of 365 days.
const YEAR_SECS: u64 = 31_536_000;
/// One US dollar per whole token: the lent token is taken at its face value.
const FACE_VALUE: PriceE8 = PriceE8(100_000_000);

/// `a x b / c`, rounded down. `None` if it does not fit 64 bits or `c` is 0.
pub fn mul_div_floor(a: u64, b: u64, c: u64) -> Option<u64> {
    // Two factors of 64 bits fit 128.
    let product = u128::from(a).wrapping_mul(u128::from(b));
    u64::try_from(product.checked_div(u128::from(c))?).ok()
}

/// `a x b / c`, rounded up. `None` if it does not fit 64 bits or `c` is 0.
pub fn mul_div_ceil(a: u64, b: u64, c: u64) -> Option<u64> {
    let (product, c) = (u128::from(a).wrapping_mul(u128::from(b)), u128::from(c));
    let up = u128::from(!product.is_multiple_of(c));
    u64::try_from(product.checked_div(c)?.saturating_add(up)).ok()
}

/// `value x bps / 10,000`, rounded down.
pub fn portion_floor(value: ValueE8, bps: Bps) -> Option<ValueE8> {
    mul_div_floor(value.0, u64::from(bps.0), BPS).map(ValueE8)
}

impl RateE9 {
    /// `base + slope x debt / (debt + cash)`, rounded down: dearer the more of the pool is lent.
    pub fn of_pool(base: Bps, slope: Bps, cash: CashAmount, debt: CashAmount) -> Option<Self> {
        let whole = cash.0.checked_add(debt.0)?;
        let slope = u64::from(slope.0).wrapping_mul(BPS_TO_E9);
        let used = if whole == 0 { 0 } else { mul_div_floor(slope, debt.0, whole)? };
        Some(Self(u64::from(base.0).wrapping_mul(BPS_TO_E9).checked_add(used)?))
    }
}

impl DebtIndex {
    pub const ONE: Self = Self(ONE_E15);

    /// The index after simple interest for `secs`, rounded up. `None` if it does not fit, which it
    /// does until a debt has grown 18,000-fold.
    pub fn after(self, rate: RateE9, secs: u64) -> Option<Self> {
        let rate_secs = rate.0.checked_mul(secs)?;
        let growth = mul_div_ceil(self.0, rate_secs, ONE_E9.wrapping_mul(YEAR_SECS))?;
        self.0.checked_add(growth).map(Self)
    }
}

impl DebtUnits {
    /// What borrowing an amount adds to a debt.
    pub fn borrowed(amount: CashAmount, index: DebtIndex) -> Option<Self> {
        mul_div_ceil(amount.0, ONE_E15, index.0).map(Self)
    }

    /// What repaying an amount takes off a debt.
    pub fn repaid(amount: CashAmount, index: DebtIndex) -> Option<Self> {
        mul_div_floor(amount.0, ONE_E15, index.0).map(Self)
    }

    /// What a debtor owes.
    pub fn owed_ceil(self, index: DebtIndex) -> Option<CashAmount> {
        mul_div_ceil(self.0, index.0, ONE_E15).map(CashAmount)
    }

    /// What a pool counts all of its debts for.
    pub fn owed_floor(self, index: DebtIndex) -> Option<CashAmount> {
        mul_div_floor(self.0, index.0, ONE_E15).map(CashAmount)
    }
}

impl PoolShares {
    /// The shares that an amount buys, of a pool worth `assets` with `self` shares. One share and
    /// one unit more on either side let an empty pool begin; of one that has lost nearly all, shares
    /// cost next to nothing and soon no longer fit.
    pub fn bought(self, amount: CashAmount, assets: CashAmount) -> Option<Self> {
        mul_div_floor(amount.0, self.0.checked_add(1)?, assets.0.checked_add(1)?).map(Self)
    }

    /// What so many of the pool's `all` shares are worth.
    pub fn worth(self, assets: CashAmount, all: Self) -> Option<CashAmount> {
        mul_div_floor(self.0, assets.0.checked_add(1)?, all.0.checked_add(1)?).map(CashAmount)
    }
}

impl CashAmount {
    /// As a debt: at one US dollar per token, rounded up.
    pub fn debt_value(self, decimals: u8) -> Option<ValueE8> {
        value_ceil(RawAmount(self.0), FACE_VALUE, decimals)
    }

    /// What pays for a value at one US dollar per token, rounded up.
    pub fn paying(value: ValueE8, decimals: u8) -> Option<Self> {
        mul_div_ceil(value.0, power_of_ten(u32::from(decimals))?, FACE_VALUE.0).map(Self)
    }
}

/// What a liquidator pays and gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seizure {
    pub repaid: CashAmount,
    pub seized: RawAmount,
}

impl Seizure {
    /// For repaying at most `repay`, out of a holding of `raw` worth `value`: collateral worth the
    /// payment and a bonus, rounded down; or the whole holding, for as much as pays for it.
    pub fn of(
        repay: CashAmount,
        decimals: u8,
        raw: RawAmount,
        value: ValueE8,
        bonus: Bps,
    ) -> Option<Self> {
        let with_bonus = BPS.checked_add(u64::from(bonus.0))?;
        // Rounded down, unlike a debt's value: it buys collateral.
        let paid = crate::valuation::value_floor(RawAmount(repay.0), FACE_VALUE, decimals)?;
        let wanted = mul_div_floor(paid.0, with_bonus, BPS)?;
        if wanted < value.0 {
            let seized = RawAmount(mul_div_floor(raw.0, wanted, value.0)?);
            return Some(Self { repaid: repay, seized });
        }
        let price = ValueE8(mul_div_ceil(value.0, BPS, with_bonus)?);
        let whole = CashAmount::paying(price, decimals)?;
        Some(Self { repaid: whole.min(repay), seized: raw })
    }
}

#[cfg(test)]
#[path = "lending_tests.rs"]
mod tests;
