//! The IDL that a native program lacks: names of instructions, of their accounts and of errors.

use borsh::BorshDeserialize;
use scrip_interface::lender::LenderInstruction;
use std::collections::BTreeMap;

const ERRORS: &str = include_str!("../../../../programs/lender/src/error.rs");

/// Each instruction, in the order of their numbers, and the accounts that it takes itself, in order;
/// what it passes on to the collateral program follows them. Each number that decodes is one.
pub fn instructions() -> Vec<(String, &'static [&'static str])> {
    let decode = |number: u8| {
        let mut data = vec![0; 256];
        data[0] = number;
        LenderInstruction::deserialize(&mut data.as_slice()).ok()
    };
    let name = |it: LenderInstruction| {
        let debug = format!("{it:?}");
        debug.split(' ').next().expect("a name").to_owned()
    };
    let names = (0..=u8::MAX).map_while(decode).map(name);
    names.map(|name| (name.clone(), accounts(&name))).collect()
}

/// From 8,000 on, in the order of the program's list.
pub fn errors() -> BTreeMap<u32, String> {
    let (_, list) = ERRORS.split_once("pub enum LenderError {").expect("a list");
    let (list, _) = list.split_once('}').expect("its end");
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty());
    let names = lines.filter(|line| !line.starts_with("//"));
    let names = names.map(|line| line.split([' ', ',']).next().expect("a name").to_owned());
    (8_000..).zip(names).collect()
}

fn accounts(instruction: &str) -> &'static [&'static str] {
    match instruction {
        "CreateMarket" => {
            &["owner", "market", "cash_mint", "cash_vault", "cash_program", "system_program"]
        }
        "AddCollateral" => &[
            "owner",
            "market",
            "collateral",
            "mint",
            "vault",
            "collateral_program",
            "feed",
            "calendar",
            "system_program",
        ],
        "SetCollateral" => &["owner", "market", "collateral"],
        "Supply" => &[
            "owner",
            "market",
            "supplier",
            "source",
            "cash_vault",
            "cash_mint",
            "cash_program",
            "system_program",
        ],
        "Redeem" => &[
            "owner",
            "market",
            "supplier",
            "destination",
            "cash_vault",
            "cash_mint",
            "cash_program",
        ],
        "Deposit" => &[
            "owner",
            "market",
            "collateral",
            "position",
            "source",
            "vault",
            "mint",
            "token_program",
            "system_program",
        ],
        "Withdraw" => &[
            "owner",
            "market",
            "collateral",
            "position",
            "destination",
            "vault",
            "mint",
            "token_program",
        ],
        "Borrow" => &[
            "owner",
            "market",
            "position",
            "destination",
            "cash_vault",
            "cash_mint",
            "cash_program",
        ],
        "Repay" => {
            &["payer", "market", "position", "source", "cash_vault", "cash_mint", "cash_program"]
        }
        "Liquidate" => &[
            "liquidator",
            "market",
            "position",
            "source",
            "cash_vault",
            "cash_mint",
            "cash_program",
            "collateral",
            "destination",
            "vault",
            "mint",
            "token_program",
        ],
        other => panic!("the accounts of the lender's {other} are not listed here"),
    }
}
