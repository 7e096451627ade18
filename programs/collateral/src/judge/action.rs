//! Changes of a mint's multiplier, from the mint's own bytes alone: where `now` stands in one, and
//! which multipliers a price may go with meanwhile.
//!
//! Feed and multiplier change at different seconds, in either order. Around a change both the old
//! and the new multiplier may be the one that belongs to a price per share.

use crate::{
    constants::{
        CONTINUITY_GAP_SECS, EMA_SETTLE_SECS, FORGET_ACTION_SECS, UNCONFIRMED_REGULAR_SECS,
    },
    state::{Calendar, Feed, FeedConfig},
};
use scrip_interface::{collateral::reason, mint::ScaledUi};
use scrip_math::{
    Multiplier, MultiplierError, PriceE8, Timestamp,
    valuation::{fits_change, is_small_change},
};

/// The multiplier of a mint without scaled amounts.
const ONE_BITS: u64 = 0x3ff0_0000_0000_0000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// One multiplier counts.
    Calm,
    /// It will change soon: a price may be ahead.
    Pending,
    /// It has changed: a price may be behind.
    Window,
    /// Nothing has shown that prices followed, for too long to hold up liquidations.
    Unconfirmed,
}

/// A multiplier and its bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    pub bits: u64,
    pub multiplier: Multiplier,
}

/// A change from one multiplier to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub old: Scale,
    pub new: Scale,
    pub effective_at: Timestamp,
}

/// What a mint's multipliers mean at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    pub current: Scale,
    /// Announced, and not yet effective.
    pub next: Option<(Scale, Timestamp)>,
    pub phase: Phase,
    /// The change that `phase` is about.
    pub change: Option<Change>,
    /// A moving average would span the change.
    pub ema_unsettled: bool,
}

impl Scale {
    fn from_bits(bits: u64) -> Result<Self, MultiplierError> {
        Multiplier::from_f64_bits(bits).map(|multiplier| Self { bits, multiplier })
    }
}

impl Action {
    /// `scaled` is the mint's configuration, or `None` if its amounts are not scaled.
    pub fn at(
        now: Timestamp,
        scaled: Option<ScaledUi>,
        feed: &Feed,
        config: &FeedConfig,
        calendar: &Calendar,
    ) -> Result<Self, MultiplierError> {
        let Some(scaled) = scaled else {
            let current = Scale::from_bits(ONE_BITS)?;
            return Ok(Self {
                current,
                next: None,
                phase: Phase::Calm,
                change: None,
                ema_unsettled: false,
            });
        };
        let old = Scale::from_bits(scaled.multiplier_bits)?;
        let new = Scale::from_bits(scaled.new_multiplier_bits)?;
        let effective = now >= scaled.effective_at;
        let mut action = Self {
            current: if effective { new } else { old },
            next: (!effective && new != old).then_some((new, scaled.effective_at)),
            phase: Phase::Calm,
            change: None,
            ema_unsettled: false,
        };
        if let Some(past) = past_change(now, &scaled, action.current, old, feed)? {
            action.look_back(past, now, feed, config, calendar);
        }
        if matches!(action.phase, Phase::Calm | Phase::Unconfirmed) {
            action.look_ahead(now, config);
        }
        Ok(action)
    }

    fn look_back(
        &mut self,
        change: Change,
        now: Timestamp,
        feed: &Feed,
        config: &FeedConfig,
        calendar: &Calendar,
    ) {
        let since = now.secs_since(change.effective_at);
        let window = u64::from(config.window_max_secs);
        let over = window.saturating_add(u64::from(FORGET_ACTION_SECS));
        if since >= over || is_small_change(change.old.multiplier, change.new.multiplier) {
            return;
        }
        self.ema_unsettled = since < u64::from(EMA_SETTLE_SECS);
        if is_settled(&change, feed) {
            return;
        }
        self.change = Some(change);
        if since < window {
            self.phase = Phase::Window;
            return;
        }
        let ended = change.effective_at.saturating_add_secs(config.window_max_secs);
        let regular = calendar.regular_secs(ended, now, UNCONFIRMED_REGULAR_SECS);
        if regular < UNCONFIRMED_REGULAR_SECS {
            self.phase = Phase::Unconfirmed;
        } else {
            self.change = None;
        }
    }

    /// The announced change, once it is so near that a price may be ahead of it.
    pub fn near(&self, now: Timestamp, config: &FeedConfig) -> Option<(Scale, Timestamp)> {
        self.next.filter(|(_, at)| now.saturating_add_secs(config.before_secs) >= *at)
    }

    fn look_ahead(&mut self, now: Timestamp, config: &FeedConfig) {
        if let Some((next, effective_at)) = self.near(now, config) {
            self.phase = Phase::Pending;
            self.change = Some(Change { old: self.current, new: next, effective_at });
            let small = is_small_change(self.current.multiplier, next.multiplier);
            self.ema_unsettled |= !small;
        }
    }

    pub const fn reason(&self) -> u32 {
        match self.phase {
            Phase::Calm => 0,
            Phase::Pending => reason::ACTION_PENDING,
            Phase::Window => reason::ACTION_WINDOW,
            Phase::Unconfirmed => reason::ACTION_UNCONFIRMED,
        }
    }

    /// The change while both of its multipliers may belong to a price.
    pub const fn open_change(&self) -> Option<Change> {
        match self.phase {
            Phase::Pending | Phase::Window => self.change,
            Phase::Calm | Phase::Unconfirmed => None,
        }
    }

    /// Prices have followed the change. The next one may be near.
    pub fn close(&mut self, now: Timestamp, config: &FeedConfig) {
        self.phase = Phase::Calm;
        self.change = None;
        self.look_ahead(now, config);
    }
}

impl Change {
    /// Whether a price, per token under the old and under the new multiplier, shows that prices
    /// have followed the change. It must be from after it.
    pub fn is_followed_by(
        &self,
        old: PriceE8,
        new: PriceE8,
        publish_time: Timestamp,
        feed: &Feed,
        config: &FeedConfig,
    ) -> bool {
        let reference = PriceE8(feed.reference.price_e8);
        publish_time >= self.effective_at
            && reference.0 != 0
            && fits_change(reference, old, new, config.continuity_bps)
    }

    /// The time of the first recorded price that followed this very change.
    pub fn first_fit(&self, feed: &Feed) -> Option<Timestamp> {
        let first = &feed.first_fit;
        let same = first.effective_at == self.effective_at.0
            && first.multiplier_bits == self.new.bits
            && first.publish_time != 0;
        same.then_some(Timestamp(first.publish_time))
    }

    /// Whether a price that fits is the second one.
    pub fn is_confirmed_at(&self, publish_time: Timestamp, feed: &Feed) -> bool {
        self.first_fit(feed)
            .is_some_and(|first| publish_time >= first.saturating_add_secs(CONTINUITY_GAP_SECS))
    }
}

/// The change that led to the current multiplier, if anything tells of one: the mint's own fields,
/// or, where these were overwritten, the multiplier at the last reference. So it is, too, where they
/// tell of a small change alone and the reference is not too old: there may have been a large one
/// between, which no price has followed.
fn past_change(
    now: Timestamp,
    scaled: &ScaledUi,
    current: Scale,
    old: Scale,
    feed: &Feed,
) -> Result<Option<Change>, MultiplierError> {
    let effective = now >= scaled.effective_at;
    let reference = &feed.reference;
    let silent = reference.price_e8 == 0 || reference.multiplier_bits == current.bits;
    if effective && old != current {
        let age = scaled.effective_at.secs_since(Timestamp(reference.publish_time));
        let agrees =
            silent || reference.multiplier_bits == old.bits || age >= u64::from(FORGET_ACTION_SECS);
        if agrees || !is_small_change(old.multiplier, current.multiplier) {
            return Ok(Some(Change { old, new: current, effective_at: scaled.effective_at }));
        }
    }
    if silent {
        return Ok(None);
    }
    // Set at once, or overwritten by the next change: it took effect after the reference.
    let old = Scale::from_bits(reference.multiplier_bits)?;
    let stamped = if effective { scaled.effective_at } else { Timestamp(0) };
    let effective_at = stamped.max(Timestamp(reference.publish_time));
    Ok(Some(Change { old, new: current, effective_at }))
}

/// A reference under the new multiplier, from after the change, was recorded outside of a window.
const fn is_settled(change: &Change, feed: &Feed) -> bool {
    feed.reference.multiplier_bits == change.new.bits
        && feed.reference.publish_time >= change.effective_at.0
}
