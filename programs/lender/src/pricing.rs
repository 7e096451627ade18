//! Asking the collateral program: the part to copy into a lender of one's own.

use crate::{
    accounts::Accounts,
    error::{LenderError, require},
};
use scrip_interface::{
    collateral::{Expected, Flags, Kind, ReadError, Valuation, read, value_with},
    ids::COLLATERAL,
    lender::{Collateral, Position},
    math::{Bps, RawAmount, ValueE8, lending::portion_floor},
};
use solana_program::{
    instruction::AccountMeta,
    msg,
    program::{get_return_data, invoke},
    program_error::ProgramError,
    pubkey::Pubkey,
};

/// A holding: the terms its market lends on, and what it is worth.
pub struct Valued {
    pub key: Pubkey,
    pub collateral: Collateral,
    pub answer: Valuation,
}

/// Values every holding of a position, and demands that each may be used for `act`.
///
/// Takes the collateral program, each holding's `Collateral`, and the accounts of `value`, which
/// are passed on unseen: the answer names mint, amount and the hash of the feed's rules, and a hash
/// is of one feed only.
pub fn value_holdings(
    accounts: &mut Accounts,
    position: &Position,
    act: Flags,
) -> Result<Vec<Valued>, ProgramError> {
    if position.holdings().next().is_none() {
        return Ok(vec![]);
    }
    let program = accounts.next()?;
    require(*program.key == COLLATERAL, LenderError::WrongCollateralProgram)?;
    let mut asked = Vec::new();
    for holding in position.holdings() {
        let (account, collateral) = accounts.state::<Collateral>()?;
        require(*account.key == holding.collateral, LenderError::WrongHoldings)?;
        let Collateral { mint, terms, .. } = &collateral;
        let raw = RawAmount(holding.raw);
        let expected = Expected { mint: *mint, raw, config_hash: terms.config_hash };
        asked.push((*account.key, collateral, expected));
    }
    let expected: Vec<_> = asked.iter().map(|(.., expected)| *expected).collect();

    let rest = accounts.rest();
    let metas = rest.iter().map(|account| AccountMeta::new_readonly(*account.key, false)).collect();
    let question = value_with(&COLLATERAL, metas, expected.iter().map(|expected| expected.raw));
    let mut infos = rest.to_vec();
    infos.push(program.clone());
    invoke(&question, &infos)?;
    // At once: the next call of any program replaces it.
    let returned = get_return_data().ok_or(LenderError::AnswerInvalid)?;
    let answers = read(&COLLATERAL, Kind::Value, &returned, &expected).map_err(refusal)?;

    for answer in &answers {
        if !answer.allowed().contains(act) {
            // What the bits mean: `scrip_interface::collateral::reason`.
            msg!("Scrip: {} not allowed, reasons {:#x}", answer.mint, answer.reasons.0);
            return Err(LenderError::NotAllowed.into());
        }
    }
    let valued = asked.into_iter().zip(answers);
    Ok(valued.map(|((key, collateral, _), answer)| Valued { key, collateral, answer }).collect())
}

const fn refusal(error: ReadError) -> LenderError {
    match error {
        ReadError::WrongConfig => LenderError::RulesNotAgreed,
        _ => LenderError::AnswerInvalid,
    }
}

/// How much debt the holdings carry: of the floor less the haircut, so much as the terms lend.
pub fn debt_limit(holdings: &[Valued]) -> Result<ValueE8, LenderError> {
    sum(holdings, |held| {
        portion_floor(held.answer.collateral_value(), Bps(held.collateral.terms.ltv_bps))
    })
}

/// Above which debt the holdings are sold: judged without a haircut, which grows in the evening,
/// when no share is worth less.
pub fn liquidation_limit(holdings: &[Valued]) -> Result<ValueE8, LenderError> {
    sum(holdings, |held| {
        portion_floor(held.answer.liquidation_value(), Bps(held.collateral.terms.liquidation_bps))
    })
}

/// What the holdings are worth in a liquidation.
pub fn liquidation_value(holdings: &[Valued]) -> Result<ValueE8, LenderError> {
    sum(holdings, |held| Some(held.answer.liquidation_value()))
}

fn sum(
    holdings: &[Valued],
    of: impl Fn(&Valued) -> Option<ValueE8>,
) -> Result<ValueE8, LenderError> {
    let add = |sum: u64, held| sum.checked_add(of(held)?.0);
    holdings.iter().try_fold(0, add).map(ValueE8).ok_or(LenderError::Overflow)
}
