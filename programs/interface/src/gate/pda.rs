//! Addresses of the gate program's accounts. `issuer` is an Issuer of the issuer program or, for
//! mints without a ticker, the wallet that keeps the records.

use solana_pubkey::Pubkey;

pub const REGISTRY_SEED: &[u8] = b"registry";
pub const PROVIDER_SEED: &[u8] = b"provider";
pub const INVESTOR_SEED: &[u8] = b"investor";
pub const WALLET_SEED: &[u8] = b"wallet";
pub const POLICY_SEED: &[u8] = b"policy";
/// Of the transfer hook interface.
pub const HOOK_METAS_SEED: &[u8] = b"extra-account-metas";
/// Of sRFC-37.
pub const THAW_METAS_SEED: &[u8] = b"thaw_extra_account_metas";
pub const FREEZE_METAS_SEED: &[u8] = b"freeze_extra_account_metas";

type Address = (Pubkey, u8);

pub fn registry(program: &Pubkey, issuer: &Pubkey) -> Address {
    find(program, &[REGISTRY_SEED, issuer.as_ref()])
}

pub fn provider(program: &Pubkey, issuer: &Pubkey, number: u8) -> Address {
    find(program, &[PROVIDER_SEED, issuer.as_ref(), &[number]])
}

/// `id_hash`: a salted hash of the person, made by the provider.
pub fn investor(program: &Pubkey, issuer: &Pubkey, id_hash: &[u8; 32]) -> Address {
    find(program, &[INVESTOR_SEED, issuer.as_ref(), id_hash])
}

pub fn wallet(program: &Pubkey, issuer: &Pubkey, owner: &Pubkey) -> Address {
    find(program, &[WALLET_SEED, issuer.as_ref(), owner.as_ref()])
}

pub fn policy(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[POLICY_SEED, mint.as_ref()])
}

/// What a transfer of a hooked mint needs besides.
pub fn hook_metas(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[HOOK_METAS_SEED, mint.as_ref()])
}

/// What a permissionless thaw and freeze by Token ACL need besides.
pub fn thaw_metas(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[THAW_METAS_SEED, mint.as_ref()])
}

pub fn freeze_metas(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[FREEZE_METAS_SEED, mint.as_ref()])
}

fn find(program: &Pubkey, seeds: &[&[u8]]) -> Address {
    Pubkey::find_program_address(seeds, program)
}
