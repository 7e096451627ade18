//! What errors are called.

use crate::{
    program::{Program, idl},
    stage::Stage,
};
use anchor_lang::error::ErrorCode;
use litesvm::types::FailedTransactionMetadata;
use scrip_interface::mint::TOKEN_2022;
use scrip_tests::build::TOKEN;
use solana_instruction_error::InstructionError;
use solana_pubkey::Pubkey;
use solana_transaction_error::TransactionError;
use spl_token_2022_interface::error::TokenError;
use std::collections::BTreeMap;

const SYSTEM: Pubkey = Pubkey::new_from_array([0; 32]);

type Codes = BTreeMap<u32, String>;

pub struct Names {
    own: Codes,
    collateral: Codes,
}

impl Names {
    pub fn new(program: &Program) -> Self {
        let own = if program.name == "lender" {
            scrip_tests::lender::errors()
        } else {
            of_idl(program.name)
        };
        Self { own, collateral: of_idl("collateral") }
    }

    /// With whose error it is, if it is not the program's own, Anchor's or the runtime's.
    pub fn of(&self, stage: &Stage, failed: &FailedTransactionMetadata) -> String {
        let error = match &failed.err {
            TransactionError::InstructionError(at, error)
                if usize::from(*at) == stage.valid.before.len() =>
            {
                error
            }
            other => return format!("Transaction::{other:?}"),
        };
        let raised_by = raised_by(&failed.meta.logs);
        let name = match error {
            InstructionError::Custom(code) => self.custom(stage, raised_by, *code),
            other => format!("{other:?}"),
        };
        match raised_by {
            Some(TOKEN | TOKEN_2022) => format!("Token::{name}"),
            Some(SYSTEM) => format!("System::{name}"),
            Some(id) if id == collateral::ID && stage.program.id != id => {
                format!("Collateral::{name}")
            }
            _ => name,
        }
    }

    fn custom(&self, stage: &Stage, raised_by: Option<Pubkey>, code: u32) -> String {
        let name = match raised_by {
            Some(TOKEN | TOKEN_2022) => {
                TokenError::try_from(code).ok().map(|error| format!("{error:?}"))
            }
            Some(SYSTEM) => system(code),
            Some(id) if id == collateral::ID => {
                self.collateral.get(&code).cloned().or_else(|| anchor(code))
            }
            Some(id) if id == stage.program.id => {
                self.own.get(&code).cloned().or_else(|| anchor(code))
            }
            _ => None,
        };
        name.unwrap_or_else(|| format!("Unnamed({code},{raised_by:?})"))
    }
}

/// The program that failed first, not those that called it.
fn raised_by(logs: &[String]) -> Option<Pubkey> {
    let mut lines = logs.iter().filter_map(|line| line.strip_prefix("Program "));
    lines.find_map(|line| line.split_once(" failed: ")?.0.parse().ok())
}

fn of_idl(program: &str) -> Codes {
    let idl = idl(program);
    let errors = idl["errors"].as_array().expect("errors").iter();
    errors
        .map(|error| {
            let code = error["code"].as_u64().and_then(|code| u32::try_from(code).ok());
            (code.expect("a code"), error["name"].as_str().expect("a name").to_owned())
        })
        .collect()
}

/// Of Anchor's own, those that a wrong account can meet.
fn anchor(code: u32) -> Option<String> {
    use ErrorCode as E;
    let known = [
        E::ConstraintMut,
        E::ConstraintHasOne,
        E::ConstraintRaw,
        E::ConstraintOwner,
        E::ConstraintSeeds,
        E::ConstraintAssociated,
        E::ConstraintAddress,
        E::ConstraintTokenMint,
        E::ConstraintTokenOwner,
        E::ConstraintTokenTokenProgram,
        E::ConstraintAssociatedTokenTokenProgram,
        E::ConstraintDuplicateMutableAccount,
        E::AccountDiscriminatorNotFound,
        E::AccountDiscriminatorMismatch,
        E::AccountDidNotDeserialize,
        E::AccountNotEnoughKeys,
        E::AccountNotMutable,
        E::AccountOwnedByWrongProgram,
        E::InvalidProgramId,
        E::AccountNotSigner,
        E::AccountNotSystemOwned,
        E::AccountNotInitialized,
        E::AccountSysvarMismatch,
        E::TryingToInitPayerAsProgramAccount,
    ];
    known.into_iter().find(|known| u32::from(*known) == code).map(|known| format!("{known:?}"))
}

/// Source: anza-xyz/solana-sdk, `system-interface/src/error.rs`.
fn system(code: u32) -> Option<String> {
    let names = ["AccountAlreadyInUse", "ResultWithNegativeLamports", "InvalidProgramId"];
    names.get(usize::try_from(code).ok()?).map(|name| (*name).to_owned())
}
