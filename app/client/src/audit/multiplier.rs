//! The mint's multiplier against the corporate actions that were announced for it.

use super::{Check, Facts};
use crate::{
    events::Event,
    issuer::{
        accounts::History,
        types::{ActionCancelled, ActionScheduled},
    },
};
use scrip_interface::math::Timestamp;

pub fn checks(facts: &Facts) -> Vec<Check> {
    let mut checks = vec![against_events(facts)];
    checks.extend(facts.history.map(|history| against_history(facts, history)));
    checks
}

/// A multiplier's bits as people read them.
fn text(bits: u64) -> String {
    f64::from_bits(bits).to_string()
}

/// Bits of the multiplier that counts now, as the mint stores them.
fn of_mint(facts: &Facts) -> Option<u64> {
    let scaled = facts.mint.scaled_ui()?;
    let current = scaled.current(Timestamp(facts.now)).ok()?;
    Some(current.to_f64_bits())
}

/// Every change of the multiplier is an action that was scheduled and not cancelled; before the first
/// it is 1, or what the first one found.
fn against_events(facts: &Facts) -> Check {
    let name = "multiplier";
    let Some(is) = of_mint(facts) else {
        return Check::new(name, false, "the mint's multiplier cannot be read");
    };
    let should = expected(facts.events, facts.now);
    Check::equal(name, ("the mint's multiplier", text(is)), ("its scheduled actions", text(should)))
}

fn expected(events: &[Event], now: i64) -> u64 {
    let cancelled: Vec<_> = events
        .iter()
        .filter_map(|event| event.decode::<ActionCancelled>("ActionCancelled"))
        .filter(|cancelled| cancelled.was_scheduled)
        .collect();
    let scheduled = events
        .iter()
        .filter_map(|event| event.decode::<ActionScheduled>("ActionScheduled"))
        // An action's address comes back once it is cancelled: what counts is whether that came after.
        .filter(|it| !cancelled.iter().any(|c| c.action == it.action && c.sequence > it.sequence));
    let scheduled: Vec<_> = scheduled.collect();
    let effective = scheduled.iter().rfind(|it| it.effective_at <= now);
    match (effective, scheduled.first()) {
        (Some(last), _) => last.new_multiplier,
        (None, Some(first)) => first.old_multiplier,
        (None, None) => 1f64.to_bits(),
    }
}

/// The entry that counts now is what the mint says. Entries are kept for actions that change it.
fn against_history(facts: &Facts, history: &History) -> Check {
    let name = "multiplier history";
    let entries = history.entries.iter().filter(|entry| entry.multiplier != 0);
    let counting = entries.filter(|entry| entry.effective_at <= facts.now);
    let latest = counting.max_by_key(|entry| entry.effective_at);
    let (Some(is), Some(latest)) = (of_mint(facts), latest) else {
        return Check::new(name, false, "the history has no entry that counts now");
    };
    let should = latest.multiplier;
    Check::equal(name, ("the mint's multiplier", text(is)), ("the history's entries", text(should)))
}
