//! A program that stands where the collateral program should, and answers whatever it likes. Of
//! return data only what the collateral program itself says, to the question asked, is believed.

use lender::error::LenderError;
use scrip_interface::{
    collateral::{Flags, Kind, Valuation, encode},
    ids::COLLATERAL,
};
use scrip_math::{PriceE8, RawAmount, ValueE8};
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, USD, assert_denied},
    vm::key,
};
use solana_keypair::Keypair;
use solana_program_runtime::{
    declare_process_instruction, solana_sbpf::program::BuiltinFunctionDefinition,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::cell::RefCell;

thread_local! {
    /// Whose answer, and which; `None`: silence.
    static ANSWER: RefCell<Option<(Pubkey, Vec<u8>)>> = const { RefCell::new(None) };
}

declare_process_instruction!(Impostor, 1, |context| {
    match ANSWER.with_borrow(Clone::clone) {
        Some((program, data)) => context.transaction_context.set_return_data(program, data),
        None => Ok(()),
    }
});

fn standing() -> (Bank, Stock, Keypair) {
    let (mut bank, stock, _, bob) = super::borrow::deposited();
    bank.feeds.vm.svm.add_builtin(COLLATERAL, Impostor::register);
    (bank, stock, bob)
}

/// What an honest program would say of the position, and a little more.
fn lie(stock: &Stock) -> Valuation {
    let much = ValueE8(u64::MAX / 10_000);
    Valuation {
        mint: stock.of.mint,
        config_hash: stock.terms.config_hash,
        raw: RawAmount(100 * TOKEN),
        floor_price: PriceE8(1),
        mid_price: PriceE8(1),
        ceiling_price: PriceE8(1),
        floor_value: much,
        mid_value: much,
        ceiling_value: much,
        flags: Flags::ALL,
        ..Valuation::default()
    }
}

fn answer(program: Pubkey, kind: Kind, entries: &[Valuation]) {
    ANSWER.set(Some((program, encode(kind, entries))));
}

#[test]
fn only_the_collateral_programs_answer_to_the_question_is_believed() {
    let (mut bank, stock, bob) = standing();
    let honest = lie(&stock);
    let elsewhere = key("another program").pubkey();
    let other_mint = Valuation { mint: elsewhere, ..honest };
    let other_raw = Valuation { raw: RawAmount(100 * TOKEN + 1), ..honest };
    let mut borrow = |expected| assert_denied(bank.borrow(&bob, 9_000 * USD, &[stock]), expected);

    ANSWER.set(None);
    borrow(LenderError::AnswerInvalid);
    answer(elsewhere, Kind::Value, &[honest]);
    borrow(LenderError::AnswerInvalid);
    answer(COLLATERAL, Kind::Status, &[honest]);
    borrow(LenderError::AnswerInvalid);
    for entries in [&[][..], &[honest, honest], &[other_mint], &[other_raw]] {
        answer(COLLATERAL, Kind::Value, entries);
        borrow(LenderError::AnswerInvalid);
    }
    answer(COLLATERAL, Kind::Value, &[Valuation { config_hash: [0; 32], ..honest }]);
    borrow(LenderError::RulesNotAgreed);
    // A reason of a later release takes debt, whatever the flags say.
    let mut later = honest;
    later.reasons.0 = 1 << 31;
    answer(COLLATERAL, Kind::Value, &[later]);
    borrow(LenderError::NotAllowed);

    // The lie itself would have passed: each refusal above is for its own reason.
    answer(COLLATERAL, Kind::Value, &[honest]);
    bank.borrow(&bob, 9_000 * USD, &[stock]).unwrap();
}

#[test]
fn a_collateral_is_added_by_the_collateral_programs_word_only() {
    let (mut bank, stock, _) = standing();
    let mint = bank.feeds.place_mint("new");
    let market = bank.cash.market;
    bank.token_account(market, mint, scrip_interface::mint::TOKEN_2022);
    let mut new = stock;
    new.of = scrip_interface::lender::CollateralAccounts::new(&lender::ID, &market, mint);
    new.listing.accounts.mint = mint;
    let honest = Valuation { mint, raw: RawAmount(0), ..lie(&stock) };

    ANSWER.set(None);
    assert_denied(bank.add(&new), LenderError::AnswerInvalid);
    answer(key("another program").pubkey(), Kind::Status, &[honest]);
    assert_denied(bank.add(&new), LenderError::AnswerInvalid);
    answer(COLLATERAL, Kind::Value, &[honest]);
    assert_denied(bank.add(&new), LenderError::AnswerInvalid);
    answer(COLLATERAL, Kind::Status, &[Valuation { mint: stock.of.mint, ..honest }]);
    assert_denied(bank.add(&new), LenderError::AnswerInvalid);
    answer(COLLATERAL, Kind::Status, &[honest]);
    bank.add(&new).unwrap();
}
