//! What a lender asks, and what anybody may record.

use super::{stage::price_account, *};
use num_bigint::BigUint;
use scrip_interface::collateral::{
    Flags, Kind, Valuation, ValueAccounts, observe as observation, read_entries,
    status as question_of_status, value as question,
};
use scrip_math::RawAmount;

const ID: Pubkey = ::collateral::ID;

pub fn value_accounts(arena: &Arena, mint: &Pubkey) -> ValueAccounts {
    ValueAccounts {
        feed: feed_of(arena, mint),
        calendar: arena.calendar(),
        mint: *mint,
        price: price_account(mint),
        token_price: None,
    }
}

fn amount(rng: &mut Rng) -> u64 {
    match rng.below(8) {
        0 => 0,
        1 => u64::MAX,
        2 => 1 + rng.below(9),
        3 => rng.word(),
        _ => rng.below(100_000 * 100_000_000),
    }
}

/// Two amounts of one mint, and one of another: more is never worth less.
pub fn value(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let first = *rng.one(model.feeds.keys())?;
    let second = *rng.one(model.feeds.keys())?;
    let mut amounts = [amount(rng), amount(rng)];
    amounts.sort_unstable();
    let asked = [(first, amounts[0]), (first, amounts[1]), (second, amount(rng))];
    let count = rng.within(1, 3) as usize;
    let asked = asked[..count].to_vec();
    let questions: Vec<_> =
        asked.iter().map(|(mint, raw)| (value_accounts(arena, mint), RawAmount(*raw))).collect();
    let known: Vec<_> = asked
        .iter()
        .map(|(mint, raw)| model.appraise(mint, *raw, &recorded(arena, mint)))
        .collect();
    let mut refusals = Refusals::none();
    for error in known.iter().filter_map(|it| it.error) {
        refusals.unless_code(false, error);
    }
    let call = question(&ID, &questions);
    let plan = Plan::new("collateral/value", call, refusals);
    Some(plan.judged(move |receipt| {
        let data = &receipt.meta.return_data.data;
        let whole = 8 + 176 * asked.len();
        let mut data = data.clone();
        data.resize(whole, 0);
        let answers = read_entries(Kind::Value, &data).ok_or("it answers nothing")?;
        for ((answer, known), (mint, raw)) in answers.iter().zip(&known).zip(&asked) {
            let fits = answer.mint == *mint && answer.raw.0 == *raw;
            if !fits {
                return Err(format!("it answers to another question: {answer:?}"));
            }
            check(answer, known)?;
        }
        match answers.as_slice() {
            [less, more, ..] if rises(less, more) => Ok(()),
            [_] => Ok(()),
            _ => Err(format!("more is worth less: {answers:?}")),
        }
    }))
}

fn rises(less: &Valuation, more: &Valuation) -> bool {
    less.floor_value <= more.floor_value
        && less.mid_value <= more.mid_value
        && less.ceiling_value <= more.ceiling_value
}

/// An answer is what the model knows of it, and never above what it is worth exactly.
fn check(answer: &Valuation, known: &Appraisal) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{what}: {answer:?}, the model {known:?}"));
    for (flag, word) in [
        (Flags::CAN_MINT_DEBT, known.debt),
        (Flags::CAN_WITHDRAW, known.withdraw),
        (Flags::CAN_LIQUIDATE, known.liquidate),
    ] {
        let allowed = answer.flags.contains(flag);
        if word != Word::Unsure && allowed != (word == Word::Yes) {
            return wrong("a flag");
        }
    }
    if answer.config_hash != known.hash || answer.haircut.0 != known.haircut_bps {
        return wrong("the rules");
    }
    if answer.session != known.session as u8 {
        return wrong("the session");
    }
    let most = u128::from(u64::MAX);
    let values = [answer.floor_value, answer.mid_value, answer.ceiling_value].map(|it| it.0);
    let between = |place: usize| {
        let of = || known.values.iter().map(move |band| band[place].min(most));
        (of().min().unwrap_or(0)..=of().max().unwrap_or(0)).contains(&u128::from(values[place]))
    };
    let priced = known.prices.iter().all(|band| band[1] > 0);
    if priced && !(0..3).all(between) {
        return wrong("a value");
    }
    // Floor and middle: value x 10^8 <= raw x price, the ceiling the other way.
    let (raw, scale) = (BigUint::from(answer.raw.0), BigUint::from(100_000_000u32));
    let prices = [answer.floor_price, answer.mid_price, answer.ceiling_price].map(|it| it.0);
    for place in 0..3 {
        let (value, exact) = (BigUint::from(values[place]) * &scale, &raw * prices[place]);
        let fits = if place == 2 { value >= exact } else { value <= exact };
        if !fits && values[place] != u64::MAX {
            return wrong("a rounding");
        }
    }
    Ok(())
}

pub fn status(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let mint = *rng.one(arena.model.feeds.keys())?;
    let known = arena.model.appraise(&mint, 0, &recorded(arena, &mint));
    let call = question_of_status(&ID, feed_of(arena, &mint), arena.calendar(), mint);
    let plan = Plan::new("collateral/status", call, Refusals::none());
    Some(plan.judged(move |receipt| {
        let mut data = receipt.meta.return_data.data.clone();
        data.resize(8 + 176, 0);
        let answers = read_entries(Kind::Status, &data).ok_or("it answers nothing")?;
        let answer = answers.first().ok_or("it answers nothing")?;
        let fits = answer.mint == mint
            && answer.config_hash == known.hash
            && answer.session == known.session as u8;
        // Without a price it says no more than with a good one.
        let forgets = known.debt == Word::Yes && !answer.flags.contains(Flags::CAN_MINT_DEBT);
        if fits && !forgets {
            return Ok(());
        }
        Err(format!("it answers {answer:?}, the model {known:?}"))
    }))
}

pub fn observe(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let priced = model.feeds.keys().filter(|mint| model.prices.contains_key(mint));
    let mint = *rng.one(priced)?;
    let (price, feed) = (&model.prices[&mint], &model.feeds[&mint]);
    let mut refusals = Refusals::none();
    match price.error {
        Some(error) => refusals.unless_code(false, error),
        None => {
            let usable = price.price > 0
                && price.publish_time <= model.now + 60
                && price.publish_time >= feed.observed;
            refusals.unless(usable, CollateralError::ObservationUnusable);
        }
    }
    let published = price.publish_time;
    let call = observation(&ID, &value_accounts(arena, &mint));
    Some(Plan::new("collateral/observe", call, refusals).then(move |model, _| {
        let now = model.now;
        let feed = model.feeds.get_mut(&mint).expect("a known feed");
        feed.observed = published;
        feed.settle(now);
    }))
}
