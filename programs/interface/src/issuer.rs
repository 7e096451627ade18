//! Reads the issuer program's accounts that other programs judge by: who governs an issuer, and
//! which ticker a mint is. A caller checks that an account belongs to [`crate::ids::ISSUER`].

use crate::mint::read;
use scrip_math::Timestamp;
use solana_pubkey::Pubkey;

/// Of the first release, until it had a timelock of its own.
pub const DEFAULT_TIMELOCK_SECS: u32 = 2 * 24 * 60 * 60;

/// Bits of a role grant.
pub mod role {
    /// Lists tickers and updates their metadata.
    pub const LIST: u16 = 1 << 0;
    /// Pauses, and removes an attestor's key in an emergency.
    pub const PAUSE: u16 = 1 << 1;
    /// Lifts pauses.
    pub const UNPAUSE: u16 = 1 << 2;
    /// Decides who may hold what, freezes and seizes.
    pub const COMPLIANCE: u16 = 1 << 3;
    /// Announces corporate actions.
    pub const CORPORATE_ACTION: u16 = 1 << 4;
    /// Sets price bands and withdraws cash.
    pub const CASH: u16 = 1 << 5;

    pub const ALL: u16 = LIST | PAUSE | UNPAUSE | COMPLIANCE | CORPORATE_ACTION | CASH;
    /// The admin has these without a grant.
    pub const OF_ADMIN: u16 = LIST | PAUSE | UNPAUSE;
    /// Granting these waits for the timelock.
    pub const TIMELOCKED: u16 = COMPLIANCE | CORPORATE_ACTION | CASH;
}

/// How strict a ticker is about who holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Mode {
    /// Anybody may; accounts can be frozen.
    #[default]
    Open = 0,
    /// Accounts start frozen and are thawed for owners whose record satisfies the policy.
    Frozen = 1,
    /// Each transfer is checked by the gate's hook.
    Hooked = 2,
}

/// An Issuer account's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'a> {
    data: &'a [u8],
}

/// A RoleGrant account's bytes.
#[derive(Clone, Copy, Debug)]
pub struct RoleGrant<'a> {
    data: &'a [u8],
}

/// A Ticker account's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Ticker<'a> {
    data: &'a [u8],
}

/// Why an operator lacks a power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerError {
    /// No grant, or one of another issuer, to another wallet, or of other roles.
    Missing,
    Expired,
}

impl Mode {
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Open),
            1 => Some(Self::Frozen),
            2 => Some(Self::Hooked),
            _ => None,
        }
    }

    /// As a mint's metadata says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Frozen => "frozen",
            Self::Hooked => "hooked",
        }
    }
}

impl<'a> Issuer<'a> {
    const DISCRIMINATOR: [u8; 8] = [216, 19, 83, 230, 108, 53, 80, 14];
    const TIMELOCK: usize = 12;
    const ADMIN: usize = 56;
    const LEN: usize = 288;

    pub fn parse(data: &'a [u8]) -> Option<Self> {
        parse(data, Self::DISCRIMINATOR, Self::LEN).map(|data| Self { data })
    }

    pub fn admin(&self) -> Pubkey {
        key(self.data, Self::ADMIN)
    }

    /// How long dangerous changes wait.
    pub fn timelock_secs(&self) -> u32 {
        match u32::from_le_bytes(read(self.data, Self::TIMELOCK).unwrap_or_default()) {
            0 => DEFAULT_TIMELOCK_SECS,
            secs => secs,
        }
    }

    /// Whether an operator has a role of this issuer, whose address is `issuer`: as the admin, where
    /// that needs no grant, or by the grant.
    pub fn require_power(
        &self,
        issuer: &Pubkey,
        operator: &Pubkey,
        grant: Option<&RoleGrant>,
        role: u16,
        now: Timestamp,
    ) -> Result<(), PowerError> {
        if role & role::OF_ADMIN != 0 && self.admin() == *operator {
            return Ok(());
        }
        let grant = grant.ok_or(PowerError::Missing)?;
        let given = grant.issuer() == *issuer && grant.wallet() == *operator;
        if !given || grant.roles() & role == 0 {
            return Err(PowerError::Missing);
        }
        if now >= grant.expires_at() {
            return Err(PowerError::Expired);
        }
        Ok(())
    }
}

impl<'a> RoleGrant<'a> {
    const DISCRIMINATOR: [u8; 8] = [126, 213, 123, 128, 172, 2, 104, 242];
    const ROLES: usize = 10;
    const ISSUER: usize = 16;
    const WALLET: usize = 48;
    const EXPIRES_AT: usize = 80;
    const LEN: usize = 152;

    pub fn parse(data: &'a [u8]) -> Option<Self> {
        parse(data, Self::DISCRIMINATOR, Self::LEN).map(|data| Self { data })
    }

    /// Bits of [`role`].
    pub fn roles(&self) -> u16 {
        u16::from_le_bytes(read(self.data, Self::ROLES).unwrap_or_default())
    }

    pub fn issuer(&self) -> Pubkey {
        key(self.data, Self::ISSUER)
    }

    pub fn wallet(&self) -> Pubkey {
        key(self.data, Self::WALLET)
    }

    /// The first second at which it no longer counts.
    pub fn expires_at(&self) -> Timestamp {
        Timestamp(i64::from_le_bytes(read(self.data, Self::EXPIRES_AT).unwrap_or_default()))
    }
}

impl<'a> Ticker<'a> {
    const DISCRIMINATOR: [u8; 8] = [214, 74, 184, 188, 214, 64, 251, 53];
    const ISSUER: usize = 32;
    const MINT: usize = 96;
    const MODE: usize = 441;
    const LEN: usize = 568;

    pub fn parse(data: &'a [u8]) -> Option<Self> {
        parse(data, Self::DISCRIMINATOR, Self::LEN).map(|data| Self { data })
    }

    pub fn issuer(&self) -> Pubkey {
        key(self.data, Self::ISSUER)
    }

    pub fn mint(&self) -> Pubkey {
        key(self.data, Self::MINT)
    }

    /// `None` if it is one of a later release.
    pub fn mode(&self) -> Option<Mode> {
        self.data.get(Self::MODE).copied().and_then(Mode::from_byte)
    }
}

fn parse(data: &[u8], discriminator: [u8; 8], len: usize) -> Option<&[u8]> {
    let is_it = data.first_chunk() == Some(&discriminator) && data.len() >= len;
    if is_it { Some(data) } else { None }
}

fn key(data: &[u8], at: usize) -> Pubkey {
    Pubkey::new_from_array(read(data, at).unwrap_or_default())
}
