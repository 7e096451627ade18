//! Custodians and their attestor sets, where the admin or a role decides.

use super::common::*;
use crate::fuzz::address::pda;
use crate::fuzz::attested::{
    call::{activate, change_custodian as change_call, remove},
    effect::{change_custodian as apply_change, remove_key},
    rules::{changing, removing},
};
use issuer::{error::IssuerError, instructions::*, state::Change};

pub fn create_custodian(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let count = model.custodians.len() as u32;
    if count >= 4 || (count >= 2 && !rng.percent(10)) {
        return None;
    }
    let number = if rng.percent(5) { count.saturating_sub(1) } else { count };
    let payer = payer(arena, rng);
    let admin = mostly(rng, arena, model.issuer.admin);
    let custodian = pda::custodian(&issuer::ID, &arena.issuer(), number).0;
    let mut refusals = model.only_admin(&admin);
    refusals.unless_code(!model.custodians.contains_key(&custodian), code::ALREADY_IN_USE);
    let accounts = issuer::accounts::CreateCustodian {
        payer,
        admin,
        issuer: arena.issuer(),
        custodian,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = CreateCustodianArgs { number, name_hash: [number as u8; 32] };
    let call = instruction(&accounts, &issuer::instruction::CreateCustodian { args });
    Some(Plan::new("create_custodian", call, refusals).then(move |model, _| {
        let state = CustodianState { number, ..Default::default() };
        model.custodians.insert(custodian, state);
    }))
}

/// A set's contents: mostly sound, of keys that were not removed.
fn choose_set(
    arena: &Arena,
    rng: &mut Rng,
    address: &Pubkey,
    custodian: &CustodianState,
) -> SetState {
    let (model, now) = (&arena.model, arena.model.now);
    let dirty = rng.percent(3);
    let clean = |key: &&Pubkey| dirty || !custodian.is_removed(key);
    let pool: Vec<Pubkey> = arena.attestors.iter().filter(clean).copied().collect();
    let count = match rng.below(20) {
        0 => 16,
        1 => 1,
        _ => 3 + rng.below(4) as usize,
    };
    let mut members = rng.some(&pool, count);
    let most = members.len() as u64;
    let mut threshold = 1 + rng.below(most.min(3)) as u8;
    // The keys of a cold set, and of a hot one.
    let mut kinds = *rng.pick(&[511, 511, 511, 0b1_1000_0010, 0b0_0111_1101]).expect("some");
    let mut valid_from = now - HOUR;
    let mut expires_at = now + rng.within(4 * DAY, 40 * DAY);
    let live = custodian.live_sets(now);
    let crowded = live.len() >= 5;
    let mut replaces = Pubkey::default();
    if !live.is_empty() && (crowded || rng.percent(50)) {
        replaces = *rng.pick(&live).expect("some");
    }
    let mut overlap_secs = if rng.percent(50) { 0 } else { rng.below(2 * 86_400) as u32 };
    match rng.below(80) {
        0 => threshold = 0,
        1 => threshold = members.len() as u8 + 1,
        2 => members.reverse(),
        3 => members.push(*members.last().expect("some")),
        4 => members.clear(),
        5 => kinds = 0,
        6 => kinds = 512 | 1,
        7 => expires_at = now,
        8 => valid_from = expires_at,
        9 => valid_from = now + DAY,
        10 => overlap_secs = 30 * 86_400 + 1,
        11 => replaces = rng.one(model.sets.keys()).copied().unwrap_or_default(),
        _ => {}
    }
    SetState {
        custodian: *address,
        index: custodian.next_index,
        members,
        threshold,
        kinds,
        active: false,
        valid_from,
        expires_at,
        ready_at: i64::MAX,
        replaces,
        overlap_secs,
        rent_payer: payer(arena, rng),
    }
}

pub fn create_attestor_set(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (address, custodian) = rng.one(model.custodians.iter())?;
    let proposed =
        model.sets.values().filter(|set| !set.active && set.custodian == *address).count();
    if proposed >= 4 || custodian.live_sets(model.now).len() >= 6 && !rng.percent(20) {
        return None;
    }
    let mut set = choose_set(arena, rng, address, custodian);
    let proposer = if rng.percent(15) { arena.thief } else { model.issuer.admin };
    let by_admin = proposer == model.issuer.admin;
    let free = custodian.tickers == 0 && set.replaces == Pubkey::default();
    set.active = by_admin && free;
    if by_admin {
        let waits = model.now + i64::from(model.issuer.timelock_secs);
        set.ready_at = waits;
    }
    let mut refusals = model.sound_set(&set);
    let clean = !set.members.iter().any(|key| custodian.is_removed(key));
    refusals.unless(clean, IssuerError::AttestorRemoved);
    if set.active {
        refusals.add(model.may_become_live(&set));
    }
    let attestor_set = pda::attestor_set(&issuer::ID, address, set.index).0;
    let accounts = issuer::accounts::CreateAttestorSet {
        payer: set.rent_payer,
        proposer,
        issuer: arena.issuer(),
        custodian: *address,
        attestor_set,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = CreateAttestorSetArgs {
        index: set.index,
        attestors: set.members.clone(),
        threshold: set.threshold,
        kinds: set.kinds,
        valid_from: set.valid_from,
        expires_at: set.expires_at,
        replaces: set.replaces,
        overlap_secs: set.overlap_secs,
    };
    let call = instruction(&accounts, &issuer::instruction::CreateAttestorSet { args });
    let address = *address;
    Some(Plan::new("create_attestor_set", call, refusals).then(move |model, _| {
        model.custodians.get_mut(&address).expect("known").next_index += 1;
        let live = set.active;
        model.sets.insert(attestor_set, set);
        if live {
            let now = model.now;
            model.custodians.get_mut(&address).expect("known").unannounced_at = now;
            model.make_live(attestor_set);
        }
    }))
}

/// By the admin, after the timelock.
pub fn activate_attestor_set(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(10);
    let ripe = |set: &SetState| {
        any || (!set.active
            && set.ready_at <= model.now
            && set.ready_at + 14 * DAY > model.now
            && set.expires_at > model.now
            && model.may_become_live(set).is_empty())
    };
    let (address, set) = rng.one(model.sets.iter().filter(|(_, set)| ripe(set)))?;
    let operator = mostly(rng, arena, model.issuer.admin);
    let mut refusals = model.only_admin(&operator);
    refusals.unless(!set.active, IssuerError::AttestorSetActive);
    refusals.unless(model.now >= set.ready_at, IssuerError::TimelockNotPassed);
    let forgotten_at = set.ready_at.saturating_add(14 * DAY);
    refusals.unless(model.now < forgotten_at, IssuerError::AnnouncementExpired);
    refusals.unless(set.expires_at > model.now, IssuerError::ValidityInvalid);
    refusals.add(model.may_become_live(set));
    let call = activate(arena, &set.custodian, address, Some(operator), None);
    let address = *address;
    let plan = Plan::new("activate_attestor_set", call, refusals);
    Some(plan.then(move |model, _| model.make_live(address)))
}

pub fn withdraw_attestor_set(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(15);
    let (address, set) = rng.one(model.sets.iter().filter(|(_, set)| any || !set.active))?;
    let right = if rng.percent(30) { set.rent_payer } else { model.issuer.admin };
    let operator = mostly(rng, arena, right);
    let mut refusals = Refusals::none();
    refusals.unless(!set.active, IssuerError::AttestorSetActive);
    let theirs = operator == model.issuer.admin || operator == set.rent_payer;
    refusals.unless(theirs, IssuerError::NotAdmin);
    let accounts = issuer::accounts::WithdrawAttestorSet {
        operator,
        issuer: arena.issuer(),
        custodian: set.custodian,
        attestor_set: *address,
        rent_payer: set.rent_payer,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::WithdrawAttestorSet {});
    let (address, custodian, index) = (*address, set.custodian, set.index);
    // Its index is free again: now and then the next set takes it, and its address.
    let again = rng.percent(50);
    Some(Plan::new("withdraw_attestor_set", call, refusals).then(move |model, _| {
        model.sets.remove(&address);
        let state = model.custodians.get_mut(&custodian).expect("known");
        if again && index + 1 == state.next_index {
            state.next_index = index;
        }
    }))
}

/// By the PAUSE role, in an emergency.
pub fn remove_attestor(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (custodian, key) = super::actions::key_to_remove(arena, rng)?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_PAUSE)?;
    refusals.add(removing(&arena.model, &custodian, &key));
    let mut call = remove(arena, &custodian, &key, Some((operator, grant(arena, grant_of))), None);
    if rng.percent(4) {
        // One set is left out, which would keep the key, or two change places.
        if rng.percent(50) {
            call.accounts.pop();
            refusals.unless(false, IssuerError::AttestorSetsIncomplete);
        } else if call.accounts.len() >= 11 {
            let last = call.accounts.len() - 1;
            call.accounts.swap(last, last - 1);
            refusals.unless(false, IssuerError::AttestorSetsIncomplete);
        }
    }
    let plan = Plan::new("remove_attestor", call, refusals);
    Some(plan.then(move |model, _| remove_key(model, &custodian, key)))
}

/// By the admin, once announced.
pub fn change_custodian(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let ((mint, next), id) = announced(arena, rng, |change| match change {
        Change::ChangeCustodian { mint, custodian } => Some((*mint, *custodian)),
        _ => None,
    })?;
    let operator = mostly(rng, arena, model.issuer.admin);
    let mut refusals = model.only_admin(&operator);
    refusals.add(changing(model, &mint, &next));
    // Its sets are known for as long as any change is announced.
    let known = model.custodians[&next].unannounced_at + i64::from(model.issuer.timelock_secs);
    refusals.unless(model.now >= known, IssuerError::TimelockNotPassed);
    refusals.add(model.announced(id, &Change::ChangeCustodian { mint, custodian: next }));
    let call = change_call(arena, &mint, &next, Some(operator), announcement(arena, id), None);
    let plan = Plan::new("change_custodian", call, refusals);
    Some(plan.then(move |model, _| {
        made(model, id);
        apply_change(model, &mint, &next);
    }))
}
