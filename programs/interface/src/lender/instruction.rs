//! The lender's instructions. Accounts are in the order of the metas; what a builder does not ask
//! for it derives.

use super::{CollateralTerms, MarketTerms, pda};
use crate::{
    collateral::ValueAccounts, ids::COLLATERAL, mint::TOKEN_2022, token_account::associated,
};
use borsh::{BorshDeserialize, BorshSerialize};
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;

/// Amounts are in the smallest unit of their token.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum LenderInstruction {
    CreateMarket { id: u64, terms: MarketTerms },
    AddCollateral { terms: CollateralTerms },
    SetCollateral { terms: CollateralTerms },
    Supply { amount: u64 },
    Redeem { shares: u64 },
    Deposit { raw: u64 },
    Withdraw { raw: u64 },
    Borrow { amount: u64 },
    Repay { max_amount: u64 },
    Liquidate { max_repaid: u64, min_seized: u64 },
}

/// A market, and where its cash is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CashAccounts {
    pub market: Pubkey,
    pub mint: Pubkey,
    pub program: Pubkey,
    pub vault: Pubkey,
}

/// A market's collateral, and where it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CollateralAccounts {
    pub collateral: Pubkey,
    pub mint: Pubkey,
    pub vault: Pubkey,
}

/// What one holding is valued with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallValue {
    pub collateral: Pubkey,
    pub accounts: ValueAccounts,
}

impl CashAccounts {
    pub fn new(market: Pubkey, mint: Pubkey, program: Pubkey) -> Self {
        Self { market, mint, program, vault: associated(&market, &program, &mint) }
    }
}

impl CollateralAccounts {
    pub fn new(program: &Pubkey, market: &Pubkey, mint: Pubkey) -> Self {
        Self {
            collateral: pda::collateral(program, market, &mint).0,
            mint,
            vault: associated(market, &TOKEN_2022, &mint),
        }
    }
}

const fn read(key: Pubkey) -> AccountMeta {
    AccountMeta { pubkey: key, is_signer: false, is_writable: false }
}

const fn write(key: Pubkey) -> AccountMeta {
    AccountMeta { pubkey: key, is_signer: false, is_writable: true }
}

const fn signer(key: Pubkey) -> AccountMeta {
    AccountMeta { pubkey: key, is_signer: true, is_writable: false }
}

/// A signer that pays for an account.
const fn payer(key: Pubkey) -> AccountMeta {
    AccountMeta { pubkey: key, is_signer: true, is_writable: true }
}

const SYSTEM: AccountMeta = read(Pubkey::new_from_array([0; 32]));

fn instruction(
    program: &Pubkey,
    ix: &LenderInstruction,
    accounts: Vec<AccountMeta>,
) -> Instruction {
    Instruction::new_with_borsh(*program, ix, accounts)
}

/// The collateral program, each holding's `Collateral`, then what `value` takes. In the order of
/// the position's holdings.
fn values(holdings: &[CallValue]) -> impl Iterator<Item = AccountMeta> + use<'_> {
    let collaterals = holdings.iter().map(|holding| read(holding.collateral));
    let asked = holdings.iter().flat_map(|holding| holding.accounts.metas());
    core::iter::once(read(COLLATERAL)).chain(collaterals).chain(asked)
}

/// The market's vault, an associated token account, exists already.
pub fn create_market(
    program: &Pubkey,
    owner: Pubkey,
    cash: &CashAccounts,
    id: u64,
    terms: MarketTerms,
) -> Instruction {
    let accounts = vec![
        payer(owner),
        write(cash.market),
        read(cash.mint),
        read(cash.vault),
        read(cash.program),
        SYSTEM,
    ];
    instruction(program, &LenderInstruction::CreateMarket { id, terms }, accounts)
}

/// The market's vault for it, an associated token account, exists already.
pub fn add_collateral(
    program: &Pubkey,
    owner: Pubkey,
    market: Pubkey,
    of: &CollateralAccounts,
    feed: Pubkey,
    calendar: Pubkey,
    terms: CollateralTerms,
) -> Instruction {
    let accounts = vec![
        payer(owner),
        read(market),
        write(of.collateral),
        read(of.mint),
        read(of.vault),
        read(COLLATERAL),
        read(feed),
        read(calendar),
        SYSTEM,
    ];
    instruction(program, &LenderInstruction::AddCollateral { terms }, accounts)
}

pub fn set_collateral(
    program: &Pubkey,
    owner: Pubkey,
    market: Pubkey,
    collateral: Pubkey,
    terms: CollateralTerms,
) -> Instruction {
    let accounts = vec![signer(owner), read(market), write(collateral)];
    instruction(program, &LenderInstruction::SetCollateral { terms }, accounts)
}

pub fn supply(
    program: &Pubkey,
    owner: Pubkey,
    cash: &CashAccounts,
    source: Pubkey,
    amount: u64,
) -> Instruction {
    let accounts = vec![
        payer(owner),
        write(cash.market),
        write(pda::supplier(program, &cash.market, &owner).0),
        write(source),
        write(cash.vault),
        read(cash.mint),
        read(cash.program),
        SYSTEM,
    ];
    instruction(program, &LenderInstruction::Supply { amount }, accounts)
}

pub fn redeem(
    program: &Pubkey,
    owner: Pubkey,
    cash: &CashAccounts,
    destination: Pubkey,
    shares: u64,
) -> Instruction {
    let accounts = vec![
        signer(owner),
        write(cash.market),
        write(pda::supplier(program, &cash.market, &owner).0),
        write(destination),
        write(cash.vault),
        read(cash.mint),
        read(cash.program),
    ];
    instruction(program, &LenderInstruction::Redeem { shares }, accounts)
}

pub fn deposit(
    program: &Pubkey,
    owner: Pubkey,
    market: Pubkey,
    of: &CollateralAccounts,
    source: Pubkey,
    raw: u64,
) -> Instruction {
    let accounts = vec![
        payer(owner),
        read(market),
        write(of.collateral),
        write(pda::position(program, &market, &owner).0),
        write(source),
        write(of.vault),
        read(of.mint),
        read(TOKEN_2022),
        SYSTEM,
    ];
    instruction(program, &LenderInstruction::Deposit { raw }, accounts)
}

/// `left` are the holdings that remain. They are asked about only if there is debt.
pub fn withdraw(
    program: &Pubkey,
    owner: Pubkey,
    market: Pubkey,
    of: &CollateralAccounts,
    destination: Pubkey,
    raw: u64,
    left: &[CallValue],
) -> Instruction {
    let mut accounts = vec![
        signer(owner),
        write(market),
        write(of.collateral),
        write(pda::position(program, &market, &owner).0),
        write(destination),
        write(of.vault),
        read(of.mint),
        read(TOKEN_2022),
    ];
    if !left.is_empty() {
        accounts.extend(values(left));
    }
    instruction(program, &LenderInstruction::Withdraw { raw }, accounts)
}

pub fn borrow(
    program: &Pubkey,
    owner: Pubkey,
    cash: &CashAccounts,
    destination: Pubkey,
    amount: u64,
    holdings: &[CallValue],
) -> Instruction {
    let mut accounts = vec![
        signer(owner),
        write(cash.market),
        write(pda::position(program, &cash.market, &owner).0),
        write(destination),
        write(cash.vault),
        read(cash.mint),
        read(cash.program),
    ];
    accounts.extend(values(holdings));
    instruction(program, &LenderInstruction::Borrow { amount }, accounts)
}

/// Repays at most `max_amount` of a debt, whoever's it is.
pub fn repay(
    program: &Pubkey,
    from: Pubkey,
    cash: &CashAccounts,
    position: Pubkey,
    source: Pubkey,
    max_amount: u64,
) -> Instruction {
    let accounts = vec![
        signer(from),
        write(cash.market),
        write(position),
        write(source),
        write(cash.vault),
        read(cash.mint),
        read(cash.program),
    ];
    instruction(program, &LenderInstruction::Repay { max_amount }, accounts)
}

/// Repays at most `max_repaid` from `source`, for at least `min_seized` of a collateral to
/// `destination`.
#[allow(clippy::too_many_arguments, reason = "what a liquidator decides")]
pub fn liquidate(
    program: &Pubkey,
    liquidator: Pubkey,
    cash: &CashAccounts,
    position: Pubkey,
    source: Pubkey,
    of: &CollateralAccounts,
    destination: Pubkey,
    (max_repaid, min_seized): (u64, u64),
    holdings: &[CallValue],
) -> Instruction {
    let mut accounts = vec![
        signer(liquidator),
        write(cash.market),
        write(position),
        write(source),
        write(cash.vault),
        read(cash.mint),
        read(cash.program),
        write(of.collateral),
        write(destination),
        write(of.vault),
        read(of.mint),
        read(TOKEN_2022),
    ];
    accounts.extend(values(holdings));
    instruction(program, &LenderInstruction::Liquidate { max_repaid, min_seized }, accounts)
}
