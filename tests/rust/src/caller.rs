//! A program of somebody else, `tests/caller` as compiled for the chain: it calls ours and signs
//! with an address of its own, as a multisig does.

use crate::{
    vm::{Vm, key, program_path},
    world::World,
};
use scrip_caller::EXECUTE;
use scrip_interface::mint::{Mint, extension};
use solana_account::Account;
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub struct Caller {
    pub program: Pubkey,
    /// What it signs for.
    pub signer: Pubkey,
}

impl Caller {
    pub fn deploy(vm: &mut Vm) -> Self {
        let (program, path) = (key("caller program").pubkey(), program_path("scrip_caller"));
        vm.svm.add_program_from_file(program, &path).unwrap_or_else(|error| {
            let command = "cargo xtask build-sbf --manifest-path tests/caller/Cargo.toml";
            panic!("{}: {error}. Build it first: {command}", path.display())
        });
        Self { program, signer: scrip_caller::signer(&program).0 }
    }

    /// The same instruction, called by this program. Its own address signs by the call only.
    pub fn forward(&self, instruction: Instruction) -> Instruction {
        let mut accounts = vec![AccountMeta::new_readonly(instruction.program_id, false)];
        accounts.extend(instruction.accounts);
        for account in &mut accounts {
            account.is_signer &= account.pubkey != self.signer;
        }
        Instruction { program_id: self.program, accounts, data: instruction.data }
    }

    /// Makes this program the transfer hook of the world's mint, one that asks for `extra`. Returns
    /// the accounts that a transfer must then be given.
    pub fn hook(&self, world: &mut World, extra: Pubkey) -> Vec<AccountMeta> {
        let mint = world.mint();
        world.vm.edit(&mint, |account| {
            let value = Mint::parse(&account.data)
                .and_then(|mint| mint.extension(extension::TRANSFER_HOOK))
                .expect("a mint with a place for a hook");
            let at = value.as_ptr().addr() - account.data.as_ptr().addr();
            // Authority, then the program.
            account.data[at + 32..at + 64].copy_from_slice(self.program.as_ref());
        });
        let list = self.list(&mint);
        let data = extra_accounts(&extra);
        let lamports = world.vm.svm.minimum_balance_for_rent_exemption(data.len());
        let account = Account { lamports, data, owner: self.program, ..Default::default() };
        world.vm.svm.set_account(list, account).expect("the list can be set");
        [extra, self.program, list].map(|key| AccountMeta::new_readonly(key, false)).to_vec()
    }

    /// Where Token-2022 looks for the list of extra accounts.
    fn list(&self, mint: &Pubkey) -> Pubkey {
        let seeds: &[&[u8]] = &[b"extra-account-metas", mint.as_ref()];
        Pubkey::find_program_address(seeds, &self.program).0
    }
}

/// A list of one literal address, read-only.
/// Layout: type, length u32, count u32, then 35 bytes each: 0 for a literal, key, signer, writable.
/// Source: solana-program/libraries, `tlv-account-resolution/src/account.rs`.
fn extra_accounts(extra: &Pubkey) -> Vec<u8> {
    let entry = [&[0], extra.as_ref(), &[0, 0]].concat();
    let length = 4 + u32::try_from(entry.len()).expect("35 bytes");
    [&EXECUTE[..], &length.to_le_bytes(), &1u32.to_le_bytes(), &entry].concat()
}
