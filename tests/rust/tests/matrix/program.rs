//! What instructions a program has and what accounts each takes.

use scrip_interface::lender::{Collateral, LenderAccount, Market, Position, Supplier};
use serde_json::Value;
use solana_pubkey::Pubkey;
use std::{fs, path::Path};

pub struct Program {
    pub name: &'static str,
    pub id: Pubkey,
    pub instructions: Vec<Instruction>,
}

pub struct Instruction {
    pub name: String,
    pub accounts: Vec<Account>,
}

#[derive(Clone)]
pub struct Account {
    pub name: String,
    pub optional: bool,
    /// `None`: as the valid form has it.
    pub flags: Option<Flags>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flags {
    pub signer: bool,
    pub writable: bool,
}

/// Where an attacker looks for accounts of another type.
pub const ALL: [(&str, Pubkey); 4] = [
    ("issuer", issuer::ID),
    ("gate", gate::ID),
    ("collateral", collateral::ID),
    ("lender", lender::ID),
];

fn text(value: &Value) -> String {
    value["name"].as_str().expect("a name").to_owned()
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

pub fn idl(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../app/idl/{name}.json"));
    let json = fs::read_to_string(path).expect("the IDL is there: cargo xtask build makes it");
    serde_json::from_str(&json).expect("an IDL is JSON")
}

impl Program {
    pub fn all() -> Vec<Self> {
        let of =
            |(name, id)| if id == lender::ID { Self::lender() } else { Self::anchor(name, id) };
        ALL.map(of).into()
    }

    /// By its IDL.
    fn anchor(name: &'static str, id: Pubkey) -> Self {
        let idl = idl(name);
        let instructions = list(&idl, "instructions").iter().map(|it| Instruction {
            name: text(it),
            accounts: list(it, "accounts").iter().map(Account::of_idl).collect(),
        });
        Self { name, id, instructions: instructions.collect() }
    }

    /// By its instruction type. Its builders in `scrip_interface::lender` say which accounts sign and
    /// are written.
    fn lender() -> Self {
        let account =
            |name: &&str| Account { name: (*name).to_owned(), optional: false, flags: None };
        let instructions = scrip_tests::lender::instructions().into_iter();
        let instructions = instructions
            .map(|(name, accounts)| Instruction {
                name,
                accounts: accounts.iter().map(account).collect(),
            })
            .collect();
        Self { name: "lender", id: lender::ID, instructions }
    }

    pub fn instruction(&self, name: &str) -> Option<&Instruction> {
        self.instructions.iter().find(|instruction| instruction.name == name)
    }
}

impl Account {
    fn of_idl(account: &Value) -> Self {
        let flag = |name: &str| account[name].as_bool().unwrap_or(false);
        let flags = Flags { signer: flag("signer"), writable: flag("writable") };
        Self { name: text(account), optional: flag("optional"), flags: Some(flags) }
    }
}

/// The types of account of one of our programs: their first eight bytes, and what they are called.
pub fn types(name: &str) -> Vec<([u8; 8], String)> {
    if name == "lender" {
        let kinds = [
            (Market::KIND, "Market"),
            (Collateral::KIND, "Collateral"),
            (Position::KIND, "Position"),
            (Supplier::KIND, "Supplier"),
        ];
        return kinds.map(|(kind, name)| (kind, name.to_owned())).to_vec();
    }
    let of = |account: &Value| {
        let bytes = list(account, "discriminator").iter();
        let bytes = bytes.map(|byte| u8::try_from(byte.as_u64().expect("a byte")).expect("a byte"));
        let bytes: Vec<u8> = bytes.collect();
        (bytes.try_into().expect("eight bytes"), text(account))
    };
    list(&idl(name), "accounts").iter().map(of).collect()
}
