//! Positions with several collaterals.

use lender::error::LenderError;
use scrip_interface::lender::MAX_HOLDINGS;
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, USD, assert_denied},
};
use solana_keypair::Keypair;

/// One share of each of `count` collaterals at 100 USD, deposited, and 10,000 USD in the pool.
fn with_holdings(count: usize) -> (Bank, Vec<Stock>, Keypair) {
    let mut bank = Bank::new();
    let alice = bank.person("alice", 10_000);
    bank.supply(&alice, 10_000 * USD).unwrap();
    let bob = bank.person("bob", 0);
    let stocks: Vec<_> = (0..count).map(|n| bank.list(&format!("stock {n}"), 100.0)).collect();
    for stock in &stocks {
        bank.give(&bob, stock, 10 * TOKEN);
        bank.deposit(&bob, stock, TOKEN).unwrap();
    }
    (bank, stocks, bob)
}

#[test]
fn five_collaterals_carry_a_debt_together() {
    let (mut bank, stocks, bob) = with_holdings(5);
    // Each carries 99.90 x 95% x 73%.
    let limit = 5 * 69_280_650;
    assert_denied(bank.borrow(&bob, limit + 1, &stocks), LenderError::DebtTooHigh);
    bank.borrow(&bob, limit, &stocks).unwrap();
    bank.audit(&[&scrip_tests::vm::key("alice"), &bob], &stocks);
}

#[test]
fn a_sixth_collateral_has_no_place() {
    let (mut bank, stocks, bob) = with_holdings(MAX_HOLDINGS);
    let sixth = bank.list("sixth", 100.0);
    bank.give(&bob, &sixth, TOKEN);
    assert_denied(bank.deposit(&bob, &sixth, TOKEN), LenderError::PositionFull);
    // An emptied one makes room, and the order stays.
    bank.withdraw(&bob, &stocks[1], TOKEN, &[]).unwrap();
    bank.deposit(&bob, &sixth, TOKEN).unwrap();
    let held: Vec<_> = bank.position(&bob).holdings().map(|held| held.collateral).collect();
    let expected = [stocks[0], stocks[2], stocks[3], stocks[4], sixth];
    assert_eq!(held, expected.map(|stock| stock.of.collateral));
}

#[test]
fn a_debtor_adds_only_what_is_held_already() {
    let (mut bank, stocks, bob) = with_holdings(2);
    bank.withdraw(&bob, &stocks[1], TOKEN, &[]).unwrap();
    let less = bank.borrow(&bob, 60 * USD, &stocks[..1]);
    assert_denied(less, LenderError::DebtTooSmall);
    bank.deposit(&bob, &stocks[0], 2 * TOKEN).unwrap();
    bank.borrow(&bob, 100 * USD, &stocks[..1]).unwrap();
    assert_denied(bank.deposit(&bob, &stocks[1], TOKEN), LenderError::CollateralNotHeld);
    bank.deposit(&bob, &stocks[0], TOKEN).unwrap();
    assert_denied(bank.deposit(&bob, &stocks[0], 0), LenderError::AmountZero);
}

#[test]
fn a_market_takes_no_more_than_its_limit() {
    let (mut bank, stocks, bob) = with_holdings(1);
    let mut terms = stocks[0].terms;
    terms.max_raw = 2 * TOKEN;
    bank.set_terms(&stocks[0], terms).unwrap();
    assert_denied(bank.deposit(&bob, &stocks[0], TOKEN + 1), LenderError::DepositLimit);
    bank.deposit(&bob, &stocks[0], TOKEN).unwrap();
}

#[test]
fn every_holding_must_allow_new_debt() {
    let (mut bank, stocks, bob) = with_holdings(3);
    bank.feeds.vm.set_time(bank.now() + 61);
    for stock in &stocks[..2] {
        bank.price(stock, 100.0);
    }
    assert_denied(bank.borrow(&bob, 100 * USD, &stocks), LenderError::NotAllowed);
    // The one without a price is taken out: without debt that needs none.
    bank.withdraw(&bob, &stocks[2], TOKEN, &[]).unwrap();
    bank.borrow(&bob, 100 * USD, &stocks[..2]).unwrap();
    // With debt, what is taken out whole need not be valued; what stays must carry the debt.
    bank.deposit(&bob, &stocks[0], TOKEN).unwrap();
    bank.withdraw(&bob, &stocks[1], TOKEN, &stocks[..1]).unwrap();
}

#[test]
fn holdings_are_given_in_their_order_and_whole() {
    let (mut bank, stocks, bob) = with_holdings(3);
    let borrow = |bank: &mut Bank, stocks: &[Stock]| bank.borrow(&bob, 100 * USD, stocks);
    let swapped = [stocks[1], stocks[0], stocks[2]];
    assert_denied(borrow(&mut bank, &swapped), LenderError::WrongHoldings);
    let twice = [stocks[0], stocks[0], stocks[2]];
    assert_denied(borrow(&mut bank, &twice), LenderError::WrongHoldings);
    // The next account is the feed: no collateral of this program.
    assert_denied(borrow(&mut bank, &stocks[..2]), LenderError::AccountInvalid);
    let lender = borrow(&mut bank, &[]);
    assert_denied(lender, LenderError::AccountsMissing);
    borrow(&mut bank, &stocks).unwrap();
}
