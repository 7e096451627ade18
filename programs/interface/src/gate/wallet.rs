use super::policy::key;
use crate::mint::read;
use scrip_math::Timestamp;
use solana_pubkey::Pubkey;

/// sha256("account:Wallet"), the first eight bytes.
const DISCRIMINATOR: [u8; 8] = [24, 89, 59, 139, 81, 154, 232, 95];
const LAYOUT_VERSION: u8 = 1;

const VERSION: usize = 8;
const KIND: usize = 10;
const STATUS: usize = 11;
const COUNTRY: usize = 12;
const TIER: usize = 14;
const PROVIDER: usize = 15;
const EXPIRES_AT: usize = 16;
const ISSUER: usize = 24;
const OWNER: usize = 56;
const INVESTOR: usize = 88;
const END: usize = 120;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    Investor = 1,
    /// A protocol's vault authority.
    Venue = 2,
}

/// Of an investor and of each of its wallets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    Active = 1,
    /// By the provider, who may take it back.
    Revoked = 2,
    /// By the issuer, who alone may take it back.
    Barred = 3,
}

/// What the gate knows of a wallet: its record's bytes, whose owner the caller has checked.
#[derive(Clone, Copy, Debug)]
pub struct Wallet<'a> {
    data: &'a [u8; END],
}

impl<'a> Wallet<'a> {
    /// `None` if these are not the bytes of a wallet's record.
    pub fn parse(data: &'a [u8]) -> Option<Self> {
        let data: &[u8; END] = data.first_chunk()?;
        let is_wallet =
            data.first_chunk() == Some(&DISCRIMINATOR) && data[VERSION] == LAYOUT_VERSION;
        if is_wallet { Some(Self { data }) } else { None }
    }

    pub const fn is_venue(&self) -> bool {
        self.data[KIND] == Kind::Venue as u8
    }

    pub const fn is_active(&self) -> bool {
        self.data[STATUS] == Status::Active as u8
    }

    /// Numeric code of ISO 3166-1.
    pub const fn country(&self) -> u16 {
        u16::from_le_bytes([self.data[COUNTRY], self.data[COUNTRY + 1]])
    }

    pub const fn tier(&self) -> u8 {
        self.data[TIER]
    }

    /// Number of the provider that registered it.
    pub const fn provider(&self) -> u8 {
        self.data[PROVIDER]
    }

    /// The first second at which it no longer counts.
    pub fn expires_at(&self) -> Timestamp {
        Timestamp(i64::from_le_bytes(read(self.data, EXPIRES_AT).unwrap_or_default()))
    }

    pub fn issuer(&self) -> Pubkey {
        key(self.data, ISSUER)
    }

    /// The wallet itself.
    pub fn owner(&self) -> Pubkey {
        key(self.data, OWNER)
    }

    /// Zeros for a venue.
    pub fn investor(&self) -> Pubkey {
        key(self.data, INVESTOR)
    }
}
