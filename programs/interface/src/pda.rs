//! Addresses of the issuer program's accounts.
//!
//! Every seed but the first is of fixed length, so no two of these addresses can collide.

use solana_pubkey::Pubkey;

pub const ISSUER_SEED: &[u8] = b"issuer";
pub const CUSTODIAN_SEED: &[u8] = b"custodian";
pub const ATTESTORS_SEED: &[u8] = b"attestors";
pub const NONCES_SEED: &[u8] = b"nonces";
pub const TICKER_SEED: &[u8] = b"ticker";
pub const SYMBOL_SEED: &[u8] = b"symbol";
pub const REDEMPTION_SEED: &[u8] = b"redemption";
pub const ROLE_SEED: &[u8] = b"role";
pub const ANNOUNCEMENT_SEED: &[u8] = b"announcement";
pub const ATTESTATION_SEED: &[u8] = b"attestation";
pub const LIMITS_SEED: &[u8] = b"limits";
pub const DESK_SEED: &[u8] = b"desk";
pub const HOLD_SEED: &[u8] = b"hold";
pub const SEIZURE_SEED: &[u8] = b"seizure";
pub const ACTION_SEED: &[u8] = b"action";
pub const HISTORY_SEED: &[u8] = b"history";
/// Signs as mint, freeze, pause, multiplier, metadata, hook and confidential-transfer authority.
pub const AUTHORITY_SEED: &[u8] = b"authority";
/// The permanent delegate.
pub const DELEGATE_SEED: &[u8] = b"delegate";
/// Owns the token account that holds open redemptions.
pub const ESCROW_SEED: &[u8] = b"escrow";

/// A symbol, padded with zeros.
pub const SYMBOL_LEN: usize = 16;

type Address = (Pubkey, u8);

pub fn issuer(program: &Pubkey, creator: &Pubkey, id: u64) -> Address {
    find(program, &[ISSUER_SEED, creator.as_ref(), &id.to_le_bytes()])
}

pub fn custodian(program: &Pubkey, issuer: &Pubkey, number: u32) -> Address {
    find(program, &[CUSTODIAN_SEED, issuer.as_ref(), &number.to_le_bytes()])
}

pub fn attestor_set(program: &Pubkey, custodian: &Pubkey, index: u32) -> Address {
    find(program, &[ATTESTORS_SEED, custodian.as_ref(), &index.to_le_bytes()])
}

/// Nonces of attestations about one ticker. Those about a custodian are in its own account.
pub fn nonce_window(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[NONCES_SEED, mint.as_ref()])
}

pub fn ticker(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[TICKER_SEED, mint.as_ref()])
}

pub fn symbol(program: &Pubkey, issuer: &Pubkey, symbol: &[u8; SYMBOL_LEN]) -> Address {
    find(program, &[SYMBOL_SEED, issuer.as_ref(), symbol])
}

pub fn redemption(program: &Pubkey, mint: &Pubkey, owner: &Pubkey, id: u64) -> Address {
    find(program, &[REDEMPTION_SEED, mint.as_ref(), owner.as_ref(), &id.to_le_bytes()])
}

pub fn role_grant(program: &Pubkey, issuer: &Pubkey, wallet: &Pubkey) -> Address {
    find(program, &[ROLE_SEED, issuer.as_ref(), wallet.as_ref()])
}

/// A change that waits for the timelock.
pub fn announcement(program: &Pubkey, issuer: &Pubkey, id: u64) -> Address {
    find(program, &[ANNOUNCEMENT_SEED, issuer.as_ref(), &id.to_le_bytes()])
}

/// A posted attestation. `digest` is the sha256 of its body. Bodies of two kinds can have the same
/// bytes: without the kind, whoever opens it first as the wrong one would keep the right one out.
pub fn attestation(program: &Pubkey, issuer: &Pubkey, kind: u8, digest: &[u8; 32]) -> Address {
    find(program, &[ATTESTATION_SEED, issuer.as_ref(), &[kind], digest])
}

pub fn owner_limits(program: &Pubkey, mint: &Pubkey, owner: &Pubkey) -> Address {
    find(program, &[LIMITS_SEED, mint.as_ref(), owner.as_ref()])
}

/// What keeps a token account frozen. The mint is part of it: an account can be closed and opened
/// again for another mint, and another issuer's hold must neither bind nor block there.
pub fn hold(program: &Pubkey, mint: &Pubkey, token_account: &Pubkey) -> Address {
    find(program, &[HOLD_SEED, mint.as_ref(), token_account.as_ref()])
}

/// `case_hash`: sha256 of the documents of the case. One case is executed once for a mint.
pub fn seizure(program: &Pubkey, mint: &Pubkey, case_hash: &[u8; 32]) -> Address {
    find(program, &[SEIZURE_SEED, mint.as_ref(), case_hash])
}

/// A corporate action of a ticker, by the action sequence that it brings.
pub fn corporate_action(program: &Pubkey, mint: &Pubkey, sequence: u32) -> Address {
    find(program, &[ACTION_SEED, mint.as_ref(), &sequence.to_le_bytes()])
}

/// The multipliers that a mint had, and when.
pub fn history(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[HISTORY_SEED, mint.as_ref()])
}

/// It owns its vault, its associated token account, and signs for it.
pub fn cash_desk(program: &Pubkey, issuer: &Pubkey, cash_mint: &Pubkey) -> Address {
    find(program, &[DESK_SEED, issuer.as_ref(), cash_mint.as_ref()])
}

pub fn authority(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[AUTHORITY_SEED, mint.as_ref()])
}

pub fn delegate(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[DELEGATE_SEED, mint.as_ref()])
}

pub fn escrow(program: &Pubkey, mint: &Pubkey) -> Address {
    find(program, &[ESCROW_SEED, mint.as_ref()])
}

fn find(program: &Pubkey, seeds: &[&[u8]]) -> Address {
    Pubkey::find_program_address(seeds, program)
}
