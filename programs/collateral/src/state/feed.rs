use super::FeedConfig;
use anchor_lang::prelude::*;
use scrip_interface::collateral::Valuation;
use scrip_math::Timestamp;
use scrip_stream::Stream;

/// A price as it was last recorded. Others read it at its place: see `interface`.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// USD per whole token, in units of 10^-8.
    pub floor_price_e8: u64,
    pub mid_price_e8: u64,
    pub ceiling_price_e8: u64,
    pub confidence_e8: u64,
    pub publish_time: i64,
    pub observed_at: i64,
    pub multiplier_bits: u64,
    pub reasons: u32,
    pub haircut_bps: u16,
    pub flags: u8,
    pub session: u8,
}

/// The last price that was recorded outside every window: what continuity is measured against.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// USD per whole token, in units of 10^-8; 0 if there is none.
    pub price_e8: u64,
    pub publish_time: i64,
    pub multiplier_bits: u64,
}

/// The first price recorded after a change of the multiplier that fits it.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FirstFit {
    /// Which change: when it took effect, and to what.
    pub effective_at: i64,
    pub multiplier_bits: u64,
    pub publish_time: i64,
}

/// What one mint is worth, by whose rules. Seeds: `feed`, curator, mint.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Feed {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 2],
    /// Rises with every change of the rules.
    pub config_version: u32,
    pub curator: Pubkey,
    pub mint: Pubkey,
    pub observed: Observed,
    /// Of the rules at the last loosening. What tightened since is within them.
    pub config_hash: [u8; 32],
    pub config: FeedConfig,
    /// Rules that count from `pending_at` on; nothing is pending while that is 0.
    pub pending_hash: [u8; 32],
    pub pending: FeedConfig,
    pub pending_at: i64,
    /// Trading of this security is halted before this moment.
    pub halted_until: i64,
    pub reference: Reference,
    pub first_fit: FirstFit,
    pub stream: Stream,
    pub reserved: [u8; 128],
}

/// What a recorded price says about a change of the multiplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// No change is open: the price is the next reference.
    Calm,
    /// The first one after the change that fits it.
    FirstFit(FirstFit),
    /// It does not fit the change: one that did before does not count.
    Misfit,
    None,
}

/// The rules that count at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    pub config: &'a FeedConfig,
    pub hash: [u8; 32],
    pub version: u32,
}

impl Feed {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn rules(&self, now: Timestamp) -> Rules<'_> {
        if self.pending_at != 0 && self.pending_at <= now.0 {
            let version = self.config_version.saturating_add(1);
            Rules { config: &self.pending, hash: self.pending_hash, version }
        } else {
            Rules { config: &self.config, hash: self.config_hash, version: self.config_version }
        }
    }

    /// Takes rules: at once if they are tighter in every respect, else at `later`. Replaces what
    /// was pending. Returns from when on they count.
    pub fn set_config(
        &mut self,
        config: FeedConfig,
        now: Timestamp,
        later: Timestamp,
    ) -> Result<Timestamp> {
        config.invariant()?;
        self.settle(now);
        self.cancel_pending();
        if config.is_tighter_than(&self.config) {
            self.config = config;
            self.config_version = self.config_version.saturating_add(1);
            return Ok(now);
        }
        self.pending_hash = config.hash(&self.curator, &self.mint);
        self.pending = config;
        self.pending_at = later.0;
        Ok(later)
    }

    pub const fn is_pending(&self, now: Timestamp) -> bool {
        self.pending_at != 0 && now.0 < self.pending_at
    }

    pub fn cancel_pending(&mut self) {
        self.pending = bytemuck::Zeroable::zeroed();
        self.pending_hash = [0; 32];
        self.pending_at = 0;
    }

    /// Makes pending rules whose time has come the present ones. Who reads the account then sees them,
    /// and their hash.
    pub fn settle(&mut self, now: Timestamp) {
        if self.pending_at == 0 || self.is_pending(now) {
            return;
        }
        let Rules { config, hash, version } = self.rules(now);
        (self.config, self.config_hash, self.config_version) = (*config, hash, version);
        self.cancel_pending();
    }

    /// Records a price that can be acted on, and what it says about a change of the multiplier.
    pub fn record(&mut self, price: &Valuation, progress: Progress, now: Timestamp) {
        self.observed = Observed {
            floor_price_e8: price.floor_price.0,
            mid_price_e8: price.mid_price.0,
            ceiling_price_e8: price.ceiling_price.0,
            confidence_e8: price.confidence.0,
            publish_time: price.publish_time.0,
            observed_at: now.0,
            multiplier_bits: price.multiplier_bits,
            reasons: price.reasons.0,
            haircut_bps: price.haircut.0,
            flags: price.flags.0,
            session: price.session,
        };
        match progress {
            Progress::Calm => {
                self.reference = Reference {
                    price_e8: price.mid_price.0,
                    publish_time: price.publish_time.0,
                    multiplier_bits: price.multiplier_bits,
                };
                self.first_fit = FirstFit::default();
            }
            Progress::FirstFit(first_fit) => self.first_fit = first_fit,
            Progress::Misfit => self.first_fit = FirstFit::default(),
            Progress::None => {}
        }
    }

    pub const fn is_halted(&self, now: Timestamp) -> bool {
        now.0 < self.halted_until
    }
}
