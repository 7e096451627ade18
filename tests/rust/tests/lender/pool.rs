//! Supplying, redeeming, interest.

use lender::error::LenderError;
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, USD, assert_denied},
};

const YEAR: i64 = 365 * 24 * 3_600;

#[test]
fn a_supplier_gets_back_what_was_supplied() {
    let mut bank = Bank::new();
    let alice = bank.person("alice", 1_000);
    bank.supply(&alice, 600 * USD).unwrap();
    bank.supply(&alice, 400 * USD).unwrap();
    assert_eq!((bank.worth(&alice), bank.market().cash), (1_000 * USD, 1_000 * USD));
    bank.audit(&[&alice], &[]);
    bank.redeem(&alice, 250 * USD).unwrap();
    bank.redeem(&alice, 750 * USD).unwrap();
    assert_eq!(bank.balance(&bank.cash_of(&alice)), 1_000 * USD);
    assert_eq!((bank.market().cash, bank.market().shares), (0, 0));
}

#[test]
fn a_supplier_has_no_more_than_the_own_shares() {
    let mut bank = Bank::new();
    let (alice, bob) = (bank.person("alice", 1_000), bank.person("bob", 1_000));
    bank.supply(&alice, 1_000 * USD).unwrap();
    bank.supply(&bob, 10 * USD).unwrap();
    assert_denied(bank.redeem(&bob, 10 * USD + 1), LenderError::SharesInsufficient);
    assert_denied(bank.redeem(&bob, 0), LenderError::AmountZero);
    assert_denied(bank.supply(&bob, 0), LenderError::AmountZero);
    bank.audit(&[&alice, &bob], &[]);
}

#[test]
fn interest_is_what_debtors_pay_and_suppliers_get() {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let (alice, bob) = (bank.person("alice", 10_000), bank.holder("bob", &stock, 100 * TOKEN));
    bank.supply(&alice, 10_000 * USD).unwrap();
    bank.deposit(&bob, &stock, 100 * TOKEN).unwrap();
    bank.borrow(&bob, 5_000 * USD, &[stock]).unwrap();

    // Half is lent: 2% and half of 10%, of 5,000.
    bank.feeds.vm.set_time(bank.now() + YEAR);
    assert_eq!(bank.debt(&bob), 5_350 * USD);
    assert_eq!(bank.worth(&alice), 10_350 * USD - 1);
    let helper = bank.person("helper", 20_000);
    bank.repay(&helper, &bob, u64::MAX).unwrap();
    assert_eq!(bank.balance(&bank.cash_of(&helper)), 14_650 * USD);
    assert_eq!((bank.debt(&bob), bank.market().debt_units), (0, 0));
    bank.redeem(&alice, 10_000 * USD).unwrap();
    assert_eq!(bank.balance(&bank.cash_of(&alice)), 10_350 * USD - 1);
    bank.audit(&[&alice, &bob, &helper], &[stock]);
}

#[test]
fn lent_cash_waits_until_it_is_repaid() {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let (alice, bob) = (bank.person("alice", 1_000), bank.holder("bob", &stock, 100 * TOKEN));
    bank.supply(&alice, 1_000 * USD).unwrap();
    bank.deposit(&bob, &stock, 100 * TOKEN).unwrap();
    assert_denied(bank.borrow(&bob, 1_000 * USD + 1, &[stock]), LenderError::CashInsufficient);
    bank.borrow(&bob, 400 * USD, &[stock]).unwrap();
    assert_denied(bank.redeem(&alice, 600 * USD + 1), LenderError::CashInsufficient);
    bank.redeem(&alice, 600 * USD).unwrap();
    bank.repay(&bob, &bob, u64::MAX).unwrap();
    bank.redeem(&alice, 400 * USD).unwrap();
    bank.audit(&[&alice, &bob], &[stock]);
}

#[test]
fn a_gift_to_the_vault_is_nobodys() {
    let mut bank = Bank::new();
    let (alice, bob) = (bank.person("alice", 1_000), bank.person("bob", 1_000));
    bank.supply(&alice, 1).unwrap();
    // The way to make the next supplier's share round to nothing.
    let vault = bank.cash.vault;
    bank.feeds.vm.edit(&vault, |account| {
        account.data[64..72].copy_from_slice(&(500 * USD).to_le_bytes());
    });
    bank.supply(&bob, 100 * USD).unwrap();
    assert_eq!((bank.worth(&alice), bank.worth(&bob)), (1, 100 * USD));
    assert_eq!(bank.market().cash, 100 * USD + 1);
}
