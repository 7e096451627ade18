//! The lists by which Token-2022, Token ACL and clients find what a check needs besides. They are
//! written from the policy, never from what a caller says.
//!
//! Layout: discriminator of the instruction, length u32 of the rest, count u32, then entries of 35
//! bytes: kind, 32 bytes of address or seeds, signer, writable. What follows is zeros.
//! Source: solana-program/libraries, `tlv-account-resolution/src/{account,seeds,state}.rs`.

use crate::{hook, token_acl};
use anchor_lang::prelude::*;
use scrip_interface::gate::{ISSUER_OFFSET, pda::WALLET_SEED};

const ENTRY_LEN: usize = 35;
const HEADER_LEN: usize = 16;
/// Of a hook's list with all that any policy asks for: it never has to grow.
pub const HOOK_LIST_LEN: usize = HEADER_LEN + 3 * ENTRY_LEN;
pub const ACL_LIST_LEN: usize = HEADER_LEN + 2 * ENTRY_LEN;

const KIND_LITERAL: u8 = 0;
/// An address derived for the program that is called.
const KIND_DERIVED: u8 = 1;
const SEED_LITERAL: u8 = 1;
const SEED_ACCOUNT_KEY: u8 = 3;
const SEED_ACCOUNT_DATA: u8 = 4;
const KEY_LEN: u8 = 32;

// Places of accounts in a call of the hook, and in one of Token ACL.
const SOURCE: u8 = 0;
const DESTINATION: u8 = 2;
const HOOK_POLICY: u8 = 5;
const ACL_OWNER: u8 = 3;
const ACL_POLICY: u8 = 6;
/// Of a token account.
const OWNER_OFFSET: u8 = 32;
const POLICY_ISSUER_OFFSET: u8 = {
    assert!(ISSUER_OFFSET < 256);
    ISSUER_OFFSET.to_le_bytes()[0]
};

/// What a transfer needs.
pub fn hook_list(policy: &Pubkey, source_check: bool) -> Vec<u8> {
    let record = |account| {
        let owner = [SEED_ACCOUNT_DATA, account, OWNER_OFFSET, KEY_LEN];
        wallet(HOOK_POLICY, &owner)
    };
    let mut entries = vec![literal(policy), record(DESTINATION)];
    if source_check {
        entries.push(record(SOURCE));
    }
    list(&hook::EXECUTE, &entries, HOOK_LIST_LEN)
}

/// What a permissionless thaw or freeze needs. The owner is an account of the call: so a client can
/// find the record before the token account exists.
pub fn acl_list(instruction: &[u8; 8], policy: &Pubkey) -> Vec<u8> {
    let entries = [literal(policy), wallet(ACL_POLICY, &[SEED_ACCOUNT_KEY, ACL_OWNER])];
    list(instruction, &entries, ACL_LIST_LEN)
}

pub fn thaw_list(policy: &Pubkey) -> Vec<u8> {
    acl_list(&token_acl::CAN_THAW, policy)
}

pub fn freeze_list(policy: &Pubkey) -> Vec<u8> {
    acl_list(&token_acl::CAN_FREEZE, policy)
}

fn list(instruction: &[u8; 8], entries: &[[u8; ENTRY_LEN]], len: usize) -> Vec<u8> {
    let entry_bytes = entries.as_flattened();
    let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    // The count is part of what the length is of.
    let length = u32::try_from(entry_bytes.len()).unwrap_or(u32::MAX).saturating_add(4);
    let header = [&instruction[..], &length.to_le_bytes(), &count.to_le_bytes()];
    let mut bytes = [&header.concat(), entry_bytes].concat();
    bytes.resize(len, 0);
    bytes
}

fn literal(key: &Pubkey) -> [u8; ENTRY_LEN] {
    entry(KIND_LITERAL, key.as_ref())
}

/// The record of an owner with the policy's issuer.
fn wallet(policy: u8, owner_seed: &[u8]) -> [u8; ENTRY_LEN] {
    let name_len = u8::try_from(WALLET_SEED.len()).unwrap_or(u8::MAX);
    let name = [&[SEED_LITERAL, name_len], WALLET_SEED].concat();
    let issuer = [SEED_ACCOUNT_DATA, policy, POLICY_ISSUER_OFFSET, KEY_LEN];
    entry(KIND_DERIVED, &[&name[..], &issuer, owner_seed].concat())
}

/// Read-only, and no signer.
fn entry(kind: u8, config: &[u8]) -> [u8; ENTRY_LEN] {
    let mut bytes = [0; ENTRY_LEN];
    for (byte, value) in bytes.iter_mut().zip(std::iter::once(&kind).chain(config)) {
        *byte = *value;
    }
    bytes
}
