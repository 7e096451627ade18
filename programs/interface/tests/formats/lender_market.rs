//! The lender's arithmetic: interest, shares of a pool, what a position holds.

use crate::{
    a,
    golden::check,
    lender_accounts::{hex_of, market, position},
};
use scrip_interface::{
    lender::{Holding, Market, Position},
    math::{
        Timestamp,
        lending::{CashAmount, DebtIndex, PoolShares},
    },
};
use serde_json::{Value, json};

/// What positions owe after a while, at rates that do not divide evenly.
fn debts() -> Vec<Value> {
    let began = 1_795_186_800;
    let of = |secs: i64, cash: u64, debt_units: u64, index: u64| {
        let mut market = market();
        market.accrued_at = began;
        (market.cash, market.debt_units, market.index) = (cash, debt_units, index);
        let position = position(debt_units / 3);
        let before = hex_of(&market);
        market.accrue(Timestamp(began + secs)).unwrap();
        let debt = market.debt_of(&position).unwrap();
        json!({
            "market": before,
            "position": hex_of(&position),
            "now": (began + secs).to_string(),
            "index": market.index.to_string(),
            "debt": debt.0.to_string(),
            "debtValue": debt.debt_value(market.cash_decimals).unwrap().0.to_string(),
        })
    };
    let one = 1_000_000_000_000_000;
    vec![
        of(0, 0, 0, one),
        of(-5, 1_000, 2_000, one + 1),
        of(1, 7_000_000_001, 3_333_333_333, one),
        of(86_400 * 400, 10_000_000_000, 6_928_065_000, one + 123_456_789_012),
        of(31_536_000, 0, 1_000_000_007, 3 * one + 7),
    ]
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn debts_are_the_golden_ones() {
    check("lending_golden.json", "debts", debts().into());
}

const ONE: u64 = 1_000_000_000_000_000;

/// 600 in cash and 400 units of debt that have grown by half; 500 shares. Accrued at 100.
fn pool() -> Market {
    Market {
        accrued_at: 100,
        index: ONE + ONE / 2,
        debt_units: 400,
        cash: 600,
        shares: 500,
        ..market()
    }
}

#[test]
fn a_pool_is_its_cash_and_what_it_is_owed() {
    let pool = pool();
    assert_eq!(pool.index(), DebtIndex(ONE + ONE / 2));
    assert_eq!(pool.assets(), Some(CashAmount(1_200)));
    // One unit and one share more on either side: 600 x 501 / 1,201 and 200 x 1,201 / 501.
    assert_eq!(pool.shares_for(CashAmount(600)), Some(PoolShares(250)));
    assert_eq!(pool.worth(PoolShares(200)), Some(CashAmount(479)));
    let odd = Market { debt_units: 401, ..pool };
    assert_eq!(odd.assets(), Some(CashAmount(1_201)), "601.5, rounded down");
    assert_eq!(odd.debt_of(&position(401)), Some(CashAmount(602)), "rounded up");
    let full = Market { cash: u64::MAX, ..odd };
    assert_eq!(
        (full.assets(), full.shares_for(CashAmount(1)), full.worth(PoolShares(1))),
        (None, None, None)
    );
}

#[test]
fn interest_accrues_once_and_never_backwards() {
    let mut pool = pool();
    // 2% and half of 10%, of one and a half, for a year.
    assert_eq!(pool.accrue(Timestamp(100 + 31_536_000)), Some(()));
    assert_eq!((pool.index, pool.accrued_at), (ONE + ONE / 2 + 105_000_000_000_000, 31_536_100));
    for now in [31_536_100, 100, i64::MIN] {
        let before = pool.clone();
        assert_eq!(pool.accrue(Timestamp(now)), Some(()));
        assert_eq!(pool, before, "at {now}");
    }
    let mut endless = Market { index: u64::MAX, ..pool };
    assert_eq!(endless.accrue(Timestamp(i64::MAX)), None);
}

fn empty() -> Position {
    let holdings = Default::default();
    Position { holdings, ..position(0) }
}

fn held(position: &Position) -> Vec<(u8, u64)> {
    position.holdings().map(|held| (held.collateral.to_bytes()[0], held.raw)).collect()
}

#[test]
fn holdings_are_added_to_their_place_or_the_first_free_one() {
    let mut position = empty();
    assert_eq!(held(&position), []);
    for (collateral, raw) in [(7, 10), (8, 20), (7, 1), (9, 30)] {
        assert_eq!(position.add(a(collateral), raw), Some(()));
    }
    assert_eq!(held(&position), [(7, 11), (8, 20), (9, 30)]);
    assert_eq!(position.holding(&a(8)), Some(&Holding { collateral: a(8), raw: 20 }));
    assert_eq!((position.holding(&a(6)), position.holding(&a(0))), (None, None));
    assert_eq!(position.add(a(8), u64::MAX), None, "too much");
    assert_eq!((position.add(a(5), 1), position.add(a(4), 1)), (Some(()), Some(())));
    assert_eq!(position.add(a(3), 1), None, "no sixth place");
    assert_eq!(held(&position), [(7, 11), (8, 20), (9, 30), (5, 1), (4, 1)]);
}

#[test]
fn those_behind_an_emptied_holding_move_up() {
    let mut position = empty();
    for collateral in 1..=5 {
        position.add(a(collateral), 10).unwrap();
    }
    assert_eq!(position.take(&a(2), 9), Some(()));
    assert_eq!(held(&position), [(1, 10), (2, 1), (3, 10), (4, 10), (5, 10)]);
    assert_eq!(position.take(&a(2), 1), Some(()));
    assert_eq!(held(&position), [(1, 10), (3, 10), (4, 10), (5, 10)]);
    assert_eq!(position.holdings[4], Holding::default());
    let before = position.clone();
    assert_eq!((position.take(&a(2), 1), position.take(&a(3), 11)), (None, None));
    assert_eq!(position, before);
    assert_eq!(position.take(&a(5), 10), Some(()));
    assert_eq!(held(&position), [(1, 10), (3, 10), (4, 10)]);
}
