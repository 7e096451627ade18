//! The few instructions of other programs that plans are made of.

use crate::programs::SYSTEM;
use scrip_interface::{
    math::{RawAmount, units::DECIMALS},
    mint::TOKEN_2022,
    token_account::{ASSOCIATED_TOKEN, associated},
};
use solana_address::Address;
use solana_instruction::{AccountMeta, Instruction};

/// Of the associated token program's instructions. Source: `interface/src/instruction.rs` there.
const CREATE_IDEMPOTENT: u8 = 1;
/// Of the token programs' instructions: the tag, the amount u64, the decimals u8. Source: `TokenInstruction`.
const TRANSFER_CHECKED: u8 = 12;

/// Makes an owner's associated token account if it is not there.
pub fn create_account(
    payer: &Address,
    owner: &Address,
    mint: &Address,
    token_program: &Address,
) -> Instruction {
    let accounts = vec![
        AccountMeta::new(*payer, true),
        AccountMeta::new(associated(owner, token_program, mint), false),
        AccountMeta::new_readonly(*owner, false),
        AccountMeta::new_readonly(*mint, false),
        AccountMeta::new_readonly(SYSTEM, false),
        AccountMeta::new_readonly(*token_program, false),
    ];
    Instruction { program_id: ASSOCIATED_TOKEN, accounts, data: vec![CREATE_IDEMPOTENT] }
}

/// Moves shares between token accounts. The accounts of the mint's hook, if it has one, come behind.
pub fn transfer(
    source: &Address,
    mint: &Address,
    destination: &Address,
    authority: &Address,
    amount: RawAmount,
) -> Instruction {
    let accounts = vec![
        AccountMeta::new(*source, false),
        AccountMeta::new_readonly(*mint, false),
        AccountMeta::new(*destination, false),
        AccountMeta::new_readonly(*authority, true),
    ];
    let mut data = vec![TRANSFER_CHECKED];
    data.extend_from_slice(&amount.0.to_le_bytes());
    data.push(DECIMALS);
    Instruction { program_id: TOKEN_2022, accounts, data }
}
