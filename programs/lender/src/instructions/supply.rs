use super::{accrued, not_zero};
use crate::{
    accounts::{Accounts, is_free, load_or, store},
    error::{LenderError, require},
    token::Vault,
};
use scrip_interface::{
    lender::{
        Supplier,
        pda::{self, SUPPLIER_SEED},
    },
    math::lending::CashAmount,
};
use solana_program::entrypoint::ProgramResult;

/// Lends to the pool. Signer: the supplier, who pays for the record of the first time.
pub fn supply(accounts: &mut Accounts, amount: u64) -> ProgramResult {
    let owner = accounts.signer()?;
    let (market, mut state) = accrued(accounts)?;
    let supplier = accounts.next()?;
    let vault = Vault::of_cash(accounts, &state)?;

    let (address, bump) = pda::supplier(accounts.program, market.key, owner.key);
    require(*supplier.key == address, LenderError::WrongAddress)?;
    let new =
        Supplier { bump, market: *market.key, owner: *owner.key, shares: 0, reserved: [0; 32] };
    let mut supplied = load_or(accounts.program, supplier, new)?;
    let shares = state.shares_for(CashAmount(amount)).ok_or(LenderError::Overflow)?.0;
    // Too little for a share would be a gift.
    not_zero(shares)?;

    state.cash = state.cash.checked_add(amount).ok_or(LenderError::Overflow)?;
    state.shares = state.shares.checked_add(shares).ok_or(LenderError::Overflow)?;
    supplied.shares = supplied.shares.checked_add(shares).ok_or(LenderError::Overflow)?;
    store(market, &state)?;
    if is_free(supplier) {
        let seeds: [&[u8]; 3] = [SUPPLIER_SEED, market.key.as_ref(), owner.key.as_ref()];
        accounts.create(owner, supplier, (address, bump), &seeds, &supplied)?;
    } else {
        store(supplier, &supplied)?;
    }
    vault.pull(owner, amount)
}
