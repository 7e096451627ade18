use super::{event_authority, instruction, token_account};
use crate::{attest, vm::Outcome, world::World};
use issuer::{
    instructions::{AttestMintArgs, StatementArgs},
    quorum::AttestationArgs,
};
use scrip_interface::{
    attestation::{Body, Header, MintBody},
    mint::TOKEN_2022,
};
use scrip_math::units::ONE_SHARE_E8;
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;

pub const INSTRUCTIONS_SYSVAR: Pubkey =
    Pubkey::from_str_const("Sysvar1nstructions1111111111111111111111111");
/// A default attestation lives this long.
pub const LIFETIME: i64 = 600;
/// What a default statement says is settled: 1,000 shares.
pub const SETTLED_E8: u128 = 1_000 * ONE_SHARE_E8;

/// A mint of `args` to an owner, with a body that says the same and a quorum that signed it.
#[derive(Clone)]
pub struct AttestMint {
    pub args: AttestMintArgs,
    pub accounts: issuer::accounts::AttestMint,
    /// What is signed, if it differs from what `args` and `accounts` say.
    pub body: Option<MintBody>,
    /// Of the ticker, as made.
    pub action_sequence: u32,
    /// Places of the signers in the world's attestors.
    pub signers: Vec<usize>,
}

impl AttestMint {
    pub fn new(world: &mut World, owner: &Pubkey, amount: u64) -> Self {
        let now = world.vm.now();
        let nonce = world.next_nonce();
        let (policy, wallet_record) = world.registration_of(owner);
        let listed = &world.listed.accounts;
        Self {
            args: AttestMintArgs {
                attestation: AttestationArgs { nonce, issued_at: now, expires_at: now + LIFETIME },
                amount,
                statement: StatementArgs {
                    as_of: now,
                    settled_shares_e8: SETTLED_E8,
                    receivable_shares_e8: 0,
                },
                owner: *owner,
            },
            accounts: issuer::accounts::AttestMint {
                issuer: listed.issuer,
                attestor_set: world.attestor_set,
                ticker: listed.ticker,
                nonces: listed.nonces,
                mint: listed.mint,
                authority: listed.authority,
                destination: token_account(owner, &listed.mint),
                owner_limits: None,
                policy,
                wallet_record,
                signatures: INSTRUCTIONS_SYSVAR,
                token_program: TOKEN_2022,
                event_authority: event_authority(),
                program: issuer::ID,
            },
            body: None,
            action_sequence: world.ticker().action_sequence,
            signers: (0..usize::from(world.threshold)).collect(),
        }
    }

    pub fn body(&self) -> MintBody {
        self.body.unwrap_or_else(|| MintBody {
            header: header(&self.args.attestation, self.accounts.mint, self.accounts.attestor_set),
            action_sequence: self.action_sequence,
            owner: self.args.owner,
            amount: self.args.amount,
            statement: self.args.statement.into(),
        })
    }

    pub fn instruction(&self) -> Instruction {
        instruction(&self.accounts, &issuer::instruction::AttestMint { args: self.args })
    }

    pub fn signatures(&self, world: &World) -> Instruction {
        attest::sign(&self.body().message(), &world.signers(&self.signers))
    }

    pub fn send(&self, world: &mut World) -> Outcome {
        let instructions = [self.signatures(world), self.instruction()];
        world.vm.send(&instructions, &[])
    }

    /// Sends with an Ed25519 instruction of the test's own.
    pub fn send_with(&self, world: &mut World, verification: Instruction) -> Outcome {
        world.vm.send(&[verification, self.instruction()], &[])
    }
}

/// The header that goes with arguments and accounts, on the cluster of the tests.
pub fn header(args: &AttestationArgs, subject: Pubkey, attestor_set: Pubkey) -> Header {
    Header {
        genesis_hash: super::GENESIS_HASH,
        program_id: issuer::ID,
        subject,
        attestor_set,
        nonce: args.nonce,
        issued_at: args.issued_at,
        expires_at: args.expires_at,
    }
}
