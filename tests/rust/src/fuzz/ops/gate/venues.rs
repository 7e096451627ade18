//! Venues: wallets of protocols, which COMPLIANCE answers for.

use super::*;

/// The lender's market, or somebody.
pub fn set_venue(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let market = arena.market();
    let owner = if rng.percent(70) { market } else { *rng.pick(&arena.users)? };
    if model.records.contains_key(&owner) && !rng.percent(5) {
        return None;
    }
    let by = operator(arena, rng, ROLE_COMPLIANCE)?;
    let expires_at = model.now
        + match rng.below(20) {
            0 => 0,
            1 => MAX_VALIDITY + 1,
            2 | 3 => rng.within(1, DAY),
            _ => rng.within(10 * DAY, 300 * DAY),
        };
    Some(venue(arena, by, owner, expires_at, payer(arena, rng)))
}

pub fn venue(arena: &Arena, by: Operator, owner: Pubkey, expires_at: i64, payer: Pubkey) -> Plan {
    let model = &arena.model;
    let mut refusals = by.refusals;
    refusals.unless(model.is_in_time(expires_at), GateError::ValidityInvalid);
    refusals.unless_code(!model.records.contains_key(&owner), code::ALREADY_IN_USE);
    let accounts = gate::accounts::SetVenue {
        payer,
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer: arena.issuer(),
        registry: registry_of(&arena.issuer()),
        owner,
        wallet: record_of(arena, &owner),
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::SetVenue { expires_at });
    Plan::new("gate/set_venue", made, refusals).then(move |model, _| {
        let record = Record {
            revoked: false,
            venue: true,
            country: 0,
            tier: 0,
            provider: 0,
            expires_at,
            investor: Pubkey::default(),
            rent_payer: payer,
        };
        model.records.insert(owner, record);
    })
}

pub fn drop_venue(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let any = rng.percent(6);
    let records = arena.model.records.iter().filter(|(_, it)| any || it.venue);
    let (owner, it) = rng.one(records)?;
    let by = operator(arena, rng, ROLE_COMPLIANCE)?;
    let mut refusals = by.refusals;
    refusals.unless(it.venue, GateError::NotAVenue);
    let accounts = gate::accounts::DropVenue {
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer: arena.issuer(),
        registry: registry_of(&arena.issuer()),
        wallet: record_of(arena, owner),
        rent_payer: it.rent_payer,
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let (owner, made) = (*owner, call(accounts, gate::instruction::DropVenue {}));
    Some(Plan::new("gate/drop_venue", made, refusals).then(move |model, _| {
        model.records.remove(&owner);
    }))
}
