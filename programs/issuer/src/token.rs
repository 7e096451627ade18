//! Calls to Token-2022 and reads of its accounts. The owner program of a mint needs no check once
//! its address is a ticker's: the ticker was written when this program created that mint, and a
//! mint without a close authority never leaves Token-2022.

use crate::error::IssuerError;
use anchor_lang::{
    prelude::*,
    solana_program::{instruction::Instruction, program::invoke_signed_unchecked},
};
use anchor_spl::token_2022::spl_token_2022::{
    extension::{
        default_account_state::instruction as default_state, pausable::instruction as pausable,
        scaled_ui_amount::instruction as scaled_ui_amount,
        transfer_hook::instruction as transfer_hook,
    },
    instruction as token_instruction,
    state::AccountState,
};
use scrip_interface::{mint::Mint, token_account::TokenAccount};
use scrip_math::{Multiplier, RawAmount, units::DECIMALS};

const NO_SIGNERS: &[&Pubkey] = &[];

pub fn mint_to<'info>(
    mint: &AccountInfo<'info>,
    destination: &AccountInfo<'info>,
    authority: &AccountInfo<'info>,
    seeds: &[&[u8]],
    amount: u64,
) -> Result<()> {
    let instruction = token_instruction::mint_to_checked(
        &anchor_spl::token_2022::ID,
        mint.key,
        destination.key,
        authority.key,
        NO_SIGNERS,
        amount,
        DECIMALS,
    )?;
    call(&instruction, &[mint.clone(), destination.clone(), authority.clone()], &[seeds])
}

pub fn burn<'info>(
    account: &AccountInfo<'info>,
    mint: &AccountInfo<'info>,
    authority: &AccountInfo<'info>,
    signers: &[&[&[u8]]],
    amount: u64,
) -> Result<()> {
    let instruction = token_instruction::burn_checked(
        &anchor_spl::token_2022::ID,
        account.key,
        mint.key,
        authority.key,
        NO_SIGNERS,
        amount,
        DECIMALS,
    )?;
    call(&instruction, &[account.clone(), mint.clone(), authority.clone()], signers)
}

/// Who moves how much, and what a hooked mint's transfer needs besides.
pub struct Transfer<'a, 'info> {
    pub source: &'a AccountInfo<'info>,
    pub mint: &'a AccountInfo<'info>,
    pub destination: &'a AccountInfo<'info>,
    pub authority: &'a AccountInfo<'info>,
    /// The accounts a transfer hook asks for, in its order; none without a hook.
    pub hook_accounts: &'a [AccountInfo<'info>],
    pub amount: u64,
}

impl Transfer<'_, '_> {
    /// `signers`: the seeds of the authority, if it is an address of this program.
    pub fn make(&self, signers: &[&[&[u8]]]) -> Result<()> {
        let mut instruction = token_instruction::transfer_checked(
            &anchor_spl::token_2022::ID,
            self.source.key,
            self.mint.key,
            self.destination.key,
            self.authority.key,
            NO_SIGNERS,
            self.amount,
            DECIMALS,
        )?;
        let extra = self.hook_accounts.iter().map(|account| AccountMeta {
            pubkey: *account.key,
            // Neither the owner's nor the payer's signature is for a hook to use.
            is_signer: false,
            is_writable: account.is_writable,
        });
        instruction.accounts.extend(extra);
        let four = [self.source, self.mint, self.destination, self.authority];
        let mut accounts: Vec<_> = four.into_iter().cloned().collect();
        accounts.extend_from_slice(self.hook_accounts);
        call(&instruction, &accounts, signers)
    }
}

/// A mint whose authority signs for this program.
pub struct Authority<'a, 'info> {
    pub mint: &'a AccountInfo<'info>,
    pub authority: &'a AccountInfo<'info>,
    pub seeds: &'a [&'a [u8]],
}

impl<'info> Authority<'_, 'info> {
    pub fn set_paused(&self, paused: bool) -> Result<()> {
        let make = if paused { pausable::pause } else { pausable::resume };
        let instruction =
            make(&anchor_spl::token_2022::ID, self.mint.key, self.authority.key, NO_SIGNERS)?;
        call(&instruction, &[self.mint.clone(), self.authority.clone()], &[self.seeds])
    }

    pub fn set_frozen(&self, account: &AccountInfo<'info>, frozen: bool) -> Result<()> {
        let make = if frozen {
            token_instruction::freeze_account
        } else {
            token_instruction::thaw_account
        };
        let instruction = make(
            &anchor_spl::token_2022::ID,
            account.key,
            self.mint.key,
            self.authority.key,
            NO_SIGNERS,
        )?;
        let accounts = [account.clone(), self.mint.clone(), self.authority.clone()];
        call(&instruction, &accounts, &[self.seeds])
    }

    /// New accounts are thawed from now on. Those that are frozen stay so.
    pub fn start_accounts_thawed(&self) -> Result<()> {
        let instruction = default_state::update_default_account_state(
            &anchor_spl::token_2022::ID,
            self.mint.key,
            self.authority.key,
            NO_SIGNERS,
            &AccountState::Initialized,
        )?;
        call(&instruction, &[self.mint.clone(), self.authority.clone()], &[self.seeds])
    }

    /// From `effective_at` on the mint's multiplier is this one, bit for bit.
    pub fn set_multiplier(&self, multiplier: Multiplier, effective_at: i64) -> Result<()> {
        let instruction = scaled_ui_amount::update_multiplier(
            &anchor_spl::token_2022::ID,
            self.mint.key,
            self.authority.key,
            NO_SIGNERS,
            f64::from_bits(multiplier.to_f64_bits()),
            effective_at,
        )?;
        call(&instruction, &[self.mint.clone(), self.authority.clone()], &[self.seeds])
    }

    /// No hook is called from now on. Its authority stays.
    pub fn remove_hook(&self) -> Result<()> {
        let (mint, authority) = (self.mint.key, self.authority.key);
        let program = &anchor_spl::token_2022::ID;
        let instruction = transfer_hook::update(program, mint, authority, NO_SIGNERS, None)?;
        call(&instruction, &[self.mint.clone(), self.authority.clone()], &[self.seeds])
    }

    /// Does what must work even while the mint is paused or an account of `accounts`, all of them
    /// different, frozen, and leaves all of that as it was.
    pub fn despite_pause(
        &self,
        paused: bool,
        accounts: &[&AccountInfo<'info>],
        act: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        let mut frozen = Vec::with_capacity(accounts.len());
        for account in accounts {
            if is_frozen(account)? {
                frozen.push(*account);
            }
        }
        if paused {
            self.set_paused(false)?;
        }
        for account in &frozen {
            self.set_frozen(account, false)?;
        }
        act()?;
        for account in &frozen {
            self.set_frozen(account, true)?;
        }
        if paused {
            self.set_paused(true)?;
        }
        Ok(())
    }
}

/// What a freeze or a thaw must know of a token account.
pub struct Standing {
    pub owner: Pubkey,
    pub frozen: bool,
    pub owner_is_immutable: bool,
}

/// Of an account that nothing else has bound to the mint.
pub fn standing(account: &AccountInfo, mint: &Pubkey) -> Result<Standing> {
    let wrong = IssuerError::WrongTokenAccount;
    require_keys_eq!(*account.owner, anchor_spl::token_2022::ID, wrong);
    let data = account.try_borrow_data()?;
    let account = TokenAccount::parse(&data).ok_or(wrong)?;
    require!(account.mint() == Some(*mint), IssuerError::WrongTokenAccount);
    Ok(Standing {
        owner: account.owner().ok_or(wrong)?,
        frozen: account.is_frozen(),
        owner_is_immutable: account.has_immutable_owner(),
    })
}

pub fn is_frozen(account: &AccountInfo) -> Result<bool> {
    let data = account.try_borrow_data()?;
    let account = TokenAccount::parse(&data).ok_or(IssuerError::WrongDestinationOwner)?;
    Ok(account.is_frozen())
}

/// `signers`: the seeds of each signing address of this program; none where a wallet signed.
/// Unchecked: nobody here holds a borrow of a token account, mint or wallet across a call. A hook
/// may be handed the ticker, which is borrowed: it belongs to this program, so no other can write it.
fn call(instruction: &Instruction, accounts: &[AccountInfo], signers: &[&[&[u8]]]) -> Result<()> {
    invoke_signed_unchecked(instruction, accounts, signers)?;
    Ok(())
}

/// Reads a ticker's mint, as it is now.
pub fn with_mint<T>(mint: &AccountInfo, read: impl FnOnce(&Mint) -> Result<T>) -> Result<T> {
    let data = mint.try_borrow_data()?;
    read(&Mint::parse(&data).ok_or(IssuerError::WrongMint)?)
}

/// The balance of a token account whose address is known to be right.
pub fn balance(account: &AccountInfo) -> Result<RawAmount> {
    let data = account.try_borrow_data()?;
    let amount = TokenAccount::parse(&data).and_then(|account| account.amount());
    Ok(amount.ok_or(IssuerError::WrongEscrow)?)
}

/// The shares to burn or to redeem are the owner's own: Token-2022 would also let a delegate have
/// them, and anybody burn those in an account of the System program. It checks the account's program itself.
pub fn require_owned_by(account: &AccountInfo, owner: &Pubkey) -> Result<()> {
    let data = account.try_borrow_data()?;
    let account = TokenAccount::parse(&data).ok_or(IssuerError::WrongOwner)?;
    require!(account.owner() == Some(*owner), IssuerError::WrongOwner);
    Ok(())
}

/// Tokens for `owner` go to an account that is and stays the owner's.
pub fn require_account_of(destination: &AccountInfo, owner: &Pubkey) -> Result<()> {
    require_keys_eq!(
        *destination.owner,
        anchor_spl::token_2022::ID,
        IssuerError::WrongDestinationOwner
    );
    let data = destination.try_borrow_data()?;
    let account = TokenAccount::parse(&data).ok_or(IssuerError::WrongDestinationOwner)?;
    require!(account.owner() == Some(*owner), IssuerError::WrongDestinationOwner);
    require!(account.has_immutable_owner(), IssuerError::DestinationOwnerNotImmutable);
    Ok(())
}
