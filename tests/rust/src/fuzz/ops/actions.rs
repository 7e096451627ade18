//! What attestors are asked to sign: mostly what will be accepted.

use crate::fuzz::{
    arena::Arena,
    attested::{Action, Trade, rules::removing},
    model::*,
    rng::Rng,
};
use scrip_interface::{attestation::ReserveStatement, merkle};
use solana_pubkey::Pubkey;

/// One share while the multiplier is 1.
pub const SHARE: u64 = 100_000_000;

pub type Make = fn(&Arena, &mut Rng) -> Option<Action>;

pub const ALL: [Make; 14] = [
    mint,
    reserves,
    statement,
    acknowledge,
    settle,
    reject,
    subscribe,
    redeem,
    activate,
    remove,
    change_custodian,
    super::corporate::announce,
    super::corporate::schedule,
    super::corporate::cancel,
];

/// A ticker: mostly one in which nothing of `paused` is paused, sometimes one in which it is.
pub fn ticker(arena: &Arena, rng: &mut Rng, paused: u8) -> Option<Pubkey> {
    let model = &arena.model;
    let wrong = rng.percent(10);
    let is_paused = |mint: &Pubkey| {
        paused != 0 && (model.pauses(mint) & paused != 0 || model.ticker(mint).mint_paused)
    };
    let fitting = model.tickers.keys().filter(|mint| is_paused(mint) == wrong);
    let found = rng.one(fitting).copied();
    found
        .or_else(|| rng.one(model.tickers.keys()).copied().filter(|mint| wrong || !is_paused(mint)))
}

fn amount(rng: &mut Rng, most: u64) -> u64 {
    match rng.below(60) {
        0 => 0,
        1 => u64::MAX,
        2 => most.saturating_add(1),
        3 => 1.min(most),
        4 | 5 => most,
        _ => 1 + rng.below(most),
    }
}

/// A statement that covers `supply`, in most cases.
pub fn statement_for(arena: &Arena, rng: &mut Rng, mint: &Pubkey, supply: u64) -> ReserveStatement {
    let (now, ticker) = (arena.model.now, arena.model.ticker(mint));
    // Nobody holds that many shares: what asks for them is refused, and the rest has room.
    let supply = supply.min(1 << 58);
    let factors = ticker.multipliers.all(now);
    let needed = factors.into_iter().map(|factor| shares(supply, factor).1).max().unwrap_or(0);
    let settled_shares_e8 = match rng.below(40) {
        0 | 6 => needed.saturating_sub(1),
        1 => needed * 19 / 20,
        2 => needed / 2,
        3 | 4 => needed,
        5 => needed * 100 / 105 + 1,
        _ => needed + u128::from(rng.below(1_000 * SHARE)),
    };
    let receivable_shares_e8 = if rng.percent(30) { u128::from(rng.below(100 * SHARE)) } else { 0 };
    let newest = ticker.held(now).as_of;
    let as_of = match rng.below(40) {
        0 => now + rng.within(59, 62),
        1 => now - i64::from(ticker.terms.max_statement_age_secs) + rng.within(-1, 1),
        2..=4 => newest + rng.within(-2, 1),
        _ => (newest + 1).max(now - rng.within(0, 300)).min(now + 60),
    };
    ReserveStatement { as_of, settled_shares_e8, receivable_shares_e8 }
}

/// What may still be minted or redeemed for cash within the limits.
fn room(level: Level, limit: issuer::state::Limit, now: i64) -> u64 {
    if limit.window_secs == 0 {
        return u64::MAX;
    }
    level.after(0, limit, now).map_or(0, |level| limit.capacity - level.used)
}

fn mint_room(model: &Model, mint: &Pubkey, owner: &Pubkey) -> u64 {
    let ticker = model.ticker(mint);
    let own = model.owner_limits.get(&(*mint, *owner)).map_or(Level::default(), |it| it.mint_level);
    let room_of_all = room(ticker.mint_level, ticker.terms.mint_limit, model.now);
    room_of_all.min(room(own, ticker.terms.owner_mint_limit, model.now))
}

/// A user whose record is open where the ticker wants one, and whose account is not frozen.
fn owner(arena: &Arena, rng: &mut Rng, mint: &Pubkey, limited: bool) -> Option<Pubkey> {
    let model = &arena.model;
    if rng.percent(4) {
        return rng.pick(&arena.users).copied();
    }
    let able = |user: &&Pubkey| {
        let frozen = model.is_frozen(&crate::fuzz::address::token_account(user, mint));
        !frozen
            && model.may_trade(mint, user).is_empty()
            && (!limited || model.owner_limits.contains_key(&(*mint, **user)))
    };
    rng.one(arena.users.iter().filter(able)).copied()
}

pub fn mint(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let model = &arena.model;
    let mint = ticker(arena, rng, PAUSE_MINT | PAUSE_TRANSFER)?;
    let limited = model.ticker(&mint).terms.owner_mint_limit.window_secs != 0;
    let owner = owner(arena, rng, &mint, limited)?;
    let room = mint_room(model, &mint, &owner);
    let amount = match rng.below(4) {
        0 if room < u64::MAX => amount(rng, room),
        _ => amount(rng, room.min(1_000 * SHARE)),
    };
    let supply = model.ticker(&mint).supply.saturating_add(amount);
    let statement = statement_for(arena, rng, &mint, supply);
    Some(Action::Mint { mint, owner, amount, statement })
}

pub fn reserves(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let mint = ticker(arena, rng, 0)?;
    let supply = arena.model.ticker(&mint).supply;
    let statement = statement_for(arena, rng, &mint, supply);
    Some(Action::Reserves { mint, statement })
}

pub fn statement(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let model = &arena.model;
    let (custodian, record) = rng.one(model.custodians.iter())?;
    // Of all tickers, whoever holds them: only the custodian's own will count.
    let lines: Vec<_> = model
        .tickers
        .iter()
        .map(|(mint, ticker)| (*mint, statement_for(arena, rng, mint, ticker.supply)))
        .collect();
    let sequence = |mint: &Pubkey| model.ticker(mint).action_sequence;
    let leaf = |(mint, line): &(Pubkey, _)| merkle::leaf(mint, sequence(mint), line);
    let leaves: Vec<_> = lines.iter().map(leaf).collect();
    let (root, proofs) = merkle::tree(&leaves)?;
    let with_proof = lines.into_iter().zip(proofs);
    let book = with_proof.map(|((mint, line), proof)| (mint, line, proof, sequence(&mint)));
    let as_of = match rng.below(30) {
        0 => record.statement.0,
        1 => model.now + rng.within(59, 62),
        _ => (record.statement.0 + 1).max(model.now - rng.within(0, 60)),
    };
    Some(Action::Statement { custodian: *custodian, as_of, root, book: book.collect() })
}

fn redemption(
    arena: &Arena,
    rng: &mut Rng,
    status: Option<Status>,
) -> Option<(Pubkey, Pubkey, u64)> {
    let model = &arena.model;
    let any = rng.percent(6);
    let fits = |it: &RedemptionState| any || status.is_none_or(|status| it.status == status);
    let fits = |it: &RedemptionState| fits(it) && (any || it.status != Status::Rejected);
    let open = model.redemptions.iter().filter(|(_, it)| fits(it));
    rng.one(open).map(|(address, it)| (it.mint, *address, it.left))
}

pub fn acknowledge(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let (mint, redemption, _) = redemption(arena, rng, Some(Status::Requested))?;
    let overdue = arena.model.redemptions[&redemption].deadline <= arena.model.now;
    if overdue && !rng.percent(5) {
        return None;
    }
    Some(Action::Acknowledge { mint, redemption })
}

pub fn settle(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let (mint, redemption, left) = redemption(arena, rng, None)?;
    let amount = if rng.percent(40) { left } else { amount(rng, left) };
    let reference = [rng.below(256) as u8; 32];
    Some(Action::Settle { mint, redemption, amount, reference })
}

pub fn reject(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let (mint, redemption, _) = redemption(arena, rng, None)?;
    Some(Action::Reject { mint, redemption, reason: rng.below(1 << 16) as u16 })
}

/// A price in the band for this amount: its lowest, its highest, or between them.
fn price(arena: &Arena, rng: &mut Rng, mint: &Pubkey, amount: u64, decimals: u8) -> u64 {
    let ticker = arena.model.ticker(mint);
    let (low, high) = shares(amount, ticker.multipliers.now(arena.model.now));
    let unit = 10u128.pow(16 - u32::from(decimals));
    let cheapest = (u128::from(ticker.band.0) * high).div_ceil(unit);
    let dearest = u128::from(ticker.band.1) * low / unit;
    let between = || cheapest + (dearest.saturating_sub(cheapest)) / 2;
    let cash = match rng.below(20) {
        0 => cheapest.saturating_sub(1),
        1 => dearest + 1,
        2 | 3 => cheapest,
        4 | 5 => dearest,
        _ => between(),
    };
    u64::try_from(cash).unwrap_or(u64::MAX)
}

/// What is left of a trade once mint, owner and a rough amount are chosen.
fn trade(
    arena: &Arena,
    rng: &mut Rng,
    mint: Pubkey,
    owner: Pubkey,
    amount: u64,
    buys: bool,
) -> Option<Trade> {
    let model = &arena.model;
    let band_counts = model.now < model.ticker(&mint).band.2;
    let (cash_mint, desk) = rng.one(model.desks.iter())?;
    if !band_counts && !rng.percent(3) {
        return None;
    }
    let cash_amount = price(arena, rng, &mint, amount, desk.decimals);
    let slack = rng.below(1_000);
    let cash_limit = match (rng.percent(3), buys) {
        (false, true) => cash_amount.saturating_add(slack),
        (false, false) => cash_amount.saturating_sub(slack),
        (true, true) => cash_amount.saturating_sub(1),
        (true, false) => cash_amount.saturating_add(1),
    };
    let deadline = model.now + if rng.percent(3) { rng.within(-1, 0) } else { 60 };
    Some(Trade { mint, owner, amount, cash_mint: *cash_mint, cash_amount, cash_limit, deadline })
}

pub fn subscribe(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let model = &arena.model;
    let mint = ticker(arena, rng, PAUSE_MINT | PAUSE_CASH | PAUSE_TRANSFER)?;
    let limited = model.ticker(&mint).terms.owner_mint_limit.window_secs != 0;
    let owner = owner(arena, rng, &mint, limited)?;
    let amount = amount(rng, mint_room(model, &mint, &owner).min(100 * SHARE));
    let trade = trade(arena, rng, mint, owner, amount, true)?;
    let supply = model.ticker(&mint).supply.saturating_add(amount);
    Some(Action::Subscribe(trade, statement_for(arena, rng, &mint, supply)))
}

pub fn redeem(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let model = &arena.model;
    let mint = ticker(arena, rng, PAUSE_CASH | PAUSE_TRANSFER)?;
    let ticker = model.ticker(&mint);
    let limited = ticker.terms.owner_cash_limit.window_secs != 0;
    let owner = owner(arena, rng, &mint, limited)?;
    let own = model.owner_limits.get(&(mint, owner)).map_or(Level::default(), |it| it.cash_level);
    let room = room(ticker.cash_level, ticker.terms.cash_limit, model.now)
        .min(room(own, ticker.terms.owner_cash_limit, model.now))
        .min(model.amount(&crate::fuzz::address::token_account(&owner, &mint)));
    if room == 0 && !rng.percent(3) {
        return None;
    }
    let amount = amount(rng, room.min(30 * SHARE));
    let trade = trade(arena, rng, mint, owner, amount, false)?;
    let desk = &model.desks[&trade.cash_mint];
    let flows = desk.level.after(trade.cash_amount, desk.outflow, model.now).is_some();
    let fits = flows && model.amount(&desk.vault) >= trade.cash_amount;
    (fits || rng.percent(15)).then_some(Action::Redeem(trade))
}

pub fn activate(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let any = rng.percent(5);
    let model = &arena.model;
    let fits = |set: &SetState| any || (!set.active && model.may_become_live(set).is_empty());
    let set = rng.one(model.sets.iter().filter(|(_, set)| fits(set)))?;
    Some(Action::Activate { set: *set.0 })
}

/// A key to remove, and whose.
pub fn key_to_remove(arena: &Arena, rng: &mut Rng) -> Option<(Pubkey, Pubkey)> {
    let model = &arena.model;
    let works = |custodian: &Pubkey, key: &Pubkey| removing(model, custodian, key).is_empty();
    // One whose signature waits in a posted attestation that has enough: it must count no more.
    let waiting = model.posted.values().filter_map(|posted| {
        let set = model.sets.get(&posted.set)?;
        let enough = posted.signers.len() >= usize::from(set.threshold);
        let counts = enough && posted.expires_at > model.now;
        posted.signers.iter().find(|_| counts).map(|key| (set.custodian, *key))
    });
    let waiting = rng.one(waiting.filter(|(custodian, key)| works(custodian, key)));
    if let Some(found) = waiting.filter(|_| rng.percent(70)) {
        return Some(found);
    }
    let (custodian, record) = rng.one(model.custodians.iter())?;
    let set = rng.one(record.live_sets(model.now).into_iter())?;
    let any = rng.percent(5);
    let members = &model.sets[&set].members;
    let key = *rng.pick(if any { &arena.attestors } else { members })?;
    (works(custodian, &key) || rng.percent(25)).then_some((*custodian, key))
}

pub fn remove(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    key_to_remove(arena, rng).map(|(custodian, key)| Action::Remove { custodian, key })
}

pub fn change_custodian(arena: &Arena, rng: &mut Rng) -> Option<Action> {
    let mint = ticker(arena, rng, 0)?;
    let next = *rng.one(arena.model.custodians.keys())?;
    let works = crate::fuzz::attested::rules::changing(&arena.model, &mint, &next).is_empty();
    (works || rng.percent(10)).then_some(Action::ChangeCustodian { mint, next })
}
