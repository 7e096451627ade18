//! Where accounts are read: a cluster, or the VM of a test.

use crate::accounts::Account;
use scrip_interface::mint::TOKEN_2022;
use solana_address::Address;

/// An account's bytes, and the program that owns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bytes {
    pub owner: Address,
    pub data: Vec<u8>,
}

/// What plans read from, where an instruction's accounts depend on what is on chain.
pub trait Source {
    type Error: std::error::Error;

    /// In the order of the addresses; `None` where there is no account.
    fn read_all(&self, addresses: &[Address]) -> Result<Vec<Option<Bytes>>, Self::Error>;

    fn read_one(&self, address: &Address) -> Result<Option<Bytes>, Self::Error> {
        Ok(self.read_all(&[*address])?.pop().flatten())
    }
}

/// A Scrip account, if these are the bytes of one.
pub(crate) fn scrip_account<T: Account>(bytes: Option<Bytes>, program: &Address) -> Option<T> {
    let bytes = bytes.filter(|bytes| bytes.owner == *program)?;
    T::decode(&bytes.data).ok()
}

/// A Token-2022 account's bytes.
pub(crate) fn token_2022(bytes: Option<Bytes>) -> Option<Vec<u8>> {
    bytes.filter(|bytes| bytes.owner == TOKEN_2022).map(|bytes| bytes.data)
}
