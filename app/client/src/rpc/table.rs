//! Lookup tables on a cluster.

use super::{Chain, ChainError, Options, Result};
use crate::lookup::{NewTable, new_table};
use solana_address::Address;
use solana_address_lookup_table_interface::state::AddressLookupTable;
use solana_commitment_config::CommitmentConfig;
use solana_message::AddressLookupTableAccount;
use solana_signer::Signer;
use std::{
    thread,
    time::{Duration, Instant},
};

const SLOT_HASHES: Address = Address::from_str_const("SysvarS1otHashes111111111111111111111111111");
/// A count u64, then slot and hash of each, the newest first.
const NEWEST_SLOT: usize = 8;
/// Half a slot of mainnet.
const POLL: Duration = Duration::from_millis(200);
const SLOT_LIMIT: Duration = Duration::from_secs(30);

impl Chain {
    /// Makes a table of these addresses and waits until it can be used. `payer` is its authority.
    pub fn create_table(
        &self,
        payer: &dyn Signer,
        addresses: &[Address],
    ) -> Result<AddressLookupTableAccount> {
        let table = new_table(&payer.pubkey(), self.newest_slot_hash()?, addresses);
        let NewTable { address, addresses, transactions } = table;
        for instructions in &transactions {
            self.send(instructions, &[payer], &Options::default())?;
        }
        self.wait_for_next_slot()?;
        Ok(AddressLookupTableAccount { key: address, addresses })
    }

    /// A table that is there.
    pub fn table(&self, address: &Address) -> Result<AddressLookupTableAccount> {
        let missing = ChainError::Missing { what: "the lookup table", address: *address };
        let account = self.account(address)?.ok_or_else(|| missing.clone())?;
        let table = AddressLookupTable::deserialize(&account.data).map_err(|_| missing)?;
        Ok(AddressLookupTableAccount { key: *address, addresses: table.addresses.to_vec() })
    }

    /// Read from the sysvar: not every slot that a node names is in it.
    fn newest_slot_hash(&self) -> Result<u64> {
        let hashes = self.account(&SLOT_HASHES)?;
        let slot = hashes
            .as_ref()
            .and_then(|hashes| hashes.data.get(NEWEST_SLOT..)?.first_chunk().copied());
        let missing = ChainError::Missing { what: "the SlotHashes sysvar", address: SLOT_HASHES };
        slot.map(u64::from_le_bytes).ok_or(missing)
    }

    fn wait_for_next_slot(&self) -> Result<()> {
        let slot = || {
            let found = self.client.get_slot_with_commitment(CommitmentConfig::confirmed());
            found.map_err(|error| self.failure(&error))
        };
        let (now, started) = (slot()?, Instant::now());
        while started.elapsed() < SLOT_LIMIT {
            thread::sleep(POLL);
            if slot()? > now {
                return Ok(());
            }
        }
        Err(ChainError::Says(format!("no slot came after {now} in {} s", SLOT_LIMIT.as_secs())))
    }
}
