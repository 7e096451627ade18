use super::{AttestorSet, Nonces};
use crate::error::IssuerError;
use anchor_lang::prelude::*;
use scrip_interface::sha256;

/// Attestor sets that may count at the same time.
pub const MAX_LIVE_SETS: usize = 8;
/// Size of the filter of removed keys, and how many of its bits are one key's.
const FILTER_WORDS: usize = 64;
const FILTER_BITS: u16 = 4_096;
const BITS_PER_KEY: usize = 8;
/// Bytes of the first layout's account, which ended where `statement` begins but for 64 spare ones.
pub const SPACE_V1: usize = 152;

/// The last signed statement of reserves for all tickers, see `scrip_interface::merkle`.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SignedStatement {
    pub as_of: i64,
    pub root: [u8; 32],
}

/// A set that is active and has not expired, as far as the custodian knows.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LiveSet {
    pub address: Pubkey,
    pub expires_at: i64,
}

/// Who holds the shares. Seeds: `custodian`, issuer, number.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Custodian {
    pub version: u8,
    pub bump: u8,
    pub padding: [u8; 2],
    pub number: u32,
    pub issuer: Pubkey,
    /// Of the custodian's legal name.
    pub name_hash: [u8; 32],
    /// Tickers that name this custodian. From the first one on its attestors change by rotation.
    pub tickers: u32,
    pub padding_2: [u8; 4],
    pub statement: SignedStatement,
    /// Of attestations about the custodian itself.
    pub nonces: Nonces,
    pub sets: [LiveSet; MAX_LIVE_SETS],
    /// Keys that no new set may have, as a Bloom filter: it forgets none, however many follow. It
    /// also refuses a key that was never removed, once in a million at a hundred removals; then
    /// its owner makes another. Which keys they were is in the events.
    pub removed: [u64; FILTER_WORDS],
    pub removed_count: u64,
    /// When a set last began to count without a wait and without a quorum, as it may while no
    /// ticker rests here, or by migration.
    pub unannounced_at: i64,
    pub reserved: [u8; 56],
}

impl Custodian {
    pub const SPACE: usize = 8 + size_of::<Self>();

    /// Whether the account has this release's layout: one of the first is too short to read.
    pub fn is_current(account: &AccountLoader<Self>) -> bool {
        account.as_ref().data_len() >= Self::SPACE
    }

    /// Sets that count now or will, in the order of their places.
    pub fn live_sets(&self, now: i64) -> impl Iterator<Item = &LiveSet> {
        self.sets.iter().filter(move |set| set.expires_at > now)
    }

    /// Lists a set that counts from now on, in place of one that no longer does.
    pub fn add_live_set(&mut self, address: Pubkey, expires_at: i64, now: i64) -> Result<()> {
        let free = self.sets.iter_mut().find(|set| set.expires_at <= now);
        *free.ok_or(IssuerError::TooManyAttestorSets)? = LiveSet { address, expires_at };
        Ok(())
    }

    /// The replaced set counts until then only.
    pub fn end_live_set(&mut self, address: &Pubkey, until: i64, now: i64) -> Result<()> {
        let mut live = self.sets.iter_mut().filter(|set| set.expires_at > now);
        let set = live.find(|set| set.address == *address).ok_or(IssuerError::WrongReplacedSet)?;
        set.expires_at = until;
        Ok(())
    }

    pub fn remember_removed(&mut self, key: &Pubkey) {
        for place in filter_places(key) {
            if let Some(word) = self.removed.get_mut(usize::from(place / 64)) {
                *word |= 1u64 << (place % 64);
            }
        }
        self.removed_count = self.removed_count.saturating_add(1);
    }

    fn was_removed(&self, key: &Pubkey) -> bool {
        filter_places(key).iter().all(|place| {
            let word = self.removed.get(usize::from(place / 64));
            word.is_some_and(|word| word & (1u64 << (place % 64)) != 0)
        })
    }

    /// A removed key comes back by no set, not even one proposed before the removal.
    pub fn require_none_removed(&self, set: &AttestorSet) -> Result<()> {
        let removed = set.members().iter().any(|member| self.was_removed(member));
        require!(!removed, IssuerError::AttestorRemoved);
        Ok(())
    }
}

/// Places of a key's bits: numbers of 12 bits out of its hash.
fn filter_places(key: &Pubkey) -> [u16; BITS_PER_KEY] {
    let hash = sha256(&[key.as_ref()]);
    let mut places = [0; BITS_PER_KEY];
    for (place, bytes) in places.iter_mut().zip(hash.as_chunks().0) {
        *place = u16::from_le_bytes(*bytes) % FILTER_BITS;
    }
    places
}
