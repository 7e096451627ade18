use crate::mint::read;
use solana_pubkey::Pubkey;

/// sha256("account:Policy"), the first eight bytes.
const DISCRIMINATOR: [u8; 8] = [222, 135, 7, 163, 235, 177, 33, 68];
pub const LAYOUT_VERSION: u8 = 1;

const VERSION: usize = 8;
const FLAGS: usize = 10;
const PAUSED: usize = 11;
const MIN_TIER: usize = 12;
const PROVIDERS: usize = 16;
const MINT: usize = 24;
/// Where others find the issuer: the seeds of a wallet's record in the lists of extra accounts.
pub const ISSUER_OFFSET: usize = 56;
const ESCROW: usize = 88;
const DELEGATE: usize = 120;
const COUNTRIES: usize = 152;
/// A bit for each numeric code of ISO 3166-1.
pub const COUNTRY_BYTES: usize = 128;
const END: usize = COUNTRIES + COUNTRY_BYTES;

/// Bits of a policy.
pub mod flag {
    /// A transfer's source is checked too, not only its destination.
    pub const SOURCE_CHECK: u8 = 1 << 0;
    /// Venues may hold the mint.
    pub const VENUES: u8 = 1 << 1;
    pub const ALL: u8 = SOURCE_CHECK | VENUES;
}

/// Who may hold a mint: a policy account's bytes, whose owner the caller has checked.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    data: &'a [u8; END],
}

impl<'a> Policy<'a> {
    /// `None` if these are not the bytes of a policy.
    pub fn parse(data: &'a [u8]) -> Option<Self> {
        let data: &[u8; END] = data.first_chunk()?;
        let is_policy =
            data.first_chunk() == Some(&DISCRIMINATOR) && data[VERSION] == LAYOUT_VERSION;
        if is_policy { Some(Self { data }) } else { None }
    }

    pub const fn has(&self, flag: u8) -> bool {
        self.data[FLAGS] & flag != 0
    }

    pub const fn is_paused(&self) -> bool {
        self.data[PAUSED] != 0
    }

    pub const fn min_tier(&self) -> u8 {
        self.data[MIN_TIER]
    }

    /// Whether it takes the word of the issuer's provider of this number.
    pub fn accepts_provider(&self, number: u8) -> bool {
        let providers = u64::from_le_bytes(read(self.data, PROVIDERS).unwrap_or_default());
        providers.checked_shr(u32::from(number)).is_some_and(|rest| rest & 1 != 0)
    }

    /// `code`: numeric, of ISO 3166-1. 0 is no country and never allowed.
    pub fn allows_country(&self, code: u16) -> bool {
        let byte = self.data.get(COUNTRIES + usize::from(code / 8));
        let in_range = usize::from(code / 8) < COUNTRY_BYTES && code != 0;
        in_range && byte.is_some_and(|byte| byte & (1 << (code % 8)) != 0)
    }

    pub fn mint(&self) -> Pubkey {
        key(self.data, MINT)
    }

    /// Whose records count: an Issuer, or the wallet that keeps them.
    pub fn issuer(&self) -> Pubkey {
        key(self.data, ISSUER_OFFSET)
    }

    /// Owner of the account that holds open redemptions; zeros for a mint without a ticker.
    pub fn escrow(&self) -> Pubkey {
        key(self.data, ESCROW)
    }

    /// The mint's permanent delegate; zeros for a mint without a ticker.
    pub fn delegate(&self) -> Pubkey {
        key(self.data, DELEGATE)
    }
}

pub(super) fn key(data: &[u8], at: usize) -> Pubkey {
    Pubkey::new_from_array(read(data, at).unwrap_or_default())
}
