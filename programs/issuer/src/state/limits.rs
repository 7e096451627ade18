use crate::error::IssuerError;
use anchor_lang::prelude::*;
use scrip_math::{Timestamp, bucket};

/// How much may pass in a window of time: `scrip_math::bucket`. A window of 0 seconds: no limit.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    pub capacity: u64,
    pub window_secs: u32,
}

/// A limit as an account stores it.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StoredLimit {
    pub capacity: u64,
    pub window_secs: u32,
    pub padding: [u8; 4],
}

/// How much has passed lately.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    pub level: u64,
    pub updated_at: i64,
}

/// What one owner was minted and redeemed for cash lately. Only tickers that limit each owner ask
/// for it. Seeds: `limits`, mint, owner.
#[account(zero_copy)]
#[derive(Debug)]
pub struct OwnerLimits {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 6],
    pub mint: Pubkey,
    pub owner: Pubkey,
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    pub mint_bucket: Bucket,
    pub cash_bucket: Bucket,
    pub reserved: [u8; 32],
}

impl From<Limit> for StoredLimit {
    fn from(limit: Limit) -> Self {
        Self { capacity: limit.capacity, window_secs: limit.window_secs, padding: [0; 4] }
    }
}

impl From<StoredLimit> for Limit {
    fn from(limit: StoredLimit) -> Self {
        Self { capacity: limit.capacity, window_secs: limit.window_secs }
    }
}

impl From<Limit> for bucket::Limit {
    fn from(limit: Limit) -> Self {
        Self { capacity: limit.capacity, window_secs: limit.window_secs }
    }
}

impl From<StoredLimit> for bucket::Limit {
    fn from(limit: StoredLimit) -> Self {
        Limit::from(limit).into()
    }
}

impl Limit {
    pub fn is_looser_than(self, other: Self) -> bool {
        bucket::Limit::from(self).is_looser_than(other.into())
    }
}

impl StoredLimit {
    pub fn is_set(&self) -> bool {
        self.window_secs != 0
    }
}

impl Bucket {
    /// Lets `amount` pass at `now`; false, and nothing changed, if the limit refuses it.
    #[must_use]
    pub fn pass(&mut self, amount: u64, limit: StoredLimit, now: i64) -> bool {
        let bucket = bucket::Bucket { level: self.level, updated_at: Timestamp(self.updated_at) };
        match bucket.pass(amount, limit.into(), Timestamp(now)) {
            Some(passed) => {
                *self = Self { level: passed.level, updated_at: passed.updated_at.0 };
                true
            }
            None => false,
        }
    }
}

impl Bucket {
    /// Whether nothing that passed binds any more.
    pub fn is_drained(mut self, limit: StoredLimit, now: i64) -> bool {
        !limit.is_set() || (self.pass(0, limit, now) && self.level == 0)
    }
}

impl OwnerLimits {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn require_of(&self, mint: &Pubkey, owner: &Pubkey) -> Result<()> {
        require_keys_eq!(self.mint, *mint, IssuerError::WrongMint);
        require_keys_eq!(self.owner, *owner, IssuerError::WrongOwner);
        Ok(())
    }
}

/// Lets `amount` pass an owner's own limit, if the ticker sets one: the owner's record is then
/// needed. `bucket` picks which of its buckets.
pub fn pass_owner_limit(
    limits: &Option<AccountLoader<OwnerLimits>>,
    mint: &Pubkey,
    owner: &Pubkey,
    limit: StoredLimit,
    amount: u64,
    now: i64,
    bucket: impl FnOnce(&mut OwnerLimits) -> &mut Bucket,
) -> Result<()> {
    if !limit.is_set() {
        return Ok(());
    }
    let limits = limits.as_ref().ok_or(IssuerError::OwnerLimitsMissing)?;
    let mut limits = limits.load_mut()?;
    limits.require_of(mint, owner)?;
    require!(bucket(&mut limits).pass(amount, limit, now), IssuerError::OwnerLimitExceeded);
    Ok(())
}
