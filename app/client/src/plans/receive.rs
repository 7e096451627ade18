//! Getting ready to hold shares, whatever the mint's mode.

use super::{PlanError, Planned, Planner};
use crate::{
    issuer::{accounts::Ticker, calls::Thaw},
    source::{Source, scrip_account, token_2022},
    token::create_account,
};
use scrip_interface::{
    mint::{Mint, TOKEN_2022},
    pda,
    token_account::{TokenAccount, associated},
};
use solana_address::Address;
use solana_instruction::Instruction;

/// Makes an owner's associated account if it is not there, and thaws it if it is frozen or would be:
/// to be put before what gives the owner shares, in the same transaction.
pub fn receive<S: Source>(
    on: Planner<S>,
    payer: &Address,
    mint: &Address,
    owner: &Address,
) -> Planned<S> {
    let mut plan = vec![create_account(payer, owner, mint, &TOKEN_2022)];
    plan.extend(thawed(on, mint, owner)?);
    Ok(plan)
}

/// Nothing for an account that moves already, or that another program than the issuer's would have
/// to thaw.
pub(super) fn thawed<S: Source>(
    on: Planner<S>,
    mint: &Address,
    owner: &Address,
) -> Result<Option<Instruction>, PlanError<S::Error>> {
    let token_account = associated(owner, &TOKEN_2022, mint);
    let ticker = pda::ticker(&on.programs.issuer, mint).0;
    let read = on.source.read_all(&[*mint, token_account, ticker]).map_err(PlanError::Source)?;
    let [mint_bytes, account, ticker] = <[_; 3]>::try_from(read)
        .map_err(|_| PlanError::Missing { what: "the mint", address: *mint })?;
    let mint_bytes =
        token_2022(mint_bytes).ok_or(PlanError::Missing { what: "the mint", address: *mint })?;
    let Some(rules) = Mint::parse(&mint_bytes) else { return Ok(None) };
    if rules.freeze_authority() != Some(pda::authority(&on.programs.issuer, mint).0) {
        return Ok(None);
    }
    let frozen = match token_2022(account) {
        Some(bytes) => TokenAccount::parse(&bytes).is_some_and(|account| account.is_frozen()),
        None => rules.starts_frozen(),
    };
    let Some(ticker) = scrip_account::<Ticker>(ticker, &on.programs.issuer).filter(|_| frozen)
    else {
        return Ok(None);
    };
    let thaw =
        Thaw { mint: *mint, token_account, registered: true, issuer: ticker.issuer, owner: *owner };
    Ok(Some(thaw.instruction(on.programs)))
}
