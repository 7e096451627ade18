use super::Countries;
use crate::error::GateError;
use anchor_lang::prelude::*;
use scrip_interface::gate::flag;
use scrip_stream::Stream;

/// Who may hold a mint. Seeds: `policy`, mint. `interface` reads the fields up to `countries` at
/// their places.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Policy {
    pub version: u8,
    pub bump: u8,
    /// Bits of [`scrip_interface::gate::flag`].
    pub flags: u8,
    pub paused: u8,
    pub min_tier: u8,
    pub padding: [u8; 3],
    /// A bit for each provider that is accepted.
    pub providers: u64,
    pub mint: Pubkey,
    /// Whose records count: an Issuer, or the wallet that keeps them.
    pub issuer: Pubkey,
    /// Owner of the account of open redemptions, and the permanent delegate; zeros without a ticker.
    pub escrow: Pubkey,
    pub delegate: Pubkey,
    pub countries: Countries,
    /// Looser terms that may be taken from `pending_at` on; nothing is pending while that is 0.
    pub pending_at: i64,
    pub pending_providers: u64,
    pub pending_flags: u8,
    pub pending_min_tier: u8,
    pub pending_padding: [u8; 6],
    pub pending_countries: Countries,
    pub stream: Stream,
    pub reserved: [u8; 64],
}

/// Who may hold it, in full.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyTerms {
    pub countries: Countries,
    /// A bit for each provider of the issuer.
    pub providers: u64,
    pub min_tier: u8,
    /// Bits of [`scrip_interface::gate::flag`].
    pub flags: u8,
}

impl PolicyTerms {
    /// `providers`: how many the issuer has. A bit for one that does not exist yet would accept it
    /// without the wait.
    pub fn validate(&self, providers: u8) -> Result<()> {
        require!(self.flags & !flag::ALL == 0, GateError::PolicyFlagsUnknown);
        let beyond = self.providers.checked_shr(providers.into()).unwrap_or(0);
        require!(beyond == 0, GateError::ProviderUnknown);
        Ok(())
    }

    /// Whether somebody could hold or move the mint under these who could not under `old`.
    pub fn is_looser_than(&self, old: &Self) -> bool {
        let mut countries = self.countries.iter().zip(old.countries);
        countries.any(|(&new, old)| new & !old != 0)
            || self.providers & !old.providers != 0
            || self.min_tier < old.min_tier
            || self.flags & !old.flags & flag::VENUES != 0
            || old.flags & !self.flags & flag::SOURCE_CHECK != 0
    }
}

impl Policy {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn terms(&self) -> PolicyTerms {
        let Self { countries, providers, min_tier, flags, .. } = *self;
        PolicyTerms { countries, providers, min_tier, flags }
    }

    /// What was pending was meant for the terms before: it is dropped.
    pub fn set_terms(&mut self, terms: &PolicyTerms) {
        self.countries = terms.countries;
        self.providers = terms.providers;
        self.min_tier = terms.min_tier;
        self.flags = terms.flags;
        self.drop_pending();
    }

    pub fn set_pending(&mut self, terms: &PolicyTerms, at: i64) {
        self.pending_at = at;
        self.pending_countries = terms.countries;
        self.pending_providers = terms.providers;
        self.pending_min_tier = terms.min_tier;
        self.pending_flags = terms.flags;
    }

    pub fn drop_pending(&mut self) {
        let none = PolicyTerms { countries: [0; 128], providers: 0, min_tier: 0, flags: 0 };
        self.set_pending(&none, 0);
    }

    /// What is pending, once its time has come.
    pub fn ripe_terms(&self, now: i64) -> Result<PolicyTerms> {
        require!(self.pending_at != 0, GateError::NothingPending);
        require!(now >= self.pending_at, GateError::TimelockNotOver);
        Ok(PolicyTerms {
            countries: self.pending_countries,
            providers: self.pending_providers,
            min_tier: self.pending_min_tier,
            flags: self.pending_flags,
        })
    }

    /// Whether it is of a mint without a ticker.
    pub fn is_foreign(&self) -> bool {
        self.escrow == Pubkey::default()
    }
}
