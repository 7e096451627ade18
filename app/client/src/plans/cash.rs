//! Trades of shares for cash, in one transaction each. With 3 signatures they fit only with a lookup
//! table: of [`super::mint_table`], the desk, its vault, the cash mint and its program.

use super::{Planned, Planner, Primary, receive, statement_args};
use crate::{
    attestation::{Evidence, attestation_args},
    issuer::{calls, instructions as args},
    source::Source,
    token::create_account,
};
use scrip_interface::attestation::QuoteBody;
use solana_address::Address;

/// A stablecoin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cash {
    pub mint: Address,
    /// Token or Token-2022.
    pub token_program: Address,
}

/// The owner's own terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The most to pay, or the least to receive, in the smallest unit of the cash mint.
    pub cash_limit: u64,
    /// The last second, of the chain's clock.
    pub deadline: i64,
}

/// Pays cash and mints shares, or neither; the account for them is made and thawed. The quote's owner
/// signs and pays.
pub fn subscribe_for_cash<S: Source>(
    on: Planner<S>,
    issuer: &Address,
    cash: Cash,
    body: &QuoteBody,
    evidence: Evidence,
    terms: Terms,
    primary: Primary,
) -> Planned<S> {
    let mint = body.header.subject;
    let mut plan = receive(on, &body.owner, &mint, &body.owner)?;
    plan.extend(evidence.before(|signatures| {
        calls::SubscribeForCash {
            owner: body.owner,
            issuer: *issuer,
            attestor_set: body.header.attestor_set,
            mint,
            owner_limits: primary.owner_limits,
            registered: primary.registered,
            cash_mint: cash.mint,
            cash_token_program: cash.token_program,
            signatures,
            args: args::SubscribeForCashInstructionArgs {
                attestation: attestation_args(&body.header),
                amount: body.amount,
                cash_amount: body.cash_amount,
                statement: statement_args(&body.statement),
                max_cash: terms.cash_limit,
                deadline: terms.deadline,
            },
        }
        .instruction(on.programs)
    })?);
    Ok(plan)
}

/// Burns shares and pays cash, or neither. The quote's owner signs and pays.
pub fn redeem_for_cash<S: Source>(
    on: Planner<S>,
    issuer: &Address,
    cash: Cash,
    body: &QuoteBody,
    evidence: Evidence,
    terms: Terms,
    primary: Primary,
) -> Planned<S> {
    let mut plan = vec![create_account(&body.owner, &body.owner, &cash.mint, &cash.token_program)];
    plan.extend(evidence.before(|signatures| {
        calls::RedeemForCash {
            owner: body.owner,
            issuer: *issuer,
            attestor_set: body.header.attestor_set,
            mint: body.header.subject,
            owner_limits: primary.owner_limits,
            registered: primary.registered,
            cash_mint: cash.mint,
            cash_token_program: cash.token_program,
            signatures,
            args: args::RedeemForCashInstructionArgs {
                attestation: attestation_args(&body.header),
                amount: body.amount,
                cash_amount: body.cash_amount,
                min_cash: terms.cash_limit,
                deadline: terms.deadline,
            },
        }
        .instruction(on.programs)
    })?);
    Ok(plan)
}
