//! Creating markets, adding collaterals, setting their terms.

use lender::error::LenderError;
use scrip_interface::{
    lender::{self as ix, CashAccounts, CollateralAccounts, CollateralTerms, MarketTerms, pda},
    mint::TOKEN_2022,
};
use scrip_tests::{
    collateral::TOKEN,
    lender::{Bank, Stock, TOKEN_PROGRAM, USD, assert_denied, market_terms},
    vm::{assert_fails_with, key},
};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{ExtensionType, transfer_fee::instruction::initialize_transfer_fee_config},
    instruction::{initialize_mint2, mint_to},
    state::Mint,
};

const ID: Pubkey = lender::ID;

/// A second market's instruction, and its owner. The vault exists.
fn second(bank: &mut Bank) -> (CashAccounts, Keypair) {
    let owner = bank.owner.insecure_clone();
    let market = pda::market(&ID, &owner.pubkey(), 7).0;
    bank.token_account(market, bank.cash.mint, TOKEN_PROGRAM);
    (CashAccounts::new(market, bank.cash.mint, TOKEN_PROGRAM), owner)
}

fn create(owner: &Keypair, cash: &CashAccounts, terms: MarketTerms) -> Instruction {
    ix::create_market(&ID, owner.pubkey(), cash, 7, terms)
}

#[test]
fn a_market_is_created_once_and_gifts_do_not_stand_in_the_way() {
    let mut bank = Bank::new();
    let (cash, owner) = second(&mut bank);
    bank.feeds.vm.svm.airdrop(&cash.market, 1_000_000).unwrap();
    let create = create(&owner, &cash, market_terms());
    bank.send(create.clone(), &owner).unwrap();
    let market: ix::Market = bank.read(&cash.market).unwrap();
    assert_eq!((market.owner, market.id, market.cash_decimals), (owner.pubkey(), 7, 6));
    assert_eq!((market.cash_vault, market.terms), (cash.vault, market_terms()));
    // The System program's "already in use".
    assert_fails_with(bank.send(create, &owner), 0);
}

#[test]
fn market_terms_are_within_their_limits() {
    let mut bank = Bank::new();
    let (cash, owner) = second(&mut bank);
    let good = market_terms();
    for terms in [
        MarketTerms { base_rate_bps: 10_001, ..good },
        MarketTerms { slope_bps: 10_001, ..good },
        MarketTerms { close_factor_bps: 0, ..good },
        MarketTerms { close_factor_bps: 10_001, ..good },
    ] {
        let outcome = bank.send(create(&owner, &cash, terms), &owner);
        assert_denied(outcome, LenderError::TermsInvalid);
    }
    let terms =
        MarketTerms { base_rate_bps: 10_000, slope_bps: 10_000, close_factor_bps: 1, ..good };
    bank.send(create(&owner, &cash, terms), &owner).unwrap();
}

#[test]
fn a_market_is_at_its_address_with_its_own_vault() {
    let mut bank = Bank::new();
    let (cash, owner) = second(&mut bank);
    let refused = |bank: &mut Bank, place: usize, key: Pubkey, expected| {
        let mut instruction = create(&owner, &cash, market_terms());
        instruction.accounts[place].pubkey = key;
        assert_denied(bank.send(instruction, &owner), expected);
    };
    let (mint, vault) = (bank.list("SPYx", 100.0).of.mint, bank.cash.vault);
    refused(&mut bank, 2, mint, LenderError::WrongTokenProgram);
    refused(&mut bank, 3, vault, LenderError::WrongVault);
    refused(&mut bank, 4, ID, LenderError::WrongTokenProgram);
    refused(&mut bank, 4, TOKEN_2022, LenderError::WrongTokenProgram);
    // Another's address, with the vault that belongs to it.
    let stranger = key("stranger");
    bank.feeds.vm.svm.airdrop(&stranger.pubkey(), 1_000_000_000).unwrap();
    let squat = create(&stranger, &cash, market_terms());
    assert_denied(bank.send(squat, &stranger), LenderError::WrongAddress);
    // No vault there yet.
    let none = CashAccounts::new(pda::market(&ID, &owner.pubkey(), 8).0, cash.mint, cash.program);
    let early = ix::create_market(&ID, owner.pubkey(), &none, 8, market_terms());
    assert_denied(bank.send(early, &owner), LenderError::WrongVault);
    // More decimals than a value can be computed with.
    bank.feeds.vm.edit(&cash.mint, |account| account.data[44] = 20);
    let outcome = bank.send(create(&owner, &cash, market_terms()), &owner);
    assert_denied(outcome, LenderError::WrongMint);
}

#[test]
fn terms_leave_room_for_a_liquidation_and_its_bonus() {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let good = stock.terms;
    for terms in [
        CollateralTerms { ltv_bps: 7_500, ..good },
        CollateralTerms { liquidation_bps: 10_001, bonus_bps: 0, ..good },
        CollateralTerms { liquidation_bps: 8_000, bonus_bps: 2_501, ..good },
        CollateralTerms { bonus_bps: u16::MAX, ..good },
    ] {
        assert_denied(bank.set_terms(&stock, terms), LenderError::TermsInvalid);
    }
    let edge = CollateralTerms { liquidation_bps: 8_000, bonus_bps: 2_500, ..good };
    bank.set_terms(&stock, edge).unwrap();
    assert_eq!(bank.collateral(&stock).terms, edge);
}

#[test]
fn the_owner_alone_sets_terms() {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let stranger = bank.person("stranger", 0);
    let (market, at) = (bank.cash.market, stock.of.collateral);
    let set = ix::set_collateral(&ID, stranger.pubkey(), market, at, stock.terms);
    assert_denied(bank.send(set, &stranger), LenderError::WrongOwner);
    let new = unlisted(&mut bank, &stock);
    let mut add = bank.add_instruction(&new);
    add.accounts[0].pubkey = stranger.pubkey();
    assert_denied(bank.send(add, &stranger), LenderError::WrongOwner);
}

/// A second stock with a feed, which the market does not take yet.
fn unlisted(bank: &mut Bank, like: &Stock) -> Stock {
    let mint = bank.feeds.place_mint("new");
    let listing = bank.feeds.list(mint, like.listing.config);
    let of = CollateralAccounts::new(&ID, &bank.cash.market, mint);
    bank.token_account(bank.cash.market, mint, TOKEN_2022);
    let config_hash = listing.config.hash(&bank.feeds.curator, &mint);
    Stock { listing, of, terms: CollateralTerms { config_hash, ..like.terms }, ..*like }
}

#[test]
fn a_collateral_is_added_with_its_own_feed_vault_and_rules() {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    let new = unlisted(&mut bank, &stock);
    let owner = bank.owner.insecure_clone();
    let refused = |bank: &mut Bank, place: usize, key: Pubkey, expected| {
        let mut instruction = bank.add_instruction(&new);
        instruction.accounts[place].pubkey = key;
        assert_denied(bank.send(instruction, &owner), expected);
    };
    let of_other = pda::collateral(&ID, &bank.cash.market, &key("other").pubkey()).0;
    refused(&mut bank, 1, stock.of.collateral, LenderError::AccountInvalid);
    refused(&mut bank, 2, of_other, LenderError::WrongAddress);
    refused(&mut bank, 4, stock.of.vault, LenderError::WrongVault);
    refused(&mut bank, 5, ID, LenderError::WrongCollateralProgram);
    let cash_mint = bank.cash.mint;
    refused(&mut bank, 3, cash_mint, LenderError::WrongMint);
    let mut loose = new;
    loose.terms.config_hash[0] ^= 1;
    assert_denied(bank.add(&loose), LenderError::RulesNotAgreed);
    let mut upside_down = new;
    upside_down.terms.ltv_bps = 9_000;
    assert_denied(bank.add(&upside_down), LenderError::TermsInvalid);
    // The feed of another mint.
    let mut mixed = new;
    mixed.listing.accounts.feed = stock.listing.feed;
    let wrong_mint = collateral::error::CollateralError::WrongMint;
    assert_fails_with(bank.add(&mixed), wrong_mint.into());
    bank.add(&new).unwrap();
    assert_fails_with(bank.add(&new), 0);
}

#[test]
fn what_is_no_instruction_is_refused() {
    let mut bank = Bank::new();
    let supply = vec![3, 1, 0, 0, 0, 0, 0, 0, 0];
    for data in [vec![], vec![10], supply[..8].to_vec(), [&supply[..], &[0]].concat()] {
        let instruction = Instruction { program_id: ID, accounts: vec![], data };
        let outcome = bank.feeds.send(&[instruction]);
        assert_denied(outcome, LenderError::InstructionInvalid);
    }
    let whole = Instruction { program_id: ID, accounts: vec![], data: supply };
    assert_denied(bank.feeds.send(&[whole]), LenderError::AccountsMissing);
}

#[test]
fn numbers_beyond_64_bits_are_refused() {
    let mut bank = Bank::new();
    let (alice, bob) = (bank.person("alice", 0), bank.person("bob", 0));
    for person in [&alice, &bob] {
        let account = bank.cash_of(person);
        bank.feeds.vm.edit(&account, |account| account.data[64..72].fill(0xff));
    }
    bank.supply(&alice, u64::MAX - 1).unwrap();
    assert_denied(bank.supply(&bob, 2), LenderError::Overflow);
}

/// A Token-2022 mint that keeps 1% of every transfer, made by Token-2022 itself, and what a wallet
/// has of it.
fn fee_mint(bank: &mut Bank, owner: &Keypair) -> Pubkey {
    let (mint, payer) = (key("fee mint"), bank.feeds.vm.payer.pubkey());
    let len = ExtensionType::try_calculate_account_len::<Mint>(&[ExtensionType::TransferFeeConfig])
        .unwrap();
    let empty = scrip_tests::collateral::account(TOKEN_2022, vec![0; len]);
    bank.feeds.place(mint.pubkey(), empty);
    let fee =
        initialize_transfer_fee_config(&TOKEN_2022, &mint.pubkey(), None, None, 100, u64::MAX);
    let init = initialize_mint2(&TOKEN_2022, &mint.pubkey(), &payer, None, 6).unwrap();
    bank.feeds.send(&[fee.unwrap(), init]).unwrap();
    let to = bank.token_account(owner.pubkey(), mint.pubkey(), TOKEN_2022);
    let put = mint_to(&TOKEN_2022, &mint.pubkey(), &to, &payer, &[], 1_000 * USD).unwrap();
    bank.feeds.send(&[put]).unwrap();
    mint.pubkey()
}

#[test]
fn a_token_that_takes_a_fee_is_neither_lent_nor_taken() {
    let mut bank = Bank::new();
    let like = bank.list("SPYx", 100.0);
    let owner = bank.owner.insecure_clone();
    let mint = fee_mint(&mut bank, &owner);
    // As collateral.
    let (feed_id, config) = (like.feed_id, like.listing.config);
    let stock = bank.list_mint(mint, feed_id, config);
    let outcome = bank.deposit(&owner, &stock, TOKEN);
    assert_denied(outcome, LenderError::TransferIncomplete);
    // As cash.
    let market = pda::market(&ID, &owner.pubkey(), 7).0;
    bank.token_account(market, mint, TOKEN_2022);
    bank.cash = CashAccounts::new(market, mint, TOKEN_2022);
    bank.send(create(&owner, &bank.cash, market_terms()), &owner).unwrap();
    assert_denied(bank.supply(&owner, 1_000), LenderError::TransferIncomplete);
}

#[test]
fn a_stablecoin_of_token_2022_is_lent_as_well() {
    let mut bank = Bank::new();
    let stock = bank.list("SPYx", 100.0);
    // A fee of nothing.
    let owner = bank.owner.insecure_clone();
    let mint = fee_mint(&mut bank, &owner);
    bank.feeds.vm.edit(&mint, |account| {
        let fees = account.data.len() - 36;
        account.data[fees..].fill(0);
    });
    let market = pda::market(&ID, &owner.pubkey(), 7).0;
    bank.token_account(market, mint, TOKEN_2022);
    bank.cash = CashAccounts::new(market, mint, TOKEN_2022);
    bank.send(create(&owner, &bank.cash, market_terms()), &owner).unwrap();
    let of = CollateralAccounts::new(&ID, &market, stock.of.mint);
    bank.token_account(market, of.mint, TOKEN_2022);
    let stock = Stock { of, ..stock };
    bank.add(&stock).unwrap();
    bank.supply(&owner, 1_000 * USD).unwrap();
    bank.give(&owner, &stock, 10 * TOKEN);
    bank.deposit(&owner, &stock, 10 * TOKEN).unwrap();
    bank.borrow(&owner, 500 * USD, &[stock]).unwrap();
    bank.repay(&owner, &owner, u64::MAX).unwrap();
    bank.audit(&[&owner], &[stock]);
}
