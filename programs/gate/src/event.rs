//! What happened. `sequence` is the event's number in the stream of the account that it names first.

use crate::state::{Claim, PolicyTerms, ProviderLimits};
use anchor_lang::prelude::*;
use scrip_stream::Emitter;

/// What publishes them.
pub const EMITTER: Emitter =
    Emitter { program: crate::ID, bump: crate::EVENT_AUTHORITY_AND_BUMP.1 };

// A registry's stream: its providers and venues.

#[event]
pub struct RegistryCreated {
    pub sequence: u64,
    pub registry: Pubkey,
    pub issuer: Pubkey,
}

#[event]
pub struct ProviderCreated {
    pub sequence: u64,
    pub registry: Pubkey,
    pub provider: Pubkey,
    pub number: u8,
    pub evidence: u8,
    pub authority: Pubkey,
    pub schema: Pubkey,
    pub country_offset: u16,
    pub tier_offset: u16,
    pub limits: ProviderLimits,
}

#[event]
pub struct ProviderChanged {
    pub sequence: u64,
    pub registry: Pubkey,
    pub provider: Pubkey,
    pub limits: ProviderLimits,
}

#[event]
pub struct VenueSet {
    pub sequence: u64,
    pub registry: Pubkey,
    pub owner: Pubkey,
    pub expires_at: i64,
}

#[event]
pub struct VenueDropped {
    pub sequence: u64,
    pub registry: Pubkey,
    pub owner: Pubkey,
}

// A provider's stream: its investors and their wallets.

#[event]
pub struct InvestorRegistered {
    pub sequence: u64,
    pub provider: Pubkey,
    pub investor: Pubkey,
    pub id_hash: [u8; 32],
    pub claim: Claim,
}

/// The investor and all its wallets are as this says, whoever changed what.
#[event]
pub struct InvestorChanged {
    pub sequence: u64,
    pub provider: Pubkey,
    pub investor: Pubkey,
    /// See [`scrip_interface::gate::Status`].
    pub status: u8,
    pub claim: Claim,
}

#[event]
pub struct InvestorClosed {
    pub sequence: u64,
    pub provider: Pubkey,
    pub investor: Pubkey,
}

#[event]
pub struct WalletLinked {
    pub sequence: u64,
    pub provider: Pubkey,
    pub investor: Pubkey,
    pub owner: Pubkey,
}

#[event]
pub struct WalletUnlinked {
    pub sequence: u64,
    pub provider: Pubkey,
    pub investor: Pubkey,
    pub owner: Pubkey,
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
