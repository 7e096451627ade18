//! Running instructions without sending them: what they would cost, and what programs answer.

use super::{Chain, ChainError, Result, send::compile};
use crate::refusal::Refusal;
use base64::{Engine, prelude::BASE64_STANDARD};
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_instruction::Instruction;
use solana_message::{AddressLookupTableAccount, Hash};
use solana_rpc_client_api::config::RpcSimulateTransactionConfig;
use solana_signature::Signature;
use solana_transaction::versioned::VersionedTransaction;
use solana_transaction_status_client_types::UiTransactionEncoding;

/// What a simulation told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulated {
    pub compute_units: u64,
    /// Bytes of all accounts and programs that were loaded, where the cluster tells it.
    pub loaded_bytes: Option<u32>,
    pub logs: Vec<String>,
    /// Of the last program that returned something.
    pub return_data: Option<(Address, Vec<u8>)>,
}

impl Chain {
    /// Runs instructions as they would run now. No signature is needed; `payer` is any wallet with a
    /// balance. A refusal is an error, with the program's own words.
    pub fn simulate(&self, payer: &Address, instructions: &[Instruction]) -> Result<Simulated> {
        self.simulate_with(payer, instructions, &[])
    }

    pub(super) fn simulate_with(
        &self,
        payer: &Address,
        instructions: &[Instruction],
        tables: &[AddressLookupTableAccount],
    ) -> Result<Simulated> {
        let message = compile(payer, instructions, tables, Hash::default())?;
        let count = usize::from(message.header().num_required_signatures);
        let transaction =
            VersionedTransaction { signatures: vec![Signature::default(); count], message };
        let config = RpcSimulateTransactionConfig {
            replace_recent_blockhash: true,
            encoding: Some(UiTransactionEncoding::Base64),
            commitment: Some(CommitmentConfig::confirmed()),
            ..RpcSimulateTransactionConfig::default()
        };
        let value = self
            .client
            .simulate_transaction_with_config(&transaction, config)
            .map_err(|error| self.failure(&error))?
            .value;
        let logs = value.logs.unwrap_or_default();
        if let Some(error) = value.err {
            return Err(Refusal::new(error.into(), logs).into());
        }
        let return_data = value.return_data.and_then(|returned| {
            let program = returned.program_id.parse().ok()?;
            Some((program, BASE64_STANDARD.decode(returned.data.0).ok()?))
        });
        Ok(Simulated {
            compute_units: value.units_consumed.unwrap_or(0),
            loaded_bytes: value.loaded_accounts_data_size,
            logs,
            return_data,
        })
    }

    /// What the program of a question returns to it.
    pub fn ask(&self, payer: &Address, question: Instruction) -> Result<Vec<u8>> {
        let program = question.program_id;
        match self.simulate(payer, &[question])?.return_data {
            Some((by, data)) if by == program => Ok(data),
            _ => Err(ChainError::NoAnswer(program)),
        }
    }
}
