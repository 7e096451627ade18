//! What a mint is worth at a moment, and what may be done with it: session, rules, halts, changes
//! of the multiplier, and the prices given.

mod action;

use action::Change;
pub use action::{Action, Phase};

use crate::{
    constants::CLOCK_TOLERANCE_SECS,
    oracle::Reading,
    state::{Calendar, Feed, FirstFit, Progress, Rules, SessionRule, unit},
};
use scrip_interface::{
    collateral::{Flags, Reasons, Valuation, reason},
    mint::Mint,
};
use scrip_math::{
    Bps, Multiplier, PriceE8, RawAmount, Timestamp, ValueE8,
    calendar::Session,
    price::{Band, deviates},
    valuation::is_nearer,
};

/// Everything that is judged without a price.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    pub feed: &'a Feed,
    pub rules: Rules<'a>,
    pub rule: SessionRule,
    /// `None` if the mint's multipliers cannot be counted with.
    pub action: Option<Action>,
    /// Whether the price given shows that prices have followed the open change.
    pub fits: bool,
    /// Of the price given.
    published: Timestamp,
    session: Session,
    reasons: Reasons,
    decimals: u8,
    now: Timestamp,
}

impl<'a> Standing<'a> {
    pub fn at(now: Timestamp, feed: &'a Feed, calendar: &Calendar, mint: &Mint) -> Self {
        let rules = feed.rules(now);
        let moment = calendar.moment(now);
        let rule = rules.config.rule(moment.session);
        let action = Action::at(now, mint.scaled_ui(), feed, rules.config, calendar).ok();

        let mut reasons =
            Reasons(action.as_ref().map_or(reason::MULTIPLIER_INVALID, Action::reason));
        reasons.add_if(moment.session as u8 == 0, reason::SESSION_CLOSED);
        reasons.add_if(!moment.known, reason::CALENDAR_UNKNOWN);
        reasons.add_if(calendar.is_halted(now), reason::VENUE_HALTED);
        reasons.add_if(feed.is_halted(now), reason::TICKER_HALTED);
        reasons.add_if(rules.config.debt_disabled != 0, reason::DEBT_DISABLED);
        reasons.add_if(rule.permitted != Flags::ALL.0, reason::SESSION_RULE);

        Self {
            feed,
            rules,
            rule,
            action,
            fits: false,
            published: Timestamp(0),
            session: moment.session,
            reasons,
            decimals: mint.decimals(),
            now,
        }
    }

    /// The answer to a question without a price.
    pub fn status(mut self) -> Valuation {
        self.reasons.add(reason::NO_PRICE);
        self.answer(RawAmount(0), Timestamp(0), 0, Band::default(), [ValueE8(0); 3])
    }

    /// The answer for an amount at the prices read.
    pub fn value(&mut self, raw: RawAmount, price: &Reading, token: Option<&Reading>) -> Valuation {
        let age_secs = self.judge_time(price);
        let band = self.band(price);
        self.reasons.add_if(band.is_none_or(|band| band.mid.0 == 0), reason::PRICE_INVALID);
        let band = band.unwrap_or_default();
        let values = band.values(raw, self.decimals);
        self.reasons.add_if(values.contains(&None), reason::VALUE_TOO_LARGE);
        if self.rules.config.has_token_source() {
            let token = token.and_then(|token| self.token_mid(token));
            self.judge_depeg(band.mid, token);
        }
        let values = values.map(|value| value.unwrap_or(ValueE8(u64::MAX)));
        self.answer(raw, self.published, age_secs, band, values)
    }

    fn answer(
        &self,
        raw: RawAmount,
        publish_time: Timestamp,
        age_secs: u32,
        band: Band,
        [floor_value, mid_value, ceiling_value]: [ValueE8; 3],
    ) -> Valuation {
        let next = self.action.as_ref().and_then(|action| action.next);
        Valuation {
            mint: self.feed.mint,
            config_hash: self.rules.hash,
            raw,
            floor_price: band.floor,
            mid_price: band.mid,
            ceiling_price: band.ceiling,
            floor_value,
            mid_value,
            ceiling_value,
            confidence: band.confidence,
            publish_time,
            multiplier_bits: self.action.as_ref().map_or(0, |action| action.current.bits),
            next_multiplier_bits: next.map_or(0, |(scale, _)| scale.bits),
            next_effective_at: next.map_or(Timestamp(0), |(_, at)| at),
            reasons: self.reasons,
            age_secs,
            haircut: Bps(self.rule.haircut_bps),
            flags: self.reasons.leave(Flags(self.rule.permitted)),
            session: self.session as u8,
            config_version: self.rules.version,
        }
    }

    /// Gives the price's age.
    fn judge_time(&mut self, price: &Reading) -> u32 {
        let published = Timestamp(price.quote.publish_time);
        let age = self.now.secs_since(published);
        self.published = published;
        let newest = self.now.saturating_add_secs(CLOCK_TOLERANCE_SECS);
        let last = self.feed.observed.publish_time;
        let reasons = &mut self.reasons;
        reasons.add_if(age > u64::from(self.rule.max_age_secs), reason::PRICE_STALE);
        reasons.add_if(published > newest, reason::PRICE_IN_FUTURE);
        reasons.add_if(published.0 < last, reason::PRICE_SUPERSEDED);
        reasons.add_if(!price.trading, reason::PRICE_NOT_TRADING);
        let within = price.quote.confidence_within(self.rule.max_confidence_bps);
        reasons.add_if(!within, reason::CONFIDENCE_WIDE);
        u32::try_from(age).unwrap_or(u32::MAX)
    }

    /// The band per token. Settles, too, whether the price ends an open change.
    fn band(&mut self, price: &Reading) -> Option<Band> {
        let action = self.action.as_ref()?;
        let config = self.rules.config;
        let use_ema = config.use_ema != 0 && !action.ema_unsettled;
        let band = price.quote.band(use_ema).ok()?;
        let per_share = config.source(self.rule.source)?.unit == unit::PER_SHARE;
        match action.open_change() {
            Some(change) => self.band_in(&change, band, per_share, price),
            None => per_token(band, per_share, action.current.multiplier),
        }
    }

    /// The band while a change is open, under both of its multipliers; and under that of the next
    /// change, if that is near.
    #[cold]
    #[inline(never)]
    fn band_in(
        &mut self,
        change: &Change,
        band: Band,
        per_share: bool,
        price: &Reading,
    ) -> Option<Band> {
        let under = |multiplier| per_token(band, per_share, multiplier);
        let (old, new) = (under(change.old.multiplier)?, under(change.new.multiplier)?);
        let config = self.rules.config;
        let published = Timestamp(price.quote.publish_time);
        self.fits = change.is_followed_by(old.mid, new.mid, published, self.feed, config);
        if self.fits && change.is_confirmed_at(published, self.feed) && self.is_usable() {
            let action = self.action.as_mut()?;
            self.reasons.0 &= !action.reason();
            action.close(self.now, config);
            self.reasons.add(action.reason());
            // Once more, at most: the next change is still to come, which no price can follow.
            return self.band(price);
        }
        // The likelier one is nearer to what was recorded before.
        let action = self.action.as_ref()?;
        let reference = PriceE8(self.feed.reference.price_e8);
        let likely = match reference.0 {
            0 => under(action.current.multiplier)?,
            _ if is_nearer(reference, new.mid, old.mid) => new,
            _ => old,
        };
        let widened = likely.widened_to(old).widened_to(new);
        match action.near(self.now, config) {
            Some((next, _)) => Some(widened.widened_to(under(next.multiplier)?)),
            None => Some(widened),
        }
    }

    /// What the price just valued says about a change of the multiplier.
    pub fn progress(&self) -> Progress {
        let Some(action) = self.action.filter(|_| self.is_usable()) else { return Progress::None };
        match (action.phase, action.change) {
            (Phase::Calm, _) => Progress::Calm,
            (Phase::Window, Some(change)) if self.fits => match change.first_fit(self.feed) {
                None => Progress::FirstFit(FirstFit {
                    effective_at: change.effective_at.0,
                    multiplier_bits: change.new.bits,
                    publish_time: self.published.0,
                }),
                Some(_) => Progress::None,
            },
            (Phase::Window, _) => Progress::Misfit,
            (Phase::Pending | Phase::Unconfirmed, _) => Progress::None,
        }
    }

    /// No reason so far stands against acting on the price at all.
    pub const fn is_usable(&self) -> bool {
        !self.reasons.contains(Reasons::NO_FLAGS)
    }

    /// The token's own price, if it is a live one.
    fn token_mid(&self, token: &Reading) -> Option<PriceE8> {
        let config = self.rules.config;
        let published = Timestamp(token.quote.publish_time);
        let young = self.now.secs_since(published) <= u64::from(config.token_max_age_secs);
        let past = published <= self.now.saturating_add_secs(CLOCK_TOLERANCE_SECS);
        let sure = token.quote.confidence_within(self.rule.max_confidence_bps);
        if !(young && past && sure && token.trading) {
            return None;
        }
        let band = token.quote.band(false).ok()?;
        let per_share = config.source(config.token_source)?.unit == unit::PER_SHARE;
        let multiplier = self.action?.current.multiplier;
        let band = if per_share { band.per_token(multiplier)? } else { band };
        Some(band.mid)
    }

    fn judge_depeg(&mut self, share: PriceE8, token: Option<PriceE8>) {
        match token {
            None => self.reasons.add(reason::TOKEN_PRICE_UNUSABLE),
            Some(token) => {
                let limit = self.rules.config.max_depeg_bps;
                let apart = deviates(share, token, limit);
                self.reasons.add_if(apart, reason::DEPEG);
            }
        }
    }
}

/// A price's band per token, if it is one per share.
fn per_token(band: Band, per_share: bool, multiplier: Multiplier) -> Option<Band> {
    if per_share { band.per_token(multiplier) } else { Some(band) }
}
