//! Event streams replay: numbered without a gap, and hashed to what the account says.

use super::{Checked, Snapshot, rule};
use crate::vm::Receipt;
use solana_pubkey::Pubkey;
use std::collections::BTreeMap;

/// Number and hash of each stream's last event: by issuer, and by mint.
pub struct Streams(BTreeMap<Pubkey, (u64, [u8; 32])>);

impl Streams {
    /// From what was there before anything was recorded.
    pub fn new(start: &Snapshot) -> Self {
        let of = |(address, issuer): (&Pubkey, &issuer::state::Issuer)| {
            (*address, (issuer.stream.sequence, issuer.stream.hash))
        };
        Self(start.issuers.iter().map(of).collect())
    }

    /// An event begins with its number and the key of what it is about: a mint, or something of
    /// an issuer.
    pub fn add(&mut self, receipt: &Receipt, now: &Snapshot, ours: Pubkey) -> Checked {
        for event in receipt.event_bytes() {
            let key = Pubkey::new_from_array(event[16..48].try_into().expect("a key"));
            let known = now.tickers.contains_key(&key) || now.issuers.contains_key(&key);
            let owner = if known { key } else { ours };
            let (number, hash) = self.0.entry(owner).or_default();
            *number += 1;
            rule(event[8..16] == number.to_le_bytes(), || {
                format!("event {number} of {owner} is missing")
            })?;
            *hash = scrip_interface::sha256(&[hash, &event]);
        }
        Ok(())
    }

    pub fn agree(&self, now: &Snapshot) -> Checked {
        let issuers = now.issuers.iter().map(|(address, issuer)| (address, issuer.stream));
        let tickers = now.tickers.iter().map(|(mint, ticker)| (mint, ticker.stream));
        for (owner, stream) in issuers.chain(tickers) {
            let replayed = self.0.get(owner).copied().unwrap_or_default();
            let agrees = replayed == (stream.sequence, stream.hash);
            rule(agrees, || format!("the events of {owner} do not replay to its stream"))?;
        }
        Ok(())
    }
}
