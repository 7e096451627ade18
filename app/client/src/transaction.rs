//! A transaction as it was run: every instruction, also those that programs called.

use crate::{
    catalog::{Program, program_at},
    programs::Programs,
};
use solana_address::Address;

/// An instruction that ran, in the order of a transaction's calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub program: Address,
    pub accounts: Vec<Address>,
    pub data: Vec<u8>,
    /// 1 for the transaction's own instructions, 2 for what they call, and so on.
    pub depth: u32,
}

impl Call {
    /// The Scrip program that was called, if it was one.
    pub fn scrip(&self, programs: &Programs) -> Option<&'static Program> {
        program_at(&programs.compiled(&self.program)?)
    }
}

/// Which call made the one at `index`: the nearest before it that is less deep.
pub fn caller(calls: &[Call], index: usize) -> Option<usize> {
    let depth = calls.get(index)?.depth;
    calls.get(..index)?.iter().rposition(|call| call.depth < depth)
}
