//! Limits that are the same for every issuer.

/// Version of every account layout of this release.
pub const LAYOUT_VERSION: u8 = 1;

/// Attestors' clocks may run ahead of the cluster's by this much.
pub const CLOCK_TOLERANCE_SECS: u32 = 60;
/// From `issued_at` to `expires_at`, for every kind of attestation.
pub const MAX_ATTESTATION_LIFETIME_SECS: u64 = 7 * 24 * 60 * 60;

/// The oldest statement a ticker may accept for a mint.
pub const MAX_STATEMENT_AGE_SECS: u32 = 7 * 24 * 60 * 60;
/// The largest share of the settled holdings that receivable ones may add.
pub const MAX_RECEIVABLE_BPS: u16 = 2_000;
/// How long an owner may have to wait for a redemption, at most.
pub const MAX_REDEMPTION_SECS: u32 = 30 * 24 * 60 * 60;

pub const MAX_NAME_LEN: usize = 64;
pub const MAX_URI_LEN: usize = 128;
