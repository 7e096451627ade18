//! What a market's owner decides.

use super::*;
use crate::fuzz::address::lender_pda as pda;
use crate::lender::market_terms;
use scrip_interface::lender::{CollateralTerms, MarketTerms};
use spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent as open;

/// The one that everybody uses.
pub fn first_market(arena: &Arena) -> Plan {
    let (owner, cash) = (arena.admins[2], cash(arena));
    let call = ix::create_market(&ID, owner, &cash, 0, market_terms());
    let plan = Plan::new("lender/CreateMarket", call, Refusals::none());
    let vault = open(&arena.payer(), &cash.market, &cash.mint, &cash.program);
    Plan { before: vec![vault], ..plan }.then(move |model, _| {
        model.loans.market = Some(MarketState::new(market_terms(), model.now));
        let holding = Holding { mint: cash.mint, owner: cash.market, amount: 0, frozen: false };
        model.holdings.insert(cash.vault, holding);
    })
}

pub fn create_market(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let id = 1 + arena.model.loans.other_markets;
    let owner = *rng.pick(&arena.users)?;
    let (mint, program) = *rng.pick(&arena.cash)?;
    let cash = CashAccounts::new(pda::market(&ID, &owner, id).0, mint, program);
    let mut terms = market_terms();
    let mut refusals = Refusals::none();
    match rng.below(8) {
        0 => terms.base_rate_bps = 10_001,
        1 => terms.close_factor_bps = 0,
        _ => {}
    }
    let MarketTerms { base_rate_bps, close_factor_bps, .. } = terms;
    refusals.deny(base_rate_bps <= 10_000 && close_factor_bps > 0, LenderError::TermsInvalid);
    let call = ix::create_market(&ID, owner, &cash, id, terms);
    let vault = open(&arena.payer(), &cash.market, &cash.mint, &cash.program);
    let plan = Plan::new("lender/CreateMarket", call, refusals);
    let plan = Plan { before: vec![vault], ..plan };
    Some(plan.then(|model, _| model.loans.other_markets += 1))
}

fn sound(terms: &CollateralTerms) -> bool {
    let CollateralTerms { ltv_bps, liquidation_bps, bonus_bps, .. } = *terms;
    let covered = u64::from(liquidation_bps) * (10_000 + u64::from(bonus_bps));
    ltv_bps < liquidation_bps && covered <= 100_000_000
}

fn terms(arena: &Arena, rng: &mut Rng, mint: &Pubkey) -> CollateralTerms {
    let hash = arena.model.feeds[mint].rules(arena.model.now).1;
    let mut terms = crate::lender::terms(hash);
    match rng.below(16) {
        0 => terms.config_hash = [7; 32],
        1 => terms.ltv_bps = terms.liquidation_bps,
        2 => terms.bonus_bps = 5_000,
        3 => (terms.ltv_bps, terms.liquidation_bps) = (4_000, 5_000),
        4 => (terms.ltv_bps, terms.liquidation_bps) = (8_500, 9_000),
        5 => terms.max_raw = rng.below(1_000 * 100_000_000),
        _ => {}
    }
    terms
}

fn owner(arena: &Arena, rng: &mut Rng) -> (Pubkey, Refusals) {
    let owner = mostly(rng, arena, arena.admins[2]);
    let mut refusals = Refusals::none();
    refusals.deny(owner == arena.admins[2], LenderError::WrongOwner);
    (owner, refusals)
}

pub fn add_collateral(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let taken = |mint: &Pubkey| model.loans.collaterals.contains_key(mint);
    let mint = *rng.one(model.feeds.keys().filter(|mint| !taken(mint)))?;
    let terms = terms(arena, rng, &mint);
    let (owner, mut refusals) = owner(arena, rng);
    refusals.deny(sound(&terms), LenderError::TermsInvalid);
    let hash = model.feeds[&mint].rules(model.now).1;
    refusals.deny(terms.config_hash == hash, LenderError::RulesNotAgreed);
    let (of, market) = (kept(arena, &mint), arena.market());
    let feed = feeds::feed_of(arena, &mint);
    let call = ix::add_collateral(&ID, owner, market, &of, feed, arena.calendar(), terms);
    let vault = open(&arena.payer(), &market, &mint, &TOKEN_2022);
    let frozen = model.ticker(&mint).mode == MODE_FROZEN;
    let plan = Plan::new("lender/AddCollateral", call, refusals);
    Some(Plan { before: vec![vault], ..plan }.then(move |model, _| {
        model.loans.collaterals.insert(mint, CollateralState { terms, deposited: 0 });
        model.holdings.insert(of.vault, Holding { mint, owner: market, amount: 0, frozen });
    }))
}

/// Mostly to agree to a feed's rules as they are now.
pub fn set_collateral(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let hash = |mint: &Pubkey| model.feeds[mint].rules(model.now).1;
    let behind = model.loans.collaterals.iter();
    let behind = behind.filter(|(mint, it)| it.terms.config_hash != hash(mint));
    let mint = match rng.one(behind) {
        Some((mint, _)) => *mint,
        None => *rng.one(model.loans.collaterals.keys())?,
    };
    let terms = terms(arena, rng, &mint);
    let (owner, mut refusals) = owner(arena, rng);
    refusals.deny(sound(&terms), LenderError::TermsInvalid);
    let of = kept(arena, &mint);
    let call = ix::set_collateral(&ID, owner, arena.market(), of.collateral, terms);
    Some(Plan::new("lender/SetCollateral", call, refusals).then(move |model, _| {
        model.loans.collaterals.get_mut(&mint).expect("a known collateral").terms = terms;
    }))
}
