//! What an account is, by what the chain holds at its address before and after a valid instruction.

use crate::program::{self, types};
use litesvm::LiteSVM;
use scrip_interface::mint::TOKEN_2022;
use scrip_tests::build::{INSTRUCTIONS_SYSVAR, TOKEN};
use solana_account::Account;
use solana_pubkey::Pubkey;
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Optional, and not given.
    Nothing,
    Program,
    Sysvar,
    /// A live account of one of our programs.
    Record(String),
    /// Of Token-2022, and of the classic Token program.
    Mint,
    ClassicMint,
    TokenAccount,
    ClassicTokenAccount,
    /// An account of somebody else's program.
    Foreign,
    /// Who signs, or a wallet with lamports.
    Key,
    /// Not there yet: the instruction creates it.
    New,
    /// An address where nothing is.
    Address,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Record(name) => f.write_str(name),
            other => write!(f, "{other:?}"),
        }
    }
}

impl Kind {
    pub fn is_token_2022(&self) -> bool {
        matches!(self, Self::Mint | Self::TokenAccount)
    }

    pub fn is_classic(&self) -> bool {
        matches!(self, Self::ClassicMint | Self::ClassicTokenAccount)
    }

    pub fn is_mint(&self) -> bool {
        matches!(self, Self::Mint | Self::ClassicMint)
    }

    pub fn is_token_account(&self) -> bool {
        matches!(self, Self::TokenAccount | Self::ClassicTokenAccount)
    }
}

pub fn live(svm: &LiteSVM, address: &Pubkey) -> Option<Account> {
    svm.get_account(address).filter(|account| account.lamports > 0)
}

pub fn kind(before: &LiteSVM, after: &LiteSVM, address: &Pubkey, signs: bool) -> Kind {
    if *address == INSTRUCTIONS_SYSVAR {
        return Kind::Sysvar;
    }
    let Some(account) = live(before, address) else {
        let made = live(after, address).is_some_and(|account| account.owner != Pubkey::default());
        return if signs {
            Kind::Key
        } else if made {
            Kind::New
        } else {
            Kind::Address
        };
    };
    if account.executable {
        return Kind::Program;
    }
    if account.owner == Pubkey::default() {
        return Kind::Key;
    }
    of_data(&account)
}

fn of_data(account: &Account) -> Kind {
    let ours = program::ALL.iter().find(|(_, id)| *id == account.owner);
    if let Some((name, _)) = ours {
        return Kind::Record(type_of(name, &account.data).unwrap_or_else(|| "List".to_owned()));
    }
    /// Where both token programs have the kind of an account with extensions; without, its length
    /// tells.
    const KIND: usize = 165;
    let is_mint = match account.data.get(KIND) {
        Some(kind) => *kind == 1,
        None => account.data.len() == 82,
    };
    match (account.owner, is_mint) {
        (TOKEN_2022, true) => Kind::Mint,
        (TOKEN_2022, false) => Kind::TokenAccount,
        (TOKEN, true) => Kind::ClassicMint,
        (TOKEN, false) => Kind::ClassicTokenAccount,
        _ => Kind::Foreign,
    }
}

/// What type of one of our programs' accounts begins with these bytes.
pub fn type_of(program: &str, data: &[u8]) -> Option<String> {
    let first = data.first_chunk::<8>()?;
    types(program).into_iter().find(|(bytes, _)| bytes == first).map(|(_, name)| name)
}
