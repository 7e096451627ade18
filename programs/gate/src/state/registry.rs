use crate::{constants::MAX_PROVIDERS, error::GateError};
use anchor_lang::prelude::*;
use scrip_stream::Stream;

/// The records of one issuer. Seeds: `registry`, issuer. Its stream has the events about providers
/// and venues.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Registry {
    pub version: u8,
    pub bump: u8,
    /// How many providers there are: the number of the next one.
    pub providers: u8,
    pub padding: [u8; 5],
    /// An Issuer of the issuer program or, for mints without a ticker, a wallet.
    pub issuer: Pubkey,
    pub stream: Stream,
    pub reserved: [u8; 64],
}

impl Registry {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// Gives a new provider its number. Numbers are never used twice: a policy that accepts one means
    /// that provider.
    pub fn take_number(&mut self, number: u8) -> Result<()> {
        require!(self.providers < MAX_PROVIDERS, GateError::TooManyProviders);
        require!(number == self.providers, GateError::ProviderNumberInvalid);
        self.providers = number.saturating_add(1);
        Ok(())
    }
}
