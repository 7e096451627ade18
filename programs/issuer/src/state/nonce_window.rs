use crate::error::IssuerError;
use anchor_lang::prelude::*;

/// Nonces remembered one by one.
pub const NONCE_WINDOW: u64 = 1_024;
const WORDS: usize = 16;

/// Which nonces are used, for ever: all below `base`, and those whose bit is set from `base` on.
/// Attestations may land in any order within the window.
#[zero_copy]
#[derive(Debug, PartialEq, Eq)]
pub struct Nonces {
    /// The window is `base .. base + 1024`.
    pub base: u64,
    /// Bit `nonce % 1024`.
    pub used: [u64; WORDS],
}

/// The nonces of attestations about one ticker. Seeds: `nonces`, mint.
#[account(zero_copy)]
#[derive(Debug)]
pub struct NonceWindow {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 6],
    /// The mint.
    pub subject: Pubkey,
    pub nonces: Nonces,
    pub reserved: [u8; 32],
}

impl NonceWindow {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn of(&mut self, mint: &Pubkey) -> Result<&mut Nonces> {
        require_keys_eq!(self.subject, *mint, IssuerError::WrongSubject);
        Ok(&mut self.nonces)
    }
}

impl Nonces {
    /// Uses a nonce once and for ever. One beyond the window moves it, by at most its own length,
    /// so that a captured key cannot burn all nonces with one signature.
    pub fn consume(&mut self, nonce: u64) -> Result<()> {
        let ahead = nonce.checked_sub(self.base).ok_or(IssuerError::NonceTooOld)?;
        if let Some(advance) = ahead.checked_sub(NONCE_WINDOW - 1) {
            require!(advance <= NONCE_WINDOW, IssuerError::NonceTooFarAhead);
            self.advance(advance);
        }
        let bit = 1u64 << (nonce % 64);
        let word = self.word(nonce).ok_or(IssuerError::NonceTooFarAhead)?;
        require!(*word & bit == 0, IssuerError::NonceUsed);
        *word |= bit;
        Ok(())
    }

    /// Forgets the lowest `count` nonces one by one: their bits are those of the new highest ones.
    fn advance(&mut self, count: u64) {
        if count >= NONCE_WINDOW {
            self.used = [0; WORDS];
        } else {
            for nonce in self.base..self.base.saturating_add(count) {
                let bit = 1u64 << (nonce % 64);
                if let Some(word) = self.word(nonce) {
                    *word &= !bit;
                }
            }
        }
        self.base = self.base.saturating_add(count);
    }

    fn word(&mut self, nonce: u64) -> Option<&mut u64> {
        let index = usize::try_from(nonce % NONCE_WINDOW / 64).ok()?;
        self.used.get_mut(index)
    }
}
