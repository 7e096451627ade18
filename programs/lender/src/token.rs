//! Moving tokens between somebody's account and a vault of a market.

use crate::{
    accounts::Accounts,
    error::{LenderError, require},
};
use scrip_interface::{
    lender::{Collateral, Market, pda::MARKET_SEED},
    mint::TOKEN_2022,
};
use solana_program::{
    account_info::AccountInfo,
    entrypoint::ProgramResult,
    instruction::{AccountMeta, Instruction},
    program::invoke_signed,
    pubkey::Pubkey,
};

pub const TOKEN: Pubkey = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
/// `TransferChecked` of both token programs.
const TRANSFER_CHECKED: u8 = 12;
/// Where a token account's amount and a mint's decimals are, with and without extensions.
const AMOUNT: usize = 64;
const DECIMALS: usize = 44;

/// A vault and the account on the other side, which the token program checks: its mint, and that
/// who signs may move what is in it.
pub struct Vault<'a, 'info> {
    other: &'a AccountInfo<'info>,
    vault: &'a AccountInfo<'info>,
    mint: &'a AccountInfo<'info>,
    program: &'a AccountInfo<'info>,
    decimals: u8,
}

impl<'a, 'info> Vault<'a, 'info> {
    /// The other side's account, the market's vault, mint and token program.
    pub fn of_cash(
        accounts: &mut Accounts<'a, 'info>,
        market: &Market,
    ) -> Result<Self, LenderError> {
        let Market { cash_vault, cash_mint, cash_program, cash_decimals, .. } = market;
        Self::next(accounts, cash_vault, cash_mint, cash_program, *cash_decimals)
    }

    pub fn of_collateral(
        accounts: &mut Accounts<'a, 'info>,
        collateral: &Collateral,
    ) -> Result<Self, LenderError> {
        let Collateral { vault, mint, decimals, .. } = collateral;
        Self::next(accounts, vault, mint, &TOKEN_2022, *decimals)
    }

    fn next(
        accounts: &mut Accounts<'a, 'info>,
        vault: &Pubkey,
        mint: &Pubkey,
        program: &Pubkey,
        decimals: u8,
    ) -> Result<Self, LenderError> {
        let given = Self {
            other: accounts.next()?,
            vault: accounts.next()?,
            mint: accounts.next()?,
            program: accounts.next()?,
            decimals,
        };
        require(given.vault.key == vault, LenderError::WrongVault)?;
        require(given.mint.key == mint, LenderError::WrongMint)?;
        require(given.program.key == program, LenderError::WrongTokenProgram)?;
        Ok(given)
    }

    /// Into the vault, by who may move what is in the other account.
    pub fn pull(&self, authority: &AccountInfo<'info>, amount: u64) -> ProgramResult {
        let before = balance(self.vault)?;
        self.transfer(self.other, self.vault, authority, amount, &[])?;
        let moved = balance(self.vault)?.checked_sub(before);
        Ok(require(moved == Some(amount), LenderError::TransferIncomplete)?)
    }

    /// Out of the vault, which the market owns.
    pub fn push(&self, market: &AccountInfo<'info>, state: &Market, amount: u64) -> ProgramResult {
        let before = balance(self.vault)?;
        let (id, bump) = (state.id.to_le_bytes(), [state.bump]);
        let seeds: [&[u8]; 4] = [MARKET_SEED, state.owner.as_ref(), &id, &bump];
        self.transfer(self.vault, self.other, market, amount, &[&seeds])?;
        let moved = before.checked_sub(balance(self.vault)?);
        Ok(require(moved == Some(amount), LenderError::TransferIncomplete)?)
    }

    fn transfer(
        &self,
        from: &AccountInfo<'info>,
        to: &AccountInfo<'info>,
        authority: &AccountInfo<'info>,
        amount: u64,
        seeds: &[&[&[u8]]],
    ) -> ProgramResult {
        let mut data = vec![TRANSFER_CHECKED];
        data.extend_from_slice(&amount.to_le_bytes());
        data.push(self.decimals);
        let accounts = vec![
            AccountMeta::new(*from.key, false),
            AccountMeta::new_readonly(*self.mint.key, false),
            AccountMeta::new(*to.key, false),
            AccountMeta::new_readonly(*authority.key, true),
        ];
        let instruction = Instruction { program_id: *self.program.key, accounts, data };
        let infos = [from, self.mint, to, authority, self.program].map(Clone::clone);
        invoke_signed(&instruction, &infos, seeds)
    }
}

/// What is in a token account of either program.
fn balance(account: &AccountInfo) -> Result<u64, LenderError> {
    let data = account.try_borrow_data().map_err(|_| LenderError::WrongVault)?;
    let amount = data.get(AMOUNT..).and_then(|rest| rest.first_chunk());
    amount.map(|bytes| u64::from_le_bytes(*bytes)).ok_or(LenderError::WrongVault)
}

/// A mint's decimals, if it is one of that token program. That its vault exists shows that it is
/// initialised.
pub fn decimals(mint: &AccountInfo, program: &Pubkey) -> Result<u8, LenderError> {
    require(mint.owner == program, LenderError::WrongTokenProgram)?;
    let data = mint.try_borrow_data().map_err(|_| LenderError::WrongMint)?;
    data.get(DECIMALS).copied().ok_or(LenderError::WrongMint)
}
