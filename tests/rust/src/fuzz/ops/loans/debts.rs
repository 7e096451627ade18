//! What a share's value decides: loans, withdrawals under a debt, liquidations.

use super::*;
use crate::fuzz::plan::Refusals;
use std::cmp::Ordering;

/// What the holdings of a position carry.
struct Judged {
    refusals: Refusals,
    /// Between what the limit for debt lies, and that of liquidation; USD, e8.
    debt: (u128, u128),
    liquidation: (u128, u128),
    /// Between what a liquidation counts each holding for.
    values: Vec<(u128, u128)>,
}

/// Asks about every holding, for `act` of it.
fn judge(arena: &Arena, holdings: &[(Pubkey, u64)], act: fn(&Appraisal) -> Word) -> Judged {
    let mut judged =
        Judged { refusals: Refusals::none(), debt: (0, 0), liquidation: (0, 0), values: vec![] };
    for (mint, raw) in holdings {
        let known = arena.model.appraise(mint, *raw, &feeds::recorded(arena, mint));
        let terms = &arena.model.loans.collaterals[mint].terms;
        let refusals = &mut judged.refusals;
        if let Some(error) = known.error {
            refusals.unless_code(false, error);
        }
        refusals.deny(known.hash == terms.config_hash, LenderError::RulesNotAgreed);
        match act(&known) {
            Word::Yes => {}
            Word::No => refusals.deny(false, LenderError::NotAllowed),
            Word::Unsure => refusals.unsure.push(LenderError::NotAllowed as u32),
        }
        let portion = |value: u128, bps: u16| value * u128::from(bps) / 10_000;
        let add = |sum: &mut (u128, u128), (low, high): (u128, u128), bps: u16| {
            sum.0 += portion(low, bps);
            sum.1 += portion(high, bps);
        };
        add(&mut judged.debt, known.for_debt(), terms.ltv_bps);
        add(&mut judged.liquidation, known.for_liquidation(), terms.liquidation_bps);
        judged.values.push(known.for_liquidation());
    }
    judged
}

/// `debt` must be within the limit, wherever that lies.
fn within(refusals: &mut Refusals, debt: u128, limit: (u128, u128), error: LenderError) {
    match (debt.cmp(&limit.0), debt.cmp(&limit.1)) {
        (Ordering::Greater, Ordering::Greater) => refusals.deny(false, error),
        (Ordering::Greater, _) => refusals.unsure.push(error as u32),
        _ => {}
    }
}

pub fn borrow(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let mut market = model.loans.market.as_ref()?.at(model.now);
    let any = rng.percent(5);
    let fits = |it: &PositionState| any || !it.holdings.is_empty();
    let (owner, position) = rng.one(model.loans.positions.iter().filter(|(_, it)| fits(it)))?;
    let (owner, mut position, cash) = (*owner, position.clone(), cash(arena));
    let Judged { mut refusals, debt: limit, .. } =
        judge(arena, &position.holdings, |known| known.debt);
    // By night and on weekends seldom.
    if !refusals.is_empty() && !rng.percent(25) {
        return None;
    }
    // Mostly what is left below the limit; often to its edge, or beyond it.
    let owed = market.owed(position.units);
    let room = (limit.0 / 100).saturating_sub(owed) as u64;
    let amount = match rng.below(12) {
        0 => rng.below(200 * USD),
        1 => room.saturating_add(1 + rng.below(5)),
        2 | 3 => room,
        4 => room.saturating_mul(2),
        5 => 0,
        _ => room / 2 + rng.below(room / 2 + 1),
    };
    let units = market.units_for(amount);
    refusals.deny(amount > 0, LenderError::AmountZero);
    refusals.deny(u128::from(amount) <= market.cash, LenderError::CashInsufficient);
    let debt = market.owed(position.units + units);
    refusals.deny(debt >= market.terms.min_debt.into(), LenderError::DebtTooSmall);
    within(&mut refusals, debt_value(debt), limit, LenderError::DebtTooHigh);
    let destination = arena.cash_account(&owner, &cash.mint);
    let values = calls(arena, &position.holdings);
    let call = ix::borrow(&ID, owner, &cash, destination, amount, &values);
    Some(Plan::new("lender/Borrow", call, refusals).then(move |model, _| {
        market.cash -= u128::from(amount);
        market.debt_units += units;
        position.units += units;
        model.loans.market = Some(market);
        model.loans.positions.insert(owner, position);
        model.debit(&cash.vault, amount);
        model.credit(&destination, amount);
    }))
}

pub fn withdraw(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let market = model.loans.market.as_ref()?.at(model.now);
    let held = |it: &PositionState| !it.holdings.is_empty();
    let (owner, before) = rng.one(model.loans.positions.iter().filter(|(_, it)| held(it)))?;
    let (owner, mut left) = (*owner, before.clone());
    let (mint, held) = *rng.one(before.holdings.iter())?;
    let raw = match rng.below(12) {
        0 => 0,
        1 => held + 1,
        2..=4 => held,
        _ => 1 + rng.below(held / 3 + 1),
    };
    let (of, to) = (kept(arena, &mint), token_account(&owner, &mint));
    let mut refusals = moved(arena, &mint, &of.vault, &to, raw);
    refusals.deny(raw > 0, LenderError::AmountZero);
    refusals.deny(raw <= held, LenderError::CollateralInsufficient);
    if raw <= held {
        left.take(&mint, raw);
    }
    if left.units > 0 {
        let judged = judge(arena, &left.holdings, |known| known.withdraw);
        refusals.add(judged.refusals);
        let owed = debt_value(market.owed(left.units));
        within(&mut refusals, owed, judged.debt, LenderError::DebtTooHigh);
    }
    let values = calls(arena, &left.holdings);
    let call = ix::withdraw(&ID, owner, arena.market(), &of, to, raw, &values);
    Some(Plan::new("lender/Withdraw", call, refusals).then(move |model, _| {
        model.loans.market = Some(market);
        model.loans.positions.insert(owner, left);
        model.loans.collaterals.get_mut(&mint).expect("a known collateral").deposited -= raw;
        model.debit(&of.vault, raw);
        model.credit(&to, raw);
    }))
}

/// The most that may be repaid of a debt at once, where that is sure.
fn closable(market: &MarketState, debt: u128, value: (u128, u128), bonus_bps: u16) -> Option<u128> {
    let part = (debt * u128::from(market.terms.close_factor_bps)).div_ceil(10_000);
    let due = (debt_value(debt) * (10_000 + u128::from(bonus_bps))).div_ceil(10_000);
    let small = debt - part < u128::from(market.terms.min_debt);
    match (small || value.1 < due, small || value.0 < due) {
        (true, _) => Some(debt),
        (_, false) => Some(part),
        _ => None,
    }
}

pub fn liquidate(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let market = model.loans.market.as_ref()?.at(model.now);
    let any = rng.percent(10);
    let sick = |it: &PositionState| {
        let owed = debt_value(market.owed(it.units));
        it.units > 0 && owed > judge(arena, &it.holdings, |known| known.liquidate).liquidation.0
    };
    let positions = model.loans.positions.iter().filter(|(_, it)| !it.holdings.is_empty());
    let (debtor, position) = rng.one(positions.filter(|(_, it)| any || sick(it)))?;
    let (debtor, position) = (*debtor, position.clone());
    let (liquidator, cash) = (*rng.pick(&arena.users)?, cash(arena));
    let place = rng.below(position.holdings.len() as u64) as usize;
    let (mint, raw) = position.holdings[place];
    let judged = judge(arena, &position.holdings, |known| known.liquidate);
    let bonus = model.loans.collaterals[&mint].terms.bonus_bps;
    let debt = market.owed(position.units);
    let max_repaid = if rng.percent(60) { u64::MAX } else { rng.below(debt as u64 + 1) };
    let (source, to) =
        (arena.cash_account(&liquidator, &cash.mint), token_account(&liquidator, &mint));
    let of = kept(arena, &mint);

    let mut refusals = judged.refusals;
    // The other way round: it must be above the limit.
    let (low, high) = judged.liquidation;
    refusals.deny(debt_value(debt) > low, LenderError::Healthy);
    if debt_value(debt) <= high {
        refusals.unsure.push(LenderError::Healthy as u32);
    }
    let whole = judged.values.iter().fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    let (worth, ceiling) = judged.values[place];
    let most = closable(&market, debt, whole, bonus);
    let sure = most.filter(|_| worth == ceiling).map(|most| most.min(max_repaid.into()));
    let exact = sure.map(|repay| seizure(repay, raw, worth, bonus));
    match exact {
        Some((repaid, seized)) => {
            refusals.deny(seized > 0, LenderError::SeizedTooLittle);
            refusals.unless_code(repaid <= model.amount(&source).into(), code::INSUFFICIENT_FUNDS);
            let out = moved(arena, &mint, &of.vault, &to, u64::try_from(seized).ok()?);
            refusals.add(out);
        }
        None => {
            refusals.unsure.push(LenderError::SeizedTooLittle as u32);
            refusals.unsure.push(code::INSUFFICIENT_FUNDS);
            refusals.add(moved(arena, &mint, &of.vault, &to, 0));
        }
    }
    let address = crate::fuzz::address::lender_pda::position(&ID, &cash.market, &debtor).0;
    let values = calls(arena, &position.holdings);
    let limits = (max_repaid, 0);
    let call = ix::liquidate(&ID, liquidator, &cash, address, source, &of, to, limits, &values);
    let plan = Plan::new("lender/Liquidate", call, refusals).judged(move |receipt| {
        let (repaid, seized) = transfers(receipt);
        let found = (u128::from(repaid), u128::from(seized));
        // What is seized is paid for: never more than the payment and its bonus, at the lowest value.
        let paid = debt_value(found.0) * (10_000 + u128::from(bonus)) * u128::from(raw);
        let got = found.1 * worth * 10_000;
        let whole = found.1 == u128::from(raw);
        if exact.is_some_and(|exact| exact != found) || got > paid && !(whole && exact.is_none()) {
            return Err(format!("{found:?} repaid and seized, the model says {exact:?}"));
        }
        Ok(())
    });
    Some(plan.then(move |model, receipt| {
        let (repaid, seized) = transfers(receipt);
        let (mut market, mut position) = (market, position);
        position.take(&mint, seized);
        market.pay(&mut position, repaid.into());
        if position.holdings.is_empty() {
            let lost = market.owed(position.units);
            market.bad_debt += lost;
            market.debt_units -= position.units;
            position.units = 0;
        }
        model.loans.market = Some(market);
        model.loans.positions.insert(debtor, position);
        model.loans.collaterals.get_mut(&mint).expect("a known collateral").deposited -= seized;
        model.debit(&source, repaid);
        model.credit(&cash.vault, repaid);
        model.debit(&of.vault, seized);
        model.credit(&to, seized);
    }))
}

/// What a liquidation repaid and seized: its two calls of `TransferChecked`.
fn transfers(receipt: &crate::vm::Receipt) -> (u64, u64) {
    let calls = receipt.meta.inner_instructions.iter().flatten();
    let mut amounts = calls.filter_map(|call| match call.instruction.data.as_slice() {
        [12, amount @ .., _] => Some(u64::from_le_bytes(amount.try_into().ok()?)),
        _ => None,
    });
    let mut next = || amounts.next().expect("a transfer");
    (next(), next())
}
