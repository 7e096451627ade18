//! Registries and their providers.

use super::*;
use crate::records::countries;
use gate::{
    instructions::CreateProviderArgs,
    state::{ProviderLimits, evidence},
};

/// Countries that a provider may have a say about: the last one is nobody's.
pub const COUNTRIES: [u16; 4] = [276, 702, 756, 840];
const MOST_PROVIDERS: u8 = 4;

pub fn limits(now: i64) -> ProviderLimits {
    ProviderLimits { countries: countries(&COUNTRIES), max_tier: 3, expires_at: now + 400 * DAY }
}

/// A keeper's own, who needs no role for it; seldom ours once more.
pub fn create_registry(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let keeper = *rng.pick(&arena.keepers)?;
    let fresh = !arena.model.gate.registries.contains_key(&keeper);
    if !fresh && !rng.percent(10) {
        return None;
    }
    let by = Operator { wallet: keeper, role_grant: None, refusals: Refusals::none() };
    Some(registry(arena, by, keeper, payer(arena, rng)))
}

pub fn registry(arena: &Arena, by: Operator, issuer: Pubkey, payer: Pubkey) -> Plan {
    let mut refusals = by.refusals;
    let fresh = !arena.model.gate.registries.contains_key(&issuer);
    refusals.unless_code(fresh, code::ALREADY_IN_USE);
    let accounts = gate::accounts::CreateRegistry {
        payer,
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer,
        registry: registry_of(&issuer),
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::CreateRegistry {});
    Plan::new("gate/create_registry", made, refusals).then(move |model, _| {
        model.gate.registries.insert(issuer, 0);
    })
}

pub fn create_provider(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let next = arena.model.gate.registries[&arena.issuer()];
    if next >= MOST_PROVIDERS {
        return None;
    }
    let by = operator(arena, rng, ROLE_COMPLIANCE)?;
    let mut args = provider_args(arena, next, false);
    match rng.below(20) {
        0 => args.number = next.wrapping_add(1),
        1 => args.limits.countries[0] |= 1,
        2 => args.evidence = 3,
        3 => args.authority = Pubkey::default(),
        _ => {}
    }
    Some(provider(arena, by, args, payer(arena, rng)))
}

/// By signature of its authority, or by attestations.
pub fn provider_args(arena: &Arena, number: u8, sas: bool) -> CreateProviderArgs {
    let places =
        if sas { (crate::records::COUNTRY_OFFSET, crate::records::TIER_OFFSET) } else { (0, 0) };
    CreateProviderArgs {
        number,
        evidence: if sas { evidence::SAS } else { evidence::SIGNATURE },
        authority: if sas {
            arena.sas.credential.address()
        } else {
            arena.authorities[usize::from(number) % arena.authorities.len()]
        },
        schema: if sas { arena.sas.schema.address() } else { Pubkey::default() },
        country_offset: places.0,
        tier_offset: places.1,
        limits: limits(arena.model.now),
    }
}

pub fn provider(arena: &Arena, by: Operator, args: CreateProviderArgs, payer: Pubkey) -> Plan {
    let issuer = arena.issuer();
    let mut refusals = by.refusals;
    let right = args.number == arena.model.gate.registries[&issuer];
    refusals.unless(right, GateError::ProviderNumberInvalid);
    let known = matches!(args.evidence, evidence::SIGNATURE | evidence::SAS);
    let sound = known && args.authority != Pubkey::default() && args.limits.countries[0] & 1 == 0;
    refusals.unless(sound, GateError::ProviderInvalid);
    let accounts = gate::accounts::CreateProvider {
        payer,
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer,
        registry: registry_of(&issuer),
        provider: provider_of(arena, args.number),
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let CreateProviderArgs { number, authority, limits, .. } = args;
    let sas = args.evidence == evidence::SAS;
    let made = call(accounts, gate::instruction::CreateProvider { args });
    Plan::new("gate/create_provider", made, refusals).then(move |model, _| {
        model.gate.registries.insert(issuer, number + 1);
        model.gate.providers.insert(number, ProviderState { authority, sas, limits });
    })
}

/// Mostly its time; seldom less to say, or more.
pub fn set_provider(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (number, it) = rng.one(model.gate.providers.iter())?;
    let by = operator(arena, rng, ROLE_COMPLIANCE)?;
    let mut limits = it.limits;
    limits.expires_at = model.now + rng.within(100 * DAY, 600 * DAY);
    let mut refusals = by.refusals;
    match rng.below(24) {
        0 => limits.expires_at = model.now + rng.within(0, DAY),
        1 => limits.countries = countries(&COUNTRIES[..1]),
        2 => {
            limits.countries[100] |= 1;
            refusals.unless(false, GateError::ProviderWidened);
        }
        3 => {
            limits.max_tier += 1;
            refusals.unless(false, GateError::ProviderWidened);
        }
        _ => {}
    }
    let accounts = gate::accounts::SetProvider {
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer: arena.issuer(),
        registry: registry_of(&arena.issuer()),
        provider: provider_of(arena, *number),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let number = *number;
    let made = call(accounts, gate::instruction::SetProvider { limits });
    Some(Plan::new("gate/set_provider", made, refusals).then(move |model, _| {
        model.gate.providers.get_mut(&number).expect("a known provider").limits = limits;
    }))
}
