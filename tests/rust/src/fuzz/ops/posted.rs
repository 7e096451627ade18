//! Attestations that gather their signatures over several transactions, and land later.

use super::common::*;
use crate::{
    build::INSTRUCTIONS_SYSVAR,
    fuzz::attested::{
        Carrier, Signed, carrier_for, choose_signers,
        rules::{may_sign, members},
        sign, verification,
    },
};
use issuer::{error::IssuerError, instructions::OpenAttestationArgs};
use scrip_interface::{
    attestation::{Kind, message},
    pda,
};

/// Signs something that lands later, if ever.
pub fn sign_later(arena: &mut Arena, rng: &mut Rng) {
    // A mint is good for as long as it is not expired; what others are about changes sooner.
    let any = *rng.pick(&super::actions::ALL).expect("some");
    let make = if rng.percent(50) { super::actions::mint } else { any };
    let Some(action) = make(arena, rng) else { return };
    let Some(signed) = sign(arena, rng, action) else { return };
    if arena.drawer.len() >= 80 {
        arena.drawer.remove(0);
    }
    arena.drawer.push(signed);
}

fn address(arena: &Arena, signed: &Signed) -> Pubkey {
    pda::attestation(&issuer::ID, &arena.issuer(), signed.kind as u8, &signed.digest()).0
}

pub fn open_attestation(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let fresh = |signed: &&Signed| !model.posted.contains_key(&address(arena, signed));
    let any = rng.percent(5);
    let lives = |signed: &&Signed| any || fresh(signed) && model.now < signed.args.expires_at;
    let signed = rng.one(arena.drawer.iter().filter(lives))?;
    let (set, digest, attestation) = (signed.set, signed.digest(), address(arena, signed));
    let mut refusals = signed.in_time(model.now);
    match model.sets.get(&set) {
        Some(state) => refusals.add(may_sign(state, signed.kind, model.now)),
        None => refusals.unless_code(false, code::NOT_INITIALIZED),
    }
    refusals.unless_code(fresh(&signed), code::ALREADY_IN_USE);
    let (mut kind, mut body) = (signed.kind as u8, signed.body.clone());
    match rng.below(30) {
        // No kind, another kind's length: never those of bodies equally long, which are equal here.
        0 => kind = 9,
        1 if kind != Kind::Statement as u8 => kind = Kind::Statement as u8,
        2 => drop(body.pop()),
        _ => {}
    }
    let as_signed = (kind, body.len()) == (signed.kind as u8, signed.body.len());
    if !as_signed {
        // The address goes with what is posted.
        refusals = Refusals::any();
    }
    let rent_payer = payer(arena, rng);
    let accounts = issuer::accounts::OpenAttestation {
        payer: rent_payer,
        issuer: arena.issuer(),
        attestor_set: set,
        attestation,
        system_program: Pubkey::default(),
    };
    let expires_at = signed.args.expires_at;
    let data = issuer::instruction::OpenAttestation { args: OpenAttestationArgs { kind, body } };
    let plan = Plan::new("open_attestation", instruction(&accounts, &data), refusals);
    Some(plan.then(move |model, _| {
        let posted = Posted { kind, set, digest, expires_at, signers: vec![], rent_payer };
        model.posted.insert(attestation, posted);
    }))
}

pub fn post_attestation(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(5);
    let wants = |posted: &Posted| {
        let set = model.sets.get(&posted.set);
        any || set.is_some_and(|set| {
            model.now < set.expires_at.min(posted.expires_at)
                && set.active
                && posted.signers.len() < set.members.len()
        })
    };
    let (address, posted) = rng.one(model.posted.iter().filter(|(_, posted)| wants(posted)))?;
    let kind = Kind::from_number(posted.kind)?;
    let mut refusals = Refusals::none();
    let mut signers = vec![arena.attestors[0]];
    match model.sets.get(&posted.set) {
        Some(set) => {
            let missing: Vec<_> =
                set.members.iter().filter(|key| !posted.signers.contains(key)).copied().collect();
            signers = if missing.is_empty() || rng.percent(10) {
                choose_signers(arena, rng, set)
            } else {
                let count = 1 + rng.below(2) as usize;
                rng.some(&missing, count)
            };
            refusals.add(may_sign(set, kind, model.now));
            refusals.add(members(set, &signers));
        }
        None => refusals.unless_code(false, code::NOT_INITIALIZED),
    }
    let news = signers.iter().any(|key| !posted.signers.contains(key));
    refusals.unless(news, IssuerError::NoNewSignature);
    let mut digest = posted.digest;
    if rng.percent(3) {
        digest[0] ^= 1;
        refusals.unless(false, IssuerError::AttestationMismatch);
    }
    let accounts = issuer::accounts::PostAttestation {
        attestor_set: posted.set,
        attestation: *address,
        signatures: INSTRUCTIONS_SYSVAR,
    };
    let call = instruction(&accounts, &issuer::instruction::PostAttestation {});
    let mut plan = Plan::new("post_attestation", call, refusals);
    plan.before = vec![verification(arena, &message(kind, &digest), &signers)];
    let address = *address;
    Some(plan.then(move |model, _| {
        let posted = model.posted.get_mut(&address).expect("a posted attestation");
        for key in signers {
            if !posted.signers.contains(&key) {
                posted.signers.push(key);
            }
        }
    }))
}

pub fn close_attestation(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(10);
    let over = |posted: &Posted| any || posted.expires_at <= model.now;
    let (address, posted) = rng.one(model.posted.iter().filter(|(_, posted)| over(posted)))?;
    let mut refusals = Refusals::none();
    let expired = model.now >= posted.expires_at;
    refusals.unless(expired, IssuerError::AttestationNotExpired);
    let accounts =
        issuer::accounts::CloseAttestation { attestation: *address, rent_payer: posted.rent_payer };
    let call = instruction(&accounts, &issuer::instruction::CloseAttestation {});
    let address = *address;
    Some(Plan::new("close_attestation", call, refusals).then(move |model, _| {
        model.posted.remove(&address);
    }))
}

/// Lands what was signed before: inline, or from the account that it was posted to.
pub fn land_later(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let why_not = |signed: &Signed| {
        let mut refusals = signed.action_refusals(arena);
        refusals.add(signed.attestation_refusals(&arena.model, carrier_for(arena, signed)));
        refusals.codes
    };
    let is_posted = |signed: &&Signed| carrier_for(arena, signed) != Carrier::Inline;
    let (any, early, patient) = (rng.percent(8), rng.percent(40), rng.percent(70));
    let ready: Vec<_> = arena.drawer.iter().filter(|it| any || why_not(it).is_empty()).collect();
    // Posted, good in all but the number of signatures that count: too few yet, or no longer.
    let short = |signed: &&Signed| why_not(signed) == [u32::from(IssuerError::ThresholdNotReached)];
    let short = arena.drawer.iter().filter(is_posted).filter(short).filter(|_| early);
    let posted = ready.iter().copied().filter(is_posted).filter(|_| !patient);
    let inline = || ready.iter().copied().filter(|signed| !is_posted(signed));
    let signed = rng.one(short).or_else(|| rng.one(posted)).or_else(|| rng.one(inline()))?;
    let carrier = match carrier_for(arena, signed) {
        // Of what is posted, some land inline all the same.
        Carrier::Posted(_) if rng.percent(10) => Carrier::Inline,
        carrier => carrier,
    };
    Some(signed.plan(arena, carrier))
}

/// A thief lands again what has landed already.
pub fn replay(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let signed = rng.one(arena.landed.iter())?;
    let carrier = if rng.percent(30) { carrier_for(arena, signed) } else { Carrier::Inline };
    Some(signed.plan(arena, carrier))
}
