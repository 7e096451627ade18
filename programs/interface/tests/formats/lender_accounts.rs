//! The lender's accounts: their bytes, held against a file that the TypeScript tests read as well.

use crate::{
    a,
    calls::{market_terms, terms},
    golden::check,
    only_whole,
};
use scrip_interface::lender::{
    Collateral, Holding, LenderAccount, MAX_HOLDINGS, Market, Position, Supplier,
};
use serde_json::json;

pub fn hex_of<T: LenderAccount>(account: &T) -> String {
    let mut data = vec![0; T::LEN];
    account.write(&mut data).unwrap();
    hex::encode(data)
}

pub fn market() -> Market {
    Market {
        bump: 1,
        owner: a(2),
        id: 3,
        cash_mint: a(4),
        cash_program: a(5),
        cash_vault: a(6),
        cash_decimals: 7,
        terms: market_terms(),
        accrued_at: 8,
        index: 9,
        debt_units: 10,
        cash: 11,
        shares: 12,
        bad_debt: 13,
        reserved: [0; 64],
    }
}

pub fn position(debt_units: u64) -> Position {
    let mut holdings = [Holding::default(); MAX_HOLDINGS];
    holdings[0] = Holding { collateral: a(4), raw: 5 };
    holdings[1] = Holding { collateral: a(6), raw: 7 };
    Position { bump: 1, market: a(2), owner: a(3), debt_units, holdings, reserved: [0; 32] }
}

/// Every field of every account is told from the others.
fn collateral() -> Collateral {
    Collateral {
        bump: 1,
        market: a(2),
        mint: a(3),
        feed: a(4),
        vault: a(5),
        decimals: 6,
        terms: terms([7; 32]),
        deposited: 8,
        reserved: [0; 64],
    }
}

fn supplier() -> Supplier {
    Supplier { bump: 1, market: a(2), owner: a(3), shares: 4, reserved: [0; 32] }
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn accounts_have_the_golden_bytes() {
    let made = json!({
        "market": hex_of(&market()),
        "collateral": hex_of(&collateral()),
        "position": hex_of(&position(11)),
        "supplier": hex_of(&supplier()),
    });
    check("lending_golden.json", "accounts", made);
}

#[track_caller]
fn is_read_as_written<T: LenderAccount + PartialEq + std::fmt::Debug>(account: &T, len: usize) {
    assert_eq!(T::LEN, len);
    let mut data = vec![0xff; len];
    assert_eq!(account.write(&mut data), Some(()));
    assert_eq!(T::read(&data).as_ref(), Some(account));
    assert_eq!(data[len - 32..], [0; 32], "written to the end");
    assert_eq!(account.write(&mut vec![0; len - 1]), None, "too short");
    only_whole(&data, len, 0..=8, |data| T::read(data).is_some());
}

#[test]
fn accounts_are_read_as_they_are_written() {
    is_read_as_written(&market(), 273);
    is_read_as_written(&collateral(), 257);
    is_read_as_written(&position(11), 314);
    is_read_as_written(&supplier(), 114);
}
