use crate::{
    constants::{MAX_TIMELOCK_SECS, MIN_TIMELOCK_SECS},
    error::CollateralError,
};
use anchor_lang::prelude::*;
use scrip_math::Timestamp;
use scrip_stream::Stream;

const MAX_ROLES: usize = 8;

/// What a wallet may do for a curator. The admin may do all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role(pub u32);

impl Role {
    /// Creates feeds and changes their rules; a loosening waits.
    pub const FEED: Self = Self(1);
    /// Creates calendars and loads years; a loosening waits. Ends a venue's halt.
    pub const CALENDAR: Self = Self(1 << 1);
    /// Halts, tightens and cancels what waits. Cannot loosen anything.
    pub const GUARD: Self = Self(1 << 2);
    const ALL: u32 = 0b111;

    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RoleGrant {
    pub wallet: Pubkey,
    /// 0: the place is free.
    pub mask: u32,
    pub padding: u32,
}

/// Who curates feeds. Seeds: `curator`, creator, id.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Curator {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 6],
    pub id: u64,
    pub creator: Pubkey,
    pub admin: Pubkey,
    /// Becomes admin by accepting. The empty key: nobody is named.
    pub pending_admin: Pubkey,
    /// How long a loosening waits, until `next_timelock_at`; from then on `next_timelock_secs`.
    pub timelock_secs: u32,
    pub next_timelock_secs: u32,
    pub next_timelock_at: i64,
    pub roles: [RoleGrant; MAX_ROLES],
    pub stream: Stream,
    pub reserved: [u8; 128],
}

impl Curator {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// `wallet` has one of the roles, or is the admin.
    pub fn require_role(&self, wallet: &Pubkey, one_of: Role) -> Result<()> {
        let granted = |grant: &RoleGrant| grant.wallet == *wallet && grant.mask & one_of.0 != 0;
        let allowed = self.admin == *wallet || self.roles.iter().any(granted);
        require!(allowed, CollateralError::RoleMissing);
        Ok(())
    }

    /// Replaces what a wallet may do; 0 takes everything away.
    pub fn set_role(&mut self, wallet: Pubkey, mask: u32) -> Result<()> {
        require!(mask & !Role::ALL == 0, CollateralError::RoleInvalid);
        require_keys_neq!(wallet, Pubkey::default(), CollateralError::RoleInvalid);
        let place = self.roles.iter().position(|grant| grant.mask != 0 && grant.wallet == wallet);
        let place = place.or_else(|| self.roles.iter().position(|grant| grant.mask == 0));
        let grant = place.and_then(|place| self.roles.get_mut(place));
        let grant = grant.ok_or(CollateralError::RolesFull)?;
        *grant =
            if mask == 0 { RoleGrant::default() } else { RoleGrant { wallet, mask, padding: 0 } };
        Ok(())
    }

    pub const fn timelock(&self, now: Timestamp) -> u32 {
        if self.next_timelock_at <= now.0 { self.next_timelock_secs } else { self.timelock_secs }
    }

    /// When something loosened now begins to count.
    pub const fn loosens_at(&self, now: Timestamp) -> Timestamp {
        now.saturating_add_secs(self.timelock(now))
    }

    /// A longer timelock counts at once, a shorter one after the one it replaces. Returns when.
    pub fn set_timelock(&mut self, secs: u32, now: Timestamp) -> Result<Timestamp> {
        require_timelock(secs)?;
        let current = self.timelock(now);
        let at = if secs >= current { now } else { now.saturating_add_secs(current) };
        self.timelock_secs = current;
        self.next_timelock_secs = secs;
        self.next_timelock_at = at.0;
        Ok(at)
    }
}

pub fn require_timelock(secs: u32) -> Result<()> {
    let range = MIN_TIMELOCK_SECS..=MAX_TIMELOCK_SECS;
    require!(range.contains(&secs), CollateralError::TimelockInvalid);
    Ok(())
}
