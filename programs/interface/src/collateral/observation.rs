//! What a feed last observed, at a fixed place of its account, for lenders that read accounts.

use super::{Flags, Reasons};
use crate::mint::read as bytes_at;
use scrip_math::{Bps, PriceE8, Timestamp};
use solana_pubkey::Pubkey;

/// sha256("account:Feed"), the first eight bytes.
const FEED_DISCRIMINATOR: [u8; 8] = [69, 191, 16, 227, 132, 187, 84, 227];
const LAYOUT_VERSION: u8 = 1;
const MINT: usize = 48;
/// Where the observation begins in a feed's account data. It never moves.
pub const OBSERVATION_OFFSET: usize = 80;

/// A price as `observe` recorded it. Flags and reasons are those of `observed_at`: sessions end and
/// windows begin afterwards, so a reader also bounds `observed_at` by its own limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// USD per whole token, as in [`super::Valuation`].
    pub floor_price: PriceE8,
    pub mid_price: PriceE8,
    pub ceiling_price: PriceE8,
    pub confidence: PriceE8,
    pub publish_time: Timestamp,
    pub observed_at: Timestamp,
    pub multiplier_bits: u64,
    pub reasons: Reasons,
    pub haircut: Bps,
    pub flags: Flags,
    pub session: u8,
}

impl Observation {
    /// Reads a feed's account data, whose owner the caller has checked to be the collateral
    /// program. `None` if it is no feed of this mint, or nothing was observed within
    /// `max_observed_secs` before `now`.
    pub fn read(
        data: &[u8],
        mint: &Pubkey,
        now: Timestamp,
        max_observed_secs: u32,
    ) -> Option<Self> {
        let is_feed = data.first_chunk() == Some(&FEED_DISCRIMINATOR)
            && data.get(8) == Some(&LAYOUT_VERSION)
            && bytes_at(data, MINT)? == mint.to_bytes();
        if !is_feed {
            return None;
        }
        let observation = Self::from_bytes(data.get(OBSERVATION_OFFSET..)?)?;
        let age = now.secs_since(observation.observed_at);
        let ever = observation.observed_at.0 != 0;
        if ever && age <= u64::from(max_observed_secs) { Some(observation) } else { None }
    }

    pub fn from_bytes(data: &[u8]) -> Option<Self> {
        let word = |at| bytes_at(data, at).map(u64::from_le_bytes);
        let time = |at| bytes_at(data, at).map(i64::from_le_bytes).map(Timestamp);
        let [flags, session] = bytes_at(data, 62)?;
        Some(Self {
            floor_price: PriceE8(word(0)?),
            mid_price: PriceE8(word(8)?),
            ceiling_price: PriceE8(word(16)?),
            confidence: PriceE8(word(24)?),
            publish_time: time(32)?,
            observed_at: time(40)?,
            multiplier_bits: word(48)?,
            reasons: Reasons(bytes_at(data, 56).map(u32::from_le_bytes)?),
            haircut: Bps(bytes_at(data, 60).map(u16::from_le_bytes)?),
            flags: Flags(flags),
            session,
        })
    }

    /// What the reader may do. A reason of a later release means no debt.
    pub const fn allowed(&self) -> Flags {
        self.reasons.leave(self.flags)
    }
}
