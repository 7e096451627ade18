//! Corporate actions, and which of two pairs counts.

use super::{DAY, Multipliers, TickerState};
use crate::fuzz::plan::Refusals;
use issuer::{error::IssuerError, state::ActionTermsArgs};
use scrip_interface::attestation::ReserveStatement;
use solana_pubkey::Pubkey;

#[derive(Clone, Debug)]
pub struct ActionState {
    pub sequence: u32,
    pub terms: ActionTermsArgs,
    /// Number of the event that announced it.
    pub request: u64,
    /// Zeros: a quorum.
    pub announcer: Pubkey,
    pub rent_payer: Pubkey,
    pub ready_at: i64,
    pub scheduled: Option<Scheduled>,
}

/// When it takes effect, and the multipliers before and after.
#[derive(Clone, Copy, Debug)]
pub struct Scheduled {
    pub effective_at: i64,
    pub old: f64,
    pub new: f64,
}

/// Whether terms make sense. Their figures, of a dividend, are for other tests.
pub fn sound_action(terms: &ActionTermsArgs) -> bool {
    let (new, old) = (terms.numerator, terms.denominator);
    let ratio = match terms.kind {
        0 | 2 | 3 | 4 => new > old,
        1 => new < old,
        5 => new != old,
        6 | 7 => new == old,
        _ => false,
    };
    ratio
        && terms.evidence_hash != [0; 32]
        && (terms.symbol != [0; 16]) == (terms.kind == 6)
        && (terms.terms_hash != [0; 32]) == (terms.kind == 7)
}

pub fn bounded_action(terms: &ActionTermsArgs, by_quorum: bool) -> bool {
    let (new, old) = (terms.numerator, terms.denominator);
    let within = new <= 1_000 * old && old <= 1_000 * new && new > 0;
    let quarter = 4 * new <= 5 * old && 4 * new >= 3 * old;
    within && (quarter || by_quorum || terms.kind < 2)
}

/// `old x numerator / denominator`, to the nearest double: exact where the numerator is 1, or the
/// denominator a power of two. Others are not made up here.
pub fn changed(old: f64, terms: &ActionTermsArgs) -> f64 {
    let (new, of) = (terms.numerator, terms.denominator);
    assert!(new == 1 || of.is_power_of_two() || new == of, "the hardware would round twice");
    if new == of { old } else { old * new as f64 / of as f64 }
}

impl TickerState {
    pub fn scheduled(&self) -> Option<Scheduled> {
        self.action.as_ref().and_then(|action| action.scheduled)
    }

    /// The seconds at which something about the open action changes: it may be scheduled; or the
    /// ticker closes for it, it takes effect, the ticker opens again.
    pub fn action_times(&self) -> Vec<i64> {
        let (before, after) = self.window;
        match (&self.action, self.scheduled()) {
            (_, Some(Scheduled { effective_at: at, .. })) => vec![at - before, at, at + after],
            (Some(action), None) => vec![action.ready_at],
            (None, None) => vec![],
        }
    }

    pub fn is_closed_for_action(&self, now: i64) -> bool {
        let (before, after) = self.window;
        self.scheduled()
            .is_some_and(|it| (it.effective_at - before..it.effective_at + after).contains(&now))
    }

    pub fn open_for_action(&self, now: i64) -> Refusals {
        let mut refusals = Refusals::none();
        refusals.unless(!self.is_closed_for_action(now), IssuerError::CorporateActionWindow);
        refusals
    }

    /// The statement that counts now.
    pub fn held(&self, now: i64) -> ReserveStatement {
        self.next.filter(|next| now >= next.as_of).unwrap_or(self.reserves)
    }

    pub fn still_ahead(&self, now: i64) -> Option<ReserveStatement> {
        self.next.filter(|next| now < next.as_of)
    }

    /// The statement that counts is written down.
    pub fn roll(&mut self, now: i64) {
        self.reserves = self.held(now);
        self.next = self.still_ahead(now);
    }

    /// A statement of this date is not one of after a pending action.
    pub fn of_this_side(&self, as_of: i64, now: i64) -> Refusals {
        let mut refusals = Refusals::none();
        let fits = self.still_ahead(now).is_none_or(|next| as_of < next.as_of);
        refusals.unless(fits, IssuerError::StatementPastAction);
        refusals
    }

    /// The multiplier that will count once what is pending has its time.
    pub fn last_multiplier(&self) -> f64 {
        self.multipliers.second
    }

    pub fn begin_history(&mut self, now: i64) {
        if self.history.is_empty() {
            self.history.push((0, self.multipliers.now(now)));
        }
    }

    pub fn schedule(&mut self, after: &ReserveStatement, now: i64) {
        let at = after.as_of;
        let old = self.multipliers.now(now);
        let action = self.action.as_mut().expect("an announced action");
        let new = changed(old, &action.terms);
        action.scheduled = Some(Scheduled { effective_at: at, old, new });
        self.action_sequence += 1;
        self.next = Some(*after);
        self.band.2 = self.band.2.min(at);
        let day = now / DAY;
        self.schedules = (day, if self.schedules.0 == day { self.schedules.1 + 1 } else { 1 });
        if new != old {
            self.multipliers = Multipliers { first: old, effective_at: at, second: new };
            self.history.push((at, new));
        }
        if !self.covers(self.supply, now) {
            self.pauses |= super::PAUSE_MINT;
        }
    }

    pub fn cancel(&mut self, now: i64) {
        let action = self.action.take().expect("an open action");
        let Some(Scheduled { old, new, .. }) = action.scheduled else { return };
        self.next = None;
        self.action_sequence += 1;
        if new != old {
            self.multipliers = Multipliers { first: old, effective_at: now, second: old };
            self.history.pop();
        }
    }

    /// What counted at a time, and since when.
    pub fn past(&self, time: i64) -> Option<(i64, f64)> {
        self.history.iter().rev().find(|(since, _)| *since <= time).copied()
    }
}
