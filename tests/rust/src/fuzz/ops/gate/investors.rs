//! Investors and their wallets, by their provider and by the issuer.

use super::*;
use gate::{instructions::RegisterInvestorArgs, state::Claim};

/// So many persons there are.
const PERSONS: u64 = 8;

pub fn id_hash(person: u64) -> [u8; 32] {
    scrip_interface::sha256(&[b"fuzz person", &person.to_le_bytes()])
}

pub fn investor_of(arena: &Arena, id_hash: &[u8; 32]) -> Pubkey {
    gate_pda::investor(&gate::ID, &arena.issuer(), id_hash).0
}

/// What is mostly true of people: a German of tier 2 for half a year.
pub fn good_claim(now: i64) -> Claim {
    Claim { country: 276, tier: 2, expires_at: now + 200 * DAY }
}

fn claim(arena: &Arena, rng: &mut Rng) -> Claim {
    let now = arena.model.now;
    let mut claim = good_claim(now);
    match rng.below(30) {
        0 => claim.country = 840,
        1 => claim.country = 4,
        2 => claim.tier = 1,
        3 => claim.tier = 4,
        4 => claim.expires_at = now,
        5 => claim.expires_at = now + MAX_VALIDITY + rng.within(0, 1),
        6 | 7 => claim.expires_at = now + rng.within(1, 2 * DAY),
        _ => {}
    }
    claim
}

/// One whose authority signs.
fn signing(arena: &Arena, rng: &mut Rng) -> Option<u8> {
    let signs = arena.model.gate.providers.iter().filter(|(_, it)| !it.sas);
    // The first one is in the policies.
    if rng.percent(75) { Some(0) } else { rng.one(signs.map(|(number, _)| *number)) }
}

/// Whose authority signs for an investor's provider; now and then somebody else.
fn authority(arena: &Arena, rng: &mut Rng, provider: u8, refusals: &mut Refusals) -> Pubkey {
    let it = &arena.model.gate.providers[&provider];
    let right = if it.sas { arena.thief } else { it.authority };
    let signer = mostly(rng, arena, right);
    refusals.unless(signer == it.authority, GateError::NotProvider);
    signer
}

/// An investor that fits, if there is one; seldom any.
fn one(
    arena: &Arena,
    rng: &mut Rng,
    fits: impl Fn(&InvestorState) -> bool,
) -> Option<(Pubkey, InvestorState)> {
    let any = rng.percent(8);
    let all = arena.model.gate.investors.iter().filter(|(_, it)| any || fits(it));
    rng.one(all).map(|(address, it)| (*address, it.clone()))
}

pub fn register_investor(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let unknown =
        |person: &u64| !model.gate.investors.contains_key(&investor_of(arena, &id_hash(*person)));
    let any = rng.percent(8);
    let person = rng.one((0..PERSONS).filter(|person| any || unknown(person)))?;
    let provider = signing(arena, rng)?;
    let claim = claim(arena, rng);
    Some(register(arena, rng, provider, person, claim))
}

pub fn register(arena: &Arena, rng: &mut Rng, provider: u8, person: u64, claim: Claim) -> Plan {
    let model = &arena.model;
    let (id_hash, rent_payer) = (id_hash(person), payer(arena, rng));
    let investor = investor_of(arena, &id_hash);
    let mut refusals = model.may_vouch(provider, &claim);
    let signer = authority(arena, rng, provider, &mut refusals);
    let fresh = !model.gate.investors.contains_key(&investor);
    refusals.unless_code(fresh, code::ALREADY_IN_USE);
    let accounts = gate::accounts::RegisterInvestor {
        payer: rent_payer,
        authority: signer,
        issuer: arena.issuer(),
        provider: provider_of(arena, provider),
        investor,
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let args = RegisterInvestorArgs { id_hash, claim };
    let made = call(accounts, gate::instruction::RegisterInvestor { args });
    Plan::new("gate/register_investor", made, refusals).then(move |model, _| {
        let (vouched, barred, wallets) = (true, false, vec![]);
        let it = InvestorState { provider, vouched, barred, claim, wallets, rent_payer };
        model.gate.investors.insert(investor, it);
    })
}

/// Mostly somebody without a record, to somebody whom a provider stands for.
pub fn link_wallet(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let any = rng.percent(10);
    let free = |user: &&Pubkey| any || !arena.model.records.contains_key(user);
    let owner = *rng.one(arena.users.iter().filter(free))?;
    let (investor, it) = one(arena, rng, |it| it.is_active() && !it.wallets.contains(&owner))?;
    Some(link(arena, rng, investor, &it, owner))
}

pub fn link(
    arena: &Arena,
    rng: &mut Rng,
    investor: Pubkey,
    it: &InvestorState,
    owner: Pubkey,
) -> Plan {
    let model = &arena.model;
    let mut refusals = model.may_vouch(it.provider, &it.claim);
    let signer = authority(arena, rng, it.provider, &mut refusals);
    refusals.unless(!it.barred, GateError::InvestorBarred);
    refusals.unless(it.vouched, GateError::InvestorRevoked);
    refusals.unless(it.wallets.len() < MAX_WALLETS, GateError::TooManyWallets);
    refusals.unless_code(!model.records.contains_key(&owner), code::ALREADY_IN_USE);
    let rent_payer = payer(arena, rng);
    let accounts = gate::accounts::LinkWallet {
        payer: rent_payer,
        authority: signer,
        owner,
        issuer: arena.issuer(),
        provider: provider_of(arena, it.provider),
        investor,
        wallet: record_of(arena, &owner),
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::LinkWallet {});
    Plan::new("gate/link_wallet", made, refusals)
        .then(move |model, _| model.link(owner, investor, rent_payer))
}

pub fn unlink_wallet(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let linked = model.records.iter().filter(|(_, it)| !it.venue);
    let (owner, record) = rng.one(linked)?;
    let (owner, investor, rent_payer) = (*owner, record.investor, record.rent_payer);
    let it = &model.gate.investors[&investor];
    let provider = &model.gate.providers[&it.provider];
    let by_provider = !provider.sas && rng.percent(40);
    let operator = mostly(rng, arena, if by_provider { provider.authority } else { owner });
    let mut refusals = Refusals::none();
    let theirs = operator == owner || !provider.sas && operator == provider.authority;
    refusals.unless(theirs, GateError::NotOwnerNorProvider);
    refusals.unless(!it.barred, GateError::InvestorBarred);
    let accounts = gate::accounts::UnlinkWallet {
        operator,
        provider: provider_of(arena, it.provider),
        investor,
        wallet: record_of(arena, &owner),
        rent_payer,
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::UnlinkWallet {});
    Some(Plan::new("gate/unlink_wallet", made, refusals).then(move |model, _| {
        model.records.remove(&owner);
        let it = model.gate.investors.get_mut(&investor).expect("a known investor");
        let place = it.wallets.iter().position(|wallet| *wallet == owner).expect("linked");
        it.wallets.swap_remove(place);
    }))
}

/// Better soon, where something was wrong.
fn is_wrong(model: &Model, it: &InvestorState) -> bool {
    let good = good_claim(model.now);
    !it.vouched
        || it.claim.country != good.country
        || it.claim.tier < good.tier
        || it.claim.expires_at < model.now + DAY
}

pub fn update_investor(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let signs = |it: &InvestorState| !it.barred && !model.gate.providers[&it.provider].sas;
    let found = one(arena, rng, |it| signs(it) && is_wrong(model, it));
    let (investor, it) = match found {
        Some(found) => found,
        None => one(arena, rng, signs)?,
    };
    let claim = claim(arena, rng);
    let mut refusals = model.may_vouch(it.provider, &claim);
    refusals.unless(!it.barred, GateError::InvestorBarred);
    let data = gate::instruction::UpdateInvestor { claim };
    let plan = change(arena, rng, "gate/update_investor", investor, &it, data, refusals);
    Some(plan.then(move |model, _| {
        let it = model.gate.investors.get_mut(&investor).expect("a known investor");
        (it.claim, it.vouched) = (claim, true);
        model.follow(&investor);
    }))
}

pub fn revoke_investor(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let signs = |it: &InvestorState| !arena.model.gate.providers[&it.provider].sas;
    let (investor, it) = one(arena, rng, signs)?;
    let data = gate::instruction::RevokeInvestor {};
    let name = "gate/revoke_investor";
    let plan = change(arena, rng, name, investor, &it, data, Refusals::none());
    Some(plan.then(move |model, _| {
        model.gate.investors.get_mut(&investor).expect("a known investor").vouched = false;
        model.follow(&investor);
    }))
}

fn change(
    arena: &Arena,
    rng: &mut Rng,
    name: &'static str,
    investor: Pubkey,
    it: &InvestorState,
    data: impl InstructionData,
    mut refusals: Refusals,
) -> Plan {
    let signer = authority(arena, rng, it.provider, &mut refusals);
    let accounts = gate::accounts::ChangeInvestor {
        authority: signer,
        provider: provider_of(arena, it.provider),
        investor,
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let mut made = call(accounts, data);
    made.accounts.extend(wallets_of(arena, rng, it, &mut refusals));
    // One that goes by attestations has no word of its own.
    let sas = arena.model.gate.providers[&it.provider].sas;
    refusals.unless(!sas, GateError::WrongEvidence);
    Plan::new(name, made, refusals)
}

pub fn bar_investor(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (investor, it) = one(arena, rng, |it| !it.barred)?;
    let mut by = operator(arena, rng, ROLE_COMPLIANCE)?;
    by.refusals.unless(!it.barred, GateError::InvestorBarred);
    let data = gate::instruction::BarInvestor {};
    Some(bar(arena, rng, "gate/bar_investor", investor, &it, by, data, true))
}

pub fn unbar_investor(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let (investor, it) = one(arena, rng, |it| it.barred)?;
    let mut by = operator(arena, rng, ROLE_COMPLIANCE)?;
    by.refusals.unless(it.barred, GateError::InvestorNotBarred);
    let data = gate::instruction::UnbarInvestor {};
    Some(bar(arena, rng, "gate/unbar_investor", investor, &it, by, data, false))
}

#[allow(clippy::too_many_arguments, reason = "two instructions that differ in a word")]
fn bar(
    arena: &Arena,
    rng: &mut Rng,
    name: &'static str,
    investor: Pubkey,
    it: &InvestorState,
    by: Operator,
    data: impl InstructionData,
    barred: bool,
) -> Plan {
    let accounts = gate::accounts::BarInvestor {
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer: arena.issuer(),
        provider: provider_of(arena, it.provider),
        investor,
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let (mut made, mut refusals) = (call(accounts, data), by.refusals);
    made.accounts.extend(wallets_of(arena, rng, it, &mut refusals));
    Plan::new(name, made, refusals).then(move |model, _| {
        model.gate.investors.get_mut(&investor).expect("a known investor").barred = barred;
        model.follow(&investor);
    })
}

pub fn close_investor(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (investor, it) = one(arena, rng, |it| it.wallets.is_empty() && !it.barred)?;
    let provider = &model.gate.providers[&it.provider];
    let by = if !provider.sas && rng.percent(50) {
        let wallet = provider.authority;
        Operator { wallet, role_grant: None, refusals: Refusals::none() }
    } else {
        operator(arena, rng, ROLE_COMPLIANCE)?
    };
    let mut refusals = by.refusals;
    refusals.unless(!it.barred, GateError::InvestorBarred);
    refusals.unless(it.wallets.is_empty(), GateError::InvestorHasWallets);
    let accounts = gate::accounts::CloseInvestor {
        operator: by.wallet,
        role_grant: by.role_grant,
        issuer: arena.issuer(),
        provider: provider_of(arena, it.provider),
        investor,
        rent_payer: it.rent_payer,
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::CloseInvestor {});
    Some(Plan::new("gate/close_investor", made, refusals).then(move |model, _| {
        model.gate.investors.remove(&investor);
    }))
}
