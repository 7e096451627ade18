//! A weekend: no debt while the market is closed, and Monday's open 15% lower leaves the lender
//! whole.

use lender::error::LenderError;
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, USD, assert_denied},
    vm::START,
};
use solana_keypair::Keypair;

const HOUR: i64 = 3_600;
/// Friday 2026-11-20, 16:00 in New York.
const CLOSE: i64 = START + 6 * HOUR;
/// 20:00: the last session of the week ends.
const END: i64 = CLOSE + 4 * HOUR;
/// Sunday, 20:00: the night before Monday begins.
const NIGHT: i64 = END + 48 * HOUR;
/// Monday, 04:00 and 09:30.
const PRE: i64 = NIGHT + 8 * HOUR;
const OPEN: i64 = PRE + 5 * HOUR + HOUR / 2;

/// A debtor who borrows all that 100 shares of 100 USD carry, in Friday's last second, and a
/// liquidator.
fn friday() -> (Bank, Stock, [Keypair; 3]) {
    let (mut bank, stock, alice, bob) = super::borrow::deposited();
    bank.at(CLOSE - 1, &stock, 100.0);
    // As in `borrow`, less two millionths: units of debt are rounded up, and so is the debt.
    bank.borrow(&bob, 6_928_065_000 - 2, &[stock]).unwrap();
    let liquidator = bank.person("liquidator", 100_000);
    bank.give(&liquidator, &stock, 0);
    (bank, stock, [alice, bob, liquidator])
}

#[test]
fn no_debt_on_a_weekend() {
    let (mut bank, stock, [alice, bob, liquidator]) = friday();
    let carol = bank.holder("carol", &stock, 1_000 * TOKEN);
    bank.deposit(&carol, &stock, 500 * TOKEN).unwrap();
    // The evening still lends, on a larger haircut.
    bank.at(END - 1, &stock, 100.0);
    bank.borrow(&carol, 100 * USD, &[stock]).unwrap();
    for hour in 0..48 {
        // Whether the oracle is silent since Friday or says something every second.
        for fresh in [false, true] {
            bank.feeds.vm.set_time(END + hour * HOUR);
            if fresh {
                bank.price(&stock, 85.0);
            }
            let what = LenderError::NotAllowed;
            assert_denied(bank.borrow(&carol, 100 * USD, &[stock]), what);
            assert_denied(bank.withdraw(&carol, &stock, 1, &[stock]), what);
            assert_denied(bank.liquidate(&liquidator, &bob, &stock, &[stock]), what);
        }
        // Whoever wants to be safer can be.
        bank.deposit(&carol, &stock, 1).unwrap();
        bank.repay(&carol, &carol, 1).unwrap();
    }
    // In the night before Monday positions are liquidated, and still nobody borrows.
    bank.at(NIGHT, &stock, 85.0);
    assert_denied(bank.borrow(&carol, 100 * USD, &[stock]), LenderError::NotAllowed);
    bank.liquidate(&liquidator, &bob, &stock, &[stock]).unwrap();
    bank.at(PRE, &stock, 85.0);
    bank.borrow(&carol, 100 * USD, &[stock]).unwrap();
    bank.audit(&[&alice, &bob, &carol, &liquidator], &[stock]);
}

/// Opens on Monday at a price; the liquidator does what can be done. Gives the bad debt.
fn monday_at(dollars: f64) -> u64 {
    let (mut bank, stock, [alice, bob, liquidator]) = friday();
    bank.at(OPEN, &stock, dollars);
    let mut rounds = 0;
    while bank.liquidate(&liquidator, &bob, &stock, &[stock]).is_ok() {
        rounds += 1;
        bank.audit(&[&alice, &bob, &liquidator], &[stock]);
    }
    assert!(rounds > 0, "the gap leaves the position as it was");
    let bad_debt = bank.market().bad_debt;
    // The pool is worth what was supplied, and the interest, less what is lost.
    assert!(bank.worth(&alice) >= 10_000 * USD - bad_debt - 1);
    assert_eq!(bad_debt > 0, bank.position(&bob).holdings().count() == 0);
    bad_debt
}

#[test]
fn a_gap_of_15_percent_leaves_the_lender_whole() {
    assert_eq!(monday_at(85.0), 0);
    // Debt and bonus are covered down to a fall of 27%.
    assert_eq!(monday_at(73.0), 0);
    // The check sees a loss where there is one.
    assert!(monday_at(60.0) > 0);
}
