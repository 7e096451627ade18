//! What bytes of Scrip's programs mean, whichever they are: for tools that meet a transaction and
//! do not know yet what is in it. The tables are generated from the IDL.

use crate::generated::{collateral, gate, issuer, lender};
use borsh::BorshDeserialize;
use serde::Serialize;
use serde_json::Value;
use solana_address::Address;

/// All of them.
pub const PROGRAMS: [&Program; 4] = [
    &issuer::catalog::PROGRAM,
    &gate::catalog::PROGRAM,
    &collateral::catalog::PROGRAM,
    &lender::catalog::PROGRAM,
];

/// What a program reads, keeps and says.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    pub name: &'static str,
    /// Where it is unless told otherwise: [`scrip_interface::ids`].
    pub id: Address,
    pub instructions: &'static [InstructionEntry],
    pub accounts: &'static [AccountEntry],
    pub events: &'static [EventEntry],
    pub errors: &'static [ErrorEntry],
}

#[derive(Clone, Copy, Debug)]
pub struct InstructionEntry {
    pub name: &'static str,
    pub docs: &'static str,
    pub discriminator: &'static [u8],
    /// In order. Those beyond have no names.
    pub accounts: &'static [AccountRole],
    /// Of the bytes after the discriminator.
    pub args: Decode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountRole {
    pub name: &'static str,
    pub writable: bool,
    pub signer: bool,
    /// The program's own address stands for one that was not given.
    pub optional: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct AccountEntry {
    pub name: &'static str,
    pub discriminator: &'static [u8],
    /// Of all bytes.
    pub value: Decode,
}

#[derive(Clone, Copy, Debug)]
pub struct EventEntry {
    pub name: &'static str,
    pub docs: &'static str,
    pub discriminator: &'static [u8],
    /// The account of the publishing instruction, by its name, whose stream it is in.
    pub stream: &'static str,
    /// Of the bytes after the discriminator.
    pub value: Decode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorEntry {
    pub code: u32,
    pub name: &'static str,
    pub message: &'static str,
    /// What to do about it, where the message leaves that open.
    pub advice: Option<&'static str>,
}

/// Field names and values; `None` for bytes that are not such a thing.
pub type Decode = fn(&[u8]) -> Option<Value>;

/// Keys as base58, byte strings as hex, numbers as numbers, those of 128 bits as text. Bytes beyond the last field are left:
/// accounts have room to grow.
pub fn value<T: BorshDeserialize + Serialize>(bytes: &[u8]) -> Option<Value> {
    let mut rest = bytes;
    let decoded = T::deserialize(&mut rest).ok()?;
    serde_json::to_value(decoded).ok()
}

/// Letters padded with zeros: a symbol, an ISIN, a market.
pub(crate) mod padded_text {
    use serde::Serializer;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        let text = String::from_utf8_lossy(bytes);
        serializer.serialize_str(text.trim_end_matches('\0'))
    }
}

impl Program {
    /// The instruction that begins like `data`, and what is behind its discriminator.
    pub fn instruction<'a>(&self, data: &'a [u8]) -> Option<(&'static InstructionEntry, &'a [u8])> {
        let mut entries = self.instructions.iter();
        entries.find_map(|entry| Some((entry, data.strip_prefix(entry.discriminator)?)))
    }

    pub fn account(&self, data: &[u8]) -> Option<&'static AccountEntry> {
        self.accounts.iter().find(|entry| data.starts_with(entry.discriminator))
    }

    pub fn error(&self, code: u32) -> Option<&'static ErrorEntry> {
        self.errors.iter().find(|entry| entry.code == code)
    }
}

/// The program at an address.
pub fn program_at(address: &Address) -> Option<&'static Program> {
    PROGRAMS.into_iter().find(|program| program.id == *address)
}
