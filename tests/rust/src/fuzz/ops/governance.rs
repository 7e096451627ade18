//! The issuer and its powers.

use super::common::*;
use crate::fuzz::address::pda;
use issuer::{
    error::IssuerError,
    instructions::*,
    state::{Change, Limit},
};

pub fn create_issuer(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let id = arena.model.other_issuers;
    let creator = arena.payer();
    let timelock_secs = choose_timelock(rng);
    let args = CreateIssuerArgs { id, genesis_hash: [3; 32], timelock_secs };
    let accounts = issuer::accounts::CreateIssuer {
        creator,
        admin: *rng.pick(&arena.admins)?,
        issuer: pda::issuer(&issuer::ID, &creator, id).0,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let mut refusals = Refusals::none();
    refusals.unless(sound_timelock(timelock_secs), IssuerError::TimelockInvalid);
    let call = instruction(&accounts, &issuer::instruction::CreateIssuer { args });
    Some(Plan::new("create_issuer", call, refusals).then(|model, _| model.other_issuers += 1))
}

fn choose_timelock(rng: &mut Rng) -> u32 {
    match rng.below(20) {
        0 => 3_599,
        1 => 30 * 86_400 + 1,
        2 => 0,
        _ => 3_600 + 600 * rng.below(30) as u32,
    }
}

fn sound_timelock(secs: u32) -> bool {
    (HOUR..=30 * DAY).contains(&i64::from(secs))
}

pub fn propose_admin(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let admin = mostly(rng, arena, arena.model.issuer.admin);
    let pending_admin = match rng.below(6) {
        0 => Pubkey::default(),
        1 => arena.thief,
        _ => *rng.pick(&arena.admins)?,
    };
    let accounts = issuer::accounts::ProposeAdmin {
        admin,
        issuer: arena.issuer(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let data = issuer::instruction::ProposeAdmin { pending_admin };
    let plan =
        Plan::new("propose_admin", instruction(&accounts, &data), arena.model.only_admin(&admin));
    Some(plan.then(move |model, _| model.issuer.pending_admin = pending_admin))
}

pub fn accept_admin(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let pending = arena.model.issuer.pending_admin;
    // The thief, once proposed, could accept: he never gets that far in this world.
    let willing = arena.keys.contains_key(&pending) && pending != arena.thief;
    let candidate = if willing { pending } else { arena.operators[0] };
    if !willing && !rng.percent(10) {
        return None;
    }
    let signer = mostly(rng, arena, candidate);
    if signer == arena.thief && pending == arena.thief {
        return None;
    }
    let accounts = issuer::accounts::AcceptAdmin {
        pending_admin: signer,
        issuer: arena.issuer(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let mut refusals = Refusals::none();
    refusals.unless(signer == pending, IssuerError::NotPendingAdmin);
    let call = instruction(&accounts, &issuer::instruction::AcceptAdmin {});
    Some(Plan::new("accept_admin", call, refusals).then(move |model, _| {
        model.issuer.admin = signer;
        model.issuer.pending_admin = Pubkey::default();
    }))
}

pub fn set_timelock(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let wanted = announced(arena, rng, |change| match change {
        Change::SetTimelock { secs } => Some(*secs),
        _ => None,
    });
    let (secs, id) = match wanted {
        Some((secs, id)) if rng.percent(70) => (secs, id),
        // Longer needs no announcement.
        _ if rng.percent(80) => (model.issuer.timelock_secs + 60 * rng.below(60) as u32, None),
        _ => (choose_timelock(rng), None),
    };
    let shorter = secs < model.issuer.timelock_secs;
    let admin = mostly(rng, arena, model.issuer.admin);
    let mut refusals = model.only_admin(&admin);
    refusals.unless(sound_timelock(secs), IssuerError::TimelockInvalid);
    if shorter {
        refusals.add(model.announced(id, &Change::SetTimelock { secs }));
    }
    let accounts = issuer::accounts::SetTimelock {
        admin,
        issuer: arena.issuer(),
        announcement: announcement(arena, id.filter(|_| shorter)),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::SetTimelock { secs });
    Some(Plan::new("set_timelock", call, refusals).then(move |model, _| {
        model.issuer.timelock_secs = secs;
        made(model, id.filter(|_| shorter));
    }))
}

/// Something worth announcing.
fn choose_change(arena: &Arena, rng: &mut Rng) -> Option<Change> {
    let model = &arena.model;
    let cash_lives =
        model.grants.values().any(|it| it.roles & ROLE_CASH != 0 && it.expires_at > model.now);
    let topic = if !cash_lives && rng.percent(50) { 0 } else { rng.below(11) };
    Some(match topic {
        10 => Change::SetActionWindow {
            mint: *rng.one(model.tickers.keys())?,
            window: super::corporate::choose_window(rng),
        },
        0 | 1 => Change::GrantRole {
            wallet: *rng.pick(&arena.operators)?,
            roles: super::roles::choose_roles(rng)
                | ROLE_CASH
                | ROLE_COMPLIANCE
                | ROLE_CORPORATE_ACTION,
            expires_at: model.now + rng.within(2 * DAY, 20 * DAY),
        },
        2 => Change::ChangeCustodian {
            mint: *rng.one(model.tickers.keys())?,
            custodian: *rng.one(model.custodians.keys())?,
        },
        3 => Change::SetTimelock { secs: choose_timelock(rng) },
        4 => {
            let (mint, ticker) = rng.one(model.tickers.iter())?;
            Change::SetTerms { mint: *mint, terms: super::listing::other_terms(rng, &ticker.terms) }
        }
        5 => {
            let desk = rng.one(model.desks.values())?;
            Change::SetDeskLimit { desk: desk.address, outflow: super::cash::choose_outflow(rng) }
        }
        6 | 8 => {
            let frozen = model.tickers.iter().filter(|(_, it)| it.mode != MODE_OPEN);
            Change::OpenMode { mint: *rng.one(frozen)?.0 }
        }
        7 => {
            let closed = model.tickers.iter().filter(|(_, it)| it.primary_kyc);
            Change::EndPrimaryKyc { mint: *rng.one(closed)?.0 }
        }
        _ => {
            let (cash_mint, desk) = rng.one(model.desks.iter())?;
            Change::WithdrawCash {
                desk: desk.address,
                destination: arena.cash_account(rng.pick(&arena.users)?, cash_mint),
                amount: rng.below(model.amount(&desk.vault) / 4 + 2),
            }
        }
    })
}

pub fn announce_change(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    if model.announcements.len() >= 12 {
        return None;
    }
    let change = choose_change(arena, rng)?;
    let taken = rng.percent(2).then(|| rng.one(model.announcements.keys())).flatten();
    let id = taken
        .copied()
        .unwrap_or_else(|| (0..).find(|id| !model.announcements.contains_key(id)).unwrap_or(0));
    let (operator, grant_of, mut refusals) = match change {
        Change::WithdrawCash { .. } => power(arena, rng, ROLE_CASH)?,
        Change::OpenMode { .. } | Change::EndPrimaryKyc { .. } => {
            power(arena, rng, ROLE_COMPLIANCE)?
        }
        _ => {
            let admin = mostly(rng, arena, model.issuer.admin);
            (admin, None, model.only_admin(&admin))
        }
    };
    refusals.unless_code(!model.announcements.contains_key(&id), code::ALREADY_IN_USE);
    let payer = payer(arena, rng);
    let accounts = issuer::accounts::AnnounceChange {
        payer,
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        announcement: pda::announcement(&issuer::ID, &arena.issuer(), id).0,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = AnnounceChangeArgs { id, change: change.clone() };
    let call = instruction(&accounts, &issuer::instruction::AnnounceChange { args });
    Some(Plan::new("announce_change", call, refusals).then(move |model, _| {
        let ready_at = model.now + i64::from(model.issuer.timelock_secs);
        let announced = Announced {
            change,
            announcer: operator,
            rent_payer: payer,
            ready_at,
            expires_at: ready_at + 14 * DAY,
            made: false,
        };
        model.announcements.insert(id, announced);
    }))
}

pub fn close_announcement(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let over = |it: &Announced| it.made || model.now >= it.expires_at;
    let any = rng.percent(20);
    let (id, it) = rng.one(model.announcements.iter().filter(|(_, it)| any || over(it)))?;
    let operator =
        if over(it) { *rng.pick(&arena.users)? } else { mostly(rng, arena, model.issuer.admin) };
    let theirs = operator == model.issuer.admin || operator == it.announcer;
    let mut refusals = Refusals::none();
    refusals.unless(over(it) || theirs, IssuerError::AnnouncementPending);
    let accounts = issuer::accounts::CloseAnnouncement {
        operator,
        issuer: arena.issuer(),
        announcement: pda::announcement(&issuer::ID, &arena.issuer(), *id).0,
        rent_payer: it.rent_payer,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let (id, call) = (*id, instruction(&accounts, &issuer::instruction::CloseAnnouncement {}));
    Some(Plan::new("close_announcement", call, refusals).then(move |model, _| {
        model.announcements.remove(&id);
    }))
}

/// A limit of none, or of something.
pub fn choose_limit(rng: &mut Rng, most: u64) -> Limit {
    match rng.below(10) {
        0..=5 => Limit { capacity: 0, window_secs: 0 },
        6 => Limit { capacity: rng.below(most), window_secs: 1 + rng.below(600) as u32 },
        _ => Limit {
            capacity: most / 2 + rng.below(most),
            window_secs: 3_600 + rng.below(86_400) as u32,
        },
    }
}
