//! Who curates: admin, roles, timelock.

use super::*;
use crate::collateral::{CreateCurator, administer};
use ::collateral::instructions::CreateCuratorArgs;

/// The one whose feeds they are.
pub fn first(arena: &Arena, admin: Pubkey, timelock_secs: u32) -> Plan {
    let mut create = CreateCurator::new(arena.payer(), admin);
    create.args = CreateCuratorArgs { id: 0, admin, timelock_secs };
    let plan = Plan::new("collateral/create_curator", create.instruction(), Refusals::none());
    plan.then(move |model, _| {
        let timelock = (timelock_secs, model.now, timelock_secs);
        model.curator = CuratorState { admin, timelock, ..CuratorState::default() };
    })
}

/// Another one, of somebody else.
pub fn create_curator(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let id = 1 + arena.model.other_curators;
    let (creator, timelock_secs) = (arena.payer(), timelock(rng));
    let mut create = CreateCurator::new(creator, *rng.pick(&arena.admins)?);
    (create.args.id, create.args.timelock_secs) = (id, timelock_secs);
    create.accounts.curator = feed_pda::curator(&::collateral::ID, &creator, id).0;
    let mut refusals = Refusals::none();
    refusals.unless(sound(timelock_secs), CollateralError::TimelockInvalid);
    if rng.percent(5) {
        create.args.admin = Pubkey::default();
        refusals.unless(false, CollateralError::AdminInvalid);
    }
    let plan = Plan::new("collateral/create_curator", create.instruction(), refusals);
    Some(plan.then(|model, _| model.other_curators += 1))
}

fn timelock(rng: &mut Rng) -> u32 {
    match rng.below(20) {
        0 => 3_599,
        1 => 30 * 86_400 + 1,
        _ => 3_600 + 600 * rng.below(12) as u32,
    }
}

fn sound(secs: u32) -> bool {
    (HOUR..=30 * DAY).contains(&i64::from(secs))
}

fn by_admin(arena: &Arena, rng: &mut Rng) -> (Pubkey, Refusals) {
    let admin = mostly(rng, arena, arena.model.curator.admin);
    let mut refusals = Refusals::none();
    refusals.unless(admin == arena.model.curator.admin, CollateralError::NotAdmin);
    (admin, refusals)
}

pub fn propose_admin(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (admin, refusals) = by_admin(arena, rng);
    let pending_admin = match rng.below(6) {
        0 => Pubkey::default(),
        1 => arena.thief,
        _ => *rng.pick(&arena.admins)?,
    };
    let call = administer(admin, arena.curator, &data::ProposeAdmin { pending_admin });
    let plan = Plan::new("collateral/propose_admin", call, refusals);
    Some(plan.then(move |model, _| model.curator.pending_admin = pending_admin))
}

pub fn accept_admin(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let pending = arena.model.curator.pending_admin;
    // The thief, once proposed, could accept: he never gets that far in this world.
    let willing = arena.admins.contains(&pending);
    if !willing && !rng.percent(10) {
        return None;
    }
    let signer = if willing && rng.percent(92) { pending } else { arena.operators[0] };
    let mut refusals = Refusals::none();
    refusals.unless(signer == pending, CollateralError::NotPendingAdmin);
    let accounts = accounts::AcceptAdmin {
        pending_admin: signer,
        curator: arena.curator,
        event_authority: events(),
        program: ::collateral::ID,
    };
    let call = collateral_instruction(&accounts, &data::AcceptAdmin {});
    Some(Plan::new("collateral/accept_admin", call, refusals).then(move |model, _| {
        model.curator.admin = signer;
        model.curator.pending_admin = Pubkey::default();
    }))
}

pub fn set_role(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (admin, mut refusals) = by_admin(arena, rng);
    let wallet = if rng.percent(3) { Pubkey::default() } else { *rng.pick(&arena.operators)? };
    let mask = if rng.percent(4) { 8 } else { rng.below(8) as u32 };
    let sound = mask < 8 && wallet != Pubkey::default();
    refusals.unless(sound, CollateralError::RoleInvalid);
    let call = administer(admin, arena.curator, &data::SetRole { wallet, mask });
    Some(Plan::new("collateral/set_role", call, refusals).then(move |model, _| {
        model.curator.roles.insert(wallet, mask);
        model.curator.roles.retain(|_, mask| *mask != 0);
    }))
}

pub fn set_timelock(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (admin, mut refusals) = by_admin(arena, rng);
    let timelock_secs = timelock(rng);
    refusals.unless(sound(timelock_secs), CollateralError::TimelockInvalid);
    let call = administer(admin, arena.curator, &data::SetTimelock { timelock_secs });
    Some(Plan::new("collateral/set_timelock", call, refusals).then(move |model, _| {
        let (now, current) = (model.now, model.curator.timelock(model.now));
        let at = if timelock_secs >= current { now } else { now + i64::from(current) };
        model.curator.timelock = (current, at, timelock_secs);
    }))
}
