//! What every world begins with: a compliance officer, a registry with two providers, people who are
//! known, a curator with a calendar, a market with some cash. All of it by instructions that must land.

use super::{
    address::pda::role_grant,
    arena::Arena,
    foreign::grant_roles,
    model::{Announced, DAY, Grant, HOUR},
    ops::{
        feeds,
        gate::{Operator, investors, registry, sas},
        loans,
    },
    plan::{Plan, Refusals},
    rng::Rng,
};
use issuer::state::Change;

use solana_pubkey::Pubkey;

/// Roles of the first operator: all.
const ROLES: u16 = 63;
const OURS: &str = "the prologue is valid";

pub fn prologue(arena: &mut Arena) {
    let officer = arena.operators[0];
    make_officer(arena, officer);
    let by = Operator {
        wallet: officer,
        role_grant: Some(role_grant(&issuer::ID, &arena.issuer(), &officer).0),
        refusals: Refusals::none(),
    };
    let plan = registry::registry(arena, by.clone(), arena.issuer(), arena.payer());
    land(arena, plan);
    for (number, by_attestation) in [(0, false), (sas::PROVIDER, true)] {
        let args = registry::provider_args(arena, number, by_attestation);
        let plan = registry::provider(arena, by.clone(), args, arena.payer());
        land(arena, plan);
    }
    sas::place(arena);
    // The first two wallets are of one person.
    for (person, users) in [(0, 0..2), (1, 2..3), (2, 3..4), (3, 4..5)] {
        let claim = investors::good_claim(arena.model.now);
        let plan = steady(|rng| investors::register(arena, rng, 0, person, claim));
        land(arena, plan);
        let investor = investors::investor_of(arena, &investors::id_hash(person));
        for user in users {
            let (owner, it) = (arena.users[user], arena.model.gate.investors[&investor].clone());
            let plan = steady(|rng| investors::link(arena, rng, investor, &it, owner));
            land(arena, plan);
        }
    }
    let plan = feeds::curator::first(arena, arena.admins[1], HOUR as u32);
    land(arena, plan);
    let plan = feeds::calendar::first(arena);
    land(arena, plan);
    let plan = loans::first_market(arena);
    land(arena, plan);
    // Enough to lend.
    let plan = steady(|rng| loans::supply(arena, rng).expect("somebody has cash"));
    land(arena, plan);
}

/// The first of the choices in which nothing is wrong.
fn steady(mut choose: impl FnMut(&mut Rng) -> Plan) -> Plan {
    (0..)
        .map(|seed| choose(&mut Rng::new(seed)))
        .find(|plan| plan.refusals.is_certain())
        .expect(OURS)
}

fn land(arena: &mut Arena, plan: Plan) {
    assert!(plan.refusals.is_certain(), "{}: {:?}", plan.name, plan.refusals);
    let receipt = arena.transact(&plan).unwrap_or_else(|failure| panic!("{failure:?}"));
    (plan.effect)(&mut arena.model, &receipt);
}

/// By the admin, after the timelock.
fn make_officer(arena: &mut Arena, officer: Pubkey) {
    let (admin, issuer) = (arena.admins[0], arena.issuer());
    let key = arena.key(&admin);
    let ready_at = arena.vm.now() + i64::from(arena.model.issuer.timelock_secs);
    let expires_at = arena.vm.now() + 1_000 * DAY;
    let change = Change::GrantRole { wallet: officer, roles: ROLES, expires_at };
    grant_roles(&mut arena.vm, &key, issuer, officer, ROLES, expires_at);
    let model = &mut arena.model;
    model.now = arena.vm.now();
    let (announcer, rent_payer, made) = (admin, admin, true);
    let expires = ready_at + 14 * DAY;
    let announced =
        Announced { change, announcer, rent_payer, ready_at, expires_at: expires, made };
    model.announcements.insert(0, announced);
    model.grants.insert(officer, Grant { roles: ROLES, expires_at, rent_payer });
}
