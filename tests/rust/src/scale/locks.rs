//! Which accounts an operation holds while it runs, and who else waits for them.

use crate::vm::Receipt;
use scrip_client::catalog::program_at;
use scrip_interface::{mint::TOKEN_2022, token_account::ASSOCIATED_TOKEN};
use solana_pubkey::Pubkey;
use std::fmt;

/// All whose operations write one and the same account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sharers {
    /// The wallet that acts or is acted upon, and nobody else.
    Wallet,
    /// Those that one fee payer pays for. Whoever pays for many takes several.
    Payer,
    /// A ticker's, at one lender.
    Collateral,
    Ticker,
    /// All tickers of an issuer whose cash is of one kind.
    Desk,
    /// All who lend and borrow at one market.
    Market,
    /// Those that one provider registers.
    Provider,
    /// All tickers of a custodian.
    Custodian,
    /// What only an issuer's or a curator's own people write.
    Issuer,
    Curator,
}

impl fmt::Display for Sharers {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Wallet => "wallet",
            Self::Payer => "fee payer",
            Self::Collateral => "ticker at a market",
            Self::Ticker => "ticker",
            Self::Desk => "cash desk",
            Self::Market => "market",
            Self::Provider => "provider",
            Self::Custodian => "custodian",
            Self::Issuer => "issuer",
            Self::Curator => "curator",
        })
    }
}

/// An account that a transaction writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Its name in the instruction.
    pub name: &'static str,
    pub sharers: Sharers,
}

/// What an operation writes, the fee payer first.
///
/// # Errors
/// An account that no rule here knows.
pub fn locks(flow: &str, receipt: &Receipt) -> Result<Vec<Lock>, String> {
    let (_, others) = receipt.sent.writable.split_first().ok_or("nobody pays")?;
    let others = others.iter().map(|address| {
        let (program, name) = name(receipt, address)
            .ok_or_else(|| format!("{flow}: {address} is in no instruction"))?;
        let sharers = sharers(program, name)
            .ok_or_else(|| format!("{flow}: nobody says who shares {name} of {program}"))?;
        Ok(Lock { name, sharers })
    });
    let payer = Lock { name: "fee payer", sharers: Sharers::Payer };
    std::iter::once(Ok(payer)).chain(others).collect()
}

/// The program and instruction role that an account has first.
fn name(receipt: &Receipt, address: &Pubkey) -> Option<(&'static str, &'static str)> {
    let keys = &receipt.sent.keys;
    receipt.sent.message.instructions().iter().find_map(|instruction| {
        let place =
            instruction.accounts.iter().position(|at| keys[usize::from(*at)] == *address)?;
        let program = keys[usize::from(instruction.program_id_index)];
        match program_at(&program) {
            Some(program) => {
                let (entry, _) = program.instruction(&instruction.data)?;
                // Behind the named ones, the gate takes the records of an investor's wallets.
                Some((
                    program.name,
                    entry.accounts.get(place).map_or("wallet records", |role| role.name),
                ))
            }
            None if program == TOKEN_2022 => ["source", "mint", "destination", "authority"]
                .get(place)
                .map(|name| ("token", *name)),
            None if program == ASSOCIATED_TOKEN => {
                ["payer", "account"].get(place).map(|name| ("token", *name))
            }
            None => None,
        }
    })
}

/// By what an account is, in the programs' own words. A new one stops the measuring until it is said here who shares it.
fn sharers(program: &str, name: &str) -> Option<Sharers> {
    Some(match (program, name) {
        (_, "payer" | "rent_payer") => Sharers::Payer,
        (_, "owner" | "liquidator" | "source" | "destination") => Sharers::Wallet,
        ("token", "account") => Sharers::Wallet,
        (
            "issuer",
            "redemption" | "cash_source" | "cash_destination" | "owner_limits" | "token_account"
            | "from" | "hold" | "seizure" | "attestation",
        ) => Sharers::Wallet,
        (
            "issuer",
            "ticker" | "nonces" | "mint" | "escrow_account" | "symbol_record" | "history"
            | "action",
        ) => Sharers::Ticker,
        ("issuer", "desk" | "vault") => Sharers::Desk,
        ("issuer", "custodian" | "attestor_set") => Sharers::Custodian,
        ("issuer", "issuer" | "announcement") => Sharers::Issuer,
        ("gate", "investor" | "wallet" | "wallet records") => Sharers::Wallet,
        ("gate", "policy") => Sharers::Ticker,
        ("gate", "provider") => Sharers::Provider,
        ("collateral", "feed") => Sharers::Ticker,
        ("collateral", "curator" | "calendar") => Sharers::Curator,
        ("lender", "position" | "supplier") => Sharers::Wallet,
        ("lender", "collateral" | "vault") => Sharers::Collateral,
        ("lender", "market" | "cash_vault") => Sharers::Market,
        _ => return None,
    })
}
