//! Events, and the proof that none is missing.
//!
//! A program publishes an event by calling itself: tag, discriminator, Borsh bytes. Every event has
//! a number in the stream of one account, which keeps the running hash: `sha256(hash before || event)`
//! from 32 zero bytes on, an event being its discriminator and Borsh bytes.

use crate::{
    catalog::{EventEntry, Program},
    programs::{Programs, event_authority},
    transaction::{Call, caller},
};
use borsh::BorshDeserialize;
use scrip_interface::sha256;
use serde_json::Value;
use solana_address::Address;
use thiserror::Error;

/// What marks a program's call to itself as an event: the first 8 bytes of sha256("anchor:event"), as
/// a little-endian number's bytes are.
pub const TAG: [u8; 8] = [0xe4, 0x45, 0xa5, 0x2e, 0x51, 0xcb, 0x9a, 0x1d];
const DISCRIMINATOR_LEN: usize = 8;

/// An event as it was published.
#[derive(Clone, Debug)]
pub struct Event {
    pub program: &'static Program,
    /// `None` for one of a later release than this one.
    pub entry: Option<&'static EventEntry>,
    /// Its number in the stream.
    pub sequence: u64,
    /// Discriminator and Borsh bytes: what is hashed.
    pub bytes: Vec<u8>,
    /// The call that published it.
    pub publisher: Call,
}

impl Event {
    pub fn name(&self) -> &'static str {
        self.entry.map_or("an event of a later release", |entry| entry.name)
    }

    /// Its fields by name; `None` for bytes of another release.
    pub fn value(&self) -> Option<Value> {
        (self.entry?.value)(self.body())
    }

    /// As its generated type, if it is the one of that name.
    pub fn decode<T: BorshDeserialize>(&self, name: &str) -> Option<T> {
        if self.entry?.name != name {
            return None;
        }
        T::deserialize(&mut self.body()).ok()
    }

    /// The account whose stream it is in, as the publishing instruction names it; `None` where this
    /// release does not know.
    pub fn stream(&self) -> Option<Address> {
        let (instruction, _) = self.program.instruction(&self.publisher.data)?;
        let wanted = self.entry?.stream;
        let role = instruction.accounts.iter().position(|account| account.name == wanted)?;
        self.publisher.accounts.get(role).copied()
    }

    fn body(&self) -> &[u8] {
        self.bytes.get(DISCRIMINATOR_LEN..).unwrap_or_default()
    }
}

/// The events of a transaction that succeeded, in order. One that failed has none.
pub fn events(calls: &[Call], programs: &Programs) -> Vec<Event> {
    (0..calls.len()).filter_map(|index| event_at(calls, index, programs)).collect()
}

/// The event that a call is, if it is one.
pub(crate) fn event_at(calls: &[Call], index: usize, programs: &Programs) -> Option<Event> {
    let call = calls.get(index)?;
    let program = call.scrip(programs)?;
    let bytes = event_bytes(&call.data)?;
    // Only the program itself can have this account sign.
    if call.accounts.first() != Some(&event_authority(&call.program)) {
        return None;
    }
    let (discriminator, body) = bytes.split_first_chunk::<DISCRIMINATOR_LEN>()?;
    // The first field of every event.
    let sequence = u64::from_le_bytes(*body.first_chunk()?);
    let entry = program.events.iter().find(|entry| entry.discriminator == discriminator);
    let publisher = calls.get(caller(calls, index)?)?.clone();
    Some(Event { program, entry, sequence, bytes: bytes.to_vec(), publisher })
}

/// The event in an instruction's data, if it is one: discriminator and Borsh bytes.
pub fn event_bytes(data: &[u8]) -> Option<&[u8]> {
    data.strip_prefix(&TAG)
}

/// The position of a stream, as its account keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub sequence: u64,
    pub hash: [u8; 32],
}

/// Why a stream's events do not lead to where its account is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StreamError {
    #[error("event {0} is missing")]
    Missing(u64),
    #[error("event {0} is there twice")]
    Twice(u64),
    #[error("events after {known} are missing: the account is at {kept}")]
    MissingLast { known: u64, kept: u64 },
    #[error("the account is at {kept}, but event {known} was published")]
    Behind { known: u64, kept: u64 },
    #[error("the running hash after event {0} is another: an event was altered")]
    Altered(u64),
}

impl Position {
    /// After one more event, whose discriminator and Borsh bytes these are.
    pub fn after(self, event: &[u8]) -> Self {
        Self { sequence: self.sequence.saturating_add(1), hash: sha256(&[&self.hash, event]) }
    }
}

/// Checks that the events of a stream, in any order, are all there have been and lead from `from`
/// (the beginning: the default) to what the account keeps.
pub fn check_stream<'a>(
    from: Position,
    events: impl IntoIterator<Item = (u64, &'a [u8])>,
    kept: Position,
) -> Result<(), StreamError> {
    let mut events: Vec<_> = events.into_iter().collect();
    events.sort_by_key(|(sequence, _)| *sequence);
    let mut position = from;
    for (sequence, bytes) in events {
        let next = position.sequence.saturating_add(1);
        match sequence.cmp(&next) {
            std::cmp::Ordering::Greater => return Err(StreamError::Missing(next)),
            std::cmp::Ordering::Less => return Err(StreamError::Twice(sequence)),
            std::cmp::Ordering::Equal => position = position.after(bytes),
        }
    }
    let known = position.sequence;
    match known.cmp(&kept.sequence) {
        std::cmp::Ordering::Less => Err(StreamError::MissingLast { known, kept: kept.sequence }),
        std::cmp::Ordering::Greater => Err(StreamError::Behind { known, kept: kept.sequence }),
        std::cmp::Ordering::Equal if position.hash == kept.hash => Ok(()),
        std::cmp::Ordering::Equal => Err(StreamError::Altered(known)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [(u64, &[u8]); 3] = [(1, b"one"), (2, b"two"), (3, b"three")];

    fn end() -> Position {
        EVENTS.iter().fold(Position::default(), |position, (_, bytes)| position.after(bytes))
    }

    fn check(events: impl IntoIterator<Item = (u64, &'static [u8])>) -> Result<(), StreamError> {
        check_stream(Position::default(), events, end())
    }

    #[test]
    fn all_events_in_any_order_lead_to_the_account() {
        assert_eq!(check(EVENTS), Ok(()));
        assert_eq!(check(EVENTS.into_iter().rev()), Ok(()));
    }

    #[test]
    fn a_part_leads_from_a_known_position() {
        let known = Position::default().after(b"one");
        assert_eq!(check_stream(known, EVENTS.into_iter().skip(1), end()), Ok(()));
    }

    #[test]
    fn a_missing_doubled_or_altered_event_is_named() {
        assert_eq!(check([EVENTS[0], EVENTS[2]]), Err(StreamError::Missing(2)));
        assert_eq!(check([EVENTS[0], EVENTS[0]]), Err(StreamError::Twice(1)));
        assert_eq!(
            check(EVENTS.into_iter().take(2)),
            Err(StreamError::MissingLast { known: 2, kept: 3 })
        );
        let more = EVENTS.into_iter().chain([(4, b"four".as_slice())]);
        assert_eq!(check(more), Err(StreamError::Behind { known: 4, kept: 3 }));
        let altered = [EVENTS[0], (2, b"TWO".as_slice()), EVENTS[2]];
        assert_eq!(check(altered), Err(StreamError::Altered(3)));
    }
}
