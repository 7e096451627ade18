//! Posted attestations: signatures gathered over several transactions, for a quorum that does not fit
//! one, or for a consumer that is called by another program.

use crate::attestation::INSTRUCTIONS_SYSVAR;
use crate::{
    attestation::{AttestationError, Signed, body_bytes, posted_seeds},
    issuer::{calls, instructions::OpenAttestationInstructionArgs},
    programs::Programs,
};
use scrip_interface::{
    attestation::{Body, Header},
    pda,
};
use solana_address::Address;
use solana_instruction::Instruction;

/// Signatures that fit one transaction beside compute-budget instructions.
pub const SIGNATURES_PER_POST: usize = 7;

/// Where an attestation is posted: the evidence for the instruction that consumes it.
pub fn posted_address<B: Body>(programs: &Programs, issuer: &Address, body: &B) -> Address {
    let (kind, digest) = posted_seeds(body);
    pda::attestation(&programs.issuer, issuer, kind as u8, &digest).0
}

/// Opens the place, then posts in as many transactions as the signatures need, to be sent in this order.
/// The payer gets the rent back when it is closed, after the attestation's expiry.
pub fn post_attestation<B: Body>(
    programs: &Programs,
    issuer: &Address,
    payer: &Address,
    header: &Header,
    body: &B,
    signed: &Signed,
) -> Result<Vec<Vec<Instruction>>, AttestationError> {
    let attestation = posted_address(programs, issuer, body);
    let open = calls::OpenAttestation {
        payer: *payer,
        issuer: *issuer,
        attestor_set: header.attestor_set,
        args: OpenAttestationInstructionArgs { kind: B::KIND as u8, body: body_bytes(body) },
    };
    let mut transactions = vec![vec![open.instruction(programs)]];
    let signatures: Vec<_> = signed.signatures.iter().collect();
    for some in signatures.chunks(SIGNATURES_PER_POST) {
        let part = Signed {
            message: signed.message,
            signatures: some
                .iter()
                .map(|(attestor, signature)| (**attestor, **signature))
                .collect(),
        };
        let post = calls::PostAttestation {
            attestor_set: header.attestor_set,
            attestation,
            signatures: INSTRUCTIONS_SYSVAR,
        };
        transactions.push(vec![part.instruction()?, post.instruction(programs)]);
    }
    Ok(transactions)
}
