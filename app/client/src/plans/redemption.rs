//! Redemption by request: into escrow, and out of it in each of the ways there are.

use super::{Planned, Planner};
use crate::{
    attestation::{AttestationError, Evidence, attestation_args},
    hook::{Move, add_hook_accounts},
    issuer::{calls, instructions as args},
    programs::Programs,
    source::Source,
    token::create_account,
};
use scrip_interface::{
    attestation::{AcknowledgeBody, RejectBody, SettleBody},
    math::RawAmount,
    mint::TOKEN_2022,
    pda,
    token_account::associated,
};
use solana_address::Address;
use solana_instruction::Instruction;

/// A redemption by its place. Ids are 0 to 7, each free again once its redemption is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenRedemption {
    pub issuer: Address,
    pub mint: Address,
    pub owner: Address,
    pub id: u64,
    /// Who paid the rent, and gets it back.
    pub rent_payer: Address,
}

/// The ways back to the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Return {
    /// What nobody has taken up yet.
    Cancel,
    /// What the custodian rejected; no pause stops it.
    Claim,
    /// What was not settled by the deadline; no pause stops it.
    Reclaim,
}

/// Puts an owner's tokens into escrow. `rent_payer` pays the redemption's rent and gets it back.
pub fn request_redemption<S: Source>(
    on: Planner<S>,
    of: &OpenRedemption,
    amount: RawAmount,
    registered: bool,
) -> Planned<S> {
    let OpenRedemption { issuer, mint, owner, id, rent_payer } = *of;
    let escrow = pda::escrow(&on.programs.issuer, &mint).0;
    let mut request = calls::RequestRedemption {
        payer: rent_payer,
        owner,
        issuer,
        mint,
        registered,
        args: args::RequestRedemptionInstructionArgs { id, amount: amount.0 },
    }
    .instruction(on.programs);
    let movement = Move {
        mint,
        source: associated(&owner, &TOKEN_2022, &mint),
        destination: associated(&escrow, &TOKEN_2022, &mint),
        receiver: escrow,
        authority: owner,
        amount: amount.0,
    };
    add_hook_accounts(on.source, &mut request, &movement)?;
    Ok(vec![request])
}

/// Takes a redemption's tokens back to the owner, whose token account is made again if it was closed.
pub fn return_redemption<S: Source>(
    on: Planner<S>,
    of: &OpenRedemption,
    how: Return,
) -> Planned<S> {
    let OpenRedemption { issuer, mint, owner, id, rent_payer } = *of;
    let programs = on.programs;
    let mut back =
        match how {
            Return::Cancel => calls::CancelRedemption { owner, issuer, mint, id, rent_payer }
                .instruction(programs),
            Return::Claim => {
                calls::ClaimRedemption { owner, issuer, mint, id, rent_payer }.instruction(programs)
            }
            Return::Reclaim => calls::ReclaimRedemption { owner, issuer, mint, id, rent_payer }
                .instruction(programs),
        };
    let escrow = pda::escrow(&programs.issuer, &mint).0;
    let movement = Move {
        mint,
        source: associated(&escrow, &TOKEN_2022, &mint),
        destination: associated(&owner, &TOKEN_2022, &mint),
        receiver: owner,
        authority: escrow,
        // The gate's list does not go by the amount, which only the redemption knows.
        amount: 0,
    };
    add_hook_accounts(on.source, &mut back, &movement)?;
    Ok(vec![create_account(&owner, &owner, &mint, &TOKEN_2022), back])
}

/// The custodian takes a redemption up: the deadline is then the ticker's time for payouts from now on.
pub fn acknowledge_redemption(
    programs: &Programs,
    issuer: &Address,
    body: &AcknowledgeBody,
    evidence: Evidence,
) -> Result<Vec<Instruction>, AttestationError> {
    evidence.before(|signatures| {
        calls::AcknowledgeRedemption {
            issuer: *issuer,
            attestor_set: body.header.attestor_set,
            mint: body.header.subject,
            redemption: body.redemption,
            signatures,
            args: args::AcknowledgeRedemptionInstructionArgs {
                attestation: attestation_args(&body.header),
            },
        }
        .instruction(programs)
    })
}

/// The custodian will not pay: the owner may then claim the tokens.
pub fn reject_redemption(
    programs: &Programs,
    issuer: &Address,
    body: &RejectBody,
    evidence: Evidence,
) -> Result<Vec<Instruction>, AttestationError> {
    evidence.before(|signatures| {
        calls::RejectRedemption {
            issuer: *issuer,
            attestor_set: body.header.attestor_set,
            mint: body.header.subject,
            redemption: body.redemption,
            signatures,
            args: args::RejectRedemptionInstructionArgs {
                attestation: attestation_args(&body.header),
                reason: body.reason,
            },
        }
        .instruction(programs)
    })
}

/// Burns what the custodian has paid out, as its attestors signed. Anyone may pay for it.
pub fn settle_redemption(
    programs: &Programs,
    issuer: &Address,
    rent_payer: &Address,
    body: &SettleBody,
    evidence: Evidence,
) -> Result<Vec<Instruction>, AttestationError> {
    evidence.before(|signatures| {
        calls::SettleRedemption {
            issuer: *issuer,
            attestor_set: body.header.attestor_set,
            mint: body.header.subject,
            redemption: body.redemption,
            rent_payer: *rent_payer,
            signatures,
            args: args::SettleRedemptionInstructionArgs {
                attestation: attestation_args(&body.header),
                amount: body.amount,
                payout_reference: body.payout_reference,
            },
        }
        .instruction(programs)
    })
}
