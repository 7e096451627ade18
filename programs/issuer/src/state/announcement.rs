use super::{ActionWindow, Limit, TickerTerms, role};
use crate::{
    constants::{CHANGE_GRACE_SECS, LAYOUT_VERSION},
    error::IssuerError,
};
use anchor_lang::prelude::*;
use scrip_math::Timestamp;

/// A change that waits for the timelock, with all that it will do.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
pub enum Change {
    GrantRole { wallet: Pubkey, roles: u16, expires_at: i64 },
    ChangeCustodian { mint: Pubkey, custodian: Pubkey },
    SetTimelock { secs: u32 },
    SetTerms { mint: Pubkey, terms: TickerTerms },
    SetDeskLimit { desk: Pubkey, outflow: Limit },
    WithdrawCash { desk: Pubkey, destination: Pubkey, amount: u64 },
    OpenMode { mint: Pubkey },
    EndPrimaryKyc { mint: Pubkey },
    SetActionWindow { mint: Pubkey, window: ActionWindow },
}

/// An announced change. Seeds: `announcement`, issuer, id. The instruction that makes the change
/// asks for this account, with exactly its own arguments inside.
#[account]
#[derive(Debug)]
pub struct Announcement {
    pub version: u8,
    pub bump: u8,
    pub issuer: Pubkey,
    pub id: u64,
    pub announcer: Pubkey,
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    /// The change may be made from here on,
    pub ready_at: i64,
    /// up to here, excluded.
    pub expires_at: i64,
    pub made: bool,
    pub change: Change,
}

impl Change {
    /// The role that announces it and makes it; none: the admin does.
    pub fn role(&self) -> Option<u16> {
        match self {
            Self::WithdrawCash { .. } => Some(role::CASH),
            Self::OpenMode { .. } | Self::EndPrimaryKyc { .. } => Some(role::COMPLIANCE),
            _ => None,
        }
    }
}

impl Announcement {
    /// Bytes of all fields but the change, with the discriminator.
    const HEAD: usize = 8 + 1 + 1 + 32 + 8 + 32 + 32 + 8 + 8 + 1;
    /// A new account is read before it is written: its zeros as the first kind of change, which
    /// must fit. Bytes of `GrantRole`.
    const FIRST_CHANGE: usize = 1 + 32 + 2 + 8;

    pub fn space(change: &Change) -> usize {
        let change = borsh::object_length(change).unwrap_or(usize::MAX);
        Self::HEAD.saturating_add(change.max(Self::FIRST_CHANGE))
    }

    /// A change announced at `now`.
    pub fn new(change: Change, now: i64, timelock_secs: u32) -> Self {
        let ready_at = Timestamp(now).saturating_add_secs(timelock_secs);
        Self {
            version: LAYOUT_VERSION,
            bump: 0,
            issuer: Pubkey::default(),
            id: 0,
            announcer: Pubkey::default(),
            rent_payer: Pubkey::default(),
            ready_at: ready_at.0,
            expires_at: ready_at.saturating_add_secs(CHANGE_GRACE_SECS).0,
            made: false,
            change,
        }
    }

    pub fn is_over(&self, now: i64) -> bool {
        self.made || now >= self.expires_at
    }
}

/// Takes the announcement of `change`: given, of this issuer, ripe, and for the first time.
pub fn take_announcement<'info>(
    announcement: &mut Option<Account<'info, Announcement>>,
    issuer: &Pubkey,
    change: &Change,
    now: i64,
) -> Result<()> {
    let announcement = announcement.as_mut().ok_or(IssuerError::AnnouncementMissing)?;
    require_keys_eq!(announcement.issuer, *issuer, IssuerError::WrongIssuer);
    require!(announcement.change == *change, IssuerError::AnnouncementMismatch);
    require!(!announcement.made, IssuerError::AnnouncementUsed);
    require!(now >= announcement.ready_at, IssuerError::TimelockNotPassed);
    require!(now < announcement.expires_at, IssuerError::AnnouncementExpired);
    announcement.made = true;
    Ok(())
}
