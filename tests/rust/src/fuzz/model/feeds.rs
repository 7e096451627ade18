//! What a share is worth and what may be done with it, told once more.
//!
//! Around a change of the multiplier the program weighs recorded prices; the model does not. There
//! it knows what must be forbidden, and between which values the answer lies.

use super::*;
use ::collateral::{
    error::CollateralError,
    state::{Feed, FeedConfig},
};

pub const ROLE_FEED: u32 = 1;
pub const ROLE_CALENDAR: u32 = 2;
pub const ROLE_GUARD: u32 = 4;

/// After that a change of the multiplier is over, however it went, on top of its window.
const FORGOTTEN: i64 = 14 * DAY;

#[derive(Clone, Debug, Default)]
pub struct CuratorState {
    pub admin: Pubkey,
    pub pending_admin: Pubkey,
    pub roles: BTreeMap<Pubkey, u32>,
    /// How long a loosening waits, until the second; from then on the third.
    pub timelock: (u32, i64, u32),
}

#[derive(Clone, Debug)]
pub struct FeedState {
    pub config: FeedConfig,
    /// Of the rules that were last loosened.
    pub hash: [u8; 32],
    pub pending: Option<(FeedConfig, [u8; 32], i64)>,
    pub halted_until: i64,
    /// When the last recorded price was published.
    pub observed: i64,
}

/// What a price account says: USD per share, e8.
#[derive(Clone, Debug)]
pub struct PriceState {
    pub price: i64,
    pub confidence: u64,
    pub publish_time: i64,
    /// What is wrong with the account.
    pub error: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Yes,
    No,
    Unsure,
}

/// Floor, middle and ceiling.
pub type Band = [u128; 3];

/// What the model knows of one amount's value.
#[derive(Clone, Debug)]
pub struct Appraisal {
    /// The question itself is refused.
    pub error: Option<u32>,
    pub debt: Word,
    pub withdraw: Word,
    pub liquidate: Word,
    /// One for each multiplier that may count; one, once it is settled.
    pub values: Vec<Band>,
    pub prices: Vec<Band>,
    pub hash: [u8; 32],
    pub haircut_bps: u16,
    pub session: Session,
}

impl CuratorState {
    pub fn may(&self, wallet: &Pubkey, one_of: u32) -> bool {
        let granted = self.roles.get(wallet).is_some_and(|mask| mask & one_of != 0);
        *wallet == self.admin || granted
    }

    pub fn timelock(&self, now: i64) -> u32 {
        if now < self.timelock.1 { self.timelock.0 } else { self.timelock.2 }
    }

    pub fn loosens_at(&self, now: i64) -> i64 {
        now + i64::from(self.timelock(now))
    }
}

impl FeedState {
    /// The rules that count, and their hash.
    pub fn rules(&self, now: i64) -> (&FeedConfig, [u8; 32]) {
        match &self.pending {
            Some((config, hash, at)) if *at <= now => (config, *hash),
            _ => (&self.config, self.hash),
        }
    }

    pub fn settle(&mut self, now: i64) {
        if let Some((config, hash, _)) = self.pending.take_if(|(.., at)| *at <= now) {
            (self.config, self.hash) = (config, hash);
        }
    }
}

/// Whether nothing is allowed under rules that `old` forbid; of what the steps here change.
pub fn is_tighter(new: &FeedConfig, old: &FeedConfig) -> bool {
    let each = new.rules.iter().zip(&old.rules);
    let mut looser = new.debt_disabled < old.debt_disabled || new.before_secs < old.before_secs;
    for (new, old) in each {
        looser |= new.max_age_secs > old.max_age_secs || new.haircut_bps < old.haircut_bps;
        looser |= (0..3).any(|bit| new.permitted >> bit & 1 > old.permitted >> bit & 1);
    }
    !looser
}

/// `price x multiplier`, rounded down and up: of a double, exactly.
fn scaled(price: u128, multiplier: f64) -> (u128, u128) {
    let (mut whole, mut doublings) = (multiplier, 0u32);
    while whole.fract() != 0.0 {
        whole *= 2.0;
        doublings += 1;
    }
    let (product, unit) = (whole as u128 * price, 1u128 << doublings);
    (product / unit, product.div_ceil(unit))
}

const TOKEN: u128 = 100_000_000;

impl Model {
    /// Which multipliers a price may go with now, and whether that is settled; whether a change is
    /// so near that there is no new debt for certain. `feed`: what the program has recorded.
    fn multipliers_now(&self, mint: &Pubkey, feed: &Feed) -> (Vec<f64>, bool, bool) {
        let (now, of) = (self.now, self.ticker(mint).multipliers);
        let rules = self.feeds[mint].rules(now).0;
        let current = of.now(now);
        let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
        let recorded = f64::from_bits(feed.reference.multiplier_bits);
        let known = feed.reference.price_e8 != 0;
        let mut all = vec![current];
        let ahead = now < of.effective_at && !same(of.first, of.second);
        let pending = ahead && now + i64::from(rules.before_secs) >= of.effective_at;
        if pending {
            all.push(of.second);
        }
        // The change that led to the current one; one that lies behind a small one is not forgotten.
        let effective = now >= of.effective_at && !same(of.first, of.second);
        let large = (of.first - of.second).abs() >= of.first * 0.02;
        let old = of.effective_at - feed.reference.publish_time >= FORGOTTEN;
        let changed = if effective && (large || !known || old) {
            Some((of.first, of.effective_at))
        } else {
            (known && !same(recorded, current)).then(|| {
                let since = if now >= of.effective_at { of.effective_at } else { 0 };
                (recorded, since.max(feed.reference.publish_time))
            })
        };
        let mut open = false;
        let mut window = false;
        if let Some((old, at)) = changed {
            let small = (old - current).abs() < old * 0.0199;
            let clearly = (old - current).abs() > old * 0.0201;
            let over = now - at >= i64::from(rules.window_max_secs) + FORGOTTEN;
            let since = feed.reference.publish_time >= at;
            let settled = known && since && same(recorded, current);
            open = !(small || over || settled);
            let first = feed.first_fit.publish_time != 0;
            window = open && clearly && now - at < i64::from(rules.window_max_secs) && !first;
            if open {
                all.push(old);
                // A price may be of before a change that was hidden by the next one.
                all.extend(known.then_some(recorded));
            }
        }
        (all, !pending && !open, pending || window)
    }

    /// What `raw` of a mint is worth, and what may be done with it. `feed`: as it is on chain.
    pub fn appraise(&self, mint: &Pubkey, raw: u64, feed: &Feed) -> Appraisal {
        let (now, state) = (self.now, &self.feeds[mint]);
        let (rules, hash) = state.rules(now);
        let session = self.calendar.session(now);
        let rule = rules.rules[session as usize];
        let (multipliers, settled, forbidden) = self.multipliers_now(mint, feed);
        let no_price = PriceState {
            price: 0,
            confidence: 0,
            publish_time: 0,
            error: Some(CollateralError::OracleProgramUnknown.into()),
        };
        let price = self.prices.get(mint).unwrap_or(&no_price);
        let spot = u128::try_from(price.price).unwrap_or(0);
        let low = spot.saturating_sub(price.confidence.into());
        let high = spot + u128::from(price.confidence);
        let band = |multiplier: &f64| -> Band {
            [scaled(low, *multiplier).0, scaled(spot, *multiplier).0, scaled(high, *multiplier).1]
        };
        let prices: Vec<Band> = multipliers.iter().map(band).collect();
        let worth = |band: &Band| -> Band {
            let of = |price: u128| u128::from(raw) * price;
            [of(band[0]) / TOKEN, of(band[1]) / TOKEN, of(band[2]).div_ceil(TOKEN)]
        };
        let values: Vec<Band> = prices.iter().map(worth).collect();

        let too_large = values.iter().flatten().any(|value| *value > u128::from(u64::MAX));
        let unusable = now - price.publish_time > i64::from(rule.max_age_secs)
            || price.publish_time > now + 60
            || price.publish_time < state.observed
            || spot == 0;
        let wide =
            u128::from(price.confidence) * 10_000 > spot * u128::from(rule.max_confidence_bps);
        let halted = now < self.calendar.halted_until || now < state.halted_until;
        let risky = wide || halted || !self.calendar.is_known(now) || forbidden;
        let word = |bit: u8, more: bool| {
            if rule.permitted & bit == 0 || unusable || bit != 4 && (risky || more) {
                Word::No
            } else if bit != 4 && !settled || too_large {
                Word::Unsure
            } else {
                Word::Yes
            }
        };
        Appraisal {
            error: price.error,
            debt: word(1, rules.debt_disabled != 0),
            withdraw: word(2, false),
            liquidate: word(4, false),
            values,
            prices,
            hash,
            haircut_bps: rule.haircut_bps,
            session,
        }
    }
}

impl Appraisal {
    /// Between what the value that new debt may count on lies.
    pub fn for_debt(&self) -> (u128, u128) {
        let keep = |value: u128| value * u128::from(10_000 - self.haircut_bps) / 10_000;
        let floors = || self.values.iter().map(|band| keep(band[0]));
        (floors().min().unwrap_or(0), floors().max().unwrap_or(0))
    }

    /// Between what a liquidation is judged by lies: the middle, or the ceiling of all.
    pub fn for_liquidation(&self) -> (u128, u128) {
        let low = self.values.iter().map(|band| band[1]).min().unwrap_or(0);
        let ceilings = self.values.iter().map(|band| band[2]).max().unwrap_or(0);
        (low, if self.values.len() == 1 { low } else { ceilings })
    }
}
