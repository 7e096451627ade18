//! The return data of `value` and `status`.
//!
//! ```text
//! header: version u8 | kind u8 | entry length u16 | count u8 | 0 0 0
//! count x entry, each of the layout in `Valuation::to_bytes`; fields are only ever appended
//! ```
//! All integers are little-endian.

use super::{Flags, Reasons};
use crate::mint::read as bytes_at;
use scrip_math::{Bps, PriceE8, RawAmount, Timestamp, ValueE8};
use solana_pubkey::Pubkey;

pub const RETURN_DATA_VERSION: u8 = 1;
pub const HEADER_LEN: usize = 8;
pub const ENTRY_LEN: usize = 176;
/// Return data is at most 1,024 bytes.
pub const MAX_ENTRIES: usize = 5;
const ENTRY_LEN_U16: u16 = 176;

/// Which instruction answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    Value = 1,
    Status = 2,
}

/// What one amount of one mint is worth, and what it may be used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Valuation {
    pub mint: Pubkey,
    /// Of the rules that were last loosened: they, or stricter ones, were applied.
    pub config_hash: [u8; 32],
    pub raw: RawAmount,
    /// USD per whole token (10^decimals raw units). `floor <= mid <= ceiling`.
    pub floor_price: PriceE8,
    pub mid_price: PriceE8,
    pub ceiling_price: PriceE8,
    pub floor_value: ValueE8,
    pub mid_value: ValueE8,
    pub ceiling_value: ValueE8,
    /// Half the width of the oracle's confidence interval, per whole token, rounded up.
    pub confidence: PriceE8,
    pub publish_time: Timestamp,
    /// Bits of the multiplier in force (f64).
    pub multiplier_bits: u64,
    /// Bits of the multiplier that replaces it at `next_effective_at`; 0 if none is pending.
    pub next_multiplier_bits: u64,
    pub next_effective_at: Timestamp,
    pub reasons: Reasons,
    pub age_secs: u32,
    /// What the session's rule takes off before new debt is counted.
    pub haircut: Bps,
    /// As the program decided. Use [`Valuation::allowed`], which knows about unknown reasons.
    pub flags: Flags,
    /// 0 closed, 1 pre, 2 regular, 3 post, 4 overnight.
    pub session: u8,
    /// Rises with every change of the rules.
    pub config_version: u32,
}

/// What the caller asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    pub mint: Pubkey,
    pub raw: RawAmount,
    /// The rules the caller has agreed to.
    pub config_hash: [u8; 32],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The return data is of another program.
    WrongProgram,
    /// An unknown version or kind, or a length that does not fit the header.
    Malformed,
    WrongCount,
    WrongMint,
    WrongAmount,
    /// The rules were loosened since the caller agreed to them.
    WrongConfig,
}

impl Valuation {
    /// What the caller may do. A reason of a later release means no debt.
    pub const fn allowed(&self) -> Flags {
        self.reasons.leave(self.flags)
    }

    /// What new debt may count on: the floor less the haircut, rounded down.
    pub fn collateral_value(&self) -> ValueE8 {
        let keep = u64::from(10_000u16.saturating_sub(self.haircut.0));
        let value = self.floor_value.0;
        // value x keep / 10,000 without 128 bits: quotient and remainder apart.
        let whole = (value / 10_000).saturating_mul(keep);
        let rest = (value % 10_000).saturating_mul(keep) / 10_000;
        ValueE8(whole.saturating_add(rest))
    }

    /// By what a liquidation must judge a position: the ceiling, while it is not settled which
    /// multiplier the price goes with.
    pub const fn liquidation_value(&self) -> ValueE8 {
        use super::reason::{ACTION_PENDING, ACTION_WINDOW};
        if self.reasons.contains(ACTION_PENDING | ACTION_WINDOW) {
            self.ceiling_value
        } else {
            self.mid_value
        }
    }

    pub fn to_bytes(&self) -> [u8; ENTRY_LEN] {
        let mut out = [0; ENTRY_LEN];
        let mut rest = out.as_mut_slice();
        put(&mut rest, self.mint.as_array());
        put(&mut rest, &self.config_hash);
        for word in [
            self.raw.0,
            self.floor_price.0,
            self.mid_price.0,
            self.ceiling_price.0,
            self.floor_value.0,
            self.mid_value.0,
            self.ceiling_value.0,
            self.confidence.0,
        ] {
            put(&mut rest, &word.to_le_bytes());
        }
        put(&mut rest, &self.publish_time.0.to_le_bytes());
        put(&mut rest, &self.multiplier_bits.to_le_bytes());
        put(&mut rest, &self.next_multiplier_bits.to_le_bytes());
        put(&mut rest, &self.next_effective_at.0.to_le_bytes());
        put(&mut rest, &self.reasons.0.to_le_bytes());
        put(&mut rest, &self.age_secs.to_le_bytes());
        put(&mut rest, &self.haircut.0.to_le_bytes());
        put(&mut rest, &[self.flags.0, self.session]);
        put(&mut rest, &self.config_version.to_le_bytes());
        out
    }

    /// Reads an entry; longer ones are of a later release, whose further fields are not read.
    pub fn from_bytes(entry: &[u8]) -> Option<Self> {
        let word = |at| bytes_at(entry, at).map(u64::from_le_bytes);
        let time = |at| bytes_at(entry, at).map(i64::from_le_bytes).map(Timestamp);
        let [flags, session] = bytes_at(entry, 170)?;
        Some(Self {
            mint: Pubkey::new_from_array(bytes_at(entry, 0)?),
            config_hash: bytes_at(entry, 32)?,
            raw: RawAmount(word(64)?),
            floor_price: PriceE8(word(72)?),
            mid_price: PriceE8(word(80)?),
            ceiling_price: PriceE8(word(88)?),
            floor_value: ValueE8(word(96)?),
            mid_value: ValueE8(word(104)?),
            ceiling_value: ValueE8(word(112)?),
            confidence: PriceE8(word(120)?),
            publish_time: time(128)?,
            multiplier_bits: word(136)?,
            next_multiplier_bits: word(144)?,
            next_effective_at: time(152)?,
            reasons: Reasons(bytes_at(entry, 160).map(u32::from_le_bytes)?),
            age_secs: bytes_at(entry, 164).map(u32::from_le_bytes)?,
            haircut: Bps(bytes_at(entry, 168).map(u16::from_le_bytes)?),
            flags: Flags(flags),
            session,
            config_version: bytes_at(entry, 172).map(u32::from_le_bytes)?,
        })
    }
}

/// Return data with these entries; the program's own encoder.
pub fn encode(kind: Kind, entries: &[Valuation]) -> Vec<u8> {
    let count = u8::try_from(entries.len()).unwrap_or(u8::MAX);
    let mut data =
        Vec::with_capacity(ENTRY_LEN.saturating_mul(entries.len()).saturating_add(HEADER_LEN));
    let [low, high] = ENTRY_LEN_U16.to_le_bytes();
    data.extend_from_slice(&[RETURN_DATA_VERSION, kind as u8, low, high, count, 0, 0, 0]);
    for entry in entries {
        data.extend_from_slice(&entry.to_bytes());
    }
    data
}

/// The entries of return data, one for each expected amount in the order asked. `returned` is what
/// `get_return_data` gave after the call, `program` the collateral program the caller trusts.
pub fn read(
    program: &Pubkey,
    kind: Kind,
    returned: &(Pubkey, Vec<u8>),
    expected: &[Expected],
) -> Result<Vec<Valuation>, ReadError> {
    if returned.0 != *program {
        return Err(ReadError::WrongProgram);
    }
    let entries = read_entries(kind, &returned.1).ok_or(ReadError::Malformed)?;
    if entries.len() != expected.len() {
        return Err(ReadError::WrongCount);
    }
    for (entry, expected) in entries.iter().zip(expected) {
        if entry.mint != expected.mint {
            return Err(ReadError::WrongMint);
        }
        if entry.raw != expected.raw {
            return Err(ReadError::WrongAmount);
        }
        if entry.config_hash != expected.config_hash {
            return Err(ReadError::WrongConfig);
        }
    }
    Ok(entries)
}

/// The entries, unchecked against any question. `None` if the data is not whole.
pub fn read_entries(kind: Kind, data: &[u8]) -> Option<Vec<Valuation>> {
    let (header, body) = data.split_first_chunk::<HEADER_LEN>()?;
    let &[version, found, low, high, count, ..] = header;
    let len = usize::from(u16::from_le_bytes([low, high]));
    let whole = body.len() == len.checked_mul(usize::from(count))?;
    if version != RETURN_DATA_VERSION || found != kind as u8 || len < ENTRY_LEN || !whole {
        return None;
    }
    body.chunks_exact(len).map(Valuation::from_bytes).collect()
}

/// Writes at the front of `rest` and moves on.
fn put<const N: usize>(rest: &mut &mut [u8], bytes: &[u8; N]) {
    if let Some((slot, after)) = core::mem::take(rest).split_first_chunk_mut() {
        *slot = *bytes;
        *rest = after;
    }
}
