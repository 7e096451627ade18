//! The lender's books, told once more: debts round up, claims and what leaves the pool down.

use super::*;
use scrip_interface::lender::{CollateralTerms, MarketTerms};

const INDEX: u128 = 1_000_000_000_000_000;
const E9: u128 = 1_000_000_000;
const YEAR: u128 = 365 * DAY as u128;
const BPS: u128 = 10_000;

#[derive(Clone, Debug, Default)]
pub struct Loans {
    pub market: Option<MarketState>,
    /// Created on the way, and left alone.
    pub other_markets: u64,
    /// By mint.
    pub collaterals: BTreeMap<Pubkey, CollateralState>,
    /// By owner.
    pub positions: BTreeMap<Pubkey, PositionState>,
    /// Shares, by owner.
    pub suppliers: BTreeMap<Pubkey, u128>,
}

#[derive(Clone, Debug)]
pub struct MarketState {
    pub terms: MarketTerms,
    pub accrued_at: i64,
    pub index: u128,
    pub debt_units: u128,
    pub cash: u128,
    pub shares: u128,
    pub bad_debt: u128,
}

#[derive(Clone, Debug)]
pub struct CollateralState {
    pub terms: CollateralTerms,
    pub deposited: u64,
}

#[derive(Clone, Debug, Default)]
pub struct PositionState {
    pub units: u128,
    /// By mint, in the order of the account.
    pub holdings: Vec<(Pubkey, u64)>,
}

impl MarketState {
    pub fn new(terms: MarketTerms, now: i64) -> Self {
        let (debt_units, cash, shares, bad_debt) = (0, 0, 0, 0);
        Self { terms, accrued_at: now, index: INDEX, debt_units, cash, shares, bad_debt }
    }

    /// With the interest up to now.
    pub fn at(&self, now: i64) -> Self {
        let mut market = self.clone();
        let secs = (now - self.accrued_at) as u128;
        let debt = self.counted_debt();
        let e9 = |bps: u16| u128::from(bps) * (E9 / BPS);
        let whole = debt + self.cash;
        let used = (e9(self.terms.slope_bps) * debt).checked_div(whole).unwrap_or(0);
        let rate = e9(self.terms.base_rate_bps) + used;
        market.index += (self.index * rate * secs).div_ceil(E9 * YEAR);
        market.accrued_at = now;
        market
    }

    /// What the pool counts on.
    pub fn counted_debt(&self) -> u128 {
        self.debt_units * self.index / INDEX
    }

    pub fn assets(&self) -> u128 {
        self.cash + self.counted_debt()
    }

    pub fn owed(&self, units: u128) -> u128 {
        (units * self.index).div_ceil(INDEX)
    }

    pub fn shares_for(&self, amount: u64) -> u128 {
        u128::from(amount) * (self.shares + 1) / (self.assets() + 1)
    }

    pub fn worth(&self, shares: u128) -> u128 {
        shares * (self.assets() + 1) / (self.shares + 1)
    }

    pub fn units_for(&self, amount: u64) -> u128 {
        (u128::from(amount) * INDEX).div_ceil(self.index)
    }

    /// Takes a payment off a debt.
    pub fn pay(&mut self, position: &mut PositionState, amount: u128) {
        let units = if amount >= self.owed(position.units) {
            position.units
        } else {
            (amount * INDEX / self.index).min(position.units)
        };
        self.cash += amount;
        self.debt_units -= units;
        position.units -= units;
    }
}

impl PositionState {
    pub fn raw(&self, mint: &Pubkey) -> u64 {
        self.holdings.iter().find(|(held, _)| held == mint).map_or(0, |(_, raw)| *raw)
    }

    pub fn add(&mut self, mint: Pubkey, raw: u64) {
        match self.holdings.iter_mut().find(|(held, _)| *held == mint) {
            Some((_, held)) => *held += raw,
            None => self.holdings.push((mint, raw)),
        }
    }

    pub fn take(&mut self, mint: &Pubkey, raw: u64) {
        let place = self.holdings.iter().position(|(held, _)| held == mint).expect("it is held");
        self.holdings[place].1 -= raw;
        if self.holdings[place].1 == 0 {
            self.holdings.remove(place);
        }
    }
}

/// USD, e8, of a debt in the stablecoin's millionths.
pub fn debt_value(amount: u128) -> u128 {
    amount * 100
}

/// What a liquidator pays, and gets, at most `repay` for a bonus, out of `raw` worth `value`.
pub fn seizure(repay: u128, raw: u64, value: u128, bonus_bps: u16) -> (u128, u128) {
    let with_bonus = BPS + u128::from(bonus_bps);
    let wanted = debt_value(repay) * with_bonus / BPS;
    if wanted < value {
        return (repay, u128::from(raw) * wanted / value);
    }
    let price = (value * BPS).div_ceil(with_bonus);
    (price.div_ceil(100).min(repay), raw.into())
}
