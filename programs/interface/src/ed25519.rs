//! The one layout of the Ed25519 precompile's instruction that Scrip accepts.
//!
//! ```text
//! n u8 | 0 u8
//! n x { signature offset u16, 0xFFFF, key offset u16, 0xFFFF, message offset u16, message length u16, 0xFFFF }
//! n x { key 32 | signature 64 }
//! message
//! ```
//! The precompile itself is lenient: it accepts zero signatures, offsets into other instructions,
//! overlaps and trailing bytes. Here each byte of the header has one legal value, so what was
//! verified is what is read. Source of the layout: Agave, `precompiles/src/ed25519.rs`.

use crate::attestation::{MESSAGE_LEN, Message};
use solana_pubkey::Pubkey;

pub const PROGRAM_ID: Pubkey =
    Pubkey::from_str_const("Ed25519SigVerify111111111111111111111111111");

pub const KEY_LEN: usize = 32;
pub const SIGNATURE_LEN: usize = 64;
/// The same as the largest attestor set.
pub const MAX_SIGNERS: usize = 16;

const PREFIX_LEN: usize = 2;
const RECORD_LEN: usize = 14;
const SIGNER_LEN: usize = KEY_LEN + SIGNATURE_LEN;
const KEY_LEN_U16: u16 = 32;
const MESSAGE_LEN_U16: u16 = 48;
/// "In this very instruction", for each of the three index fields.
const THIS_INSTRUCTION: u16 = u16::MAX;

/// Length of the instruction data for `signers` signatures over one message.
pub const fn data_len(signers: usize) -> usize {
    PREFIX_LEN
        .saturating_add(RECORD_LEN.saturating_add(SIGNER_LEN).saturating_mul(signers))
        .saturating_add(MESSAGE_LEN)
}

/// Instruction data for signatures over `message`; `None` unless there are 1 to 16.
pub fn encode(
    signers: &[([u8; KEY_LEN], [u8; SIGNATURE_LEN])],
    message: &Message,
) -> Option<Vec<u8>> {
    let mut data = Vec::with_capacity(data_len(signers.len()));
    data.extend_from_slice(&[count(signers.len())?, 0]);
    for index in 0..signers.len() {
        let (first, [last @ .., _, _]) = record(signers.len(), index)
            .map(|(first, last)| (first.to_le_bytes(), last.to_le_bytes()))?;
        data.extend_from_slice(&first);
        data.extend_from_slice(&last);
    }
    for (key, signature) in signers {
        data.extend_from_slice(key);
        data.extend_from_slice(signature);
    }
    data.extend_from_slice(message);
    Some(data)
}

/// The keys and the message of instruction data in the one accepted layout; `None` for any other.
pub fn decode(data: &[u8]) -> Option<Verified<'_>> {
    let (&[signers, padding], _) = data.split_first_chunk::<PREFIX_LEN>()?;
    let signers = usize::from(signers);
    if padding != 0 || count(signers).is_none() || data.len() != data_len(signers) {
        return None;
    }
    let records = data.get(PREFIX_LEN..)?.chunks_exact(RECORD_LEN).take(signers);
    for (index, found) in records.enumerate() {
        if read_record(found) != record(signers, index) {
            return None;
        }
    }
    let body = data.get(signer_offset(signers, 0)..)?;
    let (keys_and_signatures, message) = body.split_last_chunk::<MESSAGE_LEN>()?;
    Some(Verified { keys_and_signatures, message })
}

/// What the precompile verified: every key signed the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified<'a> {
    keys_and_signatures: &'a [u8],
    pub message: &'a Message,
}

impl<'a> Verified<'a> {
    pub fn keys(&self) -> impl Iterator<Item = &'a [u8; KEY_LEN]> + use<'a> {
        self.keys_and_signatures.chunks_exact(SIGNER_LEN).filter_map(|signer| signer.first_chunk())
    }
}

fn count(signers: usize) -> Option<u8> {
    if (1..=MAX_SIGNERS).contains(&signers) { u8::try_from(signers).ok() } else { None }
}

const fn signer_offset(signers: usize, index: usize) -> usize {
    PREFIX_LEN
        .saturating_add(RECORD_LEN.saturating_mul(signers))
        .saturating_add(SIGNER_LEN.saturating_mul(index))
}

/// A record as two numbers: its first 8 bytes and its last 6.
fn record(signers: usize, index: usize) -> Option<(u64, u64)> {
    let key = u16::try_from(signer_offset(signers, index)).ok()?;
    let signature = key.checked_add(KEY_LEN_U16)?;
    let message = u16::try_from(signer_offset(signers, signers)).ok()?;
    let four = |a: u16, b: u16, c: u16, d: u16| {
        u64::from(a) | u64::from(b) << 16 | u64::from(c) << 32 | u64::from(d) << 48
    };
    let first = four(signature, THIS_INSTRUCTION, key, THIS_INSTRUCTION);
    Some((first, four(message, MESSAGE_LEN_U16, THIS_INSTRUCTION, 0)))
}

fn read_record(bytes: &[u8]) -> Option<(u64, u64)> {
    let (first, rest) = bytes.split_first_chunk()?;
    let &[a, b, c, d, e, f] = rest.first_chunk()?;
    Some((u64::from_le_bytes(*first), u64::from_le_bytes([a, b, c, d, e, f, 0, 0])))
}
