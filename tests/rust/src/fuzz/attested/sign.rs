//! Who signs, with which nonce and for how long: mostly as it should be.

use super::{Action, Carrier, Signed, rules::may_sign};
use crate::{
    attest,
    fuzz::{
        arena::Arena,
        model::{DAY, HOUR, Nonces, SetState},
        rng::Rng,
    },
};
use issuer::quorum::AttestationArgs;
use scrip_interface::attestation::{Kind, message};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;

impl Signed {
    pub fn signed_message(&self) -> [u8; 48] {
        message(self.kind, &self.digest())
    }

    /// The Ed25519 instruction with these signatures.
    pub fn verification(&self, arena: &Arena) -> Instruction {
        verification(arena, &self.signed_message(), &self.signers)
    }
}

pub fn verification(arena: &Arena, message: &[u8; 48], signers: &[Pubkey]) -> Instruction {
    let keys: Vec<_> = signers.iter().map(|signer| &arena.keys[signer]).collect();
    attest::sign(message, &keys)
}

/// An attestation of `action`; `None` if its custodian has no set that may sign it.
pub fn sign(arena: &Arena, rng: &mut Rng, action: Action) -> Option<Signed> {
    let model = &arena.model;
    let (custodian, subject) = action.subject(model);
    let kind = action.kind();
    let able = |set: &&Pubkey| may_sign(&model.sets[*set], kind, model.now).is_empty();
    let live = model.custodians.get(&custodian)?.live_sets(model.now);
    let set = match rng.below(40) {
        // Any set at all: expired, proposed, of another custodian, of other kinds.
        0 => *rng.one(model.sets.keys())?,
        _ => *rng.one(live.iter().filter(able))?,
    };
    let nonces = if subject == custodian {
        &model.custodians[&custodian].nonces
    } else {
        &model.ticker(&subject).nonces
    };
    let nonce = choose_nonce(rng, nonces);
    let args = times(rng, kind, model.now, nonce);
    let signers = choose_signers(arena, rng, &model.sets[&set]);
    let mut signed = Signed { action, args, set, kind, body: vec![], signers };
    signed.body = signed.action.body(model, signed.header(subject));
    if rng.percent(1) {
        // They sign something else.
        signed.body = signed.action.body(model, signed.header(set));
    }
    Some(signed)
}

/// A quorum in most cases.
pub fn choose_signers(arena: &Arena, rng: &mut Rng, set: &SetState) -> Vec<Pubkey> {
    let (threshold, count) = (usize::from(set.threshold), set.members.len());
    let enough = threshold + rng.below((count - threshold.min(count) + 1) as u64) as usize;
    let mut signers = rng.some(&set.members, enough.min(count));
    match rng.below(50) {
        0 => signers.truncate((threshold - 1).max(1)),
        1 => signers.push(signers[0]),
        2 => signers.extend(rng.pick(&arena.attestors)),
        // One of the keys that were removed signs in a member's place.
        3 => {
            let removed = arena.model.custodians[&set.custodian].removed.iter();
            if let Some(key) = rng.one(removed) {
                signers[0] = *key;
            }
        }
        4 => signers.reverse(),
        _ => {}
    }
    // An Ed25519 instruction takes no more.
    signers.truncate(16);
    signers
}

fn choose_nonce(rng: &mut Rng, nonces: &Nonces) -> u64 {
    let highest = nonces.highest();
    match rng.below(100) {
        0 => nonces.base().saturating_sub(1 + rng.below(20)),
        1 => nonces.base() + 2_048 + rng.below(2) * rng.below(1 << 40),
        2 => rng.one(nonces.used.iter()).copied().unwrap_or(0),
        3 => u64::MAX,
        4 => nonces.base() + rng.below(2_048),
        5..=30 => (nonces.base()..=highest + 1)
            .rev()
            .filter(|nonce| !nonces.used.contains(nonce))
            .nth(rng.below(4) as usize)
            .unwrap_or(highest + 1),
        _ => highest + 1 + rng.below(3),
    }
}

fn times(rng: &mut Rng, kind: Kind, now: i64, nonce: u64) -> AttestationArgs {
    let longest = if kind == Kind::Quote { 60 } else { 7 * DAY };
    let lifetime = match kind {
        Kind::Quote => rng.within(20, 60),
        _ if rng.percent(40) => rng.within(DAY, 7 * DAY),
        _ => rng.within(600, 6 * HOUR),
    };
    let issued_at = now + if rng.percent(20) { rng.within(-10, 10) } else { 0 };
    let (issued_at, lifetime) = match rng.below(60) {
        0 => (now + rng.within(59, 62), lifetime),
        1 => (now - lifetime, lifetime + rng.within(-1, 1)),
        2 => (issued_at, longest + rng.within(-1, 1)),
        3 => (issued_at, rng.within(-1, 1)),
        4 => (i64::MIN, lifetime),
        _ => (issued_at, lifetime),
    };
    AttestationArgs { nonce, issued_at, expires_at: issued_at.saturating_add(lifetime) }
}

/// Most attestations land at once and inline.
pub fn carrier_for(arena: &Arena, signed: &Signed) -> Carrier {
    let (issuer, kind) = (arena.issuer(), signed.kind as u8);
    let address = scrip_interface::pda::attestation(&issuer::ID, &issuer, kind, &signed.digest()).0;
    if arena.model.posted.contains_key(&address) {
        Carrier::Posted(address)
    } else {
        Carrier::Inline
    }
}
