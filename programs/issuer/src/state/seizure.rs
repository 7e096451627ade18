use crate::{constants::CHANGE_GRACE_SECS, error::IssuerError};
use anchor_lang::prelude::*;
use scrip_math::Timestamp;

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeizureKind {
    /// What a court or an authority ordered.
    Seizure,
    /// All that an investor has in a wallet he has lost goes to another wallet of his.
    Recovery,
}

/// Values of [`Seizure::state`].
pub mod seizure_state {
    pub const ANNOUNCED: u8 = 0;
    pub const CONTESTED: u8 = 1;
    pub const EXECUTED: u8 = 2;
}

/// Shares that will be taken, and were. Seeds: `seizure`, mint, case hash. One that is cancelled is
/// closed and may be announced again; one that was executed stays, so that its case counts once.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Seizure {
    pub version: u8,
    pub bump: u8,
    /// Of [`SeizureKind`]: 0 and 1.
    pub kind: u8,
    /// Of [`seizure_state`].
    pub state: u8,
    /// The issuer's own code.
    pub reason: u16,
    /// Whether it placed the hold that keeps `from` frozen; 0: compliance had placed it before.
    pub placed_hold: u8,
    pub padding: [u8; 1],
    pub issuer: Pubkey,
    pub mint: Pubkey,
    /// The token account, and its owner when this was announced.
    pub from: Pubkey,
    pub from_owner: Pubkey,
    /// The wallet that gets the shares, in any token account that stays its own.
    pub to_owner: Pubkey,
    /// sha256 of the case's documents.
    pub case_hash: [u8; 32],
    /// At most, raw; `u64::MAX` for all.
    pub amount: u64,
    /// What was moved, raw.
    pub moved: u64,
    pub announced_by: Pubkey,
    pub announced_at: i64,
    /// It may be executed from here on,
    pub execute_at: i64,
    /// up to here, excluded.
    pub expires_at: i64,
    /// 0: not contested.
    pub contested_at: i64,
    pub executed_at: i64,
    /// sha256 of what the owner had to say.
    pub note_hash: [u8; 32],
    /// Gets the rent back if it is cancelled.
    pub rent_payer: Pubkey,
    /// How long it waits, and waits again if it is contested: as the issuer's was when announced.
    pub timelock_secs: u32,
    pub padding_2: [u8; 4],
    pub reserved: [u8; 64],
}

impl SeizureKind {
    fn of(byte: u8) -> Self {
        if byte == Self::Recovery as u8 { Self::Recovery } else { Self::Seizure }
    }
}

impl Seizure {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn kind(&self) -> SeizureKind {
        SeizureKind::of(self.kind)
    }

    /// It waits from now on.
    pub fn announce(&mut self, now: i64, timelock_secs: u32) {
        self.state = seizure_state::ANNOUNCED;
        self.announced_at = now;
        self.timelock_secs = timelock_secs;
        self.wait_from(Timestamp(now));
    }

    /// A delay, no veto: a second timelock after the first one.
    pub fn contest(&mut self, note_hash: [u8; 32], now: i64) -> Result<()> {
        self.require_open()?;
        require!(self.state != seizure_state::CONTESTED, IssuerError::SeizureContested);
        require!(now < self.execute_at, IssuerError::ContestTooLate);
        self.state = seizure_state::CONTESTED;
        self.contested_at = now;
        self.note_hash = note_hash;
        self.wait_from(Timestamp(self.execute_at));
        Ok(())
    }

    /// Its time has come, for the first time and not for long.
    pub fn require_ripe(&self, now: i64) -> Result<()> {
        self.require_open()?;
        require!(now >= self.execute_at, IssuerError::TimelockNotPassed);
        require!(!self.is_expired(now), IssuerError::AnnouncementExpired);
        Ok(())
    }

    pub fn execute(&mut self, moved: u64, now: i64) {
        self.state = seizure_state::EXECUTED;
        self.moved = moved;
        self.executed_at = now;
    }

    pub fn require_open(&self) -> Result<()> {
        require!(self.state != seizure_state::EXECUTED, IssuerError::SeizureExecuted);
        Ok(())
    }

    pub fn is_expired(&self, now: i64) -> bool {
        now >= self.expires_at
    }

    fn wait_from(&mut self, start: Timestamp) {
        let execute_at = start.saturating_add_secs(self.timelock_secs);
        self.execute_at = execute_at.0;
        self.expires_at = execute_at.saturating_add_secs(CHANGE_GRACE_SECS).0;
    }
}
