//! What a transaction takes of a block, as validators count it.
//! Source of the parts: Agave, `cost-model/src/cost_model.rs` and `block_cost_limits.rs`.

use crate::vm::Receipt;
use scrip_interface::ed25519;

/// What a block may take in all, and those of its transactions that write one account, in a slot of 200 ms.
pub const BLOCK_LIMIT: u64 = 50_000_000;
pub const ACCOUNT_LIMIT: u64 = 20_000_000;
pub const SLOTS_A_SECOND: u64 = 5;

const SIGNATURE: u64 = 720;
/// Of the Ed25519 precompile.
const VERIFICATION: u64 = 2_400;
const WRITE_LOCK: u64 = 300;
const DATA_BYTES_PER_UNIT: u64 = 4;
const PAGE_BYTES: u64 = 32 * 1_024;
const PAGE: u64 = 8;

/// In compute units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockCost {
    pub execution: u64,
    /// Of the transaction and of the precompile.
    pub signatures: u64,
    pub write_locks: u64,
    /// Bytes of instructions, and pages of accounts and programs that were loaded.
    pub data: u64,
}

impl BlockCost {
    /// Of a transaction that asks for no more than it uses.
    pub fn of(receipt: &Receipt) -> Self {
        let sent = &receipt.sent;
        let signers = u64::from(sent.message.header().num_required_signatures);
        let instructions = sent.message.instructions();
        let verified = instructions
            .iter()
            .filter(|instruction| {
                sent.keys[usize::from(instruction.program_id_index)] == ed25519::PROGRAM_ID
            })
            .map(|instruction| u64::from(instruction.data[0]))
            .sum::<u64>();
        let bytes =
            instructions.iter().map(|instruction| instruction.data.len() as u64).sum::<u64>();
        Self {
            execution: receipt.cost.compute_units,
            signatures: signers * SIGNATURE + verified * VERIFICATION,
            write_locks: sent.writable.len() as u64 * WRITE_LOCK,
            data: bytes / DATA_BYTES_PER_UNIT + sent.loaded_bytes.div_ceil(PAGE_BYTES) * PAGE,
        }
    }

    pub const fn total(&self) -> u64 {
        self.execution + self.signatures + self.write_locks + self.data
    }
}
