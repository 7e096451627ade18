//! What happened. `sequence` is the event's number in the stream of the account that it names first.

use crate::state::PolicyTerms;
use anchor_lang::prelude::*;
use scrip_stream::Emitter;

/// What publishes them.
pub const EMITTER: Emitter =
    Emitter { program: crate::ID, bump: crate::EVENT_AUTHORITY_AND_BUMP.1 };

#[event]
pub struct RegistryCreated {
    pub sequence: u64,
    pub registry: Pubkey,
    pub issuer: Pubkey,
}

// Of policies.

#[event]
pub struct PolicyCreated {
    pub sequence: u64,
    pub policy: Pubkey,
    pub mint: Pubkey,
    pub issuer: Pubkey,
    pub terms: PolicyTerms,
}

/// Tighter terms, or looser ones whose time has come. Nothing is pending any more.
#[event]
pub struct PolicyChanged {
    pub sequence: u64,
    pub policy: Pubkey,
    pub terms: PolicyTerms,
}

/// Looser terms that may be taken from `pending_at` on.
#[event]
pub struct PolicyAnnounced {
    pub sequence: u64,
    pub policy: Pubkey,
    pub terms: PolicyTerms,
    pub pending_at: i64,
}

#[event]
pub struct PolicyCancelled {
    pub sequence: u64,
    pub policy: Pubkey,
}

#[event]
pub struct PolicyPaused {
    pub sequence: u64,
    pub policy: Pubkey,
}

#[event]
pub struct PolicyUnpaused {
    pub sequence: u64,
    pub policy: Pubkey,
}

/// Another wallet's records count from now on. No provider is accepted yet.
#[event]
pub struct PolicyClaimed {
    pub sequence: u64,
    pub policy: Pubkey,
    pub issuer: Pubkey,
}

/// A list of the accounts that a transfer, or a thaw and a freeze, need besides.
#[event]
pub struct ExtraAccountsListed {
    pub sequence: u64,
    pub policy: Pubkey,
    pub list: Pubkey,
}
