//! The example lender: a market, what it takes as collateral, suppliers and debtors.

mod debts;
mod pool;
mod terms;

pub use debts::*;
pub use pool::*;
pub use terms::*;

pub(super) use super::{common::*, feeds};
pub(super) use crate::fuzz::address::{associated, lender_pda, token_account};
pub(super) use ::lender::error::LenderError;
pub(super) use scrip_interface::{
    lender::{self as ix, CallValue, CashAccounts, CollateralAccounts},
    mint::TOKEN_2022,
};

pub const ID: Pubkey = ::lender::ID;
/// One of the stablecoin.
pub const USD: u64 = 1_000_000;

/// The market and where its cash is.
pub fn cash(arena: &Arena) -> CashAccounts {
    let (mint, program) = arena.cash[0];
    let market = arena.market();
    CashAccounts { market, mint, program, vault: associated(&market, &mint, &program) }
}

pub fn kept(arena: &Arena, mint: &Pubkey) -> CollateralAccounts {
    let market = arena.market();
    CollateralAccounts {
        collateral: lender_pda::collateral(&ID, &market, mint).0,
        mint: *mint,
        vault: token_account(&market, mint),
    }
}

/// What each of a position's holdings is valued with.
fn calls(arena: &Arena, holdings: &[(Pubkey, u64)]) -> Vec<CallValue> {
    let of = |(mint, _): &(Pubkey, u64)| CallValue {
        collateral: kept(arena, mint).collateral,
        accounts: feeds::value_accounts(arena, mint),
    };
    holdings.iter().map(of).collect()
}

trait Lender {
    fn deny(&mut self, rule: bool, error: LenderError);
}

impl Lender for Refusals {
    fn deny(&mut self, rule: bool, error: LenderError) {
        self.unless_code(rule, error as u32);
    }
}

/// Moving a share between somebody's account and the market's vault, by a lender that knows no hook.
fn moved(arena: &Arena, mint: &Pubkey, from: &Pubkey, to: &Pubkey, amount: u64) -> Refusals {
    let model = &arena.model;
    let mut refusals = Refusals::none();
    refusals.unless_code(amount <= model.amount(from), code::INSUFFICIENT_FUNDS);
    let frozen = model.is_frozen(from) || model.is_frozen(to);
    refusals.unless_code(!frozen, code::ACCOUNT_FROZEN);
    refusals.unless_code(!model.ticker(mint).mint_paused, code::MINT_PAUSED);
    refusals.any |= model.is_hooked(mint);
    refusals
}
