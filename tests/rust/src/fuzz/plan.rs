//! What a step will send, what the model says must come of it, and the names of errors.

use super::{attested::Taken, model::Model};
use crate::{lender, vm::Receipt};
use serde_json::Value;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_pubkey::Pubkey;
use solana_transaction_error::TransactionError;
use std::{collections::BTreeMap, sync::LazyLock};

/// What becomes of the model when the instruction lands.
pub type Effect = Box<dyn FnOnce(&mut Model, &Receipt)>;
pub type Judge = Box<dyn Fn(&Receipt) -> Result<(), String>>;

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
    /// What any other answer must be like.
    pub judge: Option<Judge>,
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
    /// Errors that it may fail with or not: the rule is too fine for the model.
    pub unsure: Vec<u32>,
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
            judge: None,
            spoiled: None,
        }
    }

    pub fn then(mut self, effect: impl FnOnce(&mut Model, &Receipt) + 'static) -> Self {
        self.effect = Box::new(effect);
        self
    }

    pub fn judged(mut self, judge: impl Fn(&Receipt) -> Result<(), String> + 'static) -> Self {
        self.judge = Some(Box::new(judge));
        self
    }
}

impl Refusals {
    pub fn none() -> Self {
        Self::default()
    }

    pub fn any() -> Self {
        Self { any: true, ..Self::default() }
    }

    pub fn unless(&mut self, rule: bool, error: impl Into<u32>) {
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
        self.unsure.extend(other.unsure);
    }

    pub fn is_empty(&self) -> bool {
        self.codes.is_empty() && !self.any
    }

    /// It must land: nothing is left to chance.
    pub fn is_certain(&self) -> bool {
        self.is_empty() && self.unsure.is_empty()
    }

    /// Whether the chain's error is one that the model allows.
    pub fn allow(&self, error: &TransactionError) -> bool {
        match error {
            _ if !is_named(error) => false,
            TransactionError::InstructionError(_, InstructionError::Custom(code)) => {
                self.any || self.codes.contains(code) || self.unsure.contains(code)
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

fn idl(text: &str) -> Value {
    serde_json::from_str(text).expect("the IDL is JSON")
}

/// The programs' IDLs, and what comes before the name of an instruction of theirs.
static IDLS: LazyLock<[(&str, Value); 3]> = LazyLock::new(|| {
    [
        ("", idl(include_str!("../../../../app/idl/issuer.json"))),
        ("gate/", idl(include_str!("../../../../app/idl/gate.json"))),
        ("collateral/", idl(include_str!("../../../../app/idl/collateral.json"))),
    ]
});

fn list<'v>(of: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    of[field].as_array().expect("a list").iter()
}

fn name(of: &Value) -> &str {
    of["name"].as_str().expect("it has a name")
}

/// Each instruction of the four programs, and the names of its accounts.
pub static INSTRUCTIONS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut all = BTreeMap::new();
    for (prefix, idl) in IDLS.iter() {
        for of in list(idl, "instructions") {
            let accounts = list(of, "accounts").map(|account| name(account).to_owned());
            all.insert(format!("{prefix}{}", name(of)), accounts.collect());
        }
    }
    all.extend(lender::instructions().into_iter().map(|(name, accounts)| {
        (format!("lender/{name}"), accounts.iter().map(|it| (*it).to_owned()).collect())
    }));
    all
});

static ERRORS: LazyLock<BTreeMap<u32, String>> = LazyLock::new(|| {
    let code = |of: &Value| u32::try_from(of["code"].as_u64().expect("a code")).expect("a u32");
    let errors = IDLS.iter().flat_map(|(_, idl)| list(idl, "errors"));
    let mut all: BTreeMap<_, _> = errors.map(|of| (code(of), name(of).to_owned())).collect();
    all.extend(lender::errors());
    all
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
