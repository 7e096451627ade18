//! Event streams replay: numbered without a gap, and hashed to what the accounts say.

use super::{Checked, Snapshot, rule};
use crate::fuzz::arena::Arena;
use anchor_lang::{Discriminator, event::EVENT_IX_TAG_LE};
use collateral::event::PriceObserved;
use scrip_stream::Stream;
use solana_pubkey::Pubkey;
use std::collections::BTreeMap;

/// Number and hash of each stream's last event: by issuer, by mint (a ticker's), and by the account
/// that owns one in the gate and in the collateral program.
pub struct Streams(BTreeMap<Pubkey, (u64, [u8; 32])>);

fn place(stream: &Stream) -> (u64, [u8; 32]) {
    (stream.sequence, stream.hash)
}

/// Whose stream an event about `key` is in.
fn owner(arena: &Arena, now: &Snapshot, program: &Pubkey, key: &Pubkey, event: &[u8]) -> Pubkey {
    // A ticker's mint, or an issuer; or something of ours.
    let issuers = now.tickers.contains_key(key) || now.issuers.contains_key(key);
    // All but prices are the curator's to tell, whatever they are about.
    let own = now.curators.contains(key) || event.starts_with(PriceObserved::DISCRIMINATOR);
    if *program == issuer::ID && !issuers {
        arena.issuer()
    } else if *program == collateral::ID && !own {
        arena.curator
    } else {
        *key
    }
}

impl Streams {
    /// From what was there before anything was recorded.
    pub fn new(start: &Snapshot) -> Self {
        Self(start.streams().into_iter().map(|(owner, stream)| (owner, place(&stream))).collect())
    }

    /// Of the transaction that landed last. An event begins with its number and the key of what it
    /// is about.
    pub fn add(&mut self, arena: &Arena, now: &Snapshot) -> Checked {
        for call in &arena.ran {
            let Some(event) = call.data.strip_prefix(EVENT_IX_TAG_LE) else { continue };
            let key = Pubkey::new_from_array(event[16..48].try_into().expect("a key"));
            let owner = owner(arena, now, &call.program, &key, event);
            let (number, hash) = self.0.entry(owner).or_default();
            *number += 1;
            rule(event[8..16] == number.to_le_bytes(), || {
                format!("event {number} of {owner} is missing")
            })?;
            *hash = scrip_interface::sha256(&[hash, event]);
        }
        Ok(())
    }

    pub fn agree(&self, now: &Snapshot) -> Checked {
        for (owner, stream) in now.streams() {
            let replayed = self.0.get(&owner).copied().unwrap_or_default();
            rule(replayed == place(&stream), || {
                format!("the events of {owner} do not replay to its stream")
            })?;
        }
        Ok(())
    }
}
