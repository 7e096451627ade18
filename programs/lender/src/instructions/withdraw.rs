use super::{accrued, not_zero};
use crate::{
    accounts::{Accounts, store},
    error::{LenderError, require},
    ledger,
    pricing::{debt_limit, value_holdings},
    token::Vault,
};
use scrip_interface::{
    collateral::Flags,
    lender::{Collateral, Position},
};
use solana_program::entrypoint::ProgramResult;

/// Takes collateral out: always without debt; with debt, if what remains carries it and may be
/// counted on now. Signer: the debtor.
pub fn withdraw(accounts: &mut Accounts, raw: u64) -> ProgramResult {
    let owner = accounts.signer()?;
    let (market, state) = accrued(accounts)?;
    let (collateral, mut kept) = accounts.state::<Collateral>()?;
    let (position, mut held) = accounts.state::<Position>()?;
    let vault = Vault::of_collateral(accounts, &kept)?;

    require(kept.market == *market.key, LenderError::WrongMarket)?;
    require(held.market == *market.key, LenderError::WrongMarket)?;
    require(held.owner == *owner.key, LenderError::WrongOwner)?;
    not_zero(raw)?;
    held.take(collateral.key, raw).ok_or(LenderError::CollateralInsufficient)?;
    kept.deposited = kept.deposited.checked_sub(raw).ok_or(LenderError::Overflow)?;
    if held.debt_units > 0 {
        let left = value_holdings(accounts, &held, Flags::CAN_WITHDRAW)?;
        let debt = ledger::debt(&state, &held)?;
        let carried = ledger::debt_value(&state, debt)? <= debt_limit(&left)?;
        require(carried, LenderError::DebtTooHigh)?;
    }

    store(market, &state)?;
    store(collateral, &kept)?;
    store(position, &held)?;
    vault.push(market, &state, raw)
}
