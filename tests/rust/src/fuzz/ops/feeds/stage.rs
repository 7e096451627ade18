//! Prices move, and sessions open and close.

use super::{rules::feed_id, *};
use crate::collateral::{Price, RECEIVER};

pub fn price_account(mint: &Pubkey) -> Pubkey {
    Pubkey::new_from_array(scrip_interface::sha256(&[b"price account", mint.as_ref()]))
}

/// The oracle publishes a price of each share: what the token is worth, by the multiplier that
/// counts; seldom by the other one, or something that must not count.
pub fn prices(arena: &mut Arena, rng: &mut Rng) {
    let mints: Vec<Pubkey> = arena.model.feeds.keys().copied().collect();
    for mint in mints {
        let worth = arena.model.worth.entry(mint).or_insert(150 * 100_000_000);
        // It falls far now and then, and comes back.
        *worth = match rng.below(24) {
            0 => *worth / 2,
            1 | 2 => *worth / 10 * 8,
            3 | 4 => *worth / 4 * 5,
            5 | 6 => (*worth + 150 * 100_000_000) / 2,
            _ => *worth / 1_000 * rng.within(980, 1_020) as u64,
        }
        .clamp(100_000_000, 10_000 * 100_000_000);
        let worth = *worth;
        let of = arena.model.ticker(&mint).multipliers;
        let multiplier = match rng.below(16) {
            0 => of.first,
            1 => of.second,
            _ => of.now(arena.model.now),
        };
        publish(arena, rng, mint, (worth as f64 / multiplier) as i64);
    }
}

fn publish(arena: &mut Arena, rng: &mut Rng, mint: Pubkey, price: i64) {
    let now = arena.model.now;
    let mut of = Price::dollars(feed_id(&mint), 1.0, now);
    (of.price, of.ema_price) = (price, price);
    of.confidence = price.unsigned_abs() / 2_000;
    let rule = arena.model.feeds[&mint].rules(now).0;
    let rule = rule.rules[arena.model.calendar.session(now) as usize];
    let oldest = i64::from(rule.max_age_secs);
    let widest = price.unsigned_abs() * u64::from(rule.max_confidence_bps) / 10_000;
    let mut error = None;
    match rng.below(70) {
        0 => (of.signatures, error) = (Some(5), Some(CollateralError::PriceNotVerified.into())),
        1 => (of.feed_id, error) = ([9; 32], Some(CollateralError::WrongFeedId.into())),
        2 => (of.owner, error) = (issuer::ID, Some(CollateralError::OracleProgramUnknown.into())),
        3 => of.price = -of.price,
        4 => of.price = 0,
        5 => of.confidence = price.unsigned_abs() / 10,
        6 => of.publish_time = now + rng.within(59, 62),
        7 | 8 => of.publish_time = now - rng.within(30, 400),
        // At the edge of what counts, and just beyond it.
        9..=12 => of.publish_time = now - oldest - rng.within(0, 1),
        13 | 14 => of.confidence = widest + rng.below(2),
        _ => {}
    }
    if error.is_none() {
        assert_eq!(of.owner, RECEIVER);
    }
    let (price, confidence, publish_time) = (of.price, of.confidence, of.publish_time);
    arena.model.prices.insert(mint, PriceState { price, confidence, publish_time, error });
    arena.vm.svm.set_account(price_account(&mint), of.account()).expect("an account can be set");
}

/// To the next regular session, or out of it; with prices of that moment.
pub fn session(arena: &mut Arena, rng: &mut Rng) {
    let model = &arena.model;
    let wanted = match rng.below(8) {
        0 => Session::Closed,
        1 => Session::Overnight,
        2 => Session::Post,
        _ => Session::Regular,
    };
    if model.calendar.session(model.now) != wanted {
        let quarters = (1..400).map(|quarter| (model.now / 900 + quarter) * 900);
        let found = quarters.into_iter().find(|at| model.calendar.session(*at) == wanted);
        let Some(at) = found else { return };
        let now = at - i64::from(rng.percent(20));
        arena.vm.set_time(now);
        arena.model.now = now;
    }
    prices(arena, rng);
}
