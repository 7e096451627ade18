//! Calls to Token-2022 and reads of its accounts. The owner program of a mint needs no check once
//! its address is a ticker's: the ticker was written when this program created that mint, and a
//! mint without a close authority never leaves Token-2022.

use crate::error::IssuerError;
use anchor_lang::{
    prelude::*,
    solana_program::{instruction::Instruction, program::invoke_signed},
};
use anchor_spl::token_2022::spl_token_2022::instruction as token_instruction;
use scrip_interface::{mint::Mint, token_account::TokenAccount};
use scrip_math::{RawAmount, units::DECIMALS};

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
    seeds: &[&[u8]],
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
    call(&instruction, &[account.clone(), mint.clone(), authority.clone()], &[seeds])
}

/// A transfer that `authority` signed itself.
pub fn transfer<'info>(
    source: &AccountInfo<'info>,
    mint: &AccountInfo<'info>,
    destination: &AccountInfo<'info>,
    authority: &AccountInfo<'info>,
    amount: u64,
) -> Result<()> {
    let instruction = token_instruction::transfer_checked(
        &anchor_spl::token_2022::ID,
        source.key,
        mint.key,
        destination.key,
        authority.key,
        NO_SIGNERS,
        amount,
        DECIMALS,
    )?;
    let accounts = [source.clone(), mint.clone(), destination.clone(), authority.clone()];
    call(&instruction, &accounts, &[])
}

/// `signers`: the seeds of each signing address of this program; none where a wallet signed.
fn call(instruction: &Instruction, accounts: &[AccountInfo], signers: &[&[&[u8]]]) -> Result<()> {
    invoke_signed(instruction, accounts, signers)?;
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
