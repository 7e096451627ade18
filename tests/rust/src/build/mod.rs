//! One builder per instruction: valid as made, every field open to a test.

mod attest_mint;
mod create;
mod list_ticker;
mod request_redemption;
mod settle_redemption;

pub use attest_mint::*;
pub use create::*;
pub use list_ticker::*;
pub use request_redemption::*;
pub use settle_redemption::*;

use anchor_lang::{InstructionData, ToAccountMetas};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;

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
