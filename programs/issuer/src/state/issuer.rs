use anchor_lang::prelude::*;
use scrip_interface::issuer::DEFAULT_TIMELOCK_SECS;
use scrip_stream::Stream;

/// Who lists tickers. Seeds: `issuer`, creator, id.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Issuer {
    pub version: u8,
    pub bump: u8,
    /// Bits of [`super::pause`], for all tickers.
    pub pauses: u8,
    pub padding: u8,
    /// How long dangerous changes wait. Read it by [`Issuer::timelock_secs`].
    pub timelock_secs: u32,
    pub id: u64,
    pub creator: Pubkey,
    pub admin: Pubkey,
    /// Of the cluster this issuer lives on. Part of everything its attestors sign.
    pub genesis_hash: [u8; 32],
    pub stream: Stream,
    /// May take the admin's place; all zeros: nobody may.
    pub pending_admin: Pubkey,
    pub reserved: [u8; 96],
}

impl Issuer {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// An issuer of the first layout has the default, never none.
    pub fn timelock_secs(&self) -> u32 {
        if self.timelock_secs == 0 { DEFAULT_TIMELOCK_SECS } else { self.timelock_secs }
    }
}
