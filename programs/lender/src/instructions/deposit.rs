use super::not_zero;
use crate::{
    accounts::{Accounts, is_free, load_or, store},
    error::{LenderError, require},
    token::Vault,
};
use scrip_interface::lender::{
    Collateral, Holding, MAX_HOLDINGS, Market, Position,
    pda::{self, POSITION_SEED},
};
use solana_program::entrypoint::ProgramResult;

/// Adds collateral, at any hour: no price is needed. Signer: the debtor, who pays for the position
/// the first time.
pub fn deposit(accounts: &mut Accounts, raw: u64) -> ProgramResult {
    let owner = accounts.signer()?;
    let (market, _) = accounts.state::<Market>()?;
    let (collateral, mut kept) = accounts.state::<Collateral>()?;
    let position = accounts.next()?;
    let vault = Vault::of_collateral(accounts, &kept)?;

    require(kept.market == *market.key, LenderError::WrongMarket)?;
    not_zero(raw)?;
    let (address, bump) = pda::position(accounts.program, market.key, owner.key);
    require(*position.key == address, LenderError::WrongAddress)?;
    let new = Position {
        bump,
        market: *market.key,
        owner: *owner.key,
        debt_units: 0,
        holdings: [Holding::default(); MAX_HOLDINGS],
        reserved: [0; 32],
    };
    let mut state = load_or(accounts.program, position, new)?;
    // A liquidation values every holding. A debtor in trouble could add a share that is halted and
    // has no price.
    let held = state.debt_units == 0 || state.holding(collateral.key).is_some();
    require(held, LenderError::CollateralNotHeld)?;

    kept.deposited = kept.deposited.checked_add(raw).ok_or(LenderError::Overflow)?;
    require(kept.deposited <= kept.terms.max_raw, LenderError::DepositLimit)?;
    state.add(*collateral.key, raw).ok_or(LenderError::PositionFull)?;
    store(collateral, &kept)?;
    if is_free(position) {
        let seeds: [&[u8]; 3] = [POSITION_SEED, market.key.as_ref(), owner.key.as_ref()];
        accounts.create(owner, position, (address, bump), &seeds, &state)?;
    } else {
        store(position, &state)?;
    }
    vault.pull(owner, raw)
}
