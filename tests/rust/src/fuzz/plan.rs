//! What a step will send, what the model says must come of it, and the names of errors.

use super::{attested::Taken, model::Model};
use crate::vm::Receipt;
use issuer::error::IssuerError;
use serde_json::Value;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_pubkey::Pubkey;
use solana_transaction_error::TransactionError;
use std::{collections::BTreeMap, sync::LazyLock};

/// What becomes of the model when the instruction lands.
pub type Effect = Box<dyn FnOnce(&mut Model, &Receipt)>;

pub struct Plan {
    /// The IDL's name of the instruction; with a slash for those of other programs.
    pub name: &'static str,
    /// Instructions just before, such as the one with the signatures.
    pub before: Vec<Instruction>,
    pub call: Instruction,
    pub refusals: Refusals,
    pub effect: Effect,
    /// The attestation that the instruction takes.
    pub taken: Option<Taken>,
    /// What a holder burns, of which mint.
    pub burned: Option<(Pubkey, u64)>,
    /// What the views must answer.
    pub answer: Option<Vec<u8>>,
    /// What is wrong with one of its accounts.
    pub spoiled: Option<String>,
}

/// Why the instruction must be refused: every rule that it breaks, whichever is checked first.
/// None: it must land.
#[derive(Clone, Debug, Default)]
pub struct Refusals {
    pub codes: Vec<u32>,
    /// It must be refused, by any error that has a name.
    pub any: bool,
}

impl Plan {
    pub fn new(name: &'static str, call: Instruction, refusals: Refusals) -> Self {
        Self {
            name,
            before: vec![],
            call,
            refusals,
            effect: Box::new(|_, _| {}),
            taken: None,
            burned: None,
            answer: None,
            spoiled: None,
        }
    }

    pub fn then(mut self, effect: impl FnOnce(&mut Model, &Receipt) + 'static) -> Self {
        self.effect = Box::new(effect);
        self
    }
}

impl Refusals {
    pub fn none() -> Self {
        Self::default()
    }

    pub fn any() -> Self {
        Self { codes: vec![], any: true }
    }

    pub fn unless(&mut self, rule: bool, error: IssuerError) {
        self.unless_code(rule, error.into());
    }

    pub fn unless_code(&mut self, rule: bool, code: u32) {
        if !rule {
            self.codes.push(code);
        }
    }

    pub fn add(&mut self, other: Self) {
        self.codes.extend(other.codes);
        self.any |= other.any;
    }

    pub fn is_empty(&self) -> bool {
        self.codes.is_empty() && !self.any
    }

    /// Whether the chain's error is one that the model allows.
    pub fn allow(&self, error: &TransactionError) -> bool {
        match error {
            _ if !is_named(error) => false,
            TransactionError::InstructionError(_, InstructionError::Custom(code)) => {
                self.any || self.codes.contains(code)
            }
            _ => self.any,
        }
    }
}

/// Codes of other programs that the model expects.
pub mod code {
    /// The system program's, for an address that has an account already.
    pub const ALREADY_IN_USE: u32 = 0;
    pub const INSUFFICIENT_FUNDS: u32 = 1;
    pub const OVERFLOW: u32 = 14;
    pub const ACCOUNT_FROZEN: u32 = 17;
    pub const MINT_PAUSED: u32 = spl_token_2022_interface::error::TokenError::MintPaused as u32;
    /// Anchor's, for an account that is not there (any more): the System program owns it.
    pub const NOT_INITIALIZED: u32 = 3007;
}

static IDL: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../app/idl/issuer.json");
    serde_json::from_str(text).expect("the IDL is JSON")
});

/// Each instruction of the IDL, and the names of its accounts.
pub static INSTRUCTIONS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let name = |value: &Value| value["name"].as_str().expect("it has a name").to_owned();
    let list = IDL["instructions"].as_array().expect("a list");
    let accounts =
        |of: &Value| of["accounts"].as_array().expect("a list").iter().map(name).collect();
    list.iter().map(|of| (name(of), accounts(of))).collect()
});

static ERRORS: LazyLock<BTreeMap<u32, String>> = LazyLock::new(|| {
    let list = IDL["errors"].as_array().expect("a list");
    let number = |of: &Value| u32::try_from(of["code"].as_u64().expect("a code")).expect("a u32");
    list.iter().map(|of| (number(of), of["name"].as_str().expect("a name").to_owned())).collect()
});

/// Errors of the token metadata interface.
const METADATA: std::ops::RangeInclusive<u32> = 901_952_957..=901_952_960;

/// An error that says what was wrong; not one of a program that broke.
fn is_named(error: &TransactionError) -> bool {
    use InstructionError as E;
    let TransactionError::InstructionError(_, error) = error else { return false };
    match error {
        E::Custom(code) => ERRORS.contains_key(code) || *code < 6000 || METADATA.contains(code),
        E::InvalidArgument
        | E::InvalidInstructionData
        | E::InvalidAccountData
        | E::InvalidAccountOwner
        | E::IllegalOwner
        | E::IncorrectProgramId
        | E::MissingRequiredSignature
        | E::UninitializedAccount
        | E::MissingAccount
        // One account in two places.
        | E::AccountBorrowFailed
        | E::PrivilegeEscalation
        | E::InsufficientFunds
        | E::InvalidSeeds => true,
        _ => false,
    }
}

/// The name of an error, as people read it.
pub fn error_name(error: &TransactionError) -> String {
    match error {
        TransactionError::InstructionError(_, InstructionError::Custom(code)) => code_name(*code),
        TransactionError::InstructionError(_, other) => format!("{other:?}"),
        other => format!("{other:?}"),
    }
}

pub fn code_name(code: u32) -> String {
    match ERRORS.get(&code) {
        Some(name) => name.clone(),
        None if METADATA.contains(&code) => format!("Metadata {}", code - METADATA.start()),
        None if code >= 100 => format!("Anchor {code}"),
        None => format!("Token {code}"),
    }
}
