use super::{BPS, accrued};
use crate::{
    accounts::{Accounts, store},
    error::{LenderError, require},
    ledger,
    pricing::{Valued, liquidation_limit, liquidation_value, value_holdings},
    token::Vault,
};
use scrip_interface::{
    collateral::Flags,
    lender::{Collateral, Market, Position},
    math::{
        Bps, ValueE8,
        lending::{CashAmount, Seizure, mul_div_ceil},
    },
};
use solana_program::{entrypoint::ProgramResult, program_error::ProgramError, pubkey::Pubkey};

/// Repays debt of a position that is no longer healthy, for a collateral of the liquidator's
/// choice. Signer: the liquidator.
pub fn liquidate(accounts: &mut Accounts, max_repaid: u64, min_seized: u64) -> ProgramResult {
    let liquidator = accounts.signer()?;
    let (market, mut state) = accrued(accounts)?;
    let (position, mut held) = accounts.state::<Position>()?;
    let cash = Vault::of_cash(accounts, &state)?;
    let (collateral, mut kept) = accounts.state::<Collateral>()?;
    let vault = Vault::of_collateral(accounts, &kept)?;

    require(held.market == *market.key, LenderError::WrongMarket)?;
    require(kept.market == *market.key, LenderError::WrongMarket)?;
    let holdings = value_holdings(accounts, &held, Flags::CAN_LIQUIDATE)?;
    let max_repaid = CashAmount(max_repaid).min(closable(&state, &held, &kept, &holdings)?);
    let Seizure { repaid, seized } = seizure(&state, collateral.key, &holdings, max_repaid)?;
    require(seized.0 > 0 && seized.0 >= min_seized, LenderError::SeizedTooLittle)?;

    held.take(collateral.key, seized.0).ok_or(LenderError::CollateralInsufficient)?;
    kept.deposited = kept.deposited.checked_sub(seized.0).ok_or(LenderError::Overflow)?;
    ledger::pay_off(&mut state, &mut held, repaid)?;
    if held.holdings().next().is_none() {
        ledger::write_off(&mut state, &mut held)?;
    }

    store(market, &state)?;
    store(position, &held)?;
    store(collateral, &kept)?;
    cash.pull(liquidator, repaid.0)?;
    vault.push(market, &state, seized.0)
}

/// How much of an unhealthy position's debt may be repaid at once: the close factor's part; or all
/// of it, if too little would be left to be worth another liquidation, or if the collateral no
/// longer pays for debt and bonus, so that another one only costs more.
fn closable(
    market: &Market,
    position: &Position,
    seized: &Collateral,
    holdings: &[Valued],
) -> Result<CashAmount, ProgramError> {
    let debt = ledger::debt(market, position)?;
    let value = ledger::debt_value(market, debt)?;
    require(value > liquidation_limit(holdings)?, LenderError::Healthy)?;

    let portion = |amount: u64, bps: u64| {
        mul_div_ceil(amount, bps, u64::from(BPS)).ok_or(LenderError::Overflow)
    };
    let part = portion(debt.0, u64::from(market.terms.close_factor_bps))?;
    let with_bonus = u64::from(BPS).saturating_add(u64::from(seized.terms.bonus_bps));
    let due = ValueE8(portion(value.0, with_bonus)?);
    let small = debt.0.saturating_sub(part) < market.terms.min_debt;
    let all = small || liquidation_value(holdings)? < due;
    Ok(if all { debt } else { CashAmount(part) })
}

fn seizure(
    market: &Market,
    collateral: &Pubkey,
    holdings: &[Valued],
    repay: CashAmount,
) -> Result<Seizure, LenderError> {
    let held = holdings.iter().find(|held| held.key == *collateral);
    let Valued { collateral, answer, .. } = held.ok_or(LenderError::CollateralInsufficient)?;
    let (value, bonus) = (answer.liquidation_value(), Bps(collateral.terms.bonus_bps));
    Seizure::of(repay, market.cash_decimals, answer.raw, value, bonus).ok_or(LenderError::Overflow)
}
