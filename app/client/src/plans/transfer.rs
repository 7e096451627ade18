//! Moving shares, whatever the mint's mode.

use super::{Planned, Planner, receive::thawed};
use crate::{
    hook::{Move, add_hook_accounts},
    source::Source,
    token,
};
use scrip_interface::{math::RawAmount, mint::TOKEN_2022, token_account::associated};
use solana_address::Address;

/// Moves shares between the associated accounts of two owners: with the receiver's account made, both
/// thawed where the issuer's program may, and what a hook asks for found on chain. The owner pays.
pub fn transfer<S: Source>(
    on: Planner<S>,
    owner: &Address,
    mint: &Address,
    receiver: &Address,
    amount: RawAmount,
) -> Planned<S> {
    let [source, destination] = [owner, receiver].map(|of| associated(of, &TOKEN_2022, mint));
    let mut transfer = token::transfer(&source, mint, &destination, owner, amount);
    let movement = Move {
        mint: *mint,
        source,
        destination,
        receiver: *receiver,
        authority: *owner,
        amount: amount.0,
    };
    add_hook_accounts(on.source, &mut transfer, &movement)?;
    let mut plan = vec![token::create_account(owner, receiver, mint, &TOKEN_2022)];
    plan.extend(thawed(on, mint, owner)?);
    plan.extend(thawed(on, mint, receiver)?);
    plan.push(transfer);
    Ok(plan)
}
