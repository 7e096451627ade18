//! Limits that are the same for every curator.

/// Version of every account layout of this release.
pub const LAYOUT_VERSION: u8 = 1;

/// How long a loosening waits, at least and at most.
pub const MIN_TIMELOCK_SECS: u32 = 60 * 60;
pub const MAX_TIMELOCK_SECS: u32 = 30 * 24 * 60 * 60;

/// A publisher's clock may run ahead of the cluster's by this much.
pub const CLOCK_TOLERANCE_SECS: u32 = 60;

/// A feed and a multiplier were seen to change up to 20 minutes apart, in either order: no window
/// begins later, or is shorter, than half an hour.
pub const MIN_WINDOW_SECS: u32 = 30 * 60;
pub const MAX_WINDOW_SECS: u32 = 7 * 24 * 60 * 60;
/// Between the two observations that show continuity.
pub const CONTINUITY_GAP_SECS: u32 = 60;
/// Of regular session, before new debt returns to a feed that never showed continuity.
pub const UNCONFIRMED_REGULAR_SECS: u32 = 30 * 60;
/// After which a change is over, whatever the calendar knows of the days between.
pub const FORGET_ACTION_SECS: u32 = 14 * 24 * 60 * 60;
/// An average over a split is of neither price: it does not count for a day.
pub const EMA_SETTLE_SECS: u32 = 24 * 60 * 60;
