//! Transactions that landed: what they ran, and which an account was in.

use super::{Chain, ChainError, Result};
use crate::transaction::Call;
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_message::VersionedMessage;
use solana_rpc_client::rpc_client::GetConfirmedSignaturesForAddress2Config;
use solana_rpc_client_api::config::RpcTransactionConfig;
use solana_signature::Signature;
use solana_transaction_error::TransactionError;
use solana_transaction_status_client_types::{
    UiInstruction, UiTransactionEncoding, UiTransactionStatusMeta,
    option_serializer::OptionSerializer,
};

/// Of getSignaturesForAddress.
const PAGE: usize = 1_000;

/// A transaction as it was run.
#[derive(Clone, Debug)]
pub struct Executed {
    pub signature: Signature,
    pub slot: u64,
    /// Seconds since 1970, where the cluster tells it.
    pub time: Option<i64>,
    pub fee_lamports: u64,
    pub compute_units: Option<u64>,
    pub outcome: Outcome,
    pub calls: Vec<Call>,
    pub logs: Vec<String>,
}

/// Whether it landed as it was meant to.
pub type Outcome = std::result::Result<(), TransactionError>;

impl Chain {
    /// A transaction that landed, also one that failed.
    pub fn transaction(&self, signature: &Signature) -> Result<Executed> {
        let config = RpcTransactionConfig {
            encoding: Some(UiTransactionEncoding::Base64),
            commitment: Some(CommitmentConfig::confirmed()),
            max_supported_transaction_version: Some(0),
        };
        let unknown = || ChainError::Unknown(signature.to_string());
        let found = self.client.get_transaction_with_config(signature, config).map_err(
            |error| match self.failure(&error) {
                // The cluster answers with null, which is no transaction.
                ChainError::Says(words) if words.contains("invalid type: null") => unknown(),
                other => other,
            },
        )?;
        let transaction = found.transaction.transaction.decode().ok_or_else(unknown)?;
        let meta = found.transaction.meta.ok_or_else(unknown)?;
        Ok(Executed {
            signature: *signature,
            slot: found.slot,
            time: found.block_time,
            fee_lamports: meta.fee,
            compute_units: Option::from(meta.compute_units_consumed.clone()),
            outcome: meta.err.clone().map_or(Ok(()), |error| Err(error.into())),
            calls: calls(&transaction.message, &meta),
            logs: Option::from(meta.log_messages).unwrap_or_default(),
        })
    }

    /// Signatures of all transactions that name an account, oldest first, also of those that failed.
    pub fn signatures(&self, address: &Address) -> Result<Vec<Signature>> {
        let mut signatures = Vec::new();
        let mut before = None;
        loop {
            let config = GetConfirmedSignaturesForAddress2Config {
                before,
                until: None,
                limit: Some(PAGE),
                commitment: Some(CommitmentConfig::confirmed()),
            };
            let page = self
                .client
                .get_signatures_for_address_with_config(address, config)
                .map_err(|error| self.failure(&error))?;
            let parsed: Vec<Signature> =
                page.iter().filter_map(|row| row.signature.parse().ok()).collect();
            let Some(last) = parsed.last().copied() else { break };
            before = Some(last);
            signatures.extend(parsed);
            if page.len() < PAGE {
                break;
            }
        }
        signatures.reverse();
        Ok(signatures)
    }
}

/// Every instruction in the order in which they ran: each of the transaction's own, then what it called.
fn calls(message: &VersionedMessage, meta: &UiTransactionStatusMeta) -> Vec<Call> {
    let keys = keys(message, meta);
    let key = |index: u8| keys.get(usize::from(index)).copied().unwrap_or_default();
    let call = |program: u8, accounts: &[u8], data: Vec<u8>, depth: u32| Call {
        program: key(program),
        accounts: accounts.iter().map(|index| key(*index)).collect(),
        data,
        depth,
    };
    let inner = match &meta.inner_instructions {
        OptionSerializer::Some(inner) => inner.as_slice(),
        _ => &[],
    };
    let mut calls = Vec::new();
    for (index, own) in message.instructions().iter().enumerate() {
        calls.push(call(own.program_id_index, &own.accounts, own.data.clone(), 1));
        let called = inner.iter().filter(|inner| usize::from(inner.index) == index);
        for instruction in called.flat_map(|inner| &inner.instructions) {
            // Base64 was asked for: nothing is parsed.
            let UiInstruction::Compiled(one) = instruction else { continue };
            let data = bs58::decode(&one.data).into_vec().unwrap_or_default();
            let depth = one.stack_height.unwrap_or(2);
            calls.push(call(one.program_id_index, &one.accounts, data, depth));
        }
    }
    calls
}

/// The message's own keys, then those that lookup tables gave.
fn keys(message: &VersionedMessage, meta: &UiTransactionStatusMeta) -> Vec<Address> {
    let mut keys = message.static_account_keys().to_vec();
    if let OptionSerializer::Some(loaded) = &meta.loaded_addresses {
        let looked_up = loaded.writable.iter().chain(&loaded.readonly);
        keys.extend(looked_up.filter_map(|key| key.parse::<Address>().ok()));
    }
    keys
}
