use super::{
    INSTRUCTIONS_SYSVAR, LIFETIME, RequestRedemption, event_authority, header, instruction,
};
use crate::{attest, vm::Outcome, world::World};
use issuer::{instructions::SettleRedemptionArgs, quorum::AttestationArgs};
use scrip_interface::{
    attestation::{Body, SettleBody},
    mint::TOKEN_2022,
};
use solana_instruction::Instruction;

#[derive(Clone)]
pub struct SettleRedemption {
    pub args: SettleRedemptionArgs,
    pub accounts: issuer::accounts::SettleRedemption,
    /// What is signed, if it differs from what `args` and `accounts` say.
    pub body: Option<SettleBody>,
    /// Of the ticker, as made.
    pub action_sequence: u32,
    /// Number of the event that opened the redemption.
    pub request: u64,
    /// Places of the signers in the world's attestors.
    pub signers: Vec<usize>,
}

impl SettleRedemption {
    pub fn new(world: &mut World, request: &RequestRedemption, amount: u64) -> Self {
        let now = world.vm.now();
        let nonce = world.next_nonce();
        let listed = &world.listed.accounts;
        Self {
            args: SettleRedemptionArgs {
                attestation: AttestationArgs { nonce, issued_at: now, expires_at: now + LIFETIME },
                amount,
                payout_reference: [9; 32],
            },
            accounts: issuer::accounts::SettleRedemption {
                issuer: listed.issuer,
                attestor_set: world.attestor_set,
                ticker: listed.ticker,
                nonces: listed.nonces,
                redemption: request.accounts.redemption,
                rent_payer: request.accounts.payer,
                mint: listed.mint,
                authority: listed.authority,
                escrow: listed.escrow,
                escrow_account: listed.escrow_account,
                signatures: INSTRUCTIONS_SYSVAR,
                token_program: TOKEN_2022,
                event_authority: event_authority(),
                program: issuer::ID,
            },
            body: None,
            action_sequence: world.ticker().action_sequence,
            request: world.request_number(&request.accounts.redemption),
            signers: (0..usize::from(world.threshold)).collect(),
        }
    }

    pub fn body(&self) -> SettleBody {
        self.body.unwrap_or_else(|| SettleBody {
            header: header(&self.args.attestation, self.accounts.mint, self.accounts.attestor_set),
            action_sequence: self.action_sequence,
            redemption: self.accounts.redemption,
            request: self.request,
            amount: self.args.amount,
            payout_reference: self.args.payout_reference,
        })
    }

    pub fn instruction(&self) -> Instruction {
        let data = issuer::instruction::SettleRedemption { args: self.args };
        instruction(&self.accounts, &data)
    }

    pub fn send(&self, world: &mut World) -> Outcome {
        let signatures = attest::sign(&self.body().message(), &world.signers(&self.signers));
        world.vm.send(&[signatures, self.instruction()], &[])
    }
}
