use super::{accrued, not_zero};
use crate::{
    accounts::{Accounts, store},
    error::{LenderError, require},
    ledger,
    pricing::{debt_limit, value_holdings},
    token::Vault,
};
use scrip_interface::{collateral::Flags, lender::Position, math::lending::CashAmount};
use solana_program::entrypoint::ProgramResult;

/// Lends cash to a position, if every holding may carry new debt now. Signer: the debtor.
pub fn borrow(accounts: &mut Accounts, amount: u64) -> ProgramResult {
    let owner = accounts.signer()?;
    let (market, mut state) = accrued(accounts)?;
    let (position, mut held) = accounts.state::<Position>()?;
    let vault = Vault::of_cash(accounts, &state)?;

    require(held.market == *market.key, LenderError::WrongMarket)?;
    require(held.owner == *owner.key, LenderError::WrongOwner)?;
    not_zero(amount)?;
    ledger::lend(&mut state, &mut held, CashAmount(amount))?;
    let debt = ledger::debt(&state, &held)?;
    require(debt.0 >= state.terms.min_debt, LenderError::DebtTooSmall)?;
    let holdings = value_holdings(accounts, &held, Flags::CAN_MINT_DEBT)?;
    let carried = ledger::debt_value(&state, debt)? <= debt_limit(&holdings)?;
    require(carried, LenderError::DebtTooHigh)?;

    store(market, &state)?;
    store(position, &held)?;
    vault.push(market, &state, amount)
}
