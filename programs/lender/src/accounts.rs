//! Accounts as an instruction gets them: taken in order, each checked before it is believed.

use crate::error::{LenderError, require};
use scrip_interface::{lender::LenderAccount, math::Timestamp};
use solana_program::{
    account_info::AccountInfo,
    clock::Clock,
    entrypoint::ProgramResult,
    program::{invoke, invoke_signed},
    program_error::ProgramError,
    pubkey::Pubkey,
    rent::Rent,
    sysvar::Sysvar,
};
use solana_system_interface::{instruction as system, program::ID as SYSTEM};

pub struct Accounts<'a, 'info> {
    pub program: &'a Pubkey,
    rest: &'a [AccountInfo<'info>],
}

impl<'a, 'info> Accounts<'a, 'info> {
    pub const fn new(program: &'a Pubkey, accounts: &'a [AccountInfo<'info>]) -> Self {
        Self { program, rest: accounts }
    }

    pub fn next(&mut self) -> Result<&'a AccountInfo<'info>, LenderError> {
        let (first, rest) = self.rest.split_first().ok_or(LenderError::AccountsMissing)?;
        self.rest = rest;
        Ok(first)
    }

    pub fn signer(&mut self) -> Result<&'a AccountInfo<'info>, LenderError> {
        let account = self.next()?;
        require(account.is_signer, LenderError::SignatureMissing)?;
        Ok(account)
    }

    /// The next account, and what this program has stored in it.
    pub fn state<T: LenderAccount>(&mut self) -> Result<(&'a AccountInfo<'info>, T), LenderError> {
        let account = self.next()?;
        Ok((account, load(self.program, account)?))
    }

    /// All that are left.
    pub fn rest(&mut self) -> &'a [AccountInfo<'info>] {
        core::mem::take(&mut self.rest)
    }

    /// Creates the account at the address that `seeds` give, its bump last. Lamports that somebody
    /// sent there before do not stand in the way.
    pub fn create<T: LenderAccount>(
        &self,
        payer: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        (address, bump): (Pubkey, u8),
        seeds: &[&[u8]],
        state: &T,
    ) -> ProgramResult {
        require(*account.key == address, LenderError::WrongAddress)?;
        let len = u64::try_from(T::LEN).map_err(|_| LenderError::Overflow)?;
        let missing = Rent::get()?.minimum_balance(T::LEN).saturating_sub(account.lamports());
        if missing > 0 {
            let infos = [payer.clone(), account.clone()];
            invoke(&system::transfer(payer.key, account.key, missing), &infos)?;
        }
        let bump = [bump];
        let seeds = [seeds, &[&bump]].concat();
        let infos = core::slice::from_ref(account);
        invoke_signed(&system::allocate(account.key, len), infos, &[&seeds])?;
        invoke_signed(&system::assign(account.key, self.program), infos, &[&seeds])?;
        store(account, state)
    }
}

/// What this program has stored in an account.
fn load<T: LenderAccount>(program: &Pubkey, account: &AccountInfo) -> Result<T, LenderError> {
    require(account.owner == program, LenderError::AccountInvalid)?;
    let data = account.try_borrow_data().map_err(|_| LenderError::AccountInvalid)?;
    T::read(&data).ok_or(LenderError::AccountInvalid)
}

pub fn store<T: LenderAccount>(account: &AccountInfo, state: &T) -> ProgramResult {
    let mut data = account.try_borrow_mut_data()?;
    state.write(&mut data).ok_or(ProgramError::AccountDataTooSmall)
}

/// Whether nobody has created the account yet.
pub fn is_free(account: &AccountInfo) -> bool {
    *account.owner == SYSTEM
}

/// What is in an account that may not exist yet.
pub fn load_or<T: LenderAccount>(
    program: &Pubkey,
    account: &AccountInfo,
    new: T,
) -> Result<T, LenderError> {
    if is_free(account) { Ok(new) } else { load(program, account) }
}

pub fn now() -> Result<Timestamp, ProgramError> {
    Ok(Timestamp(Clock::get()?.unix_timestamp))
}
