//! Event streams: every account that owns one numbers its events and keeps a running hash, so that
//! an auditor can prove that nothing is missing.

use anchor_lang::{
    Event,
    event::EVENT_IX_TAG_LE,
    prelude::*,
    solana_program::{instruction::Instruction, program::invoke_signed},
};
use scrip_interface::sha256;

const EVENT_AUTHORITY_SEED: &[u8] = b"__event_authority";

/// The position of a stream.
#[zero_copy]
#[derive(Debug, PartialEq, Eq)]
pub struct Stream {
    /// Number of events so far, which is the number of the last one.
    pub sequence: u64,
    /// `sha256(hash before || event)`, from 32 zero bytes on; an event is its discriminator and
    /// its Borsh bytes.
    pub hash: [u8; 32],
}

impl Stream {
    /// Numbers an event, adds it to the hash and emits it by a call of this program to itself: on
    /// the wire what Anchor's `emit_cpi!` does, with the event serialised once for both.
    pub fn publish<'info, E: Event>(
        &mut self,
        event_authority: &AccountInfo<'info>,
        event: impl FnOnce(u64) -> E,
    ) -> Result<()> {
        // One event per instruction: 2^64 of them do not happen.
        self.sequence = self.sequence.saturating_add(1);
        let event = event(self.sequence).data();
        self.hash = sha256(&[&self.hash, &event]);

        let mut data = Vec::with_capacity(EVENT_IX_TAG_LE.len().saturating_add(event.len()));
        data.extend_from_slice(EVENT_IX_TAG_LE);
        data.extend_from_slice(&event);
        let instruction = Instruction {
            program_id: crate::ID,
            accounts: vec![AccountMeta::new_readonly(*event_authority.key, true)],
            data,
        };
        let seeds: &[&[u8]] = &[EVENT_AUTHORITY_SEED, &[crate::EVENT_AUTHORITY_AND_BUMP.1]];
        invoke_signed(&instruction, std::slice::from_ref(event_authority), &[seeds])?;
        Ok(())
    }
}
