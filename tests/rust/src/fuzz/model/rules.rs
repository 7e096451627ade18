//! Rules that several instructions share.

use super::*;
use crate::fuzz::plan::Refusals;
use issuer::error::IssuerError;

impl Model {
    /// `operator` has a role, by being the admin or by the grant of a wallet that is given.
    pub fn power(&self, operator: &Pubkey, grant_of: Option<Pubkey>, role: u16) -> Refusals {
        let mut refusals = Refusals::none();
        let of_admin = role & (ROLE_LIST | ROLE_PAUSE | ROLE_UNPAUSE) != 0;
        if of_admin && *operator == self.issuer.admin {
            return refusals;
        }
        let Some(wallet) = grant_of else {
            refusals.unless(false, IssuerError::PowerMissing);
            return refusals;
        };
        let grant = &self.grants[&wallet];
        let has_it = wallet == *operator && grant.roles & role != 0;
        refusals.unless(has_it, IssuerError::PowerMissing);
        refusals.unless(self.now < grant.expires_at, IssuerError::RoleGrantExpired);
        refusals
    }

    pub fn only_admin(&self, signer: &Pubkey) -> Refusals {
        let mut refusals = Refusals::none();
        refusals.unless(*signer == self.issuer.admin, IssuerError::NotAdmin);
        refusals
    }

    /// The announcement of this id, if one is given, lets `change` be made now.
    pub fn announced(&self, id: Option<u64>, change: &Change) -> Refusals {
        let mut refusals = Refusals::none();
        let Some(id) = id else {
            refusals.unless(false, IssuerError::AnnouncementMissing);
            return refusals;
        };
        let announced = &self.announcements[&id];
        refusals.unless(announced.change == *change, IssuerError::AnnouncementMismatch);
        refusals.unless(!announced.made, IssuerError::AnnouncementUsed);
        refusals.unless(self.now >= announced.ready_at, IssuerError::TimelockNotPassed);
        refusals.unless(self.now < announced.expires_at, IssuerError::AnnouncementExpired);
        refusals
    }

    pub fn not_paused(&self, mint: &Pubkey, bits: u8) -> Refusals {
        let paused = self.pauses(mint) & bits;
        let mut refusals = Refusals::none();
        refusals.unless(paused & PAUSE_MINT == 0, IssuerError::MintingPaused);
        refusals.unless(paused & PAUSE_REQUEST == 0, IssuerError::RedemptionRequestsPaused);
        refusals.unless(paused & PAUSE_CASH == 0, IssuerError::CashPaused);
        refusals.unless(paused & PAUSE_TRANSFER == 0, IssuerError::TransfersPaused);
        refusals
    }

    /// An attestor set's contents are sound.
    pub fn sound_set(&self, set: &SetState) -> Refusals {
        let mut refusals = Refusals::none();
        let rising = set.members.windows(2).all(|pair| pair[0].to_bytes() < pair[1].to_bytes());
        let count = set.members.len();
        refusals.unless(rising && (1..=16).contains(&count), IssuerError::AttestorsInvalid);
        let reachable = (1..=count).contains(&usize::from(set.threshold));
        refusals.unless(reachable, IssuerError::ThresholdInvalid);
        refusals.unless((1..512).contains(&set.kinds), IssuerError::KindsInvalid);
        let alive = set.valid_from < set.expires_at && set.expires_at > self.now;
        refusals.unless(alive, IssuerError::ValidityInvalid);
        refusals.unless(i64::from(set.overlap_secs) <= 30 * DAY, IssuerError::OverlapInvalid);
        refusals
    }

    /// A sound set may become live: none of its keys was removed, and there is a place for it.
    pub fn may_become_live(&self, set: &SetState) -> Refusals {
        let mut refusals = Refusals::none();
        let custodian = &self.custodians[&set.custodian];
        let clean = !set.members.iter().any(|key| custodian.is_removed(key));
        refusals.unless(clean, IssuerError::AttestorRemoved);
        let live = custodian.live_sets(self.now);
        let none = set.replaces == Pubkey::default();
        refusals.unless(none || live.contains(&set.replaces), IssuerError::WrongReplacedSet);
        let frees = usize::from(!none && set.overlap_secs == 0);
        refusals.unless(live.len() < 8 + frees, IssuerError::TooManyAttestorSets);
        refusals
    }

    /// The set counts from now on, and the one it replaces only until its overlap ends.
    pub fn make_live(&mut self, address: Pubkey) {
        let now = self.now;
        let set = self.sets.get_mut(&address).expect("a known set");
        set.active = true;
        let (custodian, expires_at) = (set.custodian, set.expires_at);
        let (replaces, overlap) = (set.replaces, i64::from(set.overlap_secs));
        let custodian = self.custodians.get_mut(&custodian).expect("a known custodian");
        if let Some(replaced) = self.sets.get_mut(&replaces) {
            replaced.expires_at = replaced.expires_at.min(now + overlap);
            let place =
                custodian.live.iter_mut().find(|(set, until)| *set == replaces && *until > now);
            place.expect("the replaced set is live").1 = replaced.expires_at;
        }
        let free = custodian.live.iter_mut().find(|(_, until)| *until <= now);
        *free.expect("a free place") = (address, expires_at);
    }
}

/// Whether terms are riskier for holders than others, or an exit longer or harder.
pub fn looser_terms(terms: &TickerTerms, than: &TickerTerms) -> bool {
    let limits =
        |of: &TickerTerms| [of.mint_limit, of.owner_mint_limit, of.cash_limit, of.owner_cash_limit];
    terms.max_statement_age_secs > than.max_statement_age_secs
        || terms.max_receivable_bps > than.max_receivable_bps
        || terms.redemption_secs > than.redemption_secs
        || terms.payout_secs > than.payout_secs
        || terms.min_redemption > than.min_redemption
        || limits(terms).into_iter().zip(limits(than)).any(|(limit, than)| looser(limit, than))
}

pub fn sound_terms(terms: &TickerTerms) -> bool {
    let within = |value: u32, most: i64| (1..=most).contains(&i64::from(value));
    within(terms.max_statement_age_secs, 7 * DAY)
        && within(terms.redemption_secs, 30 * DAY)
        && within(terms.payout_secs, 30 * DAY)
        && terms.max_receivable_bps <= 2_000
}
