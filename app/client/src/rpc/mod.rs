//! A cluster, by its JSON-RPC: reading accounts, asking programs, sending and waiting until it landed.
//! With the feature `rpc`.

mod accounts;
mod audit;
mod history;
mod send;
mod simulate;
mod table;

pub use audit::Audited;
pub use history::{Executed, Outcome};
pub use send::{MAX_TRANSACTION_BYTES, Options, transaction_bytes};
pub use simulate::Simulated;

use crate::{programs::Programs, refusal::Refusal};
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_rpc_client::rpc_client::RpcClient;
use solana_rpc_client_api::{
    client_error::{Error as ClientError, ErrorKind},
    request::RpcError,
};
use thiserror::Error;

/// A connection to a cluster.
pub struct Chain {
    /// For what is not here.
    pub client: RpcClient,
    pub url: String,
    pub programs: Programs,
    /// Part of everything that attestors sign for this cluster.
    pub genesis_hash: [u8; 32],
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChainError {
    #[error("no Solana cluster answers at {0}")]
    Unreachable(String),
    /// Its own words.
    #[error("the cluster says: {0}")]
    Says(String),
    #[error("the program {program} is not on the cluster at {url}")]
    NoProgram { program: Address, url: String },
    #[error("{what} is not on the chain ({address})")]
    Missing { what: &'static str, address: Address },
    #[error("{address}: {error}")]
    Unreadable { address: Address, error: crate::accounts::DecodeError },
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the program {0} gives no answer")]
    NoAnswer(Address),
    #[error("these instructions make no transaction: {0}")]
    Uncompilable(String),
    #[error("the transaction has {0} bytes, {MAX_TRANSACTION_BYTES} fit")]
    TooLarge(usize),
    #[error("cannot sign: {0}")]
    Unsigned(String),
    #[error("{signature} has not landed within {secs} s")]
    NotLanded { signature: String, secs: u64 },
    #[error("the cluster knows no transaction {0}")]
    Unknown(String),
}

pub type Result<T> = std::result::Result<T, ChainError>;

impl Chain {
    /// Connects to the default deployment, and checks that the issuer program is there.
    pub fn connect(url: &str) -> Result<Self> {
        Self::connect_to(url, Programs::default())
    }

    /// The same, for a deployment of one's own.
    pub fn connect_to(url: &str, programs: Programs) -> Result<Self> {
        let client = RpcClient::new_with_commitment(url, CommitmentConfig::confirmed());
        let mut chain = Self { client, url: url.to_owned(), programs, genesis_hash: [0; 32] };
        let genesis = chain.client.get_genesis_hash().map_err(|error| chain.failure(&error))?;
        chain.genesis_hash = genesis.to_bytes();
        let program = chain.account(&programs.issuer)?;
        if program.is_none_or(|account| !account.executable) {
            let url = chain.url;
            return Err(ChainError::NoProgram { program: programs.issuer, url });
        }
        Ok(chain)
    }

    /// Whether it runs on this machine: only there are funds given for nothing.
    pub fn is_local(&self) -> bool {
        ["//127.0.0.1", "//localhost", "//[::1]"].iter().any(|host| self.url.contains(host))
    }

    fn failure(&self, error: &ClientError) -> ChainError {
        match error.kind() {
            ErrorKind::RpcError(RpcError::RpcResponseError { message, .. }) => {
                ChainError::Says(message.clone())
            }
            ErrorKind::RpcError(error) => ChainError::Says(error.to_string()),
            ErrorKind::SerdeJson(error) => ChainError::Says(error.to_string()),
            _ => ChainError::Unreachable(self.url.clone()),
        }
    }
}
