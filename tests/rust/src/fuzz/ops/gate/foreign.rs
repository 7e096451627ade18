//! A mint without a ticker, under Token ACL: its policy is that of its config's authority.

use super::*;
use crate::gate::{mint_config, place_config};

/// Token ACL's mint gets another authority, as that program would write it.
pub fn hand_over(arena: &mut Arena, rng: &mut Rng) {
    let keeper = *rng.pick(&arena.keepers).expect("some");
    let mint = arena.foreign_mint;
    place_config(&mut arena.vm, &mint, &keeper);
    arena.keeper = keeper;
}

pub fn create_policy(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (mint, keeper) = (arena.foreign_mint, arena.keeper);
    if arena.model.policies.contains_key(&mint) && !rng.percent(5) {
        return None;
    }
    let wallet = if rng.percent(90) { keeper } else { arena.keepers[0] };
    let mut refusals = Refusals::none();
    refusals.unless(wallet == keeper, GateError::NotConfigAuthority);
    let mut terms = super::policies::good_terms(arena);
    terms.providers = 0;
    let by = Operator { wallet, role_grant: None, refusals };
    Some(super::policies::create(arena, by, wallet, mint, terms, payer(arena, rng)))
}

/// By the new authority; also of a ticker's mint, where there is none.
pub fn claim_policy(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let mint = arena.foreign_mint;
    let it = arena.model.policies.get(&mint)?;
    if it.issuer == arena.keeper && !rng.percent(10) {
        return None;
    }
    let operator = mostly(rng, arena, arena.keeper);
    let mut refusals = Refusals::none();
    refusals.unless(operator == arena.keeper, GateError::NotConfigAuthority);
    refusals.unless(operator != it.issuer, GateError::AlreadyClaimed);
    // Whoever takes it over keeps records: without a registry he could not change it any more.
    if !arena.model.gate.registries.contains_key(&operator) {
        return None;
    }
    let accounts = gate::accounts::ClaimPolicy {
        operator,
        mint,
        mint_config: mint_config(&mint),
        policy: policy_of(&mint),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::ClaimPolicy {});
    Some(Plan::new("gate/claim_policy", made, refusals).then(move |model, _| {
        let it = model.policies.get_mut(&mint).expect("a known policy");
        (it.issuer, it.terms.providers, it.pending) = (operator, 0, None);
    }))
}
