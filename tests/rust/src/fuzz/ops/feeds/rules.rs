//! Feeds: their rules, and halts of a security.

use super::*;
use crate::collateral::{CreateFeed, manage_feed, pyth, rules};
use ::collateral::state::{FeedConfig, unit};

pub fn feed_id(mint: &Pubkey) -> [u8; 32] {
    scrip_interface::sha256(&[b"fuzz price", mint.as_ref()])
}

/// Debt by day, liquidation by night too; half an hour before a change no more debt, and two hours
/// after it until prices have followed.
pub fn first_rules(arena: &Arena, mint: &Pubkey) -> FeedConfig {
    FeedConfig {
        before_secs: 1_800,
        window_max_secs: 2 * 3_600,
        ..rules(arena.calendar(), pyth(feed_id(mint), unit::PER_SHARE))
    }
}

pub fn create_feed(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(8);
    let bare = |mint: &&Pubkey| any || !model.feeds.contains_key(mint);
    let mint = *rng.one(model.tickers.keys().filter(bare))?;
    let (authority, mut refusals) = authority(arena, rng, ROLE_FEED);
    let mut config = first_rules(arena, &mint);
    if rng.percent(5) {
        config.before_secs = 60;
        refusals.unless(false, CollateralError::ConfigInvalid);
    }
    refusals.unless_code(!model.feeds.contains_key(&mint), code::ALREADY_IN_USE);
    let payer = payer(arena, rng);
    let create = CreateFeed::new(payer, authority, arena.curator, mint, config);
    let hash = config.hash(&arena.curator, &mint);
    let plan = Plan::new("collateral/create_feed", create.instruction(), refusals);
    Some(plan.then(move |model, _| {
        let (pending, halted_until, observed) = (None, 0, 0);
        model.feeds.insert(mint, FeedState { config, hash, pending, halted_until, observed });
    }))
}

/// One thing that is changed; mostly back to what the rules were at first.
fn changed(arena: &Arena, rng: &mut Rng, mint: &Pubkey, old: &FeedConfig) -> FeedConfig {
    let mut config = *old;
    let more = rng.percent(50);
    match rng.below(14) {
        0 => config.rules.iter_mut().for_each(|rule| {
            rule.haircut_bps = if more { rule.haircut_bps + 100 } else { rule.haircut_bps / 2 };
        }),
        1 => config.rules.iter_mut().for_each(|rule| {
            rule.max_age_secs =
                if more { rule.max_age_secs + 30 } else { rule.max_age_secs / 2 + 1 };
        }),
        2 => config.debt_disabled = u8::from(more),
        3 => config.before_secs = if more { config.before_secs + 600 } else { 1_800 },
        4 => config.rules[4].permitted ^= 4,
        5 => config.rules[3].permitted ^= 1,
        6 => config.rules[2].haircut_bps = 10_001,
        7 => config.rules[0].permitted = 8,
        _ => config = first_rules(arena, mint),
    }
    config
}

fn sound(config: &FeedConfig) -> bool {
    let rules = config.rules.iter();
    rules.clone().all(|rule| rule.haircut_bps <= 10_000 && rule.permitted < 8)
        && rules.clone().all(|rule| rule.max_age_secs > 0)
        && config.before_secs <= 7 * 86_400
}

pub fn set_feed(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (mint, state) = rng.one(model.feeds.iter())?;
    let old = *state.rules(model.now).0;
    let config = changed(arena, rng, mint, &old);
    let tightens = is_tighter(&config, &old);
    let role = if tightens { ROLE_FEED | ROLE_GUARD } else { ROLE_FEED };
    let (authority, mut refusals) = authority(arena, rng, role);
    refusals.unless(sound(&config), CollateralError::ConfigInvalid);
    let (mint, feed) = (*mint, feed_of(arena, mint));
    let call = crate::collateral::set_feed(authority, arena.curator, feed, config);
    let hash = config.hash(&arena.curator, &mint);
    Some(Plan::new("collateral/set_feed", call, refusals).then(move |model, _| {
        let (now, later) = (model.now, model.curator.loosens_at(model.now));
        let state = model.feeds.get_mut(&mint).expect("a known feed");
        state.settle(now);
        state.pending = None;
        if tightens {
            state.config = config;
        } else {
            state.pending = Some((config, hash, later));
        }
    }))
}

pub fn cancel_feed(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (any, now) = (rng.percent(8), arena.model.now);
    let waits = |it: &FeedState| it.pending.is_some_and(|(.., at)| now < at);
    let (mint, it) = rng.one(arena.model.feeds.iter().filter(|(_, it)| any || waits(it)))?;
    let (authority, mut refusals) = authority(arena, rng, ROLE_FEED | ROLE_GUARD);
    refusals.unless(waits(it), CollateralError::NothingPending);
    let (mint, feed) = (*mint, feed_of(arena, mint));
    let call = manage_feed(authority, arena.curator, feed, &data::CancelFeed {});
    Some(Plan::new("collateral/cancel_feed", call, refusals).then(move |model, _| {
        model.feeds.get_mut(&mint).expect("a known feed").pending = None;
    }))
}

/// Mostly soon.
pub fn halt_end(arena: &Arena, rng: &mut Rng) -> i64 {
    arena.model.now
        + match rng.below(10) {
            0 => 0,
            1 => rng.within(2 * HOUR, 8 * HOUR),
            _ => rng.within(60, HOUR),
        }
}

pub fn halt_ticker(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let mint = *rng.one(arena.model.feeds.keys())?;
    let (authority, mut refusals) = authority(arena, rng, ROLE_FEED | ROLE_GUARD);
    let until = halt_end(arena, rng);
    refusals.unless(until > arena.model.now, CollateralError::HaltInvalid);
    let data = data::HaltTicker { until };
    let call = manage_feed(authority, arena.curator, feed_of(arena, &mint), &data);
    Some(Plan::new("collateral/halt_ticker", call, refusals).then(move |model, _| {
        let it = model.feeds.get_mut(&mint).expect("a known feed");
        it.halted_until = it.halted_until.max(until);
    }))
}

pub fn resume_ticker(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (any, now) = (rng.percent(8), arena.model.now);
    let halted = |it: &FeedState| now < it.halted_until;
    let (mint, it) = rng.one(arena.model.feeds.iter().filter(|(_, it)| any || halted(it)))?;
    let (authority, mut refusals) = authority(arena, rng, ROLE_FEED);
    refusals.unless(halted(it), CollateralError::NotHalted);
    let (mint, feed) = (*mint, feed_of(arena, mint));
    let call = manage_feed(authority, arena.curator, feed, &data::ResumeTicker {});
    Some(Plan::new("collateral/resume_ticker", call, refusals).then(move |model, _| {
        let later = model.curator.loosens_at(model.now);
        let it = model.feeds.get_mut(&mint).expect("a known feed");
        it.halted_until = it.halted_until.min(later);
    }))
}
