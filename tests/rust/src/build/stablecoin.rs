//! Cash of the tests: mints of the real Token and Token-2022 programs.

use crate::vm::{Vm, key};
use anchor_lang::solana_program::system_instruction;
use scrip_interface::mint::TOKEN_2022;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_associated_token_account_interface::{
    address::get_associated_token_address_with_program_id,
    instruction::create_associated_token_account_idempotent,
};
use spl_token_2022_interface::{
    extension::{ExtensionType, StateWithExtensions},
    instruction as token_instruction,
    state::{Account, Mint},
};

pub const TOKEN: Pubkey = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
/// One unit of the currency, at the coin's six decimals.
pub const DOLLAR: u64 = 1_000_000;
pub const COIN_DECIMALS: u8 = 6;

/// A currency on the chain, and who may mint it.
#[derive(Debug)]
pub struct Stablecoin {
    pub mint: Pubkey,
    pub program: Pubkey,
    pub authority: Keypair,
}

impl Stablecoin {
    /// Of the classic Token program.
    pub fn classic(vm: &mut Vm, name: &str) -> Self {
        Self::create(vm, name, TOKEN, &[], |_| vec![])
    }

    /// Of Token-2022, with these extensions; `initialize` makes their instructions for a mint.
    pub fn token_2022(
        vm: &mut Vm,
        name: &str,
        extensions: &[ExtensionType],
        initialize: impl FnOnce(&Pubkey) -> Vec<Instruction>,
    ) -> Self {
        Self::create(vm, name, TOKEN_2022, extensions, initialize)
    }

    fn create(
        vm: &mut Vm,
        name: &str,
        program: Pubkey,
        extensions: &[ExtensionType],
        initialize: impl FnOnce(&Pubkey) -> Vec<Instruction>,
    ) -> Self {
        let (mint_key, authority) = (key(name), key(&format!("{name} authority")));
        let mint = mint_key.pubkey();
        let space = ExtensionType::try_calculate_account_len::<Mint>(extensions).unwrap();
        let lamports = vm.svm.minimum_balance_for_rent_exemption(space + 1_000);
        let payer = vm.payer.pubkey();
        let create =
            system_instruction::create_account(&payer, &mint, lamports, space as u64, &program);
        let mut instructions = vec![create];
        instructions.extend(initialize(&mint));
        let owner = authority.pubkey();
        let last = token_instruction::initialize_mint2(
            &program,
            &mint,
            &owner,
            Some(&owner),
            COIN_DECIMALS,
        );
        instructions.push(last.unwrap());
        vm.send(&instructions, &[&mint_key]).expect("a mint can be created");
        Self { mint, program, authority }
    }

    /// The associated token account of a wallet.
    pub fn account(&self, owner: &Pubkey) -> Pubkey {
        get_associated_token_address_with_program_id(owner, &self.mint, &self.program)
    }

    /// An associated token account for this wallet, if it has none yet.
    pub fn open_account(&self, vm: &mut Vm, owner: &Pubkey) -> Pubkey {
        let payer = vm.payer.pubkey();
        let create =
            create_associated_token_account_idempotent(&payer, owner, &self.mint, &self.program);
        vm.send(&[create], &[]).expect("a token account can be created");
        self.account(owner)
    }

    /// Mints coins to a wallet.
    pub fn give(&self, vm: &mut Vm, owner: &Pubkey, amount: u64) {
        let account = self.open_account(vm, owner);
        let authority = self.authority.pubkey();
        let mint = token_instruction::mint_to(
            &self.program,
            &self.mint,
            &account,
            &authority,
            &[],
            amount,
        );
        vm.send(&[mint.unwrap()], &[&self.authority]).expect("coins can be minted");
    }

    pub fn balance(&self, vm: &Vm, owner: &Pubkey) -> u64 {
        coin_balance(vm, &self.account(owner))
    }
}

/// What a token account of either program holds.
pub fn coin_balance(vm: &Vm, account: &Pubkey) -> u64 {
    let account = vm.account(account).expect("the token account exists");
    StateWithExtensions::<Account>::unpack(&account.data).expect("a token account").base.amount
}
