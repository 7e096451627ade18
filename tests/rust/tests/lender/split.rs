//! A 10:1 split, with feed and multiplier changing up to 20 minutes apart, in either order.

use lender::error::LenderError;
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, USD, assert_denied},
    vm::{Outcome, START},
};
use solana_instruction_error::InstructionError::Custom;
use solana_keypair::Keypair;
use solana_transaction_error::TransactionError::InstructionError;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
/// Monday 2026-11-23, 12:00 in New York.
const NOON: i64 = START + 3 * 24 * HOUR + 2 * HOUR;
/// What 100 shares of 100 USD carry in regular session, as in `borrow`, less two millionths: units
/// of debt are rounded up, and so is the debt.
const LIMIT: u64 = 6_928_065_000 - 2;
/// `rules`: 15%.
const TOLERANCE_BPS: u64 = 1_500;

/// Who owes all that the position carries, who owes a little, and who liquidates.
struct People {
    bob: Keypair,
    carol: Keypair,
    liquidator: Keypair,
}

fn standing() -> (Bank, Stock, People) {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let alice = bank.person("alice", 100_000);
    bank.supply(&alice, 100_000 * USD).unwrap();
    let (bob, carol) =
        (bank.holder("bob", &stock, 200 * TOKEN), bank.holder("carol", &stock, 200 * TOKEN));
    for debtor in [&bob, &carol] {
        bank.deposit(debtor, &stock, 100 * TOKEN).unwrap();
    }
    let liquidator = bank.person("liquidator", 100_000);
    bank.give(&liquidator, &stock, 0);
    // When the market opens.
    bank.at(NOON - 2 * HOUR - HOUR / 2, &stock, 100.0);
    bank.borrow(&bob, LIMIT, &[stock]).unwrap();
    bank.borrow(&carol, 100 * USD, &[stock]).unwrap();
    (bank, stock, People { bob, carol, liquidator })
}

fn failed_with(outcome: Outcome, expected: LenderError) -> bool {
    outcome.is_err_and(|failure| failure.error == InstructionError(0, Custom(expected as u32)))
}

/// Carol's position carries what it did, give or take the tolerance. Leaves her debt as it was.
fn carries_what_it_did(bank: &mut Bank, stock: &Stock, carol: &Keypair) {
    let owed = bank.debt(carol);
    let least = LIMIT * (10_000 - TOLERANCE_BPS) / 10_000 - owed;
    let most = LIMIT * (10_000 + TOLERANCE_BPS) / 10_000 - owed;
    assert_denied(bank.borrow(carol, most, &[*stock]), LenderError::DebtTooHigh);
    bank.borrow(carol, least, &[*stock]).unwrap();
    bank.repay(carol, carol, least).unwrap();
    let most = 100 * TOKEN * TOLERANCE_BPS / 10_000;
    bank.withdraw(carol, stock, most, &[*stock]).unwrap();
    bank.deposit(carol, stock, most).unwrap();
}

/// Minute by minute, from an hour and a half before the split to as long after it. Posting a price
/// is all that anybody does. With `observed`, something was recorded before and is now and then.
fn play(feed_after: i64, observed: bool) {
    let (mut bank, stock, People { bob, carol, liquidator }) = standing();
    if observed {
        bank.feeds.observe(&stock.listing).unwrap();
    }
    bank.feeds.set_multipliers(&stock.of.mint, 1.0, NOON, 10.0);
    let (mut lent, mut minute) = (0, NOON - 90 * MINUTE);
    while minute < NOON + 90 * MINUTE {
        let share = if minute < NOON + feed_after { 100.0 } else { 10.0 };
        bank.at(minute, &stock, share);
        // No one is liquidated by the split: at no minute could one be.
        let outcome = bank.liquidate(&liquidator, &bob, &stock, &[stock]);
        assert_denied(outcome, LenderError::Healthy);
        match bank.borrow(&carol, 1, &[stock]) {
            Ok(_) => {
                carries_what_it_did(&mut bank, &stock, &carol);
                lent += 1;
            }
            refused => {
                assert!(failed_with(refused, LenderError::NotAllowed), "{minute}");
                let outcome = bank.withdraw(&carol, &stock, 1, &[stock]);
                assert_denied(outcome, LenderError::NotAllowed);
            }
        }
        if observed && minute % (5 * MINUTE) == 0 {
            bank.feeds.observe(&stock.listing).unwrap();
        }
        minute += MINUTE;
    }
    // Half an hour before the window, and after it where the prices are seen to follow.
    let expected = if observed { 90..=120 } else { 30..=30 };
    assert!(expected.contains(&lent), "debt could be drawn in {lent} minutes");
}

#[test]
fn a_split_passes_with_the_feed_ahead() {
    for minutes in [20, 7, 1] {
        play(-minutes * MINUTE, true);
    }
}

#[test]
fn a_split_passes_with_the_feed_behind() {
    for minutes in [0, 1, 7, 20] {
        play(minutes * MINUTE, true);
    }
}

#[test]
fn a_split_passes_with_nobody_acting() {
    for minutes in [-20, -1, 0, 1, 20] {
        play(minutes * MINUTE, false);
    }
}

#[test]
fn after_a_split_raw_amounts_and_debts_are_as_before() {
    let (mut bank, stock, People { bob, liquidator, .. }) = standing();
    let before = bank.position(&bob);
    // Announced, effective, and long over.
    let week = 7 * 24 * HOUR;
    bank.feeds.set_multipliers(&stock.of.mint, 1.0, NOON, 10.0);
    bank.at(NOON + week, &stock, 10.0);
    assert_eq!(bank.position(&bob), before);
    let outcome = bank.liquidate(&liquidator, &bob, &stock, &[stock]);
    assert_denied(outcome, LenderError::Healthy);
    // A true fall of 15% after it: the seized raw amount is what it would have been.
    bank.price(&stock, 8.5);
    let half = bank.debt(&bob).div_ceil(2);
    bank.liquidate(&liquidator, &bob, &stock, &[stock]).unwrap();
    let seized = bank.balance(&bank.shares_of(&liquidator, &stock));
    // half x 105% / 85 USD, in 10^-8 of a token.
    let expected = u128::from(half) * 105 * 100_000_000 / (100 * 85 * u128::from(USD));
    assert!(expected.abs_diff(u128::from(seized)) <= 1, "{seized} for {half}");
}

#[test]
fn debt_returns_by_itself() {
    let (mut bank, stock, People { carol, .. }) = standing();
    bank.feeds.set_multipliers(&stock.of.mint, 1.0, NOON, 10.0);
    // The next morning, when the window is over: half an hour of regular session later.
    let half_past_nine = NOON + 24 * HOUR - 2 * HOUR - HOUR / 2;
    bank.at(half_past_nine + 30 * MINUTE - 1, &stock, 10.0);
    assert_denied(bank.borrow(&carol, USD, &[stock]), LenderError::NotAllowed);
    bank.at(half_past_nine + 30 * MINUTE, &stock, 10.0);
    bank.borrow(&carol, USD, &[stock]).unwrap();
    carries_what_it_did(&mut bank, &stock, &carol);
}

#[test]
fn a_feed_alone_that_falls_tenfold_is_a_fall() {
    // What the window is for: without an announced split the same prices do liquidate.
    let (mut bank, stock, People { bob, liquidator, .. }) = standing();
    bank.price(&stock, 10.0);
    bank.liquidate(&liquidator, &bob, &stock, &[stock]).unwrap();
    assert!(bank.market().bad_debt > 0);
}
