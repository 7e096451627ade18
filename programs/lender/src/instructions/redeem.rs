use super::{accrued, not_zero};
use crate::{
    accounts::{Accounts, store},
    error::{LenderError, require},
    token::Vault,
};
use scrip_interface::{lender::Supplier, math::lending::PoolShares};
use solana_program::entrypoint::ProgramResult;

/// Takes a supplier's part out of the pool, as far as it is not lent. Signer: the supplier.
pub fn redeem(accounts: &mut Accounts, shares: u64) -> ProgramResult {
    let owner = accounts.signer()?;
    let (market, mut state) = accrued(accounts)?;
    let (supplier, mut supplied) = accounts.state::<Supplier>()?;
    let vault = Vault::of_cash(accounts, &state)?;

    require(supplied.market == *market.key, LenderError::WrongMarket)?;
    require(supplied.owner == *owner.key, LenderError::WrongOwner)?;
    not_zero(shares)?;
    let left = supplied.shares.checked_sub(shares).ok_or(LenderError::SharesInsufficient)?;
    let amount = state.worth(PoolShares(shares)).ok_or(LenderError::Overflow)?.0;

    supplied.shares = left;
    state.shares = state.shares.checked_sub(shares).ok_or(LenderError::Overflow)?;
    state.cash = state.cash.checked_sub(amount).ok_or(LenderError::CashInsufficient)?;
    store(market, &state)?;
    store(supplier, &supplied)?;
    vault.push(market, &state, amount)
}
