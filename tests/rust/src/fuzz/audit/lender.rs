//! The lender's books against its vaults, and what it owes against what it has.

use super::{Checked, rule};
use crate::fuzz::{arena::Arena, ops::loans::ID};
use num_bigint::BigUint;
use scrip_interface::lender::{Collateral, LenderAccount, Market, Position, Supplier};
use solana_pubkey::Pubkey;
use std::collections::BTreeMap;

/// Every account of the lender, from its bytes.
#[derive(Default)]
struct Books {
    markets: BTreeMap<Pubkey, Market>,
    collaterals: BTreeMap<Pubkey, Collateral>,
    positions: Vec<Position>,
    suppliers: Vec<Supplier>,
}

impl Books {
    fn read(arena: &Arena) -> Self {
        let mut books = Self::default();
        for (address, account) in arena.vm.svm.get_program_accounts(&ID) {
            if let Some(market) = Market::read(&account.data) {
                books.markets.insert(address, market);
            } else if let Some(collateral) = Collateral::read(&account.data) {
                books.collaterals.insert(address, collateral);
            } else if let Some(position) = Position::read(&account.data) {
                books.positions.push(position);
            } else if let Some(supplier) = Supplier::read(&account.data) {
                books.suppliers.push(supplier);
            }
        }
        books
    }
}

fn balance(arena: &Arena, account: &Pubkey) -> u64 {
    let data = arena.vm.account(account).map_or_else(Vec::new, |account| account.data);
    data.get(64..72).map_or(0, |bytes| u64::from_le_bytes(bytes.try_into().expect("eight")))
}

/// The parts make the whole, the vaults hold what the books say, and suppliers are promised no
/// more than there is and is owed.
pub fn books(arena: &Arena) -> Checked {
    let books = Books::read(arena);
    for (address, market) in &books.markets {
        let positions = || books.positions.iter().filter(|it| it.market == *address);
        let suppliers = || books.suppliers.iter().filter(|it| it.market == *address);
        let held = balance(arena, &market.cash_vault);
        rule(held >= market.cash, || format!("{held} in the vault, {} in the books", market.cash))?;
        let units: u64 = positions().map(|it| it.debt_units).sum();
        rule(units == market.debt_units, || format!("debts of {units}, not of {market:?}"))?;
        let shares: u64 = suppliers().map(|it| it.shares).sum();
        rule(shares == market.shares, || format!("shares of {shares}, not of {market:?}"))?;
        solvent(market, positions(), suppliers())?;
    }
    for (address, collateral) in &books.collaterals {
        let all = books.positions.iter().filter_map(|it| it.holding(address));
        let raw: u64 = all.map(|holding| holding.raw).sum();
        let (kept, held) = (collateral.deposited, balance(arena, &collateral.vault));
        rule(raw == kept, || format!("{raw} of {} in positions, {kept} kept", collateral.mint))?;
        rule(held >= kept, || format!("{held} in the vault of {}, {kept} kept", collateral.mint))?;
    }
    Ok(())
}

const INDEX: u64 = 1_000_000_000_000_000;

fn solvent<'a>(
    market: &Market,
    positions: impl Iterator<Item = &'a Position>,
    suppliers: impl Iterator<Item = &'a Supplier>,
) -> Checked {
    let grown = |units: u64| BigUint::from(units) * market.index;
    // All debtors together owe no less than the pool counts on.
    let counted = grown(market.debt_units) / INDEX;
    let owed: BigUint = positions.map(|it| (grown(it.debt_units) + (INDEX - 1)) / INDEX).sum();
    rule(owed >= counted, || format!("{owed} owed, {counted} counted on"))?;
    let assets = counted + market.cash;
    let worth = |shares: u64| BigUint::from(shares) * (&assets + 1u32) / (market.shares + 1);
    let promised: BigUint = suppliers.map(|it| worth(it.shares)).sum();
    rule(promised <= assets, || format!("{promised} promised of {assets}"))
}
