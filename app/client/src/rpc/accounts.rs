//! Reading accounts.

use super::{Chain, ChainError, Result};
use crate::{
    accounts::Account,
    source::{self, Source},
};
use solana_account::Account as Bytes;
use solana_account_decoder_client_types::UiAccountEncoding;
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_rpc_client_api::{
    config::{RpcAccountInfoConfig, RpcProgramAccountsConfig},
    filter::{Memcmp, RpcFilterType},
};

const CLOCK: Address = Address::from_str_const("SysvarC1ock11111111111111111111111111111111");
const UNIX_TIMESTAMP: usize = 32;
/// Of getMultipleAccounts.
const MAX_ACCOUNTS_PER_CALL: usize = 100;

impl Chain {
    /// An account's bytes and owner; `None` where there is none.
    pub fn account(&self, address: &Address) -> Result<Option<Bytes>> {
        Ok(self.accounts(&[*address])?.pop().flatten())
    }

    /// In the order of the addresses, all as of one moment for each hundred.
    pub fn accounts(&self, addresses: &[Address]) -> Result<Vec<Option<Bytes>>> {
        let mut found = Vec::with_capacity(addresses.len());
        for some in addresses.chunks(MAX_ACCOUNTS_PER_CALL) {
            let answer = self
                .client
                .get_multiple_accounts_with_commitment(some, CommitmentConfig::confirmed())
                .map_err(|error| self.failure(&error))?;
            found.extend(answer.value);
        }
        Ok(found)
    }

    /// A Scrip account; `None` where there is none, or one of another program.
    pub fn find<T: Account>(&self, address: &Address) -> Result<Option<T>> {
        let ours = self.programs.here(T::PROGRAM.id);
        match self.account(address)? {
            Some(account) if account.owner == ours => decode(address, &account.data).map(Some),
            _ => Ok(None),
        }
    }

    /// A Scrip account that must be there. `what` it is, for the message.
    pub fn read<T: Account>(&self, what: &'static str, address: &Address) -> Result<T> {
        self.find(address)?.ok_or(ChainError::Missing { what, address: *address })
    }

    /// All accounts of a kind whose bytes at `offset` are `part`, in the order of their addresses.
    pub fn all<T: Account>(&self, offset: usize, part: &[u8]) -> Result<Vec<(Address, T)>> {
        let bytes = |offset: usize, bytes: &[u8]| {
            RpcFilterType::Memcmp(Memcmp::new_raw_bytes(offset, bytes.to_vec()))
        };
        let config = RpcProgramAccountsConfig {
            filters: Some(vec![bytes(0, T::DISCRIMINATOR), bytes(offset, part)]),
            account_config: RpcAccountInfoConfig {
                encoding: Some(UiAccountEncoding::Base64),
                commitment: Some(CommitmentConfig::confirmed()),
                ..RpcAccountInfoConfig::default()
            },
            ..RpcProgramAccountsConfig::default()
        };
        let program = self.programs.here(T::PROGRAM.id);
        let rows = self
            .client
            .get_program_ui_accounts_with_config(&program, config)
            .map_err(|error| self.failure(&error))?;
        let read =
            |(address, account): (Address, solana_account_decoder_client_types::UiAccount)| {
                let data = account.data.decode().unwrap_or_default();
                Ok((address, decode(&address, &data)?))
            };
        let mut found: Vec<_> = rows.into_iter().map(read).collect::<Result<_>>()?;
        found.sort_by_key(|(address, _)| *address);
        Ok(found)
    }

    /// The chain's own time, in seconds since 1970: what its programs compare with.
    pub fn now(&self) -> Result<i64> {
        let clock = self.account(&CLOCK)?;
        let bytes = clock
            .as_ref()
            .and_then(|clock| clock.data.get(UNIX_TIMESTAMP..)?.first_chunk().copied());
        bytes
            .map(i64::from_le_bytes)
            .ok_or(ChainError::Missing { what: "the clock", address: CLOCK })
    }
}

fn decode<T: Account>(address: &Address, data: &[u8]) -> Result<T> {
    T::decode(data).map_err(|error| ChainError::Unreadable { address: *address, error })
}

impl Source for Chain {
    type Error = ChainError;

    fn read_all(&self, addresses: &[Address]) -> Result<Vec<Option<source::Bytes>>> {
        let bytes = |account: Bytes| source::Bytes { owner: account.owner, data: account.data };
        Ok(self.accounts(addresses)?.into_iter().map(|found| found.map(bytes)).collect())
    }
}
