//! Event streams: every account that owns one numbers its events and keeps a running hash, so that
//! an auditor can prove that nothing is missing. What the programs share that needs Anchor.

use anchor_lang::{
    Discriminator, Event,
    event::EVENT_IX_TAG_LE,
    prelude::*,
    solana_program::{instruction::Instruction, program::invoke_signed_unchecked},
};
use scrip_interface::sha256;

/// Most events fit; the few that do not make the buffer grow.
const EVENT_CAPACITY: usize = 320;
const EVENT_AUTHORITY_SEED: &[u8] = b"__event_authority";

/// The program whose events they are. A program has one, as a constant.
#[derive(Clone, Copy, Debug)]
pub struct Emitter {
    pub program: Pubkey,
    /// Of the program's event authority.
    pub bump: u8,
}

/// Whether a call is one that [`Stream::publish`] makes: nobody else can sign for the authority. What
/// Anchor would find out about it, after every instruction that it is not.
pub fn is_event(event_authority: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> bool {
    let signs = |account: &AccountInfo| account.is_signer && account.key == event_authority;
    data.starts_with(EVENT_IX_TAG_LE) && accounts.first().is_some_and(signs)
}

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
    /// Numbers an event, adds it to the hash and emits it by a call of the program to itself: on
    /// the wire what Anchor's `emit_cpi!` does, with the event serialised once for both.
    pub fn publish<'info, E: Event + Discriminator>(
        &mut self,
        emitter: Emitter,
        event_authority: &AccountInfo<'info>,
        event: impl FnOnce(u64) -> E,
    ) -> Result<()> {
        // One event per instruction: 2^64 of them do not happen.
        self.sequence = self.sequence.saturating_add(1);
        let event = event(self.sequence);
        // Tag, discriminator and body, in one buffer: what is hashed is what is sent.
        let mut data = Vec::with_capacity(EVENT_CAPACITY);
        data.extend_from_slice(EVENT_IX_TAG_LE);
        data.extend_from_slice(E::DISCRIMINATOR);
        event.serialize(&mut data)?;
        let (_tag, hashed) = data.split_at(EVENT_IX_TAG_LE.len());
        self.hash = sha256(&[&self.hash, hashed]);

        let instruction = Instruction {
            program_id: emitter.program,
            accounts: vec![AccountMeta::new_readonly(*event_authority.key, true)],
            data,
        };
        let seeds: &[&[u8]] = &[EVENT_AUTHORITY_SEED, &[emitter.bump]];
        // Unchecked: nobody borrows the event authority, which has no data.
        invoke_signed_unchecked(&instruction, std::slice::from_ref(event_authority), &[seeds])?;
        Ok(())
    }
}
