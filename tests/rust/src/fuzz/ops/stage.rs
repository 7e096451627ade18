//! What happens by itself, or by instructions that are not written yet.

use super::common::*;

/// Time passes: a moment, or up to two days.
pub fn wait(arena: &mut Arena, rng: &mut Rng) {
    let secs = match rng.below(25) {
        0 => rng.within(8 * HOUR, 2 * DAY),
        1..=3 => rng.within(HOUR, 8 * HOUR),
        4..=11 => rng.within(60, HOUR),
        _ => rng.within(1, 60),
    };
    let now = arena.vm.now() + secs;
    arena.vm.set_time(now);
    arena.model.now = now;
}

/// To the very second at which something ends or becomes possible, or one before it.
pub fn wait_for_deadline(arena: &mut Arena, rng: &mut Rng) {
    let model = &arena.model;
    let times = (model.redemptions.values().map(|it| it.deadline))
        .chain(model.announcements.values().flat_map(|it| [it.ready_at, it.expires_at]))
        .chain(model.grants.values().map(|it| it.expires_at))
        .chain(model.sets.values().flat_map(|it| [it.expires_at, it.ready_at]))
        .chain(model.tickers.values().flat_map(|it| [it.band.2, it.multipliers.effective_at]))
        .chain(model.tickers.values().flat_map(TickerState::action_times))
        .chain(model.records.values().map(|it| it.expires_at))
        .chain(model.policies.values().filter_map(|it| Some(it.pending?.1)))
        .chain(model.seizures.values().flat_map(|it| [it.execute_at, it.expires_at]))
        .chain(
            model.feeds.values().flat_map(|it| [it.halted_until, it.pending.map_or(0, |it| it.2)]),
        )
        .chain([model.calendar.halted_until, model.calendar.pending.map_or(0, |it| it.1)])
        .chain(arena.drawer.iter().map(|it| it.args.expires_at));
    let soon = times.filter(|at| (model.now + 2..model.now + 3 * DAY).contains(at));
    let Some(at) = rng.one(soon) else { return };
    let now = at - i64::from(rng.percent(50));
    arena.vm.set_time(now);
    arena.model.now = now;
}

/// To one of an action's seconds, or the one before or after it.
pub fn wait_for_action(arena: &mut Arena, rng: &mut Rng) {
    let model = &arena.model;
    let times = model.tickers.values().flat_map(TickerState::action_times);
    let seconds = times.flat_map(|at| [at - 1, at, at + 1]);
    let ahead = seconds.filter(|at| (model.now + 1..model.now + 3 * DAY).contains(at));
    let Some(now) = rng.one(ahead) else { return };
    arena.vm.set_time(now);
    arena.model.now = now;
}

/// A split or a dividend: another multiplier now, or soon.
pub fn set_multipliers(arena: &mut Arena, rng: &mut Rng) {
    let Some(mint) = rng.one(arena.model.tickers.keys().copied()) else { return };
    let now = arena.model.now;
    // What is scheduled stays as it is: nobody else can change it.
    if arena.model.ticker(&mint).action.is_some() {
        return;
    }
    let first = arena.model.ticker(&mint).multipliers.now(now);
    let values = [1.0, 1.0, 2.0, 0.5, 1.5, 1.003_269_012_539_818_7, 0.333_333_333_333_333_3, 3.7];
    let second = *rng.pick(&values).expect("some");
    let effective_at = now + if rng.percent(50) { 0 } else { rng.within(1, DAY) };
    arena.set_multipliers(&mint, Multipliers { first, effective_at, second });
}
