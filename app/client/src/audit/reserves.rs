//! What the custodian said, and whether it covers the supply.

use super::{Check, Facts};
use crate::{
    amounts::format_e8,
    events::Event,
    issuer::types::{ReservesAttested, SharesMinted, SharesSubscribed},
    reserves::{counted_shares, next_snapshot, snapshot_at},
};
use scrip_interface::math::{Multiplier, MultiplierError, RawAmount, ShareAmount, Timestamp};

pub fn checks(facts: &Facts) -> Vec<Check> {
    let mut checks = vec![covered_now(facts)];
    checks.extend(covered_next(facts));
    checks.extend(as_announced(facts));
    checks
}

fn cover(
    name: &'static str,
    counted: ShareAmount,
    supply: RawAmount,
    multiplier: Result<Multiplier, MultiplierError>,
) -> Check {
    let Ok(owed) = multiplier.and_then(|multiplier| multiplier.shares_ceil(supply)) else {
        return Check::new(name, false, "the mint's multiplier cannot be counted with");
    };
    let (counted_text, owed_text) = (format_e8(counted.0), format_e8(owed.0));
    if owed <= counted {
        let detail = format!("{counted_text} shares are attested for {owed_text} that are owed");
        return Check::new(name, true, detail);
    }
    let short = format_e8(owed.0.saturating_sub(counted.0));
    let detail = format!(
        "only {counted_text} shares are attested for {owed_text} that are owed: {short} too few"
    );
    Check::new(name, false, detail)
}

fn covered_now(facts: &Facts) -> Check {
    let counted = counted_shares(facts.ticker, &snapshot_at(facts.ticker, facts.now));
    let Some(scaled) = facts.mint.scaled_ui() else {
        return Check::new("reserves", false, "the mint has no multiplier");
    };
    cover("reserves", counted, facts.mint.supply(), scaled.current(Timestamp(facts.now)))
}

/// What will count after a scheduled action covers what will be owed.
fn covered_next(facts: &Facts) -> Option<Check> {
    let waiting = next_snapshot(facts.ticker).filter(|next| facts.now < next.as_of)?;
    let scaled = facts.mint.scaled_ui()?;
    let later = scaled.current(Timestamp(waiting.as_of));
    let counted = counted_shares(facts.ticker, &waiting);
    Some(cover("reserves after the scheduled action", counted, facts.mint.supply(), later))
}

/// The snapshot is the newest statement that was announced. `None` where none was, or one that came
/// with a mint whose two numbers no event tells.
fn as_announced(facts: &Facts) -> Option<Check> {
    let snapshot = &facts.ticker.reserves;
    let told = facts.events.iter().filter_map(statement).max_by_key(|statement| statement.as_of)?;
    let (is, name) = (counted_shares(facts.ticker, snapshot), "reserve snapshot");
    if snapshot.as_of != told.as_of {
        // After an action or a change of custodian it is dated otherwise, and no statement is newer.
        let holds = snapshot.as_of > told.as_of;
        let detail = format!(
            "the snapshot is as of {}, the newest statement that was announced as of {}",
            snapshot.as_of, told.as_of
        );
        return Some(Check::new(name, holds, detail));
    }
    if told.rules_changed_since(facts.events) {
        return None;
    }
    let counted = ("the snapshot", format_e8(is.0));
    Some(Check::equal(
        name,
        counted,
        ("its announcement's counted shares", format_e8(told.counted)),
    ))
}

/// A statement as an event tells it.
struct Announced {
    sequence: u64,
    as_of: i64,
    counted: u128,
}

impl Announced {
    /// Whether what counts of a statement, or which counts, may be another since.
    fn rules_changed_since(&self, events: &[Event]) -> bool {
        let changing = ["TermsChanged", "CustodianChanged", "ActionScheduled"];
        events
            .iter()
            .any(|event| event.sequence > self.sequence && changing.contains(&event.name()))
    }
}

fn statement(event: &Event) -> Option<Announced> {
    let sequence = event.sequence;
    if let Some(it) = event.decode::<ReservesAttested>("ReservesAttested") {
        return Some(Announced { sequence, as_of: it.as_of, counted: it.counted_shares_e8 });
    }
    // Of a mint the event tells the shares that count after it, and its own statement's date: they
    // belong together only where that statement is the newest.
    if let Some(it) = event.decode::<SharesMinted>("SharesMinted") {
        let (as_of, counted) = (it.statement_as_of, it.counted_shares_e8);
        return Some(Announced { sequence, as_of, counted });
    }
    let it = event.decode::<SharesSubscribed>("SharesSubscribed")?;
    Some(Announced { sequence, as_of: it.statement_as_of, counted: it.counted_shares_e8 })
}
