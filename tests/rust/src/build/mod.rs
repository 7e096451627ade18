//! One builder per instruction: valid as made, every field open to a test.

mod action;
mod attest_mint;
mod attestors;
mod cash;
mod create;
pub mod gate_records;
mod governance;
mod holders;
mod limits;
mod list_ticker;
mod metadata;
mod migrate;
mod posted;
mod redemption;
mod request_redemption;
mod reserves;
mod seizure;
mod settle_redemption;
mod stablecoin;
mod views;

pub use action::*;
pub use attest_mint::*;
pub use attestors::*;
pub use cash::*;
pub use create::*;
pub use governance::*;
pub use holders::*;
pub use limits::*;
pub use list_ticker::*;
pub use metadata::*;
pub use migrate::*;
pub use posted::*;
pub use redemption::*;
pub use request_redemption::*;
pub use reserves::*;
pub use seizure::*;
pub use settle_redemption::*;
pub use stablecoin::*;
pub use views::*;

use crate::vm::{Outcome, Vm};
use anchor_lang::{InstructionData, ToAccountMetas};
use solana_instruction::{AccountMeta, Instruction};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;

/// An instruction of one of our programs, ready to be changed: its accounts, its data (`data.args`)
/// and the accounts that follow the named ones.
#[derive(Clone, Debug)]
pub struct Call<A, D> {
    pub program: Pubkey,
    pub accounts: A,
    pub data: D,
    pub remaining: Vec<AccountMeta>,
}

impl<A: ToAccountMetas, D: InstructionData> Call<A, D> {
    /// Of the issuer program.
    pub fn new(accounts: A, data: D) -> Self {
        Self::of(issuer::ID, accounts, data)
    }

    pub fn of(program: Pubkey, accounts: A, data: D) -> Self {
        Self { program, accounts, data, remaining: vec![] }
    }

    pub fn instruction(&self) -> Instruction {
        let mut made = instruction(&self.accounts, &self.data);
        made.program_id = self.program;
        made.accounts.extend(self.remaining.iter().cloned());
        made
    }

    pub fn send(&self, vm: &mut Vm, signers: &[&Keypair]) -> Outcome {
        vm.send(&[self.instruction()], signers)
    }
}

/// An instruction of the issuer program.
pub fn instruction(accounts: &impl ToAccountMetas, data: &impl InstructionData) -> Instruction {
    Instruction {
        program_id: issuer::ID,
        accounts: accounts.to_account_metas(None),
        data: data.data(),
    }
}

/// Signs the issuer program's events.
pub fn event_authority() -> Pubkey {
    issuer::EVENT_AUTHORITY_AND_BUMP.0
}

/// Zero-padded text, as symbols are.
pub fn padded<const N: usize>(text: &str) -> [u8; N] {
    let mut bytes = [0; N];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    bytes
}
