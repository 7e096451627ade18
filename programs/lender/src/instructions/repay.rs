use super::{accrued, not_zero};
use crate::{
    accounts::{Accounts, store},
    error::{LenderError, require},
    ledger,
    token::Vault,
};
use scrip_interface::{lender::Position, math::lending::CashAmount};
use solana_program::entrypoint::ProgramResult;

/// Repays, at any hour, at most the whole debt: nobody asks for a price. Signer: who pays, for
/// whomever.
pub fn repay(accounts: &mut Accounts, max_amount: u64) -> ProgramResult {
    let payer = accounts.signer()?;
    let (market, mut state) = accrued(accounts)?;
    let (position, mut held) = accounts.state::<Position>()?;
    let vault = Vault::of_cash(accounts, &state)?;

    require(held.market == *market.key, LenderError::WrongMarket)?;
    let debt = ledger::debt(&state, &held)?;
    require(debt.0 > 0, LenderError::NoDebt)?;
    let amount = debt.min(CashAmount(max_amount));
    not_zero(amount.0)?;
    ledger::pay_off(&mut state, &mut held, amount)?;

    store(market, &state)?;
    store(position, &held)?;
    vault.pull(payer, amount.0)
}
