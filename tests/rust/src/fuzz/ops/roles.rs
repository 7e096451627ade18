//! Role grants and pauses.

use super::common::*;
use crate::fuzz::address::pda;
use crate::fuzz::attested::call::TickerAccounts;
use issuer::{error::IssuerError, instructions::*, state::Change};
use scrip_interface::mint::TOKEN_2022;

pub fn choose_roles(rng: &mut Rng) -> u16 {
    match rng.below(20) {
        0 => 0,
        1 => 64,
        2 => 63,
        _ => 1 << rng.below(6) | 1 << rng.below(6),
    }
}

pub fn grant_role(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let wanted = announced(arena, rng, |change| match change {
        Change::GrantRole { wallet, roles, expires_at } => Some((*wallet, *roles, *expires_at)),
        _ => None,
    });
    let free = |wallet: &Pubkey| !model.grants.contains_key(wallet);
    let (wallet, roles, expires_at, id) = match wanted {
        Some(((wallet, roles, expires_at), id)) if free(&wallet) || rng.percent(10) => {
            (wallet, roles, expires_at, id)
        }
        _ => {
            let any = rng.percent(10);
            let wallets = arena.operators.iter().chain([&arena.thief]);
            let wallet = *rng.one(wallets.filter(|wallet| any || free(wallet)))?;
            let roles = if rng.percent(90) { 1 << rng.below(3) | 2 } else { choose_roles(rng) };
            let expires_at = model.now + if rng.percent(3) { 0 } else { rng.within(1, 10 * DAY) };
            (wallet, roles, expires_at, None)
        }
    };
    // The thief gets no power: what he does must fail for want of it.
    if wallet == arena.thief {
        return None;
    }
    let admin = mostly(rng, arena, model.issuer.admin);
    let mut refusals = model.only_admin(&admin);
    let sound = (1..64).contains(&roles) && expires_at > model.now;
    refusals.unless(sound, IssuerError::RolesInvalid);
    refusals.unless_code(free(&wallet), code::ALREADY_IN_USE);
    let waits = roles & ROLES_TIMELOCKED != 0;
    if waits {
        refusals.add(model.announced(id, &Change::GrantRole { wallet, roles, expires_at }));
    }
    let rent_payer = payer(arena, rng);
    let accounts = issuer::accounts::GrantRole {
        payer: rent_payer,
        admin,
        issuer: arena.issuer(),
        wallet,
        role_grant: pda::role_grant(&issuer::ID, &arena.issuer(), &wallet).0,
        announcement: announcement(arena, id.filter(|_| waits)),
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let data = issuer::instruction::GrantRole { args: GrantRoleArgs { roles, expires_at } };
    let plan = Plan::new("grant_role", instruction(&accounts, &data), refusals);
    Some(plan.then(move |model, _| {
        made(model, id.filter(|_| waits));
        model.grants.insert(wallet, Grant { roles, expires_at, rent_payer });
    }))
}

pub fn revoke_role(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let dead = rng.one(model.grants.iter().filter(|(_, it)| it.expires_at <= model.now));
    let (wallet, it) = match dead {
        Some(dead) => dead,
        None => rng.one(model.grants.iter())?,
    };
    let right = if rng.percent(30) { *wallet } else { model.issuer.admin };
    let operator = mostly(rng, arena, right);
    let mut refusals = Refusals::none();
    let theirs = operator == model.issuer.admin || operator == *wallet;
    refusals.unless(theirs, IssuerError::NotAdmin);
    let accounts = issuer::accounts::RevokeRole {
        operator,
        issuer: arena.issuer(),
        role_grant: pda::role_grant(&issuer::ID, &arena.issuer(), wallet).0,
        rent_payer: it.rent_payer,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let (wallet, call) = (*wallet, instruction(&accounts, &issuer::instruction::RevokeRole {}));
    Some(Plan::new("revoke_role", call, refusals).then(move |model, _| {
        model.grants.remove(&wallet);
    }))
}

/// What to pause or to lift: what is paused is lifted soon, so that things go on.
fn choose_pauses(rng: &mut Rng, paused: u8) -> (u8, u8) {
    match (rng.below(40), paused) {
        (0, _) => (0, 0),
        (1, _) => (16, 0),
        (2, _) => (3, 1),
        (3..=15, 0) | (3..=8, _) => (1 << rng.below(4), 0),
        (16.., 0) => (0, 1 << rng.below(4)),
        (9..=15, _) => (0, paused & !(1 << rng.below(4))),
        _ => (0, paused),
    }
}

fn sound_pauses(pause: u8, unpause: u8) -> bool {
    pause | unpause != 0 && (pause | unpause) < 16 && pause & unpause == 0
}

/// Somebody who may pause and lift as asked.
fn pauser(
    arena: &Arena,
    rng: &mut Rng,
    pause: u8,
    unpause: u8,
) -> Option<(Pubkey, Option<Pubkey>, Refusals)> {
    let role = if pause != 0 { ROLE_PAUSE } else { ROLE_UNPAUSE };
    let (operator, grant_of, mut refusals) = power(arena, rng, role)?;
    if pause == 0 && unpause == 0 {
        // Nothing is asked, so no power is.
        refusals = Refusals::none();
    }
    if pause != 0 && unpause != 0 {
        refusals.add(arena.model.power(&operator, grant_of, ROLE_UNPAUSE));
    }
    refusals.unless(sound_pauses(pause, unpause), IssuerError::PauseInvalid);
    Some((operator, grant_of, refusals))
}

pub fn set_issuer_pause(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (pause, unpause) = choose_pauses(rng, arena.model.issuer.pauses);
    let (operator, grant_of, refusals) = pauser(arena, rng, pause, unpause)?;
    let accounts = issuer::accounts::SetIssuerPause {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let data = issuer::instruction::SetIssuerPause { args: SetPauseArgs { pause, unpause } };
    let plan = Plan::new("set_issuer_pause", instruction(&accounts, &data), refusals);
    Some(plan.then(move |model, _| {
        model.issuer.pauses = (model.issuer.pauses | pause) & !unpause;
    }))
}

pub fn set_ticker_pause(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let paused = rng.one(model.tickers.iter().filter(|(_, it)| it.pauses != 0));
    let (mint, ticker) = match paused {
        Some(paused) if rng.percent(80) => paused,
        _ => rng.one(model.tickers.iter())?,
    };
    let (pause, unpause) = choose_pauses(rng, ticker.pauses);
    let (operator, grant_of, refusals) = pauser(arena, rng, pause, unpause)?;
    let of = TickerAccounts::of(mint);
    let accounts = issuer::accounts::SetTickerPause {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint: *mint,
        authority: of.authority,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let data = issuer::instruction::SetTickerPause { args: SetPauseArgs { pause, unpause } };
    let mint = *mint;
    let plan = Plan::new("set_ticker_pause", instruction(&accounts, &data), refusals);
    Some(plan.then(move |model, _| {
        let ticker = model.ticker_mut(&mint);
        ticker.pauses = (ticker.pauses | pause) & !unpause;
        sync(model, &mint);
    }))
}

pub fn sync_transfer_pause(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let wanted = |mint: &Pubkey| model.pauses(mint) & PAUSE_TRANSFER != 0;
    let any = rng.percent(10);
    let mints = model.tickers.iter().filter(|(mint, it)| any || it.mint_paused != wanted(mint));
    let mint = *rng.one(mints)?.0;
    let of = TickerAccounts::of(&mint);
    let accounts = issuer::accounts::SyncTransferPause {
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint,
        authority: of.authority,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::SyncTransferPause {});
    let plan = Plan::new("sync_transfer_pause", call, Refusals::none());
    Some(plan.then(move |model, _| sync(model, &mint)))
}

fn sync(model: &mut Model, mint: &Pubkey) {
    let paused = model.pauses(mint) & PAUSE_TRANSFER != 0;
    model.ticker_mut(mint).mint_paused = paused;
}
