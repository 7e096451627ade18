use crate::{
    constants::{MAX_WINDOW_SECS, MIN_WINDOW_SECS},
    error::CollateralError,
};
use anchor_lang::prelude::*;
use bytemuck::{Pod, Zeroable};
use scrip_interface::{collateral::Flags, sha256};
use scrip_math::calendar::{SESSIONS, Session};

pub const MAX_SOURCES: usize = 4;
/// In place of a source's number: there is none.
pub const NO_SOURCE: u8 = u8::MAX;

pub const BPS: u16 = 10_000;

/// Which layout a price account has.
pub mod source_kind {
    pub const NONE: u8 = 0;
    /// Pyth `PriceUpdateV2`: any account of the feed id, or one pinned account.
    pub const PYTH_UPDATE: u8 = 1;
    /// Pyth's legacy price account, pinned.
    pub const PYTH_LEGACY: u8 = 2;
}

/// What a price is of.
pub mod unit {
    pub const PER_SHARE: u8 = 0;
    /// Of a whole token (10^decimals raw units), whatever its multiplier.
    pub const PER_TOKEN: u8 = 1;
}

/// Where a price comes from.
#[derive(
    AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable,
)]
#[repr(C)]
pub struct Source {
    /// Zeros for a legacy account, which has none.
    pub feed_id: [u8; 32],
    /// The only account to read, or the empty key for any of the feed id.
    pub account: Pubkey,
    pub kind: u8,
    pub unit: u8,
    pub padding: [u8; 6],
}

/// What counts during a session.
#[derive(
    AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable,
)]
#[repr(C)]
pub struct SessionRule {
    pub max_age_secs: u32,
    pub max_confidence_bps: u16,
    pub haircut_bps: u16,
    /// Bits of `Flags`.
    pub permitted: u8,
    /// Which source is the price.
    pub source: u8,
    pub padding: u16,
}

/// A feed's rules: what a lender agrees to.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct FeedConfig {
    pub calendar: Pubkey,
    pub sources: [Source; MAX_SOURCES],
    /// By session: closed, pre, regular, post, overnight.
    pub rules: [SessionRule; SESSIONS],
    /// The source of the token's own market price, or `NO_SOURCE`.
    pub token_source: u8,
    /// 1: the floor also lies below the moving average, the ceiling above it.
    pub use_ema: u8,
    /// 1: no new debt.
    pub debt_disabled: u8,
    pub padding: u8,
    /// How far the token's own price may lie from the share's.
    pub max_depeg_bps: u16,
    /// How far a price may move across a change of the multiplier and count as continuous.
    pub continuity_bps: u16,
    pub token_max_age_secs: u32,
    /// No new debt from this long before a change of the multiplier.
    pub before_secs: u32,
    /// How long after it continuity is waited for.
    pub window_max_secs: u32,
}

impl Source {
    fn is_valid(&self) -> bool {
        let pinned = self.account != Pubkey::default();
        let has_id = self.feed_id != [0; 32];
        let named = match self.kind {
            source_kind::NONE => return *self == Self::default(),
            source_kind::PYTH_UPDATE => has_id,
            source_kind::PYTH_LEGACY => pinned && !has_id,
            _ => false,
        };
        named && self.unit <= unit::PER_TOKEN && self.padding == [0; 6]
    }
}

impl FeedConfig {
    pub fn rule(&self, session: Session) -> SessionRule {
        // As many rules as sessions.
        self.rules.get(session as usize).copied().unwrap_or_default()
    }

    pub fn source(&self, number: u8) -> Option<&Source> {
        self.sources.get(usize::from(number)).filter(|source| source.kind != source_kind::NONE)
    }

    pub fn has_token_source(&self) -> bool {
        self.token_source != NO_SOURCE
    }

    pub fn hash(&self, curator: &Pubkey, mint: &Pubkey) -> [u8; 32] {
        sha256(&[curator.as_ref(), mint.as_ref(), bytemuck::bytes_of(self)])
    }

    pub fn invariant(&self) -> Result<()> {
        let rule_is_valid = |rule: &SessionRule| {
            self.source(rule.source).is_some()
                && rule.max_age_secs > 0
                && rule.max_confidence_bps <= BPS
                && rule.haircut_bps <= BPS
                && rule.permitted & !Flags::ALL.0 == 0
                && rule.padding == 0
        };
        let token = !self.has_token_source()
            || (self.source(self.token_source).is_some() && self.token_max_age_secs > 0);
        let windows = [self.before_secs, self.window_max_secs];
        let valid = self.sources.iter().all(Source::is_valid)
            && self.rules.iter().all(rule_is_valid)
            && token
            && self.use_ema <= 1
            && self.debt_disabled <= 1
            && self.padding == 0
            && self.max_depeg_bps <= BPS
            && self.continuity_bps <= BPS
            && windows.iter().all(|secs| (MIN_WINDOW_SECS..=MAX_WINDOW_SECS).contains(secs));
        require!(valid, CollateralError::ConfigInvalid);
        Ok(())
    }

    /// Whatever is allowed under these rules is allowed under `old`. Rules of which that cannot be
    /// said of either (where prices come from, the calendar, the length of a window) are the same.
    pub fn is_tighter_than(&self, old: &Self) -> bool {
        let same = self.calendar == old.calendar
            && self.sources == old.sources
            && self.token_source == old.token_source
            && self.window_max_secs == old.window_max_secs;
        let rules = self.rules.iter().zip(&old.rules).all(|(new, old)| {
            new.source == old.source
                && new.max_age_secs <= old.max_age_secs
                && new.max_confidence_bps <= old.max_confidence_bps
                && new.haircut_bps >= old.haircut_bps
                && new.permitted & !old.permitted == 0
        });
        same && rules
            && self.use_ema >= old.use_ema
            && self.debt_disabled >= old.debt_disabled
            && self.max_depeg_bps <= old.max_depeg_bps
            && self.token_max_age_secs <= old.token_max_age_secs
            && self.continuity_bps <= old.continuity_bps
            && self.before_secs >= old.before_secs
    }
}
