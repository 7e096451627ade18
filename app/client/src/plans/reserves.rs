//! What the custodian holds, without a mint.

use super::statement_args;
use crate::{
    attestation::{AttestationError, Evidence, attestation_args},
    issuer::{
        calls,
        instructions::{AttestReservesInstructionArgs, AttestStatementInstructionArgs},
    },
    programs::Programs,
};
use scrip_interface::attestation::{ReserveBody, StatementBody};
use solana_address::Address;
use solana_instruction::Instruction;

/// Records what is held for one ticker. Reserves below the supply pause minting.
pub fn attest_reserves(
    programs: &Programs,
    issuer: &Address,
    body: &ReserveBody,
    evidence: Evidence,
) -> Result<Vec<Instruction>, AttestationError> {
    evidence.before(|signatures| {
        calls::AttestReserves {
            issuer: *issuer,
            attestor_set: body.header.attestor_set,
            mint: body.header.subject,
            signatures,
            args: AttestReservesInstructionArgs {
                attestation: attestation_args(&body.header),
                statement: statement_args(&body.statement),
            },
        }
        .instruction(programs)
    })
}

/// Records the root of one statement for all tickers of a custodian. `apply_statement` then takes each
/// ticker's numbers with their proof, which nobody signs.
pub fn attest_statement(
    programs: &Programs,
    issuer: &Address,
    body: &StatementBody,
    evidence: Evidence,
) -> Result<Vec<Instruction>, AttestationError> {
    evidence.before(|signatures| {
        calls::AttestStatement {
            issuer: *issuer,
            attestor_set: body.header.attestor_set,
            custodian: body.header.subject,
            signatures,
            args: AttestStatementInstructionArgs {
                attestation: attestation_args(&body.header),
                as_of: body.as_of,
                root: body.root,
            },
        }
        .instruction(programs)
    })
}
