//! Who may hold what: modes, holds, and what the gate says.

use super::*;
use crate::fuzz::plan::Refusals;
use issuer::error::IssuerError;
use scrip_interface::gate::flag;

pub const MODE_OPEN: u8 = 0;
pub const MODE_FROZEN: u8 = 1;
pub const MODE_HOOKED: u8 = 2;

#[derive(Clone, Debug)]
pub struct HoldState {
    pub mint: Pubkey,
    pub owner: Pubkey,
    pub placed_by: Pubkey,
    pub placed_at: i64,
    pub rent_payer: Pubkey,
    pub reason: u16,
    pub case_hash: [u8; 32],
}

#[derive(Clone, Debug)]
pub struct SeizureState {
    pub mint: Pubkey,
    pub recovery: bool,
    pub from: Pubkey,
    pub from_owner: Pubkey,
    pub to_owner: Pubkey,
    pub amount: u64,
    pub placed_hold: bool,
    pub announced_at: i64,
    pub execute_at: i64,
    pub expires_at: i64,
    pub contested: bool,
    /// What was moved, once it was executed.
    pub moved: Option<u64>,
    pub rent_payer: Pubkey,
    pub timelock: i64,
}

impl Model {
    /// The open seizure that has an account's hold.
    pub fn seizure_of(&self, account: &Pubkey) -> Option<Pubkey> {
        let open = |it: &SeizureState| it.from == *account && it.moved.is_none();
        self.seizures.iter().find(|(_, it)| open(it)).map(|(address, _)| *address)
    }

    pub fn asks_registration(&self, mint: &Pubkey) -> bool {
        let ticker = self.ticker(mint);
        ticker.mode != MODE_OPEN || ticker.primary_kyc
    }

    /// All that is against an owner, in the gate's words.
    pub fn reasons(&self, mint: &Pubkey, owner: &Pubkey) -> Vec<IssuerError> {
        let Some(policy) = self.policies.get(mint) else {
            return vec![IssuerError::PolicyMissing];
        };
        let mut reasons = vec![];
        if policy.paused {
            reasons.push(IssuerError::PolicyPaused);
        }
        let Some(record) = self.records.get(owner) else {
            reasons.push(IssuerError::NotRegistered);
            return reasons;
        };
        let (investor, terms) = (!record.venue, &policy.terms);
        for (holds, reason) in [
            (record.revoked, IssuerError::RecordRevoked),
            (self.now >= record.expires_at, IssuerError::RecordExpired),
            (record.venue && terms.flags & flag::VENUES == 0, IssuerError::VenueNotAllowed),
            (
                investor && terms.providers >> record.provider & 1 == 0,
                IssuerError::ProviderNotAccepted,
            ),
            (investor && !allows(&terms.countries, record.country), IssuerError::CountryNotAllowed),
            (investor && record.tier < terms.min_tier, IssuerError::TierTooLow),
        ] {
            if holds {
                reasons.push(reason);
            }
        }
        reasons
    }

    pub fn registered(&self, mint: &Pubkey, owner: &Pubkey) -> Refusals {
        let mut refusals = Refusals::none();
        for reason in self.reasons(mint, owner) {
            refusals.unless(false, reason);
        }
        refusals
    }

    /// At the primary: only where the ticker asks.
    pub fn may_trade(&self, mint: &Pubkey, owner: &Pubkey) -> Refusals {
        if self.asks_registration(mint) { self.registered(mint, owner) } else { Refusals::none() }
    }

    pub fn holds_of(&self, mint: &Pubkey) -> u64 {
        self.holds.values().filter(|hold| hold.mint == *mint).count() as u64
    }

    pub fn set_frozen(&mut self, account: &Pubkey, frozen: bool) {
        self.holdings.get_mut(account).expect("a known token account").frozen = frozen;
    }
}
