//! One file for each kind of bytes.

mod attestation_bodies;
mod collateral_answers;
mod ed25519_instruction;
mod events;
mod feed_observation;
mod gate_accounts;
mod instructions_sysvar;
mod issuer_accounts;
mod lender_accounts;
mod mint;
mod pyth_legacy;
mod pyth_update;
mod sas;
mod token_account;
mod token_acl_config;
mod view_answers;

use crate::Reader;

/// Gives the names of all readers to a macro.
#[macro_export]
macro_rules! for_each_reader {
    ($macro:ident) => {
        $macro! {
            attestation_bodies,
            collateral_answers,
            ed25519_instruction,
            events,
            feed_observation,
            gate_accounts,
            instructions_sysvar,
            issuer_accounts,
            lender_accounts,
            mint,
            pyth_legacy,
            pyth_update,
            sas,
            token_account,
            token_acl_config,
            view_answers,
        }
    };
}

macro_rules! list {
    ($($name:ident),* $(,)?) => {
        /// All of them.
        pub const READERS: &[Reader] = &[
            $(Reader { name: stringify!($name), seeds: $name::seeds, check: $name::check }),*
        ];
    };
}

for_each_reader!(list);

/// The first `N` bytes, with zeros for those that are missing: choices of a check itself.
fn choices<const N: usize>(input: &[u8]) -> ([u8; N], &[u8]) {
    let (head, rest) = input.split_at(input.len().min(N));
    let mut choices = [0; N];
    choices[..head.len()].copy_from_slice(head);
    (choices, rest)
}

/// A zero-copy account as its program has it: the discriminator, then the type's own bytes.
fn zero_copy<T: anchor_lang::ZeroCopy + anchor_lang::Discriminator>(data: &[u8]) -> Option<T> {
    let body = data.strip_prefix(T::DISCRIMINATOR)?;
    body.get(..size_of::<T>()).map(bytemuck::pod_read_unaligned)
}
