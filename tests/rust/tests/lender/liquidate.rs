//! Liquidations and bad debt.

use lender::error::LenderError;
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, USD, assert_denied},
};
use solana_keypair::Keypair;

/// Bob owes 6,000 USD against 100 shares; the liquidator has enough cash, and an account for shares.
fn indebted() -> (Bank, Stock, [Keypair; 3]) {
    let (mut bank, stock, alice, bob) = super::borrow::deposited();
    bank.borrow(&bob, 6_000 * USD, &[stock]).unwrap();
    let liquidator = bank.person("liquidator", 100_000);
    bank.give(&liquidator, &stock, 0);
    (bank, stock, [alice, bob, liquidator])
}

#[test]
fn a_position_at_the_threshold_is_healthy() {
    let (mut bank, stock, [_, bob, liquidator]) = indebted();
    // 100 x 80 x 75% = 6,000.
    bank.price(&stock, 80.0);
    let outcome = bank.liquidate(&liquidator, &bob, &stock, &[stock]);
    assert_denied(outcome, LenderError::Healthy);
    bank.price(&stock, 79.999_999_99);
    bank.liquidate(&liquidator, &bob, &stock, &[stock]).unwrap();
}

#[test]
fn a_liquidation_repays_half_for_shares_and_a_bonus() {
    let (mut bank, stock, [alice, bob, liquidator]) = indebted();
    bank.price(&stock, 75.0);
    // 3,000 x 105% / 75 = 42 shares.
    let limits = (u64::MAX, 42 * TOKEN + 1);
    let more = bank.liquidate_instruction(&liquidator, &bob, &stock, limits, &[stock]);
    assert_denied(bank.send(more, &liquidator), LenderError::SeizedTooLittle);
    let limits = (u64::MAX, 42 * TOKEN);
    let enough = bank.liquidate_instruction(&liquidator, &bob, &stock, limits, &[stock]);
    bank.send(enough, &liquidator).unwrap();
    assert_eq!(bank.debt(&bob), 3_000 * USD);
    assert_eq!(bank.balance(&bank.cash_of(&liquidator)), 97_000 * USD);
    assert_eq!(bank.balance(&bank.shares_of(&liquidator, &stock)), 42 * TOKEN);
    assert_eq!(bank.position(&bob).holdings[0].raw, 58 * TOKEN);
    assert_eq!((bank.market().bad_debt, bank.market().cash), (0, 7_000 * USD));
    // 58 x 75 x 75% = 3,262.50: healthy again.
    let again = bank.liquidate(&liquidator, &bob, &stock, &[stock]);
    assert_denied(again, LenderError::Healthy);
    bank.audit(&[&alice, &bob, &liquidator], &[stock]);
}

#[test]
fn a_liquidator_repays_less_if_wanted() {
    let (mut bank, stock, [alice, bob, liquidator]) = indebted();
    bank.price(&stock, 75.0);
    let limits = (10 * USD, 0);
    let little = bank.liquidate_instruction(&liquidator, &bob, &stock, limits, &[stock]);
    bank.send(little, &liquidator).unwrap();
    assert_eq!(bank.debt(&bob), 5_990 * USD);
    assert_eq!(bank.balance(&bank.shares_of(&liquidator, &stock)), 14_000_000);
    // Nothing is not seized.
    let nothing = bank.liquidate_instruction(&liquidator, &bob, &stock, (0, 0), &[stock]);
    assert_denied(bank.send(nothing, &liquidator), LenderError::SeizedTooLittle);
    bank.audit(&[&alice, &bob, &liquidator], &[stock]);
}

#[test]
fn a_debt_too_small_to_halve_is_closed_at_once() {
    let (mut bank, stock, alice, bob) = super::borrow::deposited();
    bank.withdraw(&bob, &stock, 97 * TOKEN, &[]).unwrap();
    bank.borrow(&bob, 199 * USD, &[stock]).unwrap();
    let liquidator = bank.person("liquidator", 1_000);
    bank.give(&liquidator, &stock, 0);
    bank.price(&stock, 80.0);
    bank.liquidate(&liquidator, &bob, &stock, &[stock]).unwrap();
    assert_eq!(bank.debt(&bob), 0);
    // 199 x 105% / 80.
    assert_eq!(bank.balance(&bank.shares_of(&liquidator, &stock)), 261_187_500);
    bank.audit(&[&alice, &bob, &liquidator], &[stock]);
}

#[test]
fn a_debt_is_halved_that_leaves_just_the_smallest() {
    let (mut bank, stock, alice, bob) = super::borrow::deposited();
    bank.withdraw(&bob, &stock, 96 * TOKEN, &[]).unwrap();
    bank.borrow(&bob, 200 * USD, &[stock]).unwrap();
    let liquidator = bank.person("liquidator", 1_000);
    bank.give(&liquidator, &stock, 0);
    bank.price(&stock, 66.0);
    bank.liquidate(&liquidator, &bob, &stock, &[stock]).unwrap();
    assert_eq!(bank.debt(&bob), 100 * USD);
    bank.audit(&[&alice, &bob, &liquidator], &[stock]);
}

#[test]
fn a_debt_without_collateral_is_the_suppliers_loss_at_once() {
    let (mut bank, stock, [alice, bob, liquidator]) = indebted();
    bank.price(&stock, 42.0);
    // 100 x 42 pay for 4,000 and the bonus. All of it goes, in one liquidation.
    bank.liquidate(&liquidator, &bob, &stock, &[stock]).unwrap();
    assert_eq!(bank.balance(&bank.cash_of(&liquidator)), 96_000 * USD);
    assert_eq!(bank.balance(&bank.shares_of(&liquidator, &stock)), 100 * TOKEN);
    let market = bank.market();
    assert_eq!((market.bad_debt, market.debt_units), (2_000 * USD, 0));
    assert_eq!((bank.debt(&bob), bank.position(&bob).holdings().count()), (0, 0));
    // Who redeems first gets no more than who redeems last.
    assert_eq!((market.cash, bank.worth(&alice)), (8_000 * USD, 8_000 * USD));
    let late = bank.person("late", 1_000);
    bank.supply(&late, 1_000 * USD).unwrap();
    assert!(bank.worth(&late) <= 1_000 * USD && bank.worth(&late) >= 1_000 * USD - 2);
    bank.audit(&[&alice, &bob, &liquidator, &late], &[stock]);
}

#[test]
fn a_debt_is_written_off_with_the_last_collateral_only() {
    let mut bank = Bank::new();
    let (first, second) = (bank.list("first", 100.0), bank.list("second", 100.0));
    let (alice, bob) = (bank.person("alice", 10_000), bank.holder("bob", &first, 10 * TOKEN));
    bank.supply(&alice, 10_000 * USD).unwrap();
    bank.give(&bob, &second, 10 * TOKEN);
    bank.deposit(&bob, &first, 10 * TOKEN).unwrap();
    bank.deposit(&bob, &second, 10 * TOKEN).unwrap();
    let both = [first, second];
    bank.borrow(&bob, 1_300 * USD, &both).unwrap();
    let liquidator = bank.person("liquidator", 10_000);
    bank.give(&liquidator, &first, 0);
    bank.give(&liquidator, &second, 0);
    bank.price(&first, 31.5);
    bank.price(&second, 63.0);

    bank.liquidate(&liquidator, &bob, &second, &both).unwrap();
    assert_eq!((bank.debt(&bob), bank.market().bad_debt), (700 * USD, 0));
    // What is gone is not there to be seized, nor valued.
    let gone = bank.liquidate(&liquidator, &bob, &second, &[first]);
    assert_denied(gone, LenderError::CollateralInsufficient);
    bank.liquidate(&liquidator, &bob, &first, &[first]).unwrap();
    assert_eq!((bank.debt(&bob), bank.market().bad_debt), (0, 400 * USD));
    bank.audit(&[&alice, &bob, &liquidator], &both);
}

#[test]
fn nobody_is_liquidated_by_an_old_price() {
    let (mut bank, stock, [_, bob, liquidator]) = indebted();
    bank.price(&stock, 75.0);
    bank.feeds.vm.set_time(bank.now() + 61);
    let outcome = bank.liquidate(&liquidator, &bob, &stock, &[stock]);
    assert_denied(outcome, LenderError::NotAllowed);
}

#[test]
fn a_position_without_debt_is_healthy_whatever_happens() {
    let (mut bank, stock, _, bob) = super::borrow::deposited();
    let liquidator = bank.person("liquidator", 1_000);
    bank.give(&liquidator, &stock, 0);
    bank.price(&stock, 0.01);
    let outcome = bank.liquidate(&liquidator, &bob, &stock, &[stock]);
    assert_denied(outcome, LenderError::Healthy);
    bank.withdraw(&bob, &stock, 100 * TOKEN, &[]).unwrap();
    assert_denied(bank.liquidate(&liquidator, &bob, &stock, &[]), LenderError::Healthy);
}

#[test]
fn interest_alone_ends_in_a_liquidation() {
    let (mut bank, stock, [alice, bob, liquidator]) = indebted();
    let later = bank.now() + 4 * 364 * 24 * 3_600;
    // The same hour of a Friday in 2030: a year nobody has loaded is closed.
    bank.at(later, &stock, 100.0);
    assert_denied(bank.liquidate(&liquidator, &bob, &stock, &[stock]), LenderError::NotAllowed);
    let later = bank.now() - 3 * 364 * 24 * 3_600;
    bank.at(later, &stock, 85.0);
    // 2% and 60% of 10%, of 6,000, in 364 days: above 85 x 75%.
    bank.liquidate(&liquidator, &bob, &stock, &[stock]).unwrap();
    bank.audit(&[&alice, &bob, &liquidator], &[stock]);
}
