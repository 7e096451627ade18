//! Sending: limits set from a simulation, signatures, and waiting until it is confirmed.

use super::{Chain, ChainError, Result};
use crate::refusal::Refusal;
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_compute_budget_interface::ComputeBudgetInstruction;
use solana_instruction::Instruction;
use solana_message::{AddressLookupTableAccount, Hash, VersionedMessage, v0};
use solana_rpc_client_api::config::RpcSendTransactionConfig;
use solana_signature::Signature;
use solana_signer::Signer;
use solana_transaction::versioned::VersionedTransaction;
use std::{
    thread,
    time::{Duration, Instant},
};

/// What a transaction may have, signatures included.
pub const MAX_TRANSACTION_BYTES: usize = 1_232;
/// A blockhash counts for about a minute; who has not landed by then never will.
const LANDING_LIMIT: Duration = Duration::from_secs(90);
const POLL: Duration = Duration::from_millis(100);
/// What the two instructions that set limits take themselves.
const LIMITS_UNITS: u64 = 300;
/// A little more than the simulation took: the chain moves on meanwhile.
const MARGIN_PERCENT: u64 = 10;
/// The network counts loaded bytes in pages.
const PAGE: u32 = 32 * 1024;
const MAX_COMPUTE_UNITS: u64 = 1_400_000;

/// How a transaction is sent.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Tables by which accounts are named shorter.
    pub tables: Vec<AddressLookupTableAccount>,
    /// What is offered for each compute unit, in 10^-6 lamports, to land earlier.
    pub price_micro_lamports: Option<u64>,
}

impl Chain {
    /// Simulates, sets the limits of compute units and loaded bytes from what that took, signs, sends
    /// and waits until it is confirmed. The first signer pays. What fails the simulation is not sent.
    pub fn send(
        &self,
        instructions: &[Instruction],
        signers: &[&dyn Signer],
        options: &Options,
    ) -> Result<Signature> {
        let payer = signers.first().map(|payer| payer.pubkey()).unwrap_or_default();
        let limited = self.limited(&payer, instructions, options)?;
        let blockhash = self.client.get_latest_blockhash().map_err(|error| self.failure(&error))?;
        let message = compile(&payer, &limited, &options.tables, blockhash)?;
        let transaction = VersionedTransaction::try_new(message, signers)
            .map_err(|error| ChainError::Unsigned(error.to_string()))?;
        fits(&transaction)?;
        let config = RpcSendTransactionConfig {
            skip_preflight: true,
            ..RpcSendTransactionConfig::default()
        };
        let signature = self
            .client
            .send_transaction_with_config(&transaction, config)
            .map_err(|error| self.failure(&error))?;
        self.confirm(&signature)?;
        Ok(signature)
    }

    /// The instructions behind those that set the limits.
    pub fn limited(
        &self,
        payer: &Address,
        instructions: &[Instruction],
        options: &Options,
    ) -> Result<Vec<Instruction>> {
        let simulated = self.simulate_with(payer, instructions, &options.tables)?;
        let mut limited = vec![units_limit(simulated.compute_units)];
        limited.extend(simulated.loaded_bytes.map(bytes_limit));
        limited.extend(
            options.price_micro_lamports.map(ComputeBudgetInstruction::set_compute_unit_price),
        );
        limited.extend_from_slice(instructions);
        Ok(limited)
    }

    fn confirm(&self, signature: &Signature) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < LANDING_LIMIT {
            let answer = self
                .client
                .get_signature_statuses(&[*signature])
                .map_err(|error| self.failure(&error))?;
            if let Some(Some(status)) = answer.value.into_iter().next() {
                if let Some(error) = status.err.clone() {
                    return Err(Refusal::new(error, vec![]).into());
                }
                if status.satisfies_commitment(CommitmentConfig::confirmed()) {
                    return Ok(());
                }
            }
            thread::sleep(POLL);
        }
        let secs = LANDING_LIMIT.as_secs();
        Err(ChainError::NotLanded { signature: signature.to_string(), secs })
    }
}

fn units_limit(used: u64) -> Instruction {
    let with_margin = used.saturating_add(LIMITS_UNITS).saturating_mul(100 + MARGIN_PERCENT) / 100;
    let limit = u32::try_from(with_margin.min(MAX_COMPUTE_UNITS)).unwrap_or(u32::MAX);
    ComputeBudgetInstruction::set_compute_unit_limit(limit)
}

/// A page more than was loaded: the program of the limits is loaded too.
fn bytes_limit(loaded: u32) -> Instruction {
    let pages = loaded.div_ceil(PAGE).saturating_add(1);
    ComputeBudgetInstruction::set_loaded_accounts_data_size_limit(pages.saturating_mul(PAGE))
}

/// What a transaction of these instructions takes, with its signatures.
pub fn transaction_bytes(
    payer: &Address,
    instructions: &[Instruction],
    tables: &[AddressLookupTableAccount],
) -> Result<usize> {
    let message = compile(payer, instructions, tables, Hash::default())?;
    let count = usize::from(message.header().num_required_signatures);
    Ok(size(&message, count))
}

pub(super) fn compile(
    payer: &Address,
    instructions: &[Instruction],
    tables: &[AddressLookupTableAccount],
    blockhash: Hash,
) -> Result<VersionedMessage> {
    v0::Message::try_compile(payer, instructions, tables, blockhash)
        .map(VersionedMessage::V0)
        .map_err(|error| ChainError::Uncompilable(error.to_string()))
}

fn fits(transaction: &VersionedTransaction) -> Result<()> {
    match size(&transaction.message, transaction.signatures.len()) {
        bytes if bytes > MAX_TRANSACTION_BYTES => Err(ChainError::TooLarge(bytes)),
        _ => Ok(()),
    }
}

/// The count of the signatures, they, and the message.
fn size(message: &VersionedMessage, signatures: usize) -> usize {
    1 + 64 * signatures + message.serialize().len()
}
