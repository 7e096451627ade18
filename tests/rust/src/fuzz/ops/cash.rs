//! Desks, their limits and their vaults.

use super::common::*;
use crate::fuzz::address::pda;
use issuer::{
    error::IssuerError,
    state::{Change, Limit},
};
use spl_associated_token_account_interface::address::get_associated_token_address_with_program_id;

/// What may leave a desk: mostly a sound limit.
pub fn choose_outflow(rng: &mut Rng) -> Limit {
    let window_secs = if rng.percent(3) { 0 } else { 600 + rng.below(86_400) as u32 };
    Limit { capacity: rng.below(20_000_000_000), window_secs }
}

fn desk_of(arena: &Arena, desk: &Pubkey) -> Option<Pubkey> {
    arena.model.desks.iter().find(|(_, it)| it.address == *desk).map(|(mint, _)| *mint)
}

pub fn open_cash_desk(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let mut mints: Vec<(Pubkey, Pubkey)> = arena.cash.clone();
    // A listed share is no cash: it has extensions that could empty or block a vault.
    mints.extend(model.tickers.keys().map(|mint| (*mint, scrip_interface::mint::TOKEN_2022)));
    let any = rng.percent(4);
    let fresh = |mint: &Pubkey| arena.is_cash(mint) && !model.desks.contains_key(mint);
    let (cash_mint, program) = *rng.one(mints.iter().filter(|(mint, _)| any || fresh(mint)))?;
    let outflow = choose_outflow(rng);
    let admin = mostly(rng, arena, model.issuer.admin);
    let mut refusals = model.only_admin(&admin);
    refusals.unless(outflow.window_secs > 0, IssuerError::DeskLimitInvalid);
    refusals.unless(arena.is_cash(&cash_mint), IssuerError::CashMintNotAllowed);
    refusals.unless_code(!model.desks.contains_key(&cash_mint), code::ALREADY_IN_USE);
    let desk = pda::cash_desk(&issuer::ID, &arena.issuer(), &cash_mint).0;
    let vault = get_associated_token_address_with_program_id(&desk, &cash_mint, &program);
    let accounts = issuer::accounts::OpenCashDesk {
        payer: payer(arena, rng),
        admin,
        issuer: arena.issuer(),
        cash_mint,
        desk,
        vault,
        cash_token_program: program,
        associated_token_program: spl_associated_token_account_interface::program::ID,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::OpenCashDesk { outflow });
    Some(Plan::new("open_cash_desk", call, refusals).then(move |model, _| {
        let decimals = crate::fuzz::arena::CASH_DECIMALS;
        let state = DeskState { address: desk, vault, decimals, outflow, level: Level::default() };
        model.desks.insert(cash_mint, state);
        let holding = Holding { mint: cash_mint, owner: desk, amount: 0, frozen: false };
        model.holdings.insert(vault, holding);
    }))
}

pub fn set_desk_limit(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let wanted = announced(arena, rng, |change| match change {
        Change::SetDeskLimit { desk, outflow } => Some((*desk, *outflow)),
        _ => None,
    });
    let (cash_mint, outflow, id) = match wanted {
        Some(((desk, outflow), id)) => (desk_of(arena, &desk)?, outflow, id),
        None => {
            let (cash_mint, desk) = rng.one(model.desks.iter())?;
            let Limit { capacity, window_secs } = desk.outflow;
            let slower = Limit { capacity: capacity - capacity / 20, window_secs };
            let outflow = if rng.percent(85) { slower } else { choose_outflow(rng) };
            (*cash_mint, outflow, None)
        }
    };
    let desk = &model.desks[&cash_mint];
    let waits = looser(outflow, desk.outflow);
    let admin = mostly(rng, arena, model.issuer.admin);
    let mut refusals = model.only_admin(&admin);
    refusals.unless(outflow.window_secs > 0, IssuerError::DeskLimitInvalid);
    if waits {
        refusals.add(model.announced(id, &Change::SetDeskLimit { desk: desk.address, outflow }));
    }
    let accounts = issuer::accounts::SetDeskLimit {
        admin,
        issuer: arena.issuer(),
        desk: desk.address,
        announcement: announcement(arena, id.filter(|_| waits)),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::SetDeskLimit { outflow });
    Some(Plan::new("set_desk_limit", call, refusals).then(move |model, _| {
        made(model, id.filter(|_| waits));
        model.desks.get_mut(&cash_mint).expect("an open desk").outflow = outflow;
    }))
}

pub fn fund_cash_desk(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (cash_mint, desk) = rng.one(model.desks.iter())?;
    let funder = *rng.pick(&arena.users)?;
    let source = arena.cash_account(&funder, cash_mint);
    let amount = match rng.below(30) {
        0 => 0,
        1 => model.amount(&source) + 1,
        _ => 1 + rng.below(20_000_000_000),
    };
    let mut refusals = Refusals::none();
    refusals.unless(amount > 0, IssuerError::AmountZero);
    refusals.unless_code(amount <= model.amount(&source), code::INSUFFICIENT_FUNDS);
    let vault = desk.vault;
    let accounts = issuer::accounts::FundCashDesk {
        funder,
        issuer: arena.issuer(),
        desk: desk.address,
        cash_mint: *cash_mint,
        source,
        vault,
        cash_token_program: arena.cash_program(cash_mint),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::FundCashDesk { amount });
    Some(Plan::new("fund_cash_desk", call, refusals).then(move |model, _| {
        model.debit(&source, amount);
        model.credit(&vault, amount);
    }))
}

pub fn withdraw_cash(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let ((desk, destination, amount), id) = announced(arena, rng, |change| match change {
        Change::WithdrawCash { desk, destination, amount } => Some((*desk, *destination, *amount)),
        _ => None,
    })?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_CASH)?;
    let cash_mint = desk_of(arena, &desk)?;
    let vault = model.desks[&cash_mint].vault;
    refusals.unless(amount > 0, IssuerError::AmountZero);
    refusals.unless(amount <= model.amount(&vault), IssuerError::CashInsufficient);
    refusals.add(model.announced(id, &Change::WithdrawCash { desk, destination, amount }));
    let accounts = issuer::accounts::WithdrawCash {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        desk,
        cash_mint,
        vault,
        destination,
        announcement: announcement(arena, id),
        cash_token_program: arena.cash_program(&cash_mint),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::WithdrawCash { amount });
    Some(Plan::new("withdraw_cash", call, refusals).then(move |model, _| {
        made(model, id);
        model.debit(&vault, amount);
        model.credit(&destination, amount);
    }))
}
