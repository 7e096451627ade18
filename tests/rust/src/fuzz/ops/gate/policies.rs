//! Who may hold a mint: made, changed, paused.

use super::*;
use crate::records::countries;
use gate::state::PolicyTerms;
use scrip_interface::gate::flag;

/// Of a mint without a ticker at Token ACL.
const FOREIGN_TIMELOCK: i64 = DAY;

/// Germans of tier 2 by any provider there is; venues too; both sides are looked at.
pub fn good_terms(arena: &Arena) -> PolicyTerms {
    let count = arena.model.gate.registries.get(&arena.issuer()).copied().unwrap_or(0);
    PolicyTerms {
        countries: countries(&[276, 702]),
        providers: (1 << count) - 1,
        min_tier: 2,
        flags: flag::ALL,
    }
}

fn terms(arena: &Arena, rng: &mut Rng) -> PolicyTerms {
    let good = good_terms(arena);
    match rng.below(16) {
        0 => PolicyTerms { countries: countries(&[756]), ..good },
        1 => PolicyTerms { countries: countries(&[276, 756, 840]), ..good },
        2 => PolicyTerms { min_tier: 1, ..good },
        3 => PolicyTerms { min_tier: 3, ..good },
        4 => PolicyTerms { providers: good.providers & !1, ..good },
        5 => PolicyTerms { flags: flag::SOURCE_CHECK, ..good },
        6 | 7 => PolicyTerms { flags: flag::VENUES, ..good },
        8 => PolicyTerms { flags: 8, ..good },
        9 => PolicyTerms { providers: 1 << 40, ..good },
        _ => good,
    }
}

/// Terms are possible in a registry of so many providers.
fn sound(terms: &PolicyTerms, providers: u8) -> Refusals {
    let mut refusals = Refusals::none();
    refusals.unless(terms.flags & !flag::ALL == 0, GateError::PolicyFlagsUnknown);
    refusals.unless(terms.providers >> providers == 0, GateError::ProviderUnknown);
    refusals
}

/// Who may govern the policy of a mint: somebody with the role, or its keeper.
fn governor(arena: &Arena, rng: &mut Rng, issuer: &Pubkey, role: u16) -> Option<Operator> {
    if *issuer == arena.issuer() {
        return operator(arena, rng, role);
    }
    let wallet = mostly(rng, arena, *issuer);
    let mut refusals = Refusals::none();
    // He is not the registry's wallet, and it is no Issuer.
    refusals.unless(wallet == *issuer, GateError::WrongIssuer);
    Some(Operator { wallet, role_grant: None, refusals })
}

pub fn create_policy(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(8);
    let bare = |mint: &Pubkey| any || !model.policies.contains_key(mint);
    let mint = rng.one(model.tickers.keys().filter(|mint| bare(mint)))?;
    let by = operator(arena, rng, ROLE_LIST | ROLE_COMPLIANCE)?;
    let terms = if rng.percent(80) { good_terms(arena) } else { terms(arena, rng) };
    Some(create(arena, by, arena.issuer(), *mint, terms, payer(arena, rng)))
}

pub fn create(
    arena: &Arena,
    by: Operator,
    issuer: Pubkey,
    mint: Pubkey,
    terms: PolicyTerms,
    payer: Pubkey,
) -> Plan {
    let model = &arena.model;
    let mut refusals = by.refusals;
    let providers = model.gate.registries.get(&issuer).copied();
    refusals.unless_code(providers.is_some(), code::NOT_INITIALIZED);
    refusals.add(sound(&terms, providers.unwrap_or(0)));
    refusals.unless_code(!model.policies.contains_key(&mint), code::ALREADY_IN_USE);
    let foreign = !model.tickers.contains_key(&mint);
    let accounts = gate::accounts::CreatePolicy {
        payer,
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer,
        registry: registry_of(&issuer),
        mint,
        ticker: scrip_interface::pda::ticker(&issuer::ID, &mint).0,
        mint_config: foreign.then(|| crate::gate::mint_config(&mint)),
        policy: policy_of(&mint),
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::CreatePolicy { terms });
    Plan::new("gate/create_policy", made, refusals).then(move |model, _| {
        let (paused, pending, hook_list, acl_lists) = (false, None, None, false);
        let it = PolicyState { issuer, terms, paused, pending, hook_list, acl_lists };
        model.policies.insert(mint, it);
    })
}

/// Mostly back to what is good for most.
pub fn set_policy(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let good = good_terms(arena);
    let bad = model.policies.iter().filter(|(_, it)| it.terms != good && it.pending.is_none());
    let (mint, it) = match rng.one(bad) {
        Some(bad) if rng.percent(70) => bad,
        _ => rng.one(model.policies.iter())?,
    };
    let by = governor(arena, rng, &it.issuer, ROLE_COMPLIANCE)?;
    let mut terms = if rng.percent(60) { good } else { terms(arena, rng) };
    if it.issuer != arena.issuer() {
        terms.providers = 0;
    }
    let mut refusals = by.refusals;
    refusals.add(sound(&terms, model.gate.registries[&it.issuer]));
    let accounts = gate::accounts::SetPolicy {
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer: it.issuer,
        registry: registry_of(&it.issuer),
        policy: policy_of(mint),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let (mint, made) = (*mint, call(accounts, gate::instruction::SetPolicy { terms }));
    let ours = it.issuer == arena.issuer();
    Some(Plan::new("gate/set_policy", made, refusals).then(move |model, _| {
        let wait = if ours { i64::from(model.issuer.timelock_secs) } else { FOREIGN_TIMELOCK };
        let it = model.policies.get_mut(&mint).expect("a known policy");
        if it.is_loosened_by(&terms) {
            it.pending = Some((terms, model.now + wait));
        } else {
            (it.terms, it.pending) = (terms, None);
        }
    }))
}

/// One with something pending; seldom any.
fn waiting(arena: &Arena, rng: &mut Rng, ripe: bool) -> Option<(Pubkey, PolicyState)> {
    let (any, now) = (rng.percent(6), arena.model.now);
    let fits = |it: &PolicyState| it.pending.is_some_and(|(_, at)| !ripe || at <= now);
    let found = arena.model.policies.iter().filter(|(_, it)| any || fits(it));
    rng.one(found).map(|(mint, it)| (*mint, it.clone()))
}

pub fn apply_policy(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let early = rng.percent(10);
    let (mint, it) = waiting(arena, rng, !early)?;
    let mut refusals = Refusals::none();
    refusals.unless(it.pending.is_some(), GateError::NothingPending);
    let ripe = it.pending.is_none_or(|(_, at)| at <= arena.model.now);
    refusals.unless(ripe, GateError::TimelockNotOver);
    let accounts = gate::accounts::ApplyPolicy {
        policy: policy_of(&mint),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::ApplyPolicy {});
    Some(Plan::new("gate/apply_policy", made, refusals).then(move |model, _| {
        let it = model.policies.get_mut(&mint).expect("a known policy");
        it.terms = it.pending.take().expect("it was pending").0;
    }))
}

fn govern(
    name: &'static str,
    by: Operator,
    mint: Pubkey,
    issuer: Pubkey,
    data: impl InstructionData,
    effect: impl FnOnce(&mut PolicyState) + 'static,
) -> Plan {
    let accounts = gate::accounts::GovernPolicy {
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer,
        policy: policy_of(&mint),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    Plan::new(name, call(accounts, data), by.refusals)
        .then(move |model, _| effect(model.policies.get_mut(&mint).expect("a known policy")))
}

pub fn cancel_policy(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (mint, it) = waiting(arena, rng, false)?;
    let mut by = governor(arena, rng, &it.issuer, ROLE_COMPLIANCE)?;
    by.refusals.unless(it.pending.is_some(), GateError::NothingPending);
    let data = gate::instruction::CancelPolicy {};
    Some(govern("gate/cancel_policy", by, mint, it.issuer, data, |it| it.pending = None))
}

pub fn pause_policy(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (mint, it) = rng.one(arena.model.policies.iter())?;
    let by = governor(arena, rng, &it.issuer, ROLE_PAUSE)?;
    let data = gate::instruction::PausePolicy {};
    Some(govern("gate/pause_policy", by, *mint, it.issuer, data, |it| it.paused = true))
}

pub fn unpause_policy(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let any = rng.percent(6);
    let paused = arena.model.policies.iter().filter(|(_, it)| any || it.paused);
    let (mint, it) = rng.one(paused)?;
    let by = governor(arena, rng, &it.issuer, ROLE_UNPAUSE)?;
    let data = gate::instruction::UnpausePolicy {};
    Some(govern("gate/unpause_policy", by, *mint, it.issuer, data, |it| it.paused = false))
}
