//! A cluster, as [`scrip_client::rpc`] reaches it, with failures in the terms of this command line.

use crate::{
    exit::{Exit, Failure, Result},
    refusal,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use scrip_client::{
    accounts::Account,
    rpc::{self, ChainError, Options},
};
use serde_json::{Value, json};
use solana_account::Account as Bytes;
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_rpc_client_api::request::RpcRequest;
use solana_signature::Signature;
use solana_signer::Signer;

pub use rpc::{MAX_TRANSACTION_BYTES, Simulated};

/// Inside is the client's own, for what has no method here.
pub struct Chain(pub rpc::Chain);

impl From<ChainError> for Failure {
    fn from(error: ChainError) -> Self {
        let message = error.to_string();
        match error {
            ChainError::Unreachable(_) => Self::cluster(message)
                .hint("start one with `cargo xtask localnet`, or name another with --url"),
            ChainError::NoProgram { .. } => {
                Self::cluster(message).hint("is this the cluster you mean? --url names another")
            }
            ChainError::Says(_) => Self::cluster(message),
            ChainError::Refused(refused) => refusal::failure(&refused),
            ChainError::Missing { .. } | ChainError::Unreadable { .. } | ChainError::Unknown(_) => {
                Self::missing(message)
            }
            ChainError::NotLanded { .. } => Self::not_yet(message)
                .hint("run the command again: what has landed meanwhile is not done twice"),
            _ => Self::new(Exit::Failed, message),
        }
    }
}

impl Chain {
    /// Connects, and checks that the issuer program is there.
    pub fn connect(url: &str) -> Result<Self> {
        Ok(Self(rpc::Chain::connect(url)?))
    }

    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// Part of everything that attestors sign for this cluster.
    pub const fn genesis_hash(&self) -> [u8; 32] {
        self.0.genesis_hash
    }

    /// One JSON-RPC call that has no method of its own here.
    pub fn call(&self, method: &'static str, params: Value) -> Result<Value> {
        let answer = self.0.client.send(RpcRequest::Custom { method }, params);
        answer.map_err(|error| Failure::cluster(format!("the cluster says: {error}")))
    }

    pub fn bytes(&self, address: &Pubkey) -> Result<Option<Bytes>> {
        Ok(self.0.account(address)?)
    }

    /// In the order of the addresses.
    pub fn all_bytes(&self, addresses: &[Pubkey]) -> Result<Vec<Option<Bytes>>> {
        Ok(self.0.accounts(addresses)?)
    }

    /// A Scrip account; `None` where there is none.
    pub fn find<T: Account>(&self, address: &Pubkey) -> Result<Option<T>> {
        Ok(self.0.find(address)?)
    }

    /// A Scrip account that must be there. `what` it is, for the message.
    pub fn read<T: Account>(&self, what: &str, address: &Pubkey) -> Result<T> {
        let missing = || Failure::missing(format!("{what} is not on the chain ({address})"));
        self.find(address)?.ok_or_else(missing)
    }

    /// All accounts of a kind that have `part` at `offset`, in the order of their addresses.
    pub fn accounts<T: Account>(&self, offset: usize, part: &Pubkey) -> Result<Vec<(Pubkey, T)>> {
        Ok(self.0.all(offset, part.as_ref())?)
    }

    /// The versions of all accounts of a kind that have `part` at `offset`, whatever their layout.
    pub fn versions<T: Account>(&self, offset: usize, part: &Pubkey) -> Result<Vec<(Pubkey, u8)>> {
        /// Of every account, after the discriminator.
        const VERSION: usize = 8;
        let filter = |offset: usize, bytes: &[u8]| {
            let bytes = bs58::encode(bytes).into_string();
            json!({ "memcmp": { "offset": offset, "bytes": bytes } })
        };
        let config = json!({
            "encoding": "base64",
            "commitment": "confirmed",
            "filters": [filter(0, T::DISCRIMINATOR), filter(offset, part.as_ref())],
        });
        let answer = self.call("getProgramAccounts", json!([T::PROGRAM.id.to_string(), config]))?;
        let rows = answer.as_array().cloned().unwrap_or_default();
        let version = |row: &Value| {
            let data = row["account"]["data"][0].as_str()?;
            let data = BASE64_STANDARD.decode(data).ok()?;
            Some((row["pubkey"].as_str()?.parse().ok()?, *data.get(VERSION)?))
        };
        Ok(rows.iter().filter_map(version).collect())
    }

    /// The chain's own time, in seconds since 1970: what its programs compare with.
    pub fn now(&self) -> Result<i64> {
        Ok(self.0.now()?)
    }

    /// In lamports.
    pub fn balance(&self, address: &Pubkey) -> Result<u64> {
        Ok(self.bytes(address)?.map_or(0, |account| account.lamports))
    }

    /// Runs instructions without sending them. No signature is needed; `payer` must have a balance.
    pub fn simulate(&self, payer: &Pubkey, instructions: &[Instruction]) -> Result<Simulated> {
        Ok(self.0.simulate(payer, instructions)?)
    }

    /// What the program of a question returns to it, without a transaction.
    pub fn ask(&self, payer: &Pubkey, question: Instruction) -> Result<Vec<u8>> {
        Ok(self.0.ask(payer, question)?)
    }

    /// Simulates, signs, sends and waits until it is confirmed. The first signer pays.
    pub fn send(&self, instructions: &[Instruction], signers: &[&dyn Signer]) -> Result<Signature> {
        Ok(self.0.send(instructions, signers, &Options::default())?)
    }
}

/// Whether instructions that `payer` pays for fit a transaction, with the two that set its limits.
pub fn fits(payer: &Pubkey, instructions: &[Instruction]) -> bool {
    /// A program's address, and an instruction of 5 bytes for each limit.
    const LIMITS_BYTES: usize = 32 + 2 * (3 + 5);
    rpc::transaction_bytes(payer, instructions, &[])
        .is_ok_and(|bytes| bytes + LIMITS_BYTES <= MAX_TRANSACTION_BYTES)
}
