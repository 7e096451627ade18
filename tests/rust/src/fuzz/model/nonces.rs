//! A nonce counts once, for ever, in one space per subject.

use issuer::error::IssuerError;
use std::collections::BTreeSet;

const WINDOW: u64 = 1_024;

#[derive(Clone, Debug, Default)]
pub struct Nonces {
    pub used: BTreeSet<u64>,
}

impl Nonces {
    /// The lowest that may still be used: a window reaches down from the highest used one.
    pub fn base(&self) -> u64 {
        self.used.last().map_or(0, |highest| highest.saturating_sub(WINDOW - 1))
    }

    pub fn refusal(&self, nonce: u64) -> Option<IssuerError> {
        if nonce < self.base() {
            Some(IssuerError::NonceTooOld)
        } else if nonce - self.base() >= 2 * WINDOW {
            Some(IssuerError::NonceTooFarAhead)
        } else {
            self.used.contains(&nonce).then_some(IssuerError::NonceUsed)
        }
    }

    pub fn highest(&self) -> u64 {
        self.used.last().copied().unwrap_or(0)
    }
}
