//! The example lender. What it passes on to the collateral program follows its own accounts.

use super::{OURS, Valid};
use scrip_interface::{
    lender::{self as ix, CashAccounts, pda},
    mint::TOKEN_2022,
};
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, TOKEN_PROGRAM, USD, market_terms},
};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_signer::Signer;

/// For a position with one holding.
const PRICED: [&str; 6] =
    ["collateral_program", "holding", "feed", "calendar", "feed_mint", "price"];

pub const FORMS: super::Room = &[
    ("CreateMarket", || {
        let mut bank = Bank::new();
        let market = pda::market(&lender::ID, &bank.owner.pubkey(), 1).0;
        let cash = CashAccounts::new(market, bank.cash.mint, TOKEN_PROGRAM);
        bank.token_account(market, cash.mint, TOKEN_PROGRAM);
        let owner = bank.owner.insecure_clone();
        let create = ix::create_market(&lender::ID, owner.pubkey(), &cash, 1, market_terms());
        by(bank, create, &owner)
    }),
    ("AddCollateral", || {
        let mut bank = Bank::new();
        let stock = bank.list("SPYx", 100.0);
        let other = bank.another_market();
        bank.cash = other;
        let of = ix::CollateralAccounts::new(&lender::ID, &other.market, stock.of.mint);
        bank.token_account(other.market, stock.of.mint, TOKEN_2022);
        let (owner, add) = (bank.owner.insecure_clone(), Stock { of, ..stock });
        let add = bank.add_instruction(&add);
        by(bank, add, &owner)
    }),
    ("SetCollateral", || {
        let (bank, stock, ..) = deposited();
        let (owner, market) = (bank.owner.insecure_clone(), bank.cash.market);
        let (collateral, mut terms) = (stock.of.collateral, stock.terms);
        terms.max_raw += 1;
        let set = ix::set_collateral(&lender::ID, owner.pubkey(), market, collateral, terms);
        by(bank, set, &owner)
    }),
    ("Supply", || {
        let (mut bank, ..) = deposited();
        // Somebody new.
        let carol = bank.person("carol", 1_000);
        let source = bank.cash_of(&carol);
        let supply = ix::supply(&lender::ID, carol.pubkey(), &bank.cash, source, USD);
        by(bank, supply, &carol)
    }),
    ("Supply/again", || {
        let (bank, _, alice, _) = deposited();
        let source = bank.cash_of(&alice);
        let supply = ix::supply(&lender::ID, alice.pubkey(), &bank.cash, source, USD);
        by(bank, supply, &alice)
    }),
    ("Redeem", || {
        let (bank, _, alice, _) = deposited();
        let to = bank.cash_of(&alice);
        let redeem = ix::redeem(&lender::ID, alice.pubkey(), &bank.cash, to, USD);
        by(bank, redeem, &alice)
    }),
    ("Deposit", || {
        let (mut bank, stock, ..) = deposited();
        let carol = bank.holder("carol", &stock, TOKEN);
        let deposit = depositing(&bank, &stock, &carol);
        by(bank, deposit, &carol)
    }),
    ("Deposit/again", || {
        let (bank, stock, _, bob) = deposited();
        let deposit = depositing(&bank, &stock, &bob);
        by(bank, deposit, &bob)
    }),
    ("Withdraw", || {
        let (bank, stock, _, bob) = indebted();
        let withdraw = bank.withdraw_instruction(&bob, &stock, TOKEN, &[stock]);
        by(bank, withdraw, &bob).with_rest(&PRICED)
    }),
    ("Borrow", || {
        let (bank, stock, _, bob) = deposited();
        let borrow = bank.borrow_instruction(&bob, 1_000 * USD, &[stock]);
        by(bank, borrow, &bob).with_rest(&PRICED)
    }),
    ("Repay", || {
        let (mut bank, _, _, bob) = indebted();
        // Somebody else pays.
        let carol = bank.person("carol", 1_000);
        let (position, source) = (bank.position_of(&bob), bank.cash_of(&carol));
        let repay = ix::repay(&lender::ID, carol.pubkey(), &bank.cash, position, source, USD);
        by(bank, repay, &carol)
    }),
    ("Liquidate", || {
        let (mut bank, stock, _, bob) = indebted();
        let carol = bank.person("carol", 10_000);
        bank.give(&carol, &stock, 0);
        bank.price(&stock, 60.0);
        let limits = (u64::MAX, 0);
        let liquidate = bank.liquidate_instruction(&carol, &bob, &stock, limits, &[stock]);
        by(bank, liquidate, &carol).with_rest(&PRICED)
    }),
];

fn by(bank: Bank, instruction: Instruction, signer: &Keypair) -> Valid {
    Valid::of(bank.feeds.vm, instruction, &[signer])
}

/// 100 shares of 100 USD in Bob's position, and 10,000 USD of Alice's in the pool.
fn deposited() -> (Bank, Stock, Keypair, Keypair) {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let (alice, bob) = (bank.person("alice", 20_000), bank.holder("bob", &stock, 200 * TOKEN));
    bank.supply(&alice, 10_000 * USD).expect(OURS);
    bank.deposit(&bob, &stock, 100 * TOKEN).expect(OURS);
    (bank, stock, alice, bob)
}

/// Bob owes half of what his shares are worth, since an hour.
fn indebted() -> (Bank, Stock, Keypair, Keypair) {
    let (mut bank, stock, alice, bob) = deposited();
    bank.borrow(&bob, 5_000 * USD, &[stock]).expect(OURS);
    bank.at(bank.now() + 3_600, &stock, 100.0);
    (bank, stock, alice, bob)
}

fn depositing(bank: &Bank, stock: &Stock, person: &Keypair) -> Instruction {
    let source = bank.shares_of(person, stock);
    ix::deposit(&lender::ID, person.pubkey(), bank.cash.market, &stock.of, source, 1)
}
