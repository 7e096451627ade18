//! What happened. `sequence` is the event's number in the stream of the account that it names first.

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
