//! What the chain refused, in words.

use crate::catalog::{ErrorEntry, PROGRAMS};
use solana_instruction_error::InstructionError;
use solana_transaction_error::TransactionError;
use std::fmt;

/// Why a transaction failed, in simulation or on chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub error: TransactionError,
    /// What the programs logged, where it is known.
    pub logs: Vec<String>,
}

impl Refusal {
    pub const fn new(error: TransactionError, logs: Vec<String>) -> Self {
        Self { error, logs }
    }

    /// The number of a program's own error, and which instruction of the transaction failed.
    pub fn code(&self) -> Option<(u32, usize)> {
        match self.error {
            TransactionError::InstructionError(index, InstructionError::Custom(code)) => {
                Some((code, usize::from(index)))
            }
            _ => None,
        }
    }

    /// The error of one of Scrip's programs. Each has a range of numbers of its own: other numbers
    /// are of a program that was called.
    pub fn entry(&self) -> Option<&'static ErrorEntry> {
        let (code, _) = self.code()?;
        error_entry(code)
    }

    /// What to do about it, where the program's own words leave that open.
    pub fn advice(&self) -> Option<&'static str> {
        self.entry()?.advice
    }

    /// The most telling line of the logs.
    pub fn last_words(&self) -> Option<&str> {
        let last = |prefix: &str| self.logs.iter().rev().find_map(|line| line.strip_prefix(prefix));
        last("Program log: Scrip: ").or_else(|| last("Program log: Error: ")).or_else(|| {
            self.logs.iter().rev().find_map(|line| Some(line.split_once(" failed: ")?.1))
        })
    }
}

/// The error of one of Scrip's programs by its number.
pub fn error_entry(code: u32) -> Option<&'static ErrorEntry> {
    PROGRAMS.into_iter().find_map(|program| program.error(code))
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if let Some(entry) = self.entry() {
            return write!(f, "{}: {}", entry.name, entry.message);
        }
        match self.code() {
            Some((code, _)) => write!(f, "a program refuses with its error {code}")?,
            None => write!(f, "{}", self.error)?,
        }
        self.last_words().map_or(Ok(()), |words| write!(f, " ({words})"))
    }
}

impl std::error::Error for Refusal {}
