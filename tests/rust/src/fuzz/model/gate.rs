//! What the gate knows: registries, providers, investors, wallets and policies.

use super::*;
use crate::fuzz::plan::Refusals;
use ::gate::{
    error::GateError,
    state::{Claim, Countries, PolicyTerms, ProviderLimits},
};
use issuer::error::IssuerError;
use scrip_interface::gate::flag;

/// Two leap years.
pub const MAX_VALIDITY: i64 = 2 * 366 * DAY;
pub const MAX_WALLETS: usize = 8;

#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// How many providers each issuer's registry has; a keeper's wallet is an issuer too.
    pub registries: BTreeMap<Pubkey, u8>,
    /// Of our issuer, by number.
    pub providers: BTreeMap<u8, ProviderState>,
    /// Of our issuer, by address.
    pub investors: BTreeMap<Pubkey, InvestorState>,
    /// Of the Solana Attestation Service, by the wallet they are about.
    pub attestations: BTreeMap<Pubkey, Claim>,
    pub schema_paused: bool,
}

#[derive(Clone, Debug)]
pub struct ProviderState {
    pub authority: Pubkey,
    /// Goes by attestations.
    pub sas: bool,
    pub limits: ProviderLimits,
}

#[derive(Clone, Debug)]
pub struct InvestorState {
    pub provider: u8,
    pub vouched: bool,
    pub barred: bool,
    pub claim: Claim,
    pub wallets: Vec<Pubkey>,
    pub rent_payer: Pubkey,
}

/// The gate's record of an owner.
#[derive(Clone, Debug)]
pub struct Record {
    /// Revoked or barred.
    pub revoked: bool,
    pub venue: bool,
    pub country: u16,
    pub tier: u8,
    pub provider: u8,
    pub expires_at: i64,
    /// Whose wallet it is; zeros: nobody's.
    pub investor: Pubkey,
    pub rent_payer: Pubkey,
}

#[derive(Clone, Debug)]
pub struct PolicyState {
    /// Whose records count.
    pub issuer: Pubkey,
    pub terms: PolicyTerms,
    pub paused: bool,
    pub pending: Option<(PolicyTerms, i64)>,
    /// The hook's list, if it is written: whether it asks for the source's record.
    pub hook_list: Option<bool>,
    pub acl_lists: bool,
}

pub fn allows(countries: &Countries, code: u16) -> bool {
    code != 0 && countries[usize::from(code / 8)] & 1 << (code % 8) != 0
}

impl PolicyState {
    pub fn checks_source(&self) -> bool {
        self.terms.flags & flag::SOURCE_CHECK != 0
    }

    /// Somebody could hold or move the mint under `terms` who cannot now.
    pub fn is_loosened_by(&self, terms: &PolicyTerms) -> bool {
        let (old, new) = (&self.terms, terms);
        let more =
            (1..1_024u16).any(|code| allows(&new.countries, code) && !allows(&old.countries, code));
        more || (new.providers & !old.providers) != 0
            || new.min_tier < old.min_tier
            || (new.flags & flag::VENUES > old.flags & flag::VENUES)
            || (new.flags & flag::SOURCE_CHECK < old.flags & flag::SOURCE_CHECK)
    }
}

impl InvestorState {
    pub fn is_active(&self) -> bool {
        self.vouched && !self.barred
    }
}

impl Model {
    /// Whether a provider may make, renew or add to a record that says this.
    pub fn may_vouch(&self, provider: u8, claim: &Claim) -> Refusals {
        let mut refusals = Refusals::none();
        let limits = &self.gate.providers[&provider].limits;
        refusals.unless(self.now < limits.expires_at, GateError::ProviderExpired);
        let known = allows(&limits.countries, claim.country);
        refusals.unless(known, GateError::CountryNotOfProvider);
        refusals.unless(claim.tier <= limits.max_tier, GateError::TierNotOfProvider);
        refusals.unless(self.is_in_time(claim.expires_at), GateError::ValidityInvalid);
        refusals
    }

    pub fn is_in_time(&self, expires_at: i64) -> bool {
        self.now < expires_at && expires_at <= self.now + MAX_VALIDITY
    }

    /// The wallets of an investor say what it says.
    pub fn follow(&mut self, investor: &Pubkey) {
        let it = self.gate.investors[investor].clone();
        for owner in &it.wallets {
            let record = self.records.get_mut(owner).expect("a linked wallet has a record");
            record.revoked = !it.is_active();
            (record.country, record.tier) = (it.claim.country, it.claim.tier);
            record.expires_at = it.claim.expires_at;
        }
    }

    pub fn link(&mut self, owner: Pubkey, investor: Pubkey, rent_payer: Pubkey) {
        let it = self.gate.investors.get_mut(&investor).expect("a known investor");
        it.wallets.push(owner);
        let Claim { country, tier, expires_at } = it.claim;
        let (provider, revoked) = (it.provider, false);
        let record = Record {
            revoked,
            venue: false,
            country,
            tier,
            provider,
            expires_at,
            investor,
            rent_payer,
        };
        self.records.insert(owner, record);
    }

    /// What the attestation about a wallet says now, or why it says nothing.
    pub fn attested(&self, wallet: &Pubkey) -> Result<Claim, GateError> {
        let Some(claim) = self.gate.attestations.get(wallet) else {
            return Err(GateError::SasAttestationInvalid);
        };
        if claim.expires_at != 0 && claim.expires_at <= self.now {
            return Err(GateError::SasAttestationExpired);
        }
        if self.gate.schema_paused {
            return Err(GateError::SasSchemaPaused);
        }
        let latest = self.now + MAX_VALIDITY;
        let expires_at = if claim.expires_at == 0 { latest } else { claim.expires_at.min(latest) };
        Ok(Claim { expires_at, ..*claim })
    }

    pub fn is_hooked(&self, mint: &Pubkey) -> bool {
        self.tickers.get(mint).is_some_and(|ticker| ticker.mode == MODE_HOOKED)
    }

    /// The list of a hooked mint is written, and not behind its policy.
    pub fn hook_works(&self, mint: &Pubkey) -> bool {
        let policy = self.policies.get(mint);
        policy.is_some_and(|it| it.hook_list.is_some_and(|listed| listed >= it.checks_source()))
    }

    /// What the hook has against a transfer between two owners. `seized`: by the permanent delegate.
    pub fn hook(&self, mint: &Pubkey, from: &Pubkey, to: &Pubkey, seized: bool) -> Refusals {
        let mut refusals = Refusals::none();
        let escrow = crate::fuzz::address::pda::escrow(&issuer::ID, mint).0;
        if !self.is_hooked(mint) {
            return refusals;
        }
        let Some(policy) = self.policies.get(mint).filter(|it| it.hook_list.is_some()) else {
            return Refusals::any();
        };
        if *from == escrow {
            return refusals;
        }
        refusals.unless(seized || !policy.paused, GateError::PolicyPaused);
        if policy.checks_source() && !seized {
            refusals.unless(self.hook_works(mint), GateError::AccountsMissing);
            refusals.add(self.against(mint, from));
        }
        if *to != escrow {
            refusals.add(self.against(mint, to));
        }
        refusals
    }

    /// All that is against an owner but a pause, in the gate's words.
    fn against(&self, mint: &Pubkey, owner: &Pubkey) -> Refusals {
        let mut refusals = Refusals::none();
        for reason in self.reasons(mint, owner) {
            let error = match reason {
                IssuerError::PolicyPaused => continue,
                IssuerError::NotRegistered => GateError::NotRegistered,
                IssuerError::RecordRevoked => GateError::Revoked,
                IssuerError::RecordExpired => GateError::Expired,
                IssuerError::VenueNotAllowed => GateError::VenueNotAllowed,
                IssuerError::ProviderNotAccepted => GateError::ProviderNotAccepted,
                IssuerError::CountryNotAllowed => GateError::CountryNotAllowed,
                IssuerError::TierTooLow => GateError::TierTooLow,
                _ => GateError::WrongPolicy,
            };
            refusals.unless(false, error);
        }
        refusals
    }
}
