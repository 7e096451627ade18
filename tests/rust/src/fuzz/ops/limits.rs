//! The records of owners' limits.

use super::common::*;
use crate::fuzz::address::pda;
use issuer::error::IssuerError;

pub fn open_owner_limits(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (mint, owner) = (*rng.one(model.tickers.keys())?, *rng.pick(&arena.users)?);
    let known = model.owner_limits.contains_key(&(mint, owner));
    if known && !rng.percent(10) {
        return None;
    }
    let mut refusals = Refusals::none();
    refusals.unless_code(!known, code::ALREADY_IN_USE);
    let rent_payer = payer(arena, rng);
    let accounts = issuer::accounts::OpenOwnerLimits {
        payer: rent_payer,
        owner,
        mint,
        ticker: pda::ticker(&issuer::ID, &mint).0,
        owner_limits: pda::owner_limits(&issuer::ID, &mint, &owner).0,
        system_program: Pubkey::default(),
    };
    let call = instruction(&accounts, &issuer::instruction::OpenOwnerLimits {});
    Some(Plan::new("open_owner_limits", call, refusals).then(move |model, _| {
        let record = OwnerLimitsState { rent_payer, ..Default::default() };
        model.owner_limits.insert((mint, owner), record);
    }))
}

pub fn close_owner_limits(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(10);
    let idle = |mint: &Pubkey, record: &OwnerLimitsState| {
        let terms = &model.ticker(mint).terms;
        record.mint_level.is_empty(terms.owner_mint_limit, model.now)
            && record.cash_level.is_empty(terms.owner_cash_limit, model.now)
    };
    let records = model.owner_limits.iter().filter(|((mint, _), it)| any || idle(mint, it));
    let (&(mint, owner), record) = rng.one(records)?;
    let mut refusals = Refusals::none();
    refusals.unless(idle(&mint, record), IssuerError::OwnerLimitsInUse);
    let accounts = issuer::accounts::CloseOwnerLimits {
        ticker: pda::ticker(&issuer::ID, &mint).0,
        owner_limits: pda::owner_limits(&issuer::ID, &mint, &owner).0,
        rent_payer: record.rent_payer,
    };
    let call = instruction(&accounts, &issuer::instruction::CloseOwnerLimits {});
    Some(Plan::new("close_owner_limits", call, refusals).then(move |model, _| {
        model.owner_limits.remove(&(mint, owner));
    }))
}
