//! What a transfer of a hooked mint needs besides, as the hook's own list on chain says.

use crate::source::{Bytes, Source, token_2022};
use scrip_interface::mint::Mint;
use solana_address::Address;
use solana_instruction::Instruction;
use spl_transfer_hook_interface::offchain::{
    AccountFetchError, add_extra_account_metas_for_execute,
};
use std::{
    future::ready,
    pin::pin,
    task::{Context, Poll, Waker},
};

/// A transfer inside an instruction: by Token-2022, or by a program that calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub mint: Address,
    /// Token accounts, among the instruction's own.
    pub source: Address,
    pub destination: Address,
    /// The owner of `destination`, which the same transaction may still have to make.
    pub receiver: Address,
    /// Who signs the transfer, or the program's address that does.
    pub authority: Address,
    /// Raw.
    pub amount: u64,
}

/// Adds what the mint's hook asks for, behind the instruction's own accounts; nothing for a mint
/// without one.
///
/// # Errors
/// The source's own; or what kept the hook's list from being followed.
pub fn add_hook_accounts<S: Source>(
    source: &S,
    instruction: &mut Instruction,
    movement: &Move,
) -> Result<(), HookError<S::Error>> {
    let mint = source.read_one(&movement.mint).map_err(HookError::Source)?;
    let mint = token_2022(mint).ok_or(HookError::NoMint(movement.mint))?;
    let hook = Mint::parse(&mint).ok_or(HookError::NoMint(movement.mint))?.hook_program();
    let Some(hook) = hook else { return Ok(()) };
    // The list reads the sender's account, which no plan makes.
    let sender = source.read_one(&movement.source).map_err(HookError::Source)?;
    sender.ok_or(HookError::NoAccount { mint: movement.mint, account: movement.source })?;
    let fetch = |address: Address| ready(account(source, movement, address));
    let resolved = pin!(add_extra_account_metas_for_execute(
        instruction,
        &hook,
        &movement.source,
        &movement.mint,
        &movement.destination,
        &movement.authority,
        movement.amount,
        fetch,
    ));
    // Nothing in it waits: reading is done by the time its future is there.
    match resolved.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(())) => Ok(()),
        Poll::Ready(Err(error)) => Err(HookError::List(error.to_string())),
        Poll::Pending => Err(HookError::List("the list asks for something that waits".into())),
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HookError<E> {
    #[error(transparent)]
    Source(E),
    #[error("{0} is no mint of Token-2022 with extensions")]
    NoMint(Address),
    #[error("there is no token account {account} of {mint}, so there is nothing to send")]
    NoAccount { mint: Address, account: Address },
    #[error("the accounts of the mint's transfer hook cannot be found: {0}")]
    List(String),
}

/// An account's bytes. A token account that is still to be made reads as it will be: the list's
/// seeds take its owner from it.
fn account<S: Source>(
    source: &S,
    movement: &Move,
    address: Address,
) -> Result<Option<Vec<u8>>, AccountFetchError> {
    let found: Option<Bytes> = source.read_one(&address).map_err(|error| error.to_string())?;
    Ok(match found {
        Some(found) => Some(found.data),
        None if address == movement.destination => {
            Some(token_account(&movement.mint, &movement.receiver))
        }
        None => None,
    })
}

/// Mint, owner, and zeros: 165 bytes.
fn token_account(mint: &Address, owner: &Address) -> Vec<u8> {
    const LEN: usize = 165;
    let mut data = [mint.to_bytes(), owner.to_bytes()].concat();
    data.resize(LEN, 0);
    data
}
