use super::{Investor, require_in_time};
use crate::{constants::LAYOUT_VERSION, error::GateError};
use anchor_lang::prelude::*;
use scrip_interface::gate::{Kind, Status};

/// What a transfer check reads of a wallet. Seeds: `wallet`, issuer, owner. `interface` reads the
/// fields up to `investor` at their places.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Wallet {
    pub version: u8,
    pub bump: u8,
    /// See [`scrip_interface::gate::Kind`].
    pub kind: u8,
    /// See [`scrip_interface::gate::Status`]. As its investor's.
    pub status: u8,
    pub country: u16,
    pub tier: u8,
    pub provider: u8,
    pub expires_at: i64,
    pub issuer: Pubkey,
    pub owner: Pubkey,
    /// Zeros for a venue.
    pub investor: Pubkey,
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    pub reserved: [u8; 32],
}

impl Wallet {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// A new record of an investor's wallet.
    pub fn link(&mut self, key: Pubkey, investor: &Investor, owner: Pubkey) {
        self.version = LAYOUT_VERSION;
        self.kind = Kind::Investor as u8;
        self.issuer = investor.issuer;
        self.owner = owner;
        self.investor = key;
        self.follow(investor);
    }

    /// Says what the investor's record says.
    pub fn follow(&mut self, investor: &Investor) {
        self.status = investor.status;
        self.country = investor.country;
        self.tier = investor.tier;
        self.provider = investor.provider;
        self.expires_at = investor.expires_at;
    }

    /// A new record of a protocol's vault authority. It has no country, tier or provider.
    pub fn make_venue(
        &mut self,
        issuer: Pubkey,
        owner: Pubkey,
        expires_at: i64,
        now: i64,
    ) -> Result<()> {
        require_in_time(expires_at, now)?;
        self.version = LAYOUT_VERSION;
        self.kind = Kind::Venue as u8;
        self.status = Status::Active as u8;
        self.issuer = issuer;
        self.owner = owner;
        self.expires_at = expires_at;
        Ok(())
    }

    pub fn require_venue(&self) -> Result<()> {
        require!(self.kind == Kind::Venue as u8, GateError::NotAVenue);
        Ok(())
    }
}
