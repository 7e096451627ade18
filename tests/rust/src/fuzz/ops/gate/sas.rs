//! Investors by attestations of the Solana Attestation Service, whose accounts are placed as it
//! writes them.

use super::*;
use crate::records::{Attestation, Credential, Schema, attested, field, sas_signer};
use gate::state::Claim;
use solana_account::Account;

/// The provider's number in our registry.
pub const PROVIDER: u8 = 1;

/// A credential and its schema.
pub struct Sas {
    pub credential: Credential,
    pub schema: Schema,
}

impl Sas {
    pub fn new(authority: Pubkey) -> Self {
        let signers = vec![sas_signer()];
        let credential = Credential { authority, name: "Fuzz Ltd".to_owned(), signers };
        let schema = Schema {
            credential: credential.address(),
            name: "investor".to_owned(),
            layout: vec![field::U64, field::BOOL, field::U16, field::U8, field::STRING],
            is_paused: false,
        };
        Self { credential, schema }
    }

    fn attestation(&self, wallet: &Pubkey, claim: &Claim) -> Attestation {
        Attestation {
            nonce: *wallet,
            credential: self.credential.address(),
            schema: self.schema.address(),
            data: attested(claim.country, claim.tier),
            signer: sas_signer(),
            expiry: claim.expires_at,
        }
    }

    /// Where the attestation about a wallet is.
    pub fn address(&self, wallet: &Pubkey) -> Pubkey {
        let claim = Claim { country: 0, tier: 0, expires_at: 0 };
        self.attestation(wallet, &claim).address()
    }
}

fn put(arena: &mut Arena, address: Pubkey, data: Vec<u8>) {
    let lamports = arena.vm.svm.minimum_balance_for_rent_exemption(data.len());
    let owner = gate::constants::SAS;
    let account = Account { lamports, data, owner, ..Account::default() };
    arena.vm.svm.set_account(address, account).expect("an account can be set");
}

/// Writes credential and schema as they are now.
pub fn place(arena: &mut Arena) {
    let (credential, schema) = (arena.sas.credential.clone(), arena.sas.schema.clone());
    put(arena, credential.address(), credential.bytes());
    put(arena, schema.address(), schema.bytes());
}

/// The service writes an attestation, or closes one; seldom its schema is paused.
pub fn attest(arena: &mut Arena, rng: &mut Rng) {
    if arena.model.gate.schema_paused || rng.percent(6) {
        arena.sas.schema.is_paused = !arena.sas.schema.is_paused;
        arena.model.gate.schema_paused = arena.sas.schema.is_paused;
        return place(arena);
    }
    let wallet = *rng.pick(&arena.users).expect("some");
    let address = arena.sas.address(&wallet);
    if arena.model.gate.attestations.contains_key(&wallet) && rng.percent(40) {
        arena.model.gate.attestations.remove(&wallet);
        arena.vm.svm.set_account(address, Account::default()).expect("it can be removed");
        return;
    }
    let now = arena.model.now;
    let expires_at = match rng.below(6) {
        0 => 0,
        1 => now + rng.within(0, 2 * DAY),
        _ => now + rng.within(30 * DAY, 200 * DAY),
    };
    let country = if rng.percent(6) { 4 } else { 276 };
    let claim = Claim { country, tier: if rng.percent(8) { 5 } else { 2 }, expires_at };
    let bytes = arena.sas.attestation(&wallet, &claim).bytes();
    put(arena, address, bytes);
    arena.model.gate.attestations.insert(wallet, claim);
}

fn investor_of(arena: &Arena, wallet: &Pubkey) -> Pubkey {
    let id_hash = scrip_interface::sha256(&[b"sas", arena.sas.address(wallet).as_ref()]);
    gate_pda::investor(&gate::ID, &arena.issuer(), &id_hash).0
}

pub fn register_from_sas(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let any = rng.percent(10);
    let ready = |user: &&Pubkey| {
        let fresh = !model.gate.investors.contains_key(&investor_of(arena, user));
        any || fresh && !model.records.contains_key(user) && model.attested(user).is_ok()
    };
    let owner = *rng.one(arena.users.iter().filter(ready))?;
    let investor = investor_of(arena, &owner);
    let mut refusals = Refusals::none();
    let claim = match model.attested(&owner) {
        Ok(claim) => {
            refusals.add(model.may_vouch(PROVIDER, &claim));
            Some(claim)
        }
        Err(error) => {
            refusals.unless(false, error);
            None
        }
    };
    let fresh =
        !model.records.contains_key(&owner) && !model.gate.investors.contains_key(&investor);
    refusals.unless_code(fresh, code::ALREADY_IN_USE);
    let rent_payer = payer(arena, rng);
    let accounts = gate::accounts::RegisterFromSas {
        payer: rent_payer,
        owner,
        issuer: arena.issuer(),
        provider: provider_of(arena, PROVIDER),
        credential: arena.sas.credential.address(),
        schema: arena.sas.schema.address(),
        attestation: arena.sas.address(&owner),
        investor,
        wallet: record_of(arena, &owner),
        system_program: Pubkey::default(),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let made = call(accounts, gate::instruction::RegisterFromSas {});
    Some(Plan::new("gate/register_from_sas", made, refusals).then(move |model, _| {
        let (provider, vouched, barred, wallets) = (PROVIDER, true, false, vec![]);
        let claim = claim.expect("it landed");
        let it = InvestorState { provider, vouched, barred, claim, wallets, rent_payer };
        model.gate.investors.insert(investor, it);
        model.link(owner, investor, rent_payer);
    }))
}

/// Anybody brings an investor to what its attestation says.
pub fn sync_from_sas(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let known = |user: &&Pubkey| model.gate.investors.contains_key(&investor_of(arena, user));
    let wallet = *rng.one(arena.users.iter().filter(known))?;
    let investor = investor_of(arena, &wallet);
    let it = model.gate.investors[&investor].clone();
    let mut refusals = Refusals::none();
    let mut word = None;
    match model.attested(&wallet) {
        Err(GateError::SasSchemaPaused) => refusals.unless(false, GateError::SasSchemaPaused),
        Ok(claim) => {
            let beyond = model.may_vouch(PROVIDER, &claim);
            let covered = |code: &u32| {
                *code != u32::from(GateError::CountryNotOfProvider)
                    && *code != u32::from(GateError::TierNotOfProvider)
            };
            // What the provider has no say about is as good as nothing; so is less than it once said, of
            // one whose time is over.
            let over = model.now >= model.gate.providers[&PROVIDER].limits.expires_at;
            if beyond.codes.iter().all(covered) && (!over || claim.grants(&it.claim)) {
                refusals.add(beyond);
                refusals.unless(!it.barred, GateError::InvestorBarred);
                word = Some(claim);
            }
        }
        Err(_) => {}
    }
    let accounts = gate::accounts::SyncFromSas {
        provider: provider_of(arena, PROVIDER),
        credential: arena.sas.credential.address(),
        schema: arena.sas.schema.address(),
        investor,
        attestation: arena.sas.address(&wallet),
        event_authority: gate_event_authority(),
        program: gate::ID,
    };
    let mut made = call(accounts, gate::instruction::SyncFromSas {});
    made.accounts.extend(wallets_of(arena, rng, &it, &mut refusals));
    Some(Plan::new("gate/sync_from_sas", made, refusals).then(move |model, _| {
        let it = model.gate.investors.get_mut(&investor).expect("a known investor");
        it.vouched = word.is_some();
        if let Some(claim) = word {
            it.claim = claim;
        }
        model.follow(&investor);
    }))
}
