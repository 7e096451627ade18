use super::BPS;
use crate::{
    accounts::{Accounts, store},
    error::{LenderError, require},
};
use scrip_interface::lender::{Collateral, CollateralTerms, Market};
use solana_program::entrypoint::ProgramResult;

/// Replaces a collateral's terms at once; so the owner agrees to a feed's new rules, too. Signer:
/// the market's owner.
pub fn set_collateral(accounts: &mut Accounts, terms: CollateralTerms) -> ProgramResult {
    let owner = accounts.signer()?;
    let (market, market_state) = accounts.state::<Market>()?;
    let (collateral, mut state) = accounts.state::<Collateral>()?;

    require(market_state.owner == *owner.key, LenderError::WrongOwner)?;
    require(state.market == *market.key, LenderError::WrongMarket)?;
    validate(&terms)?;

    state.terms = terms;
    store(collateral, &state)
}

/// Between what may be borrowed and where a liquidation begins there is room; and one at that very
/// place is paid for, bonus included, by the collateral.
pub fn validate(terms: &CollateralTerms) -> Result<(), LenderError> {
    let CollateralTerms { ltv_bps, liquidation_bps, bonus_bps, .. } = *terms;
    let with_bonus = u32::from(bonus_bps).saturating_add(u32::from(BPS));
    let covered = u32::from(liquidation_bps).checked_mul(with_bonus);
    let whole = u32::from(BPS).saturating_mul(u32::from(BPS));
    let valid = ltv_bps < liquidation_bps && covered.is_some_and(|covered| covered <= whole);
    require(valid, LenderError::TermsInvalid)
}
