//! Suppliers, and collateral that is put in.

use super::*;

/// Odd amounts and tiny ones: rounding shows there.
fn amount(rng: &mut Rng, most: u64) -> u64 {
    match rng.below(20) {
        0 => 0,
        1 => most.saturating_add(1),
        2 => rng.below(10),
        3 => most,
        _ => 1 + rng.below(most.max(1)),
    }
}

pub fn supply(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let market = model.loans.market.as_ref()?.at(model.now);
    let (owner, cash) = (*rng.pick(&arena.users)?, cash(arena));
    let source = arena.cash_account(&owner, &cash.mint);
    let amount = amount(rng, model.amount(&source).min(200_000 * USD));
    let shares = market.shares_for(amount);
    let mut refusals = Refusals::none();
    refusals.deny(shares > 0, LenderError::AmountZero);
    refusals.unless_code(amount <= model.amount(&source), code::INSUFFICIENT_FUNDS);
    let call = ix::supply(&ID, owner, &cash, source, amount);
    Some(Plan::new("lender/Supply", call, refusals).then(move |model, _| {
        let mut market = market;
        market.cash += u128::from(amount);
        market.shares += shares;
        *model.loans.suppliers.entry(owner).or_default() += shares;
        model.loans.market = Some(market);
        model.debit(&source, amount);
        model.credit(&cash.vault, amount);
    }))
}

pub fn redeem(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let mut market = model.loans.market.as_ref()?.at(model.now);
    let (owner, held) = rng.one(model.loans.suppliers.iter())?;
    let (owner, cash, held) = (*owner, cash(arena), *held);
    let shares = u128::from(amount(rng, u64::try_from(held).ok()?));
    let worth = market.worth(shares);
    let mut refusals = Refusals::none();
    refusals.deny(shares > 0, LenderError::AmountZero);
    refusals.deny(shares <= held, LenderError::SharesInsufficient);
    // Beyond what there is, both are short.
    let beyond = shares > market.shares;
    refusals.deny(worth <= market.cash && !beyond, LenderError::CashInsufficient);
    refusals.deny(!beyond, LenderError::Overflow);
    let destination = arena.cash_account(&owner, &cash.mint);
    let call = ix::redeem(&ID, owner, &cash, destination, u64::try_from(shares).ok()?);
    Some(Plan::new("lender/Redeem", call, refusals).then(move |model, _| {
        market.cash -= worth;
        market.shares -= shares;
        *model.loans.suppliers.get_mut(&owner).expect("a known supplier") -= shares;
        model.loans.market = Some(market);
        model.debit(&cash.vault, worth as u64);
        model.credit(&destination, worth as u64);
    }))
}

pub fn deposit(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(10);
    let mints = model.loans.collaterals.keys();
    let fits = |mint: &&Pubkey| any || !model.is_hooked(mint) && !model.ticker(mint).mint_paused;
    let mint = *rng.one(mints.filter(fits))?;
    let able = |user: &&Pubkey| {
        let account = token_account(user, &mint);
        any || model.amount(&account) > 0 && !model.is_frozen(&account)
    };
    let owner = *rng.one(arena.users.iter().filter(able))?;
    let (source, of) = (token_account(&owner, &mint), kept(arena, &mint));
    let raw = amount(rng, model.amount(&source));
    let kept = &model.loans.collaterals[&mint];
    let nothing = PositionState::default();
    let position = model.loans.positions.get(&owner).unwrap_or(&nothing);
    let mut refusals = moved(arena, &mint, &source, &of.vault, raw);
    refusals.deny(raw > 0, LenderError::AmountZero);
    let held = position.units == 0 || position.raw(&mint) > 0;
    refusals.deny(held, LenderError::CollateralNotHeld);
    let within = kept.deposited.checked_add(raw).is_some_and(|sum| sum <= kept.terms.max_raw);
    refusals.deny(within, LenderError::DepositLimit);
    let call = ix::deposit(&ID, owner, arena.market(), &of, source, raw);
    Some(Plan::new("lender/Deposit", call, refusals).then(move |model, _| {
        model.loans.collaterals.get_mut(&mint).expect("a known collateral").deposited += raw;
        model.loans.positions.entry(owner).or_default().add(mint, raw);
        model.debit(&source, raw);
        model.credit(&of.vault, raw);
    }))
}

pub fn repay(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let mut market = model.loans.market.as_ref()?.at(model.now);
    let any = rng.percent(6);
    let debtors = model.loans.positions.iter().filter(|(_, it)| any || it.units > 0);
    let (debtor, position) = rng.one(debtors)?;
    let (debtor, mut position) = (*debtor, position.clone());
    let from = if rng.percent(60) { debtor } else { *rng.pick(&arena.users)? };
    let cash = cash(arena);
    let source = arena.cash_account(&from, &cash.mint);
    let debt = market.owed(position.units);
    let most = if rng.percent(30) { u64::MAX } else { amount(rng, debt as u64) };
    let paid = debt.min(most.into());
    let mut refusals = Refusals::none();
    refusals.deny(debt > 0, LenderError::NoDebt);
    refusals.deny(paid > 0, LenderError::AmountZero);
    refusals.unless_code(paid <= model.amount(&source).into(), code::INSUFFICIENT_FUNDS);
    let address = crate::fuzz::address::lender_pda::position(&ID, &cash.market, &debtor).0;
    let call = ix::repay(&ID, from, &cash, address, source, most);
    Some(Plan::new("lender/Repay", call, refusals).then(move |model, _| {
        market.pay(&mut position, paid);
        model.loans.market = Some(market);
        model.loans.positions.insert(debtor, position);
        model.debit(&source, paid as u64);
        model.credit(&cash.vault, paid as u64);
    }))
}
