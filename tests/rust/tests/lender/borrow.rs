//! Depositing, borrowing, repaying, withdrawing.

use lender::error::LenderError;
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, USD, assert_denied},
};
use solana_keypair::Keypair;

/// 100 shares of 100 USD in a position, and 10,000 USD in the pool.
pub fn deposited() -> (Bank, Stock, Keypair, Keypair) {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let (alice, bob) = (bank.person("alice", 10_000), bank.holder("bob", &stock, 200 * TOKEN));
    bank.supply(&alice, 10_000 * USD).unwrap();
    bank.deposit(&bob, &stock, 100 * TOKEN).unwrap();
    (bank, stock, alice, bob)
}

#[test]
fn as_much_is_lent_as_the_floor_less_haircut_carries() {
    let (mut bank, stock, alice, bob) = deposited();
    // 100 x 99.90 (the floor) x 95% (regular session) x 73%.
    let limit = 6_928_065_000;
    assert_denied(bank.borrow(&bob, limit + 1, &[stock]), LenderError::DebtTooHigh);
    bank.borrow(&bob, limit, &[stock]).unwrap();
    assert_eq!((bank.debt(&bob), bank.balance(&bank.cash_of(&bob))), (limit, limit));
    assert_denied(bank.borrow(&bob, 1, &[stock]), LenderError::DebtTooHigh);
    bank.audit(&[&alice, &bob], &[stock]);
}
