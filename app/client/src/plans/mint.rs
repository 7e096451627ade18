//! Minting.

use super::{Planned, Planner, Primary, receive, statement_args};
use crate::{
    attestation::{Evidence, INSTRUCTIONS_SYSVAR, attestation_args},
    issuer::{calls, instructions::AttestMintInstructionArgs},
    programs::{Programs, event_authority},
    source::Source,
};
use scrip_interface::{attestation::MintBody, gate, mint::TOKEN_2022, pda};
use solana_address::Address;

/// Mints what the attestors signed to the owner's associated account, which is made and thawed first
/// where that is needed. Anyone may pay for it.
pub fn attest_mint<S: Source>(
    on: Planner<S>,
    payer: &Address,
    issuer: &Address,
    body: &MintBody,
    evidence: Evidence,
    primary: Primary,
) -> Planned<S> {
    let mint = body.header.subject;
    let mut plan = receive(on, payer, &mint, &body.owner)?;
    plan.extend(evidence.before(|signatures| {
        calls::AttestMint {
            issuer: *issuer,
            attestor_set: body.header.attestor_set,
            mint,
            owner_limits: primary.owner_limits,
            registered: primary.registered,
            signatures,
            args: AttestMintInstructionArgs {
                attestation: attestation_args(&body.header),
                amount: body.amount,
                statement: statement_args(&body.statement),
                owner: body.owner,
            },
        }
        .instruction(on.programs)
    })?);
    Ok(plan)
}

/// What mints of one ticker have in common: all but the owner's own accounts. With them in a lookup
/// table a mint with 3 signatures fits a transaction, also where another pays, makes the account and
/// thaws it.
pub fn mint_table(
    programs: &Programs,
    issuer: &Address,
    attestor_set: &Address,
    mint: &Address,
) -> Vec<Address> {
    vec![
        *issuer,
        *attestor_set,
        pda::ticker(&programs.issuer, mint).0,
        pda::nonce_window(&programs.issuer, mint).0,
        *mint,
        pda::authority(&programs.issuer, mint).0,
        gate::pda::policy(&programs.gate, mint).0,
        event_authority(&programs.issuer),
        TOKEN_2022,
        INSTRUCTIONS_SYSVAR,
        Address::default(),
    ]
}
