//! Depositing, borrowing, repaying, withdrawing.

use anchor_lang::error::ErrorCode;
use lender::error::LenderError;
use scrip_tests::{
    collateral::{TOKEN, manage_feed, set_feed},
    lender::{Bank, Stock, USD, assert_denied},
    vm::assert_fails_with,
};
use solana_keypair::Keypair;
use solana_signer::Signer;

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

#[test]
fn anyone_repays_and_no_more_than_is_owed() {
    let (mut bank, stock, alice, bob) = deposited();
    assert_denied(bank.repay(&bob, &bob, 1), LenderError::NoDebt);
    bank.borrow(&bob, 1_000 * USD, &[stock]).unwrap();
    assert_denied(bank.repay(&bob, &bob, 0), LenderError::AmountZero);
    bank.repay(&bob, &bob, 400 * USD).unwrap();
    assert_eq!(bank.debt(&bob), 600 * USD);
    let carol = bank.person("carol", 5_000);
    bank.repay(&carol, &bob, 5_000 * USD).unwrap();
    assert_eq!((bank.debt(&bob), bank.balance(&bank.cash_of(&carol))), (0, 4_400 * USD));
    bank.audit(&[&alice, &bob, &carol], &[stock]);
}

#[test]
fn a_debt_is_worth_a_liquidation() {
    let (mut bank, stock, ..) = deposited();
    let bob = scrip_tests::vm::key("bob");
    assert_denied(bank.borrow(&bob, 0, &[stock]), LenderError::AmountZero);
    assert_denied(bank.borrow(&bob, 100 * USD - 1, &[stock]), LenderError::DebtTooSmall);
    bank.borrow(&bob, 100 * USD, &[stock]).unwrap();
    bank.borrow(&bob, 1, &[stock]).unwrap();
}

#[test]
fn what_remains_carries_the_debt() {
    let (mut bank, stock, alice, bob) = deposited();
    // 50 shares carry 50 x 99.90 x 95% x 73%.
    bank.borrow(&bob, 3_464_032_500, &[stock]).unwrap();
    let outcome = bank.withdraw(&bob, &stock, 50 * TOKEN + 1, &[stock]);
    assert_denied(outcome, LenderError::DebtTooHigh);
    assert_denied(bank.withdraw(&bob, &stock, 100 * TOKEN, &[]), LenderError::DebtTooHigh);
    assert_denied(bank.withdraw(&bob, &stock, 0, &[stock]), LenderError::AmountZero);
    bank.withdraw(&bob, &stock, 50 * TOKEN, &[stock]).unwrap();
    assert_eq!(bank.balance(&bank.shares_of(&bob, &stock)), 150 * TOKEN);
    let outcome = bank.withdraw(&bob, &stock, 50 * TOKEN + 1, &[stock]);
    assert_denied(outcome, LenderError::CollateralInsufficient);
    bank.audit(&[&alice, &bob], &[stock]);
}

#[test]
fn repaying_and_withdrawing_without_debt_need_no_price() {
    let (mut bank, stock, alice, bob) = deposited();
    bank.borrow(&bob, 1_000 * USD, &[stock]).unwrap();
    // Saturday, the price account is gone, the venue is unknown to the calendar.
    bank.feeds.vm.set_time(bank.now() + 24 * 3_600);
    for gone in [stock.listing.accounts.price, stock.listing.feed, bank.feeds.calendar] {
        bank.feeds.place(gone, scrip_tests::collateral::account(gone, vec![]));
    }
    // There is nothing to value by.
    let nothing = ErrorCode::AccountOwnedByWrongProgram.into();
    assert_fails_with(bank.withdraw(&bob, &stock, 1, &[stock]), nothing);
    bank.give(&bob, &stock, 100 * TOKEN);
    bank.deposit(&bob, &stock, TOKEN).unwrap();
    let owed = bank.debt(&bob) - 1_000 * USD;
    assert!(owed > 0);
    bank.repay(&bob, &bob, 1_000 * USD).unwrap();
    let helper = bank.person("helper", 10);
    bank.repay(&helper, &bob, u64::MAX).unwrap();
    bank.withdraw(&bob, &stock, 101 * TOKEN, &[]).unwrap();
    bank.audit(&[&alice, &bob, &helper], &[stock]);
}

#[test]
fn no_debt_against_a_price_that_is_old_or_halted() {
    let (mut bank, stock, _, bob) = deposited();
    bank.borrow(&bob, 100 * USD, &[stock]).unwrap();
    let posted = bank.now();
    bank.feeds.vm.set_time(posted + 61);
    assert_denied(bank.borrow(&bob, 100 * USD, &[stock]), LenderError::NotAllowed);
    assert_denied(bank.withdraw(&bob, &stock, 1, &[stock]), LenderError::NotAllowed);
    bank.price(&stock, 100.0);
    bank.borrow(&bob, 100 * USD, &[stock]).unwrap();

    let halt = collateral::instruction::HaltTicker { until: bank.now() + 3_600 };
    let (admin, curator) = (bank.feeds.admin.pubkey(), bank.feeds.curator);
    let halt = manage_feed(admin, curator, stock.listing.feed, &halt);
    bank.feeds.manage(halt).unwrap();
    let failure = bank.borrow(&bob, 100 * USD, &[stock]).unwrap_err();
    let why = format!("Scrip: {} not allowed, reasons 0x8", stock.of.mint);
    assert!(failure.logs.iter().any(|line| line.contains(&why)), "{:?}", failure.logs);
    assert_denied(bank.borrow(&bob, 100 * USD, &[stock]), LenderError::NotAllowed);
    assert_denied(bank.withdraw(&bob, &stock, 1, &[stock]), LenderError::NotAllowed);
}

#[test]
fn rules_count_until_they_are_loosened_and_again_once_agreed_to() {
    let (mut bank, mut stock, _, bob) = deposited();
    let (admin, curator, feed) =
        (bank.feeds.admin.pubkey(), bank.feeds.curator, stock.listing.feed);
    // Tighter: the same hash.
    let mut config = stock.listing.config;
    config.rules[2].haircut_bps += 100;
    bank.feeds.manage(set_feed(admin, curator, feed, config)).unwrap();
    bank.borrow(&bob, 100 * USD, &[stock]).unwrap();
    // Looser, two days later: Sunday; Monday at the same hour.
    config.rules[2].haircut_bps = 100;
    bank.feeds.manage(set_feed(admin, curator, feed, config)).unwrap();
    let monday = bank.now() + 3 * 24 * 3_600;
    bank.at(monday, &stock, 100.0);
    assert_denied(bank.borrow(&bob, 100 * USD, &[stock]), LenderError::RulesNotAgreed);
    stock.terms.config_hash = config.hash(&curator, &stock.of.mint);
    bank.set_terms(&stock, stock.terms).unwrap();
    bank.borrow(&bob, 100 * USD, &[stock]).unwrap();
}
