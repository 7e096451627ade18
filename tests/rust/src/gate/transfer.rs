//! Transfers and token accounts, as anyone makes them with Token-2022.

use crate::{
    vm::{Vm, key},
    world::World,
};
use scrip_interface::mint::TOKEN_2022;
use scrip_math::units::DECIMALS;
use solana_account::Account;
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{BaseStateWithExtensions, ExtensionType, StateWithExtensions},
    instruction as token,
    state::{Account as TokenAccount, Mint},
};

/// A transfer, with every account open to a test.
#[derive(Clone, Debug)]
pub struct Transfer {
    pub source: Pubkey,
    pub mint: Pubkey,
    pub destination: Pubkey,
    pub authority: Pubkey,
    pub amount: u64,
    /// What the hook asks for, the hook's program and the list.
    pub extra: Vec<AccountMeta>,
}

impl Transfer {
    pub fn instruction(&self) -> Instruction {
        let mut made = token::transfer_checked(
            &TOKEN_2022,
            &self.source,
            &self.mint,
            &self.destination,
            &self.authority,
            &[],
            self.amount,
            DECIMALS,
        )
        .expect("an instruction of Token-2022");
        made.accounts.extend(self.extra.iter().cloned());
        made
    }
}

/// A token account that is not the associated one. `immutable`: whether its owner is.
pub fn other_token_account(
    vm: &mut Vm,
    mint: &Pubkey,
    owner: &Pubkey,
    name: &str,
    immutable: bool,
) -> Pubkey {
    let address = key(name).pubkey();
    let data = vm.account(mint).expect("the mint exists").data;
    let of_mint = StateWithExtensions::<Mint>::unpack(&data)
        .and_then(|mint| mint.get_extension_types())
        .expect("a mint");
    let mut extensions = ExtensionType::get_required_init_account_extensions(&of_mint);
    let mut instructions = vec![];
    if immutable {
        extensions.push(ExtensionType::ImmutableOwner);
        instructions.push(token::initialize_immutable_owner(&TOKEN_2022, &address));
    }
    instructions.push(token::initialize_account3(&TOKEN_2022, &address, mint, owner));
    let len = ExtensionType::try_calculate_account_len::<TokenAccount>(&extensions);
    let data = vec![0; len.expect("known extensions")];
    let lamports = vm.svm.minimum_balance_for_rent_exemption(data.len());
    let account = Account { lamports, data, owner: TOKEN_2022, ..Account::default() };
    vm.svm.set_account(address, account).expect("the account can be set");
    for made in instructions {
        vm.send(&[made.expect("an instruction of Token-2022")], &[]).expect("lands");
    }
    address
}

/// A program's own account of the world's mint, whose owner can be replaced.
pub fn vault(world: &mut World, owner: &Pubkey, name: &str) -> Pubkey {
    let mint = world.mint();
    other_token_account(&mut world.vm, &mint, owner, name, false)
}

/// The hook, called by somebody who is not Token-2022: source, mint, destination, authority, list,
/// then its extra accounts.
pub fn direct(transfer: &Transfer) -> Instruction {
    let (named, program_and_list) = transfer.extra.split_at(3);
    let list = &program_and_list[1];
    let keys = [transfer.source, transfer.mint, transfer.destination, transfer.authority];
    let mut accounts = keys.map(|key| AccountMeta::new_readonly(key, false)).to_vec();
    accounts.push(list.clone());
    accounts.extend(named.iter().cloned());
    let data = [&gate::hook::EXECUTE[..], &transfer.amount.to_le_bytes()].concat();
    Instruction { program_id: gate::ID, accounts, data }
}

/// Sets a token account's flag as Token-2022 does for the time of a transfer.
pub fn set_transferring(vm: &mut Vm, account: &Pubkey, transferring: bool) {
    /// Extension, its length, its value.
    const HOOK_ACCOUNT: [u8; 4] = [15, 0, 1, 0];
    vm.edit(account, |account| {
        let mut entries = account.data[166..].windows(4);
        let at = entries.position(|entry| entry == HOOK_ACCOUNT).expect("of a mint with a hook");
        account.data[166 + at + 4] = transferring.into();
    });
}
