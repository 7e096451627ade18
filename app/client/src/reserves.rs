//! What the custodian said of a ticker, as the issuer program counts it.

use crate::issuer::{
    accounts::Ticker,
    types::{ReserveSnapshot, ShareCount},
};
use scrip_interface::math::{Bps, ShareAmount, reserves};

/// The number that an account holds as two words.
pub const fn shares(count: &ShareCount) -> ShareAmount {
    ShareAmount((count.high as u128) << 64 | count.low as u128)
}

/// What waits for a scheduled corporate action.
pub fn next_snapshot(ticker: &Ticker) -> Option<ReserveSnapshot> {
    (ticker.next_waits != 0).then(|| ReserveSnapshot {
        as_of: ticker.action_effective_at,
        settled: ticker.next_settled.clone(),
        receivable: ticker.next_receivable.clone(),
    })
}

/// The snapshot that counts at a time: one that waited counts from its second on.
pub fn snapshot_at(ticker: &Ticker, now: i64) -> ReserveSnapshot {
    let next = next_snapshot(ticker).filter(|next| now >= next.as_of);
    next.unwrap_or_else(|| ticker.reserves.clone())
}

/// The shares of a snapshot that count: settled, and receivable as far as the ticker takes it.
pub fn counted_shares(ticker: &Ticker, snapshot: &ReserveSnapshot) -> ShareAmount {
    let (settled, receivable) = (shares(&snapshot.settled), shares(&snapshot.receivable));
    reserves::counted_shares(settled, receivable, Bps(ticker.max_receivable_bps))
}
