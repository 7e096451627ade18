//! A ticker around a corporate action: which pair of multiplier and shares counts, and when it is
//! closed.

use super::{ReserveSnapshot, Ticker};
use crate::{constants::*, error::IssuerError};
use anchor_lang::prelude::*;
use scrip_interface::attestation::ReserveStatement;
use scrip_math::Timestamp;

/// How long before and after an action's time a ticker is closed.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionWindow {
    pub before_secs: u32,
    pub after_secs: u32,
}

impl ActionWindow {
    pub fn validate(&self) -> Result<()> {
        let within = |secs: u32| (MIN_WINDOW_SECS..=MAX_WINDOW_SECS).contains(&secs);
        let valid = within(self.before_secs) && within(self.after_secs);
        require!(valid, IssuerError::WindowInvalid);
        Ok(())
    }

    /// Whether anything is open for longer than under `other`.
    pub fn is_looser_than(&self, other: &Self) -> bool {
        self.before_secs < other.before_secs || self.after_secs < other.after_secs
    }
}

impl Ticker {
    pub fn window(&self) -> ActionWindow {
        let or_default = |secs| if secs == 0 { DEFAULT_WINDOW_SECS } else { secs };
        ActionWindow {
            before_secs: or_default(self.window_before_secs),
            after_secs: or_default(self.window_after_secs),
        }
    }

    pub fn set_window(&mut self, window: &ActionWindow) {
        self.window_before_secs = window.before_secs;
        self.window_after_secs = window.after_secs;
    }

    /// From `before` ahead of a scheduled action's time until `after` later, that one excluded.
    pub fn is_in_window(&self, now: i64) -> bool {
        if self.action_effective_at == 0 {
            return false;
        }
        let window = self.window();
        let opens_at = now.saturating_add(window.before_secs.into());
        opens_at >= self.action_effective_at && now < self.window_ends_at()
    }

    pub fn require_outside_window(&self, now: i64) -> Result<()> {
        require!(!self.is_in_window(now), IssuerError::CorporateActionWindow);
        Ok(())
    }

    fn window_ends_at(&self) -> i64 {
        Timestamp(self.action_effective_at).saturating_add_secs(self.window().after_secs).0
    }

    /// When a scheduled action takes effect; never, while none is ahead.
    pub fn next_change(&self, now: i64) -> i64 {
        if now < self.action_effective_at { self.action_effective_at } else { i64::MAX }
    }

    /// What counts as the custodian's word at `now`. It changes by itself, in the second in which
    /// the mint's multiplier does.
    pub fn snapshot_at(&self, now: i64) -> ReserveSnapshot {
        if self.next_waits != 0 && now >= self.action_effective_at {
            self.next()
        } else {
            self.reserves
        }
    }

    /// What will count, while its time has not come.
    pub fn next_snapshot(&self, now: i64) -> Option<ReserveSnapshot> {
        (self.next_waits != 0 && now < self.action_effective_at).then(|| self.next())
    }

    /// Dated by the action's time: statements before it count the shares of before, and are older.
    fn next(&self) -> ReserveSnapshot {
        ReserveSnapshot {
            as_of: self.action_effective_at,
            settled: self.next_settled,
            receivable: self.next_receivable,
        }
    }

    /// Writes down which snapshot counts, before a statement may replace it.
    pub(super) fn roll(&mut self, now: i64) {
        if self.next_waits != 0 && now >= self.action_effective_at {
            self.reserves = self.next();
            self.next_waits = 0;
        }
    }

    /// A statement may be dated a little ahead of the clock. One dated past an action that is still
    /// ahead would be taken for a count of the shares of before.
    pub(super) fn require_of_this_side(&self, as_of: i64) -> Result<()> {
        let waits = self.next_waits != 0;
        require!(!waits || as_of < self.action_effective_at, IssuerError::StatementPastAction);
        Ok(())
    }

    pub fn announce_action(&mut self) -> Result<u32> {
        require!(self.open_action == 0, IssuerError::ActionOpen);
        self.open_action = self.sequence_after()?;
        Ok(self.open_action)
    }

    /// From now on nothing that was signed before counts, and `after` waits for its time.
    pub fn schedule_action(&mut self, after: &ReserveStatement, now: i64) -> Result<()> {
        let effective_at = after.as_of;
        let earliest = Timestamp(now).saturating_add_secs(self.window().before_secs);
        let latest = Timestamp(now).saturating_add_secs(MAX_ACTION_NOTICE_SECS);
        let in_time = (earliest.0..=latest.0).contains(&effective_at);
        require!(in_time, IssuerError::ActionTimeInvalid);
        // A statement dated ahead of the clock counts the shares of before.
        require!(self.reserves.as_of < effective_at, IssuerError::ActionTimeInvalid);
        self.count_schedule(now)?;
        self.action_sequence = self.sequence_after()?;
        self.action_effective_at = effective_at;
        self.next_settled = after.settled_shares_e8.into();
        self.next_receivable = after.receivable_shares_e8.into();
        self.next_waits = 1;
        // A price per share does not outlive a change of what a share is.
        self.price_band.expires_at = self.price_band.expires_at.min(effective_at);
        Ok(())
    }

    /// Takes an action back. One that was scheduled ends what was signed since: it may say what
    /// would have counted after.
    pub fn cancel_action(&mut self) -> Result<()> {
        if self.action_effective_at != 0 {
            self.action_sequence = self.sequence_after()?;
        }
        self.end_action();
        Ok(())
    }

    /// Ends an action whose window has passed.
    pub fn close_action(&mut self, now: i64) -> Result<()> {
        require!(self.action_effective_at != 0, IssuerError::ActionNotScheduled);
        require!(now >= self.window_ends_at(), IssuerError::ActionNotOver);
        self.roll(now);
        self.end_action();
        Ok(())
    }

    fn end_action(&mut self) {
        self.open_action = 0;
        self.action_effective_at = 0;
        self.next_waits = 0;
        (self.next_settled, self.next_receivable) = Default::default();
    }

    fn sequence_after(&self) -> Result<u32> {
        Ok(self.action_sequence.checked_add(1).ok_or(IssuerError::AmountOverflow)?)
    }

    fn count_schedule(&mut self, now: i64) -> Result<()> {
        let day = u32::try_from(now.checked_div(DAY_SECS).unwrap_or(0)).unwrap_or(0);
        if day != self.schedule_day {
            (self.schedule_day, self.schedules) = (day, 0);
        }
        require!(self.schedules < MAX_ACTIONS_A_DAY, IssuerError::TooManyActions);
        self.schedules = self.schedules.saturating_add(1);
        Ok(())
    }
}
