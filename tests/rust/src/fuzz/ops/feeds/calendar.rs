//! Calendars: their years, and halts of a venue.

use super::*;
use crate::collateral::{CreateCalendar, manage_calendar, nyse_years};
use ::collateral::state::Year;

/// NYSE's, which all feeds here go by.
pub fn first(arena: &Arena) -> Plan {
    let create = CreateCalendar::new(arena.payer(), arena.model.curator.admin, arena.curator);
    let plan = Plan::new("collateral/create_calendar", create.instruction(), Refusals::none());
    plan.then(|model, _| {
        let years = nyse_years().into_iter().map(|year| (year.year, year)).collect();
        model.calendar = CalendarState { years, ..CalendarState::default() };
    })
}

/// Of another venue.
pub fn create_calendar(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let number = arena.model.other_calendars;
    if number > 8 {
        return None;
    }
    let (authority, mut refusals) = authority(arena, rng, ROLE_CALENDAR);
    let mut create = CreateCalendar::new(arena.payer(), authority, arena.curator);
    let mut mic = *b"XAA0";
    mic[3] += number as u8;
    match rng.below(12) {
        0 => {
            mic[0] = b'x';
            refusals.unless(false, CollateralError::MicInvalid);
        }
        1 => {
            create.args.hours.regular_open = 0;
            refusals.unless(false, CollateralError::HoursInvalid);
        }
        2 => {
            create.args.years[1] = create.args.years[0];
            refusals.unless(false, CollateralError::YearInvalid);
        }
        _ => {}
    }
    create.set_mic(mic);
    let plan = Plan::new("collateral/create_calendar", create.instruction(), refusals);
    Some(plan.then(|model, _| model.other_calendars += 1))
}

/// A day more or less in a year: mostly one of the next days.
fn changed(arena: &Arena, rng: &mut Rng) -> Year {
    let (year, day) = date(arena.model.now.div_euclid(DAY) + rng.within(0, 5));
    let loaded = arena.model.calendar.years.get(&(year as u16)).copied().unwrap_or_default();
    let mut changed = Year { year: year as u16, ..loaded };
    let (word, bit) = (day as usize / 64, 1 << (day % 64));
    match rng.below(10) {
        0..=2 => changed.holidays[word] |= bit,
        3 | 4 => changed.early_closes[word] |= bit,
        5 => changed.early_closes[word] &= !bit,
        6 => changed.holidays[5] |= 1 << 50,
        _ => {
            // As it was at the beginning: what was closed opens again.
            let first = nyse_years().into_iter().find(|first| first.year == changed.year);
            changed = first.unwrap_or(changed);
        }
    }
    changed
}

fn closes_at_least(new: &Year, old: &Year) -> bool {
    (0..366).all(|day| {
        let has = |days: &[u64; 6]| days[day / 64] >> (day % 64) & 1 == 1;
        let (holiday, early) = (has(&new.holidays), has(&new.early_closes));
        (!has(&old.holidays) || holiday) && (!has(&old.early_closes) || early || holiday)
    })
}

pub fn set_year(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let mut settled = model.calendar.clone();
    settled.settle(model.now);
    let year = changed(arena, rng);
    let loaded = settled.years.get(&year.year);
    let tightens = loaded.is_some_and(|loaded| closes_at_least(&year, loaded));
    let role = if tightens { ROLE_CALENDAR | ROLE_GUARD } else { ROLE_CALENDAR };
    let (authority, mut refusals) = authority(arena, rng, role);
    refusals.unless(year.holidays[5] >> 46 == 0, CollateralError::YearInvalid);
    let call = manage_calendar(authority, arena.curator, arena.calendar(), &data::SetYear { year });
    Some(Plan::new("collateral/set_year", call, refusals).then(move |model, _| {
        let later = model.curator.loosens_at(model.now);
        let calendar = &mut model.calendar;
        calendar.settle(model.now);
        calendar.pending = None;
        if tightens {
            calendar.years.insert(year.year, year);
        } else {
            calendar.pending = Some((year, later));
        }
    }))
}

pub fn cancel_year(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let pending = arena.model.calendar.pending;
    let waits = pending.is_some_and(|(_, at)| arena.model.now < at);
    if !waits && !rng.percent(10) {
        return None;
    }
    let (authority, mut refusals) = authority(arena, rng, ROLE_CALENDAR | ROLE_GUARD);
    refusals.unless(waits, CollateralError::NothingPending);
    let call = manage_calendar(authority, arena.curator, arena.calendar(), &data::CancelYear {});
    let plan = Plan::new("collateral/cancel_year", call, refusals);
    Some(plan.then(|model, _| model.calendar.pending = None))
}

pub fn halt_venue(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (authority, mut refusals) = authority(arena, rng, ROLE_CALENDAR | ROLE_GUARD);
    let until = super::rules::halt_end(arena, rng);
    refusals.unless(until > arena.model.now, CollateralError::HaltInvalid);
    let data = data::HaltVenue { until };
    let call = manage_calendar(authority, arena.curator, arena.calendar(), &data);
    Some(Plan::new("collateral/halt_venue", call, refusals).then(move |model, _| {
        model.calendar.halted_until = model.calendar.halted_until.max(until);
    }))
}

pub fn resume_venue(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let halted = arena.model.now < arena.model.calendar.halted_until;
    if !halted && !rng.percent(8) {
        return None;
    }
    let (authority, mut refusals) = authority(arena, rng, ROLE_CALENDAR);
    refusals.unless(halted, CollateralError::NotHalted);
    let call = manage_calendar(authority, arena.curator, arena.calendar(), &data::ResumeVenue {});
    Some(Plan::new("collateral/resume_venue", call, refusals).then(|model, _| {
        let later = model.curator.loosens_at(model.now);
        model.calendar.halted_until = model.calendar.halted_until.min(later);
    }))
}
