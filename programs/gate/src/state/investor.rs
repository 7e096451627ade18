use super::Provider;
use crate::{
    constants::{LAYOUT_VERSION, MAX_VALIDITY_SECS, MAX_WALLETS},
    error::GateError,
};
use anchor_lang::prelude::*;
use scrip_interface::gate::Status;

/// What a provider says of a person, and until when that counts.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Numeric code of ISO 3166-1.
    pub country: u16,
    /// Higher ones may do more; what they mean is the issuer's and its providers' agreement.
    pub tier: u8,
    /// The first second at which it no longer counts.
    pub expires_at: i64,
}

impl Claim {
    /// Whether it says all that another one says, or more.
    pub const fn grants(&self, other: &Self) -> bool {
        self.country == other.country
            && self.tier >= other.tier
            && self.expires_at >= other.expires_at
    }

    pub fn require_in_time(&self, now: i64) -> Result<()> {
        require_in_time(self.expires_at, now)
    }
}

/// A record counts for a time to come, and not for ever: who vouched must look again.
pub fn require_in_time(expires_at: i64, now: i64) -> Result<()> {
    let latest = now.saturating_add(i64::from(MAX_VALIDITY_SECS));
    require!(now < expires_at && expires_at <= latest, GateError::ValidityInvalid);
    Ok(())
}

/// A person or firm that a provider has identified. Seeds: `investor`, issuer, id hash. Nothing
/// personal is here: the hash is salted, by the provider.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Investor {
    pub version: u8,
    pub bump: u8,
    /// See [`scrip_interface::gate::Status`].
    pub status: u8,
    pub tier: u8,
    /// Numeric code of ISO 3166-1.
    pub country: u16,
    /// Number of the provider.
    pub provider: u8,
    pub wallet_count: u8,
    /// The first second at which it no longer counts.
    pub expires_at: i64,
    pub issuer: Pubkey,
    pub id_hash: [u8; 32],
    pub wallets: [Pubkey; MAX_WALLETS],
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    /// 1 while the provider stands by its word, also while the issuer bars the investor.
    pub vouched: u8,
    pub reserved: [u8; 31],
}

impl Investor {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// A new record, for which its provider vouches.
    pub fn open(&mut self, provider: &Provider, id_hash: [u8; 32], claim: &Claim) -> Result<()> {
        self.version = LAYOUT_VERSION;
        self.issuer = provider.issuer;
        self.provider = provider.number;
        self.id_hash = id_hash;
        self.vouch(claim)
    }

    pub fn is_of(&self, provider: &Provider) -> bool {
        self.issuer == provider.issuer && self.provider == provider.number
    }

    pub fn claim(&self) -> Claim {
        let Self { country, tier, expires_at, .. } = *self;
        Claim { country, tier, expires_at }
    }

    /// Its provider says this of it from now on, whatever it said before.
    pub fn vouch(&mut self, claim: &Claim) -> Result<()> {
        self.require_not_barred()?;
        self.country = claim.country;
        self.tier = claim.tier;
        self.expires_at = claim.expires_at;
        self.vouched = 1;
        self.settle_status(false);
        Ok(())
    }

    /// Its provider takes its word back. A bar stays.
    pub fn revoke(&mut self) {
        self.vouched = 0;
        self.settle_status(self.is_barred());
    }

    pub fn bar(&mut self) -> Result<()> {
        self.require_not_barred()?;
        self.settle_status(true);
        Ok(())
    }

    /// What the provider said before the bar, or since, counts again.
    pub fn unbar(&mut self) -> Result<()> {
        require!(self.is_barred(), GateError::InvestorNotBarred);
        self.settle_status(false);
        Ok(())
    }

    /// The issuer's word comes before the provider's.
    fn settle_status(&mut self, barred: bool) {
        self.status = match (barred, self.vouched) {
            (true, _) => Status::Barred,
            (false, 0) => Status::Revoked,
            (false, _) => Status::Active,
        } as u8;
    }

    pub fn is_barred(&self) -> bool {
        self.status == Status::Barred as u8
    }

    pub fn require_not_barred(&self) -> Result<()> {
        require!(!self.is_barred(), GateError::InvestorBarred);
        Ok(())
    }

    pub fn wallets(&self) -> &[Pubkey] {
        self.wallets.get(..usize::from(self.wallet_count)).unwrap_or_default()
    }

    pub fn link(&mut self, owner: Pubkey) -> Result<()> {
        self.require_not_barred()?;
        require!(self.vouched != 0, GateError::InvestorRevoked);
        let place = self.wallets.get_mut(usize::from(self.wallet_count));
        *place.ok_or(GateError::TooManyWallets)? = owner;
        self.wallet_count = self.wallet_count.saturating_add(1);
        Ok(())
    }

    /// The last wallet takes its place. Not while barred: the wallet could come back as another
    /// investor's.
    pub fn unlink(&mut self, owner: &Pubkey) -> Result<()> {
        self.require_not_barred()?;
        let wallets = self.wallets();
        let place = wallets.iter().position(|wallet| wallet == owner);
        let (place, last) = place.zip(wallets.last().copied()).ok_or(GateError::WrongInvestor)?;
        if let Some(freed) = self.wallets.get_mut(place) {
            *freed = last;
        }
        self.wallet_count = self.wallet_count.saturating_sub(1);
        if let Some(freed) = self.wallets.get_mut(usize::from(self.wallet_count)) {
            *freed = Pubkey::default();
        }
        Ok(())
    }

    /// Whether its record may be closed. A bar is not forgotten.
    pub fn require_closable(&self) -> Result<()> {
        self.require_not_barred()?;
        require!(self.wallet_count == 0, GateError::InvestorHasWallets);
        Ok(())
    }
}
