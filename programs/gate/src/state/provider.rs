use super::{Claim, Countries};
use crate::error::GateError;
use anchor_lang::prelude::*;
use scrip_stream::Stream;

/// By what a provider says that a wallet is an investor's.
pub mod evidence {
    /// Its authority signs.
    pub const SIGNATURE: u8 = 1;
    /// An attestation of the Solana Attestation Service, under its credential and schema.
    pub const SAS: u8 = 2;
}

/// What a provider may say of whom, and until when.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderLimits {
    /// A bit for each numeric code of ISO 3166-1, code 0 in the lowest of the first byte.
    pub countries: Countries,
    pub max_tier: u8,
    /// The first second at which it may register nobody any more.
    pub expires_at: i64,
}

/// Who registers investors, and with what powers. Seeds: `provider`, issuer, number. Its stream has
/// the events about its investors and their wallets.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Provider {
    pub version: u8,
    pub bump: u8,
    pub number: u8,
    /// Of [`evidence`].
    pub evidence: u8,
    /// The highest tier it may give.
    pub max_tier: u8,
    pub padding: [u8; 3],
    /// The first second at which it may register nobody any more.
    pub expires_at: i64,
    pub issuer: Pubkey,
    /// Who signs; for SAS, the credential.
    pub authority: Pubkey,
    /// For SAS, the schema.
    pub schema: Pubkey,
    /// Of which countries it may register investors.
    pub countries: Countries,
    pub stream: Stream,
    /// For SAS: where in an attestation's data the country (u16) and the tier (u8) stand.
    pub country_offset: u16,
    pub tier_offset: u16,
    pub reserved: [u8; 68],
}

impl Provider {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn limits(&self) -> ProviderLimits {
        let Self { countries, max_tier, expires_at, .. } = *self;
        ProviderLimits { countries, max_tier, expires_at }
    }

    /// Of a new provider.
    pub fn set_limits(&mut self, limits: &ProviderLimits) {
        self.countries = limits.countries;
        self.max_tier = limits.max_tier;
        self.expires_at = limits.expires_at;
    }

    /// Countries and tier only ever become fewer: policies have accepted the provider as it was. Its
    /// time may be cut or prolonged.
    pub fn change_limits(&mut self, limits: &ProviderLimits) -> Result<()> {
        let added = limits.countries.iter().zip(&self.countries).any(|(new, old)| new & !old != 0);
        let narrower = !added && limits.max_tier <= self.max_tier;
        require!(narrower, GateError::ProviderWidened);
        self.set_limits(limits);
        Ok(())
    }

    /// Whether it may vouch for a person of this country and tier.
    pub fn covers(&self, claim: &Claim) -> std::result::Result<(), GateError> {
        let byte = self.countries.get(usize::from(claim.country / 8));
        if byte.is_none_or(|byte| byte & (1 << (claim.country % 8)) == 0) {
            return Err(GateError::CountryNotOfProvider);
        }
        if claim.tier > self.max_tier {
            return Err(GateError::TierNotOfProvider);
        }
        Ok(())
    }

    /// Whether it may make, renew or add to a record that says this.
    pub fn require_may_vouch(&self, claim: &Claim, now: i64) -> Result<()> {
        require!(now < self.expires_at, GateError::ProviderExpired);
        self.covers(claim)?;
        claim.require_in_time(now)
    }

    pub fn is_by(&self, evidence: u8) -> bool {
        self.evidence == evidence
    }

    pub fn invariant(&self) -> Result<()> {
        // An SAS provider is a credential and a schema; any other has neither schema nor offsets.
        let valid = match self.evidence {
            evidence::SIGNATURE => {
                self.schema == Pubkey::default()
                    && self.country_offset == 0
                    && self.tier_offset == 0
            }
            evidence::SAS => self.schema != Pubkey::default(),
            _ => false,
        };
        require!(valid && self.authority != Pubkey::default(), GateError::ProviderInvalid);
        // Code 0 is no country, and no policy would allow it.
        let no_country = self.countries.first().is_some_and(|byte| byte & 1 != 0);
        require!(!no_country, GateError::ProviderInvalid);
        Ok(())
    }
}
