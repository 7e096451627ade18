//! Limits that are the same for every issuer.

/// Version of every account layout of this release. It also reads the one before.
pub const LAYOUT_VERSION: u8 = 2;

/// Attestors' clocks may run ahead of the cluster's by this much.
pub const CLOCK_TOLERANCE_SECS: u32 = 60;
/// From `issued_at` to `expires_at`, for every kind of attestation but quotes.
pub const MAX_ATTESTATION_LIFETIME_SECS: u64 = 7 * 24 * 60 * 60;
/// The same for quotes of a cash price.
pub const MAX_QUOTE_LIFETIME_SECS: u64 = 60;

/// What may wait for the timelock waits at least and at most this long.
pub const MIN_TIMELOCK_SECS: u32 = 60 * 60;
pub const MAX_TIMELOCK_SECS: u32 = 30 * 24 * 60 * 60;
/// A change that is not made this long after it could have been is forgotten.
pub const CHANGE_GRACE_SECS: u32 = 14 * 24 * 60 * 60;

/// How long a replaced attestor set may go on counting.
pub const MAX_OVERLAP_SECS: u32 = 30 * 24 * 60 * 60;
/// The oldest statement a ticker may accept for a mint.
pub const MAX_STATEMENT_AGE_SECS: u32 = 7 * 24 * 60 * 60;
/// The largest share of the settled holdings that receivable ones may add.
pub const MAX_RECEIVABLE_BPS: u16 = 2_000;
/// How long an owner may have to wait for a redemption, at most.
pub const MAX_REDEMPTION_SECS: u32 = 30 * 24 * 60 * 60;
/// Open redemptions of one owner in one ticker: the ids from 0 on.
pub const MAX_OPEN_REDEMPTIONS: u64 = 8;
/// A band of prices counts no longer than this.
pub const MAX_BAND_SECS: u32 = 7 * 24 * 60 * 60;

/// How long before and after a corporate action takes effect minting and trades for cash are closed:
/// where a ticker says nothing else, at least, and at most.
pub const DEFAULT_WINDOW_SECS: u32 = 15 * 60;
pub const MIN_WINDOW_SECS: u32 = CLOCK_TOLERANCE_SECS;
pub const MAX_WINDOW_SECS: u32 = 24 * 60 * 60;
/// How far ahead an action may be scheduled.
pub const MAX_ACTION_NOTICE_SECS: u32 = 30 * 24 * 60 * 60;
/// How many may be scheduled for one ticker in a day of UTC, also of those cancelled again.
pub const MAX_ACTIONS_A_DAY: u8 = 4;
pub const DAY_SECS: i64 = 24 * 60 * 60;

pub const MAX_NAME_LEN: usize = 64;
pub const MAX_URI_LEN: usize = 128;
