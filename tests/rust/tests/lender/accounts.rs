//! Every account is bound to its market: another's is refused, and so are look-alikes.

use lender::error::LenderError;
use scrip_interface::{
    collateral::pda as feed_pda,
    lender::{self as ix, CashAccounts, CollateralAccounts, pda},
    mint::TOKEN_2022,
};
use scrip_tests::{
    collateral::{CreateCalendar, CreateCurator, CreateFeed, TOKEN, assert_refused, pyth, rules},
    lender::{Bank, Stock, TOKEN_PROGRAM, USD, assert_denied},
    vm::key,
};
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// A valid instruction, its signer, how many accounts the lender itself takes, and what it says
/// when one of them is replaced.
struct Case {
    name: &'static str,
    valid: Instruction,
    signer: Keypair,
    taken: usize,
    wrong: Vec<(usize, Pubkey, LenderError)>,
}

/// Two markets with the same tokens and people. Bob has debt in the first and may be liquidated.
struct Two {
    bank: Bank,
    stock: Stock,
    other: CashAccounts,
    others: CollateralAccounts,
}

fn two_markets() -> Two {
    let (mut bank, stock, alice, bob) = super::borrow::deposited();
    let other = bank.another_market();
    let first = std::mem::replace(&mut bank.cash, other);
    let others = CollateralAccounts::new(&lender::ID, &other.market, stock.of.mint);
    let second = Stock { of: others, ..stock };
    bank.token_account(other.market, stock.of.mint, TOKEN_2022);
    bank.add(&second).unwrap();
    let helper = bank.person("helper", 5_000);
    bank.supply(&helper, 1_000 * USD).unwrap();
    bank.deposit(&bob, &second, TOKEN).unwrap();
    bank.cash = first;
    bank.supply(&helper, 1_000 * USD).unwrap();
    // Someone else's records in the same market.
    bank.give(&alice, &stock, TOKEN);
    bank.deposit(&alice, &stock, TOKEN).unwrap();
    bank.borrow(&bob, 6_500 * USD, &[stock]).unwrap();
    bank.give(&helper, &stock, 0);
    Two { bank, stock, other, others }
}

/// The same bytes, owned by an attacker's program.
fn look_alike(bank: &mut Bank, of: &Pubkey) -> Pubkey {
    let address = key(&format!("look-alike of {of}")).pubkey();
    let mut account = bank.feeds.vm.account(of).unwrap();
    account.owner = key("attacker").pubkey();
    bank.feeds.place(address, account);
    address
}

fn cases(two: &mut Two) -> Vec<Case> {
    let Two { bank, stock, other, others } = two;
    let (stock, market) = (*stock, bank.cash.market);
    let [owner, alice, bob, helper] = ["market owner", "alice", "bob", "helper"].map(key);
    let (theirs, mine) = (bank.position_of(&alice), bank.position_of(&bob));
    let elsewhere = pda::position(&lender::ID, &other.market, &bob.pubkey()).0;
    let helpers = pda::supplier(&lender::ID, &other.market, &helper.pubkey()).0;
    let market_copy = look_alike(bank, &market);
    let collateral_copy = look_alike(bank, &stock.of.collateral);
    let position_copy = look_alike(bank, &mine);
    let supplier_copy = look_alike(bank, &bank.supplier_of(&helper));
    // Cash at `at`: vault, mint, token program.
    let cash = |at: usize| {
        vec![
            (at, other.vault, LenderError::WrongVault),
            (at + 1, stock.of.mint, LenderError::WrongMint),
            (at + 2, TOKEN_2022, LenderError::WrongTokenProgram),
        ]
    };
    let shares = |at: usize| {
        vec![
            (at, others.vault, LenderError::WrongVault),
            (at + 1, bank.cash.mint, LenderError::WrongMint),
            (at + 2, TOKEN_PROGRAM, LenderError::WrongTokenProgram),
        ]
    };
    let values = |at: usize| {
        vec![
            (at, key("another program").pubkey(), LenderError::WrongCollateralProgram),
            (at + 1, others.collateral, LenderError::WrongHoldings),
            (at + 1, collateral_copy, LenderError::AccountInvalid),
        ]
    };
    let (to, from) = (bank.cash_of(&helper), bank.cash_of(&helper));
    let holder = bank.shares_of(&bob, &stock);
    let case = |name, valid, signer: &Keypair, taken, wrong: Vec<Vec<_>>| Case {
        name,
        valid,
        signer: signer.insecure_clone(),
        taken,
        wrong: wrong.concat(),
    };
    let (id, call) = (lender::ID, [stock.call()]);
    let by = helper.pubkey();
    let position = |at: usize| {
        vec![
            (at, elsewhere, LenderError::WrongMarket),
            (at, position_copy, LenderError::AccountInvalid),
            (at, market, LenderError::AccountInvalid),
        ]
    };
    let set = ix::set_collateral(&id, owner.pubkey(), market, stock.of.collateral, stock.terms);
    vec![
        case(
            "set_collateral",
            set,
            &owner,
            3,
            vec![vec![
                (1, market_copy, LenderError::AccountInvalid),
                (1, other.market, LenderError::WrongMarket),
                (2, others.collateral, LenderError::WrongMarket),
                (2, collateral_copy, LenderError::AccountInvalid),
                (2, mine, LenderError::AccountInvalid),
            ]],
        ),
        case(
            "supply",
            ix::supply(&id, by, &bank.cash, from, USD),
            &helper,
            7,
            vec![
                cash(4),
                vec![
                    (1, market_copy, LenderError::AccountInvalid),
                    (1, other.market, LenderError::WrongVault),
                    (2, helpers, LenderError::WrongAddress),
                    (2, supplier_copy, LenderError::WrongAddress),
                ],
            ],
        ),
        case(
            "redeem",
            ix::redeem(&id, by, &bank.cash, to, USD),
            &helper,
            7,
            vec![
                cash(4),
                vec![
                    (1, market_copy, LenderError::AccountInvalid),
                    (2, helpers, LenderError::WrongMarket),
                    (2, bank.supplier_of(&alice), LenderError::WrongOwner),
                    (2, supplier_copy, LenderError::AccountInvalid),
                    (2, mine, LenderError::AccountInvalid),
                ],
            ],
        ),
        case(
            "deposit",
            ix::deposit(&id, bob.pubkey(), market, &stock.of, holder, 1),
            &bob,
            8,
            vec![
                shares(5),
                vec![
                    (1, market_copy, LenderError::AccountInvalid),
                    (1, other.market, LenderError::WrongMarket),
                    (2, others.collateral, LenderError::WrongVault),
                    (2, collateral_copy, LenderError::AccountInvalid),
                    (3, elsewhere, LenderError::WrongAddress),
                    (3, position_copy, LenderError::WrongAddress),
                ],
            ],
        ),
        case(
            "withdraw",
            bank.withdraw_instruction(&bob, &stock, 1, &[stock]),
            &bob,
            10,
            vec![
                position(3),
                shares(5),
                values(8),
                vec![
                    (1, other.market, LenderError::WrongMarket),
                    (2, others.collateral, LenderError::WrongVault),
                    (3, theirs, LenderError::WrongOwner),
                ],
            ],
        ),
        case(
            "borrow",
            bank.borrow_instruction(&bob, USD, &[stock]),
            &bob,
            9,
            vec![
                position(2),
                cash(4),
                values(7),
                vec![
                    (1, market_copy, LenderError::AccountInvalid),
                    (1, other.market, LenderError::WrongVault),
                    (2, theirs, LenderError::WrongOwner),
                ],
            ],
        ),
        case(
            "repay",
            ix::repay(&id, by, &bank.cash, mine, from, USD),
            &helper,
            7,
            vec![position(2), cash(4), vec![(1, other.market, LenderError::WrongVault)]],
        ),
        case(
            "liquidate",
            ix::liquidate(
                &id,
                by,
                &bank.cash,
                mine,
                from,
                &stock.of,
                bank.shares_of(&helper, &stock),
                (USD, 0),
                &call,
            ),
            &helper,
            14,
            vec![
                position(2),
                cash(4),
                shares(9),
                values(12),
                vec![
                    (1, other.market, LenderError::WrongVault),
                    (7, others.collateral, LenderError::WrongVault),
                    (7, collateral_copy, LenderError::AccountInvalid),
                ],
            ],
        ),
    ]
}

/// The price at which a case is valid: Bob may borrow, or be liquidated.
fn ready(two: &mut Two, name: &str) {
    let dollars = if name == "liquidate" { 85.0 } else { 100.0 };
    let stock = two.stock;
    two.bank.price(&stock, dollars);
}

#[test]
fn each_instruction_is_valid_as_made() {
    let names: Vec<_> = cases(&mut two_markets()).iter().map(|case| case.name).collect();
    for (place, name) in names.into_iter().enumerate() {
        let mut two = two_markets();
        let case = cases(&mut two).swap_remove(place);
        ready(&mut two, name);
        let outcome = two.bank.send(case.valid, &case.signer);
        outcome.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
    }
}

#[test]
fn another_markets_accounts_and_look_alikes_are_refused() {
    let mut two = two_markets();
    let mut tried = 0;
    for Case { name, valid, signer, wrong, .. } in cases(&mut two) {
        ready(&mut two, name);
        for (place, replacement, expected) in wrong {
            let mut instruction = valid.clone();
            instruction.accounts[place].pubkey = replacement;
            println!("{name}, account {place}: {expected:?}");
            assert_denied(two.bank.send(instruction, &signer), expected);
            tried += 1;
        }
    }
    assert_eq!(tried, 75);
}

#[test]
fn each_instruction_wants_its_signer_and_all_of_its_accounts() {
    let mut two = two_markets();
    for Case { name, valid, signer, taken, .. } in cases(&mut two) {
        ready(&mut two, name);
        let mut unsigned = valid.clone();
        unsigned.accounts[0].is_signer = false;
        let outcome = two.bank.feeds.send(&[unsigned]);
        assert_denied(outcome, LenderError::SignatureMissing);
        for count in 0..taken {
            let mut short = valid.clone();
            short.accounts.truncate(count);
            println!("{name}, {count} accounts");
            // Without its account, nobody need sign.
            let outcome = if count == 0 {
                two.bank.feeds.send(&[short])
            } else {
                two.bank.send(short, &signer)
            };
            assert_denied(outcome, LenderError::AccountsMissing);
        }
    }
}

#[test]
fn a_whole_set_of_another_markets_accounts_is_refused() {
    let mut two = two_markets();
    let Two { ref mut bank, stock, other, others } = two;
    let bob = key("bob");
    // Collateral and vault belong together, and to the other market.
    let source = bank.shares_of(&bob, &stock);
    let (id, market) = (lender::ID, bank.cash.market);
    let deposit = ix::deposit(&id, bob.pubkey(), market, &others, source, 1);
    assert_denied(bank.send(deposit, &bob), LenderError::WrongMarket);
    let withdraw = ix::withdraw(&id, bob.pubkey(), market, &others, source, 1, &[]);
    assert_denied(bank.send(withdraw, &bob), LenderError::WrongMarket);
    let helper = key("helper");
    bank.price(&stock, 85.0);
    let (from, to) = (bank.cash_of(&helper), bank.shares_of(&helper, &stock));
    let (mine, call) = (bank.position_of(&bob), [stock.call()]);
    let liquidate =
        ix::liquidate(&id, helper.pubkey(), &bank.cash, mine, from, &others, to, (USD, 0), &call);
    assert_denied(bank.send(liquidate, &helper), LenderError::WrongMarket);
    // Cash out of the other market for a position of this one.
    let borrow = ix::borrow(&id, bob.pubkey(), &other, from, USD, &call);
    let mut borrow = borrow;
    borrow.accounts[2].pubkey = mine;
    assert_denied(bank.send(borrow, &bob), LenderError::WrongMarket);
}

#[test]
fn a_feed_of_another_curator_is_refused() {
    let (mut bank, stock, _, bob) = super::borrow::deposited();
    // Of the same mint, with rules to one's liking.
    let (payer, admin) = (bank.feeds.vm.payer.pubkey(), bank.feeds.admin.pubkey());
    let mut curator = CreateCurator::new(payer, admin);
    curator.args.id = 1;
    curator.accounts.curator = feed_pda::curator(&collateral::ID, &payer, 1).0;
    bank.feeds.send(&[curator.instruction()]).unwrap();
    let curator = curator.accounts.curator;
    let calendar = CreateCalendar::new(payer, admin, curator);
    bank.feeds.manage(calendar.instruction()).unwrap();
    let calendar = calendar.accounts.calendar;
    let config = rules(calendar, pyth(stock.feed_id, collateral::state::unit::PER_SHARE));
    let feed = CreateFeed::new(payer, admin, curator, stock.of.mint, config);
    bank.feeds.manage(feed.instruction()).unwrap();

    let mut liar = stock;
    liar.listing.accounts.feed = feed.accounts.feed;
    liar.listing.accounts.calendar = calendar;
    assert_denied(bank.borrow(&bob, 100 * USD, &[liar]), LenderError::RulesNotAgreed);
    assert_denied(bank.liquidate(&bob, &bob, &liar, &[liar]), LenderError::RulesNotAgreed);
}

#[test]
fn a_feed_of_another_mint_is_refused() {
    let (mut bank, stock, _, bob) = super::borrow::deposited();
    let dear = bank.list("BRKx", 700_000.0);
    let mut liar = stock;
    liar.listing.accounts = dear.listing.accounts;
    assert_denied(bank.borrow(&bob, 100 * USD, &[liar]), LenderError::AnswerInvalid);
    // What the collateral program refuses stays its own error.
    let mut mixed = stock;
    mixed.listing.accounts.mint = dear.of.mint;
    let wrong_mint = collateral::error::CollateralError::WrongMint;
    assert_refused(bank.borrow(&bob, 100 * USD, &[mixed]), wrong_mint);
    let mut cheap = stock;
    cheap.listing.accounts.price = dear.listing.accounts.price;
    let wrong_feed = collateral::error::CollateralError::WrongFeedId;
    assert_refused(bank.borrow(&bob, 100 * USD, &[cheap]), wrong_feed);
    let mut more = bank.borrow_instruction(&bob, 100 * USD, &[stock]);
    more.accounts.push(more.accounts[8].clone());
    let exactly = collateral::error::CollateralError::AccountsInvalid;
    assert_refused(bank.send(more, &bob), exactly);
}
