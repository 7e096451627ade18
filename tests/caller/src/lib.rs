//! What other programs are to ours: a multisig or a protocol that calls them, and a transfer hook.
//!
//! As a caller it forwards its instruction data to the program of its first account, with the
//! accounts that follow in their order, and signs for its own address [`SIGNER_SEED`].
//! As a hook it lets a transfer pass only with all the accounts that its mint's list asks for: the
//! real one of this suite fails closed in the same way.

use solana_account_info::AccountInfo;
use solana_cpi::invoke_signed;
use solana_instruction::{AccountMeta, Instruction};
use solana_program_entrypoint::ProgramResult;
use solana_program_error::ProgramError;
use solana_pubkey::Pubkey;

pub const SIGNER_SEED: &[u8] = b"signer";

/// What Token-2022 calls a hook with: sha256("spl-transfer-hook-interface:execute"), 8 bytes.
/// Source: solana-program/transfer-hook, `interface/src/instruction.rs`.
pub const EXECUTE: [u8; 8] = [105, 37, 101, 197, 75, 251, 102, 26];
/// Source, mint, destination, authority, the list of extra accounts, and one that it names.
pub const EXECUTE_ACCOUNTS: usize = 6;

/// The hook's answer to fewer.
pub const ACCOUNTS_MISSING: u32 = 77;

/// The address this program signs for when it runs as `program`.
pub fn signer(program: &Pubkey) -> (Pubkey, u8) {
    Pubkey::find_program_address(&[SIGNER_SEED], program)
}

pub fn process(program: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    if data.starts_with(&EXECUTE) {
        return if accounts.len() >= EXECUTE_ACCOUNTS {
            Ok(())
        } else {
            Err(ProgramError::Custom(ACCOUNTS_MISSING))
        };
    }
    let (callee, forwarded) = accounts.split_first().ok_or(ProgramError::NotEnoughAccountKeys)?;
    let (signer, bump) = signer(program);
    let metas = forwarded.iter().map(|account| AccountMeta {
        pubkey: *account.key,
        is_signer: account.is_signer || *account.key == signer,
        is_writable: account.is_writable,
    });
    let instruction =
        Instruction { program_id: *callee.key, accounts: metas.collect(), data: data.to_vec() };
    invoke_signed(&instruction, forwarded, &[&[SIGNER_SEED, &[bump]]])
}

/// Behind the target, not a feature: on the host, where tests link this library, there is none.
#[cfg(target_os = "solana")]
mod entrypoint {
    scrip_entry::entrypoint!(process);

    use super::process;
}
