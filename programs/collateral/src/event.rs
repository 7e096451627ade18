//! What happened. `sequence` is the event's number in the stream of the curator, or of the feed for
//! observations. `effective_at` tells from when on a change counts.

use anchor_lang::prelude::*;
use scrip_stream::Emitter;

/// What publishes them.
pub const EMITTER: Emitter =
    Emitter { program: crate::ID, bump: crate::EVENT_AUTHORITY_AND_BUMP.1 };

#[event]
pub struct CuratorCreated {
    pub sequence: u64,
    pub curator: Pubkey,
    pub creator: Pubkey,
    pub admin: Pubkey,
    pub timelock_secs: u32,
}

#[event]
pub struct AdminProposed {
    pub sequence: u64,
    pub curator: Pubkey,
    pub pending_admin: Pubkey,
}

#[event]
pub struct AdminAccepted {
    pub sequence: u64,
    pub curator: Pubkey,
    pub admin: Pubkey,
}

#[event]
pub struct RoleSet {
    pub sequence: u64,
    pub curator: Pubkey,
    pub wallet: Pubkey,
    pub mask: u32,
}

#[event]
pub struct TimelockSet {
    pub sequence: u64,
    pub curator: Pubkey,
    pub timelock_secs: u32,
    pub effective_at: i64,
}

#[event]
pub struct CalendarCreated {
    pub sequence: u64,
    pub curator: Pubkey,
    pub calendar: Pubkey,
    pub mic: [u8; 4],
    pub years: Vec<u16>,
}

#[event]
pub struct YearSet {
    pub sequence: u64,
    pub calendar: Pubkey,
    pub year: u16,
    pub holidays: [u64; 6],
    pub early_closes: [u64; 6],
    pub effective_at: i64,
}

#[event]
pub struct ChangeCancelled {
    pub sequence: u64,
    /// The calendar or feed.
    pub account: Pubkey,
}

#[event]
pub struct HaltSet {
    pub sequence: u64,
    /// The calendar (a whole venue) or feed (one security).
    pub account: Pubkey,
    pub halted_until: i64,
}

#[event]
pub struct FeedCreated {
    pub sequence: u64,
    pub curator: Pubkey,
    pub feed: Pubkey,
    pub mint: Pubkey,
    pub calendar: Pubkey,
    pub config_hash: [u8; 32],
}

#[event]
pub struct FeedSet {
    pub sequence: u64,
    pub feed: Pubkey,
    /// Of the rules that lenders agree to: unchanged by a tightening.
    pub config_hash: [u8; 32],
    pub config_version: u32,
    pub effective_at: i64,
}

#[event]
pub struct PriceObserved {
    pub sequence: u64,
    pub feed: Pubkey,
    pub mid_price_e8: u64,
    pub publish_time: i64,
    pub multiplier_bits: u64,
    pub reasons: u32,
    pub flags: u8,
    pub session: u8,
}
