//! Debts, in the market's books and in the position's, always both.

use crate::error::{LenderError, require};
use scrip_interface::{
    lender::{Market, Position},
    math::{
        ValueE8,
        lending::{CashAmount, DebtUnits},
    },
};

use LenderError::Overflow;

/// What a position owes, rounded up.
pub fn debt(market: &Market, position: &Position) -> Result<CashAmount, LenderError> {
    market.debt_of(position).ok_or(Overflow)
}

/// A debt in US dollars, rounded up.
pub fn debt_value(market: &Market, debt: CashAmount) -> Result<ValueE8, LenderError> {
    debt.debt_value(market.cash_decimals).ok_or(Overflow)
}

pub fn lend(
    market: &mut Market,
    position: &mut Position,
    amount: CashAmount,
) -> Result<(), LenderError> {
    market.cash = market.cash.checked_sub(amount.0).ok_or(LenderError::CashInsufficient)?;
    let units = DebtUnits::borrowed(amount, market.index()).ok_or(Overflow)?.0;
    market.debt_units = market.debt_units.checked_add(units).ok_or(Overflow)?;
    position.debt_units = position.debt_units.checked_add(units).ok_or(Overflow)?;
    Ok(())
}

/// Takes an amount, at most the whole debt, off it.
pub fn pay_off(
    market: &mut Market,
    position: &mut Position,
    amount: CashAmount,
) -> Result<(), LenderError> {
    let whole = amount >= debt(market, position)?;
    let units = DebtUnits::repaid(amount, market.index()).ok_or(Overflow)?.0;
    let units = if whole { position.debt_units } else { units.min(position.debt_units) };
    market.cash = market.cash.checked_add(amount.0).ok_or(Overflow)?;
    forget(market, position, units)
}

/// A debt without collateral will not be paid: the suppliers bear it at once, all alike, rather
/// than whoever redeems last.
pub fn write_off(market: &mut Market, position: &mut Position) -> Result<(), LenderError> {
    let lost = debt(market, position)?.0;
    require(position.holdings().next().is_none(), LenderError::CollateralInsufficient)?;
    market.bad_debt = market.bad_debt.checked_add(lost).ok_or(Overflow)?;
    forget(market, position, position.debt_units)
}

fn forget(market: &mut Market, position: &mut Position, units: u64) -> Result<(), LenderError> {
    market.debt_units = market.debt_units.checked_sub(units).ok_or(Overflow)?;
    position.debt_units = position.debt_units.checked_sub(units).ok_or(Overflow)?;
    Ok(())
}
