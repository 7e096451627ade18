//! Mints of others under Token ACL. That program is not here: its accounts are placed as it keeps
//! them, and the gate is called as it calls.

use super::{create_policy, create_registry, gate_event_authority, policy_address, wallet_address};
use crate::{
    build::{Call, token_account},
    vm::{Outcome, Vm, key},
};
use gate::{
    accounts,
    constants::TOKEN_ACL,
    instruction as data,
    state::PolicyTerms,
    token_acl::{CAN_FREEZE, CAN_THAW, MINT_CONFIG_SEED},
};
use scrip_interface::{gate::pda, mint::TOKEN_2022};
use scrip_math::units::DECIMALS;
use solana_account::Account;
use solana_instruction::{AccountMeta, Instruction};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{ExtensionType, default_account_state, transfer_hook},
    instruction as token,
    state::{AccountState, Mint},
};

/// A mint whose freeze authority is Token ACL's, and who governs it there.
pub struct Foreign {
    pub vm: Vm,
    pub authority: Keypair,
    pub mint: Pubkey,
}

pub fn mint_config(mint: &Pubkey) -> Pubkey {
    Pubkey::find_program_address(&[MINT_CONFIG_SEED, mint.as_ref()], &TOKEN_ACL).0
}

/// Token ACL's flag, which says that it is calling.
pub fn flag_address(token_account: &Pubkey) -> Pubkey {
    Pubkey::find_program_address(&[b"FLAG_ACCOUNT", token_account.as_ref()], &TOKEN_ACL).0
}

/// A mint that starts accounts frozen, with our hook and no other extension but `closable`.
pub fn make_mint(vm: &mut Vm, name: &str, freeze_authority: &Pubkey, closable: bool) -> Pubkey {
    let (mint, minter) = (key(name).pubkey(), key("minter").pubkey());
    let mut extensions = vec![ExtensionType::DefaultAccountState, ExtensionType::TransferHook];
    let frozen = AccountState::Frozen;
    let mut instructions = vec![
        default_account_state::instruction::initialize_default_account_state(
            &TOKEN_2022,
            &mint,
            &frozen,
        ),
        transfer_hook::instruction::initialize(&TOKEN_2022, &mint, None, Some(gate::ID)),
    ];
    if closable {
        extensions.push(ExtensionType::MintCloseAuthority);
        instructions.push(token::initialize_mint_close_authority(
            &TOKEN_2022,
            &mint,
            Some(&minter),
        ));
    }
    let freezer = Some(freeze_authority);
    instructions.push(token::initialize_mint2(&TOKEN_2022, &mint, &minter, freezer, DECIMALS));
    let len = ExtensionType::try_calculate_account_len::<Mint>(&extensions);
    let data = vec![0; len.expect("known extensions")];
    let lamports = vm.svm.minimum_balance_for_rent_exemption(data.len());
    let account = Account { lamports, data, owner: TOKEN_2022, ..Account::default() };
    vm.svm.set_account(mint, account).expect("the account can be set");
    for made in instructions {
        vm.send(&[made.expect("an instruction of Token-2022")], &[]).expect("lands");
    }
    mint
}

/// Token ACL's record of a mint: discriminator, bump, both switches on, mint, authority, gate.
pub fn place_config(vm: &mut Vm, mint: &Pubkey, authority: &Pubkey) {
    let (address, bump) =
        Pubkey::find_program_address(&[MINT_CONFIG_SEED, mint.as_ref()], &TOKEN_ACL);
    let data = [&[1, bump, 1, 1], mint.as_ref(), authority.as_ref(), gate::ID.as_ref()].concat();
    let lamports = vm.svm.minimum_balance_for_rent_exemption(data.len());
    let account = Account { lamports, data, owner: TOKEN_ACL, ..Account::default() };
    vm.svm.set_account(address, account).expect("the account can be set");
}

impl Foreign {
    /// Under Token ACL, with a registry of two providers and no policy yet.
    pub fn new() -> Self {
        let (mut vm, authority) = (Vm::new(), key("config authority"));
        let mint_key = key("foreign mint").pubkey();
        let mint = make_mint(&mut vm, "foreign mint", &mint_config(&mint_key), false);
        place_config(&mut vm, &mint, &authority.pubkey());
        let mut foreign = Self { vm, authority: authority.insecure_clone(), mint };
        foreign.open_registry(&authority);
        foreign
    }

    pub fn with_policy(terms: PolicyTerms) -> Self {
        let mut foreign = Self::new();
        foreign.create_policy(terms).expect("a policy can be created");
        foreign
    }

    /// A wallet's own registry.
    pub fn open_registry(&mut self, keeper: &Keypair) {
        let wallet = keeper.pubkey();
        let registry = create_registry(&self.vm, &wallet, &wallet, None);
        registry.send(&mut self.vm, &[keeper]).expect("a registry can be created");
        let at = 8 + std::mem::offset_of!(gate::state::Registry, providers);
        self.vm.edit(&registry.accounts.registry, |account| account.data[at] = 2);
    }

    pub fn policy_call(&self, terms: PolicyTerms) -> super::CreatePolicy {
        let authority = self.authority.pubkey();
        let mut call = create_policy(&self.vm, &authority, &authority, &self.mint, terms);
        call.accounts.mint_config = Some(mint_config(&self.mint));
        call
    }

    pub fn create_policy(&mut self, terms: PolicyTerms) -> Outcome {
        let authority = self.authority.insecure_clone();
        self.policy_call(terms).send(&mut self.vm, &[&authority])
    }

    /// Of `claim_policy`, by whoever is to be the new keeper.
    pub fn claim(&self, operator: &Pubkey) -> Call<accounts::ClaimPolicy, data::ClaimPolicy> {
        let accounts = accounts::ClaimPolicy {
            operator: *operator,
            mint: self.mint,
            mint_config: mint_config(&self.mint),
            policy: policy_address(&self.mint),
            event_authority: gate_event_authority(),
            program: gate::ID,
        };
        Call::of(gate::ID, accounts, data::ClaimPolicy {})
    }

    pub fn acl_lists(
        &self,
    ) -> Call<accounts::InitializeTokenAclMetas, data::InitializeTokenAclMetas> {
        let authority = self.authority.pubkey();
        let accounts = accounts::InitializeTokenAclMetas {
            payer: self.vm.payer.pubkey(),
            operator: authority,
            role_grant: None,
            issuer: authority,
            mint: self.mint,
            policy: policy_address(&self.mint),
            thaw_list: pda::thaw_metas(&gate::ID, &self.mint).0,
            freeze_list: pda::freeze_metas(&gate::ID, &self.mint).0,
            system_program: Pubkey::default(),
            event_authority: gate_event_authority(),
            program: gate::ID,
        };
        Call::of(gate::ID, accounts, data::InitializeTokenAclMetas {})
    }

    /// Sets the flag of a token account as Token ACL does before it calls: one byte of 1.
    pub fn raise_flag(&mut self, token_account: &Pubkey) -> Pubkey {
        let flag = flag_address(token_account);
        let lamports = self.vm.svm.minimum_balance_for_rent_exemption(1);
        let account = Account { lamports, data: vec![1], owner: TOKEN_ACL, ..Account::default() };
        self.vm.svm.set_account(flag, account).expect("the account can be set");
        flag
    }

    /// What Token ACL asks about the associated account of `owner`, flag raised.
    pub fn question(&mut self, freeze: bool, owner: &Pubkey) -> Instruction {
        let account = token_account(owner, &self.mint);
        let flag = self.raise_flag(&account);
        let (list, _) = if freeze {
            pda::freeze_metas(&gate::ID, &self.mint)
        } else {
            pda::thaw_metas(&gate::ID, &self.mint)
        };
        let keys = [
            self.authority.pubkey(),
            account,
            self.mint,
            *owner,
            flag,
            list,
            policy_address(&self.mint),
            wallet_address(&self.authority.pubkey(), owner),
        ];
        let accounts = keys.map(|key| AccountMeta::new_readonly(key, false)).to_vec();
        let data = if freeze { CAN_FREEZE } else { CAN_THAW }.to_vec();
        Instruction { program_id: gate::ID, accounts, data }
    }
}

impl Default for Foreign {
    fn default() -> Self {
        Self::new()
    }
}
