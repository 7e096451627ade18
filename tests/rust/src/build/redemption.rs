//! What comes after a request: the custodian's answer, and the ways back to the owner.

use super::{
    Call, INSTRUCTIONS_SYSVAR, LIFETIME, RequestRedemption, event_authority, header, token_account,
};
use crate::{attest, vm::Outcome, world::World};
use anchor_lang::{InstructionData, ToAccountMetas};
use issuer::{
    accounts::{AnswerRedemption, ReturnRedemption, SetIssuerPause, SetTickerPause},
    instruction::{
        AcknowledgeRedemption, CancelRedemption, ClaimRedemption, ReclaimRedemption,
        RejectRedemption,
    },
    instructions::{AcknowledgeRedemptionArgs, RejectRedemptionArgs, SetPauseArgs},
    quorum::AttestationArgs,
};
use scrip_interface::{
    attestation::{AcknowledgeBody, Body, RejectBody},
    mint::TOKEN_2022,
    pda,
};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// An instruction that rests on an attestation: with what is signed, and by whom.
pub struct Attested<A, D, B> {
    pub call: Call<A, D>,
    pub body: B,
    /// Places of the signers in the world's attestors.
    pub signers: Vec<usize>,
}

pub type Acknowledge = Attested<AnswerRedemption, AcknowledgeRedemption, AcknowledgeBody>;
pub type Reject = Attested<AnswerRedemption, RejectRedemption, RejectBody>;

impl<A: ToAccountMetas, D: InstructionData, B: Body> Attested<A, D, B> {
    pub fn new(world: &World, accounts: A, data: D, body: B) -> Self {
        let signers = (0..usize::from(world.threshold)).collect();
        Self { call: Call::new(accounts, data), body, signers }
    }

    pub fn instruction(&self) -> Instruction {
        self.call.instruction()
    }

    pub fn send(&self, world: &mut World) -> Outcome {
        let signatures = attest::sign(&self.body.message(), &world.signers(&self.signers));
        world.vm.send(&[signatures, self.instruction()], &[])
    }
}

/// A fresh nonce, issued now.
pub fn attestation_args(world: &mut World) -> AttestationArgs {
    let now = world.vm.now();
    AttestationArgs { nonce: world.next_nonce(), issued_at: now, expires_at: now + LIFETIME }
}

pub fn acknowledge(world: &mut World, request: &RequestRedemption) -> Acknowledge {
    let attestation = attestation_args(world);
    let accounts = answer_accounts(world, request);
    let body = AcknowledgeBody {
        header: header(&attestation, request.accounts.mint, accounts.attestor_set),
        action_sequence: world.ticker().action_sequence,
        redemption: request.accounts.redemption,
        request: world.request_number(&request.accounts.redemption),
    };
    let data = AcknowledgeRedemption { args: AcknowledgeRedemptionArgs { attestation } };
    Attested::new(world, accounts, data, body)
}

pub fn reject(world: &mut World, request: &RequestRedemption, reason: u16) -> Reject {
    let attestation = attestation_args(world);
    let accounts = answer_accounts(world, request);
    let body = RejectBody {
        header: header(&attestation, request.accounts.mint, accounts.attestor_set),
        action_sequence: world.ticker().action_sequence,
        redemption: request.accounts.redemption,
        request: world.request_number(&request.accounts.redemption),
        reason,
    };
    let data = RejectRedemption { args: RejectRedemptionArgs { attestation, reason } };
    Attested::new(world, accounts, data, body)
}

fn answer_accounts(world: &World, request: &RequestRedemption) -> AnswerRedemption {
    AnswerRedemption {
        issuer: request.accounts.issuer,
        attestor_set: world.attestor_set,
        ticker: request.accounts.ticker,
        nonces: world.listed.accounts.nonces,
        redemption: request.accounts.redemption,
        signatures: INSTRUCTIONS_SYSVAR,
        event_authority: event_authority(),
        program: issuer::ID,
    }
}

pub fn cancel(
    world: &World,
    request: &RequestRedemption,
) -> Call<ReturnRedemption, CancelRedemption> {
    Call::new(return_accounts(world, request), CancelRedemption)
}

pub fn claim(
    world: &World,
    request: &RequestRedemption,
) -> Call<ReturnRedemption, ClaimRedemption> {
    Call::new(return_accounts(world, request), ClaimRedemption)
}

pub fn reclaim(
    world: &World,
    request: &RequestRedemption,
) -> Call<ReturnRedemption, ReclaimRedemption> {
    Call::new(return_accounts(world, request), ReclaimRedemption)
}

/// Back to the owner's associated token account.
fn return_accounts(world: &World, request: &RequestRedemption) -> ReturnRedemption {
    let (requested, listed) = (&request.accounts, &world.listed.accounts);
    let destination = token_account(&requested.owner, &requested.mint);
    ReturnRedemption {
        owner: requested.owner,
        issuer: requested.issuer,
        ticker: requested.ticker,
        redemption: requested.redemption,
        rent_payer: requested.payer,
        mint: requested.mint,
        authority: listed.authority,
        escrow: listed.escrow,
        escrow_account: listed.escrow_account,
        destination,
        hold: pda::hold(&issuer::ID, &requested.mint, &destination).0,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    }
}

/// Pauses of the world's ticker, set and lifted by `operator`.
pub fn ticker_pause(
    world: &World,
    operator: &Pubkey,
    args: SetPauseArgs,
) -> Call<SetTickerPause, issuer::instruction::SetTickerPause> {
    let listed = &world.listed.accounts;
    let accounts = SetTickerPause {
        operator: *operator,
        role_grant: None,
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        authority: listed.authority,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, issuer::instruction::SetTickerPause { args })
}

/// The admin pauses the ticker, and with it the mint where `pauses` has TRANSFER.
pub fn pause_ticker(world: &mut World, pauses: u8) {
    let admin = world.admin.insecure_clone();
    let args = SetPauseArgs { pause: pauses, unpause: 0 };
    let call = ticker_pause(world, &admin.pubkey(), args);
    call.send(&mut world.vm, &[&admin]).expect("the admin may pause");
}

/// The admin pauses the whole issuer; each mint stays as it is.
pub fn pause_issuer(world: &mut World, pauses: u8) {
    let admin = world.admin.insecure_clone();
    let accounts = SetIssuerPause {
        operator: admin.pubkey(),
        role_grant: None,
        issuer: world.listed.accounts.issuer,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = SetPauseArgs { pause: pauses, unpause: 0 };
    let call = Call::new(accounts, issuer::instruction::SetIssuerPause { args });
    call.send(&mut world.vm, &[&admin]).expect("the admin may pause");
}
