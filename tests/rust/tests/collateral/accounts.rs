//! Whose accounts are given: a wrong one is an error, never an answer.

use anchor_lang::error::ErrorCode;
use collateral::{error::CollateralError, state::unit};
use scrip_interface::collateral::{ValueAccounts, value};
use scrip_math::RawAmount;
use scrip_tests::{
    collateral::{
        AAPL, CreateCalendar, CreateCurator, CreateFeed, Listing, Market, Price, RECEIVER, TOKEN,
        account, assert_refused, pyth, rules, rules_with_token,
    },
    vm::{Outcome, assert_fails_with, key},
};
use solana_instruction::AccountMeta;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

fn listed() -> (Market, Listing) {
    let mut market = Market::new();
    let listing = list(&mut market, "mint");
    (market, listing)
}

fn list(market: &mut Market, name: &str) -> Listing {
    let mint = market.place_mint(name);
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    market.price(&listing, &Price::dollars(AAPL, 200.0, market.vm.now()));
    listing
}

fn ask(market: &mut Market, listing: &Listing, amounts: usize) -> Outcome {
    let asked = vec![(listing.accounts, RawAmount(1)); amounts];
    market.send(&[value(&collateral::ID, &asked)])
}

#[test]
fn one_to_five_amounts_are_valued_at_a_time() {
    let (mut market, listing) = listed();
    assert_refused(ask(&mut market, &listing, 0), CollateralError::AmountsInvalid);
    assert_refused(ask(&mut market, &listing, 6), CollateralError::AmountsInvalid);
    let amounts = [1, 2, 3, 4, 5].map(|raw| (listing, raw * TOKEN));
    let answers = market.values(&amounts);
    let values: Vec<_> = answers.iter().map(|answer| answer.mid_value.0 / 100_000_000).collect();
    assert_eq!(values, [200, 400, 600, 800, 1_000]);
}

#[test]
fn accounts_are_exactly_those_the_feeds_need() {
    let (mut market, listing) = listed();
    let whole = value(&collateral::ID, &[(listing.accounts, RawAmount(1))]);
    for count in 0..whole.accounts.len() {
        let mut fewer = whole.clone();
        fewer.accounts.truncate(count);
        assert_refused(market.send(&[fewer]), CollateralError::AccountsInvalid);
    }
    let mut more = whole;
    more.accounts.push(AccountMeta::new_readonly(listing.mint, false));
    assert_refused(market.send(&[more]), CollateralError::AccountsInvalid);
}

#[test]
fn a_tokens_price_is_never_optional() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let share = pyth(AAPL, unit::PER_SHARE);
    let listing = market.list(mint, rules_with_token(market.calendar, share, [8; 32]));
    let now = market.vm.now();
    market.price(&listing, &Price::dollars(AAPL, 200.0, now));
    market.token_price(&listing, &Price::dollars([8; 32], 200.0, now));
    let without = ValueAccounts { token_price: None, ..listing.accounts };
    assert_refused(market.try_value(&without, 1), CollateralError::AccountsInvalid);
    let twice = ValueAccounts { token_price: Some(listing.accounts.price), ..listing.accounts };
    assert_refused(market.try_value(&twice, 1), CollateralError::WrongFeedId);
    market.try_value(&listing.accounts, 1).unwrap();

    let crank = Listing { accounts: without, ..listing };
    assert_refused(market.observe(&crank), CollateralError::AccountsInvalid);
    market.observe(&listing).unwrap();
}

#[test]
fn feed_mint_and_calendar_belong_together() {
    let (mut market, listing) = listed();
    let other = list(&mut market, "other mint");
    let swapped = ValueAccounts { mint: other.mint, ..listing.accounts };
    assert_refused(market.try_value(&swapped, 1), CollateralError::WrongMint);

    let (payer, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
    let mut calendar = CreateCalendar::new(payer, admin, market.curator);
    calendar.set_mic(*b"XNAS");
    market.manage(calendar.instruction()).unwrap();
    let calendar = calendar.accounts.calendar;
    let swapped = ValueAccounts { calendar, ..listing.accounts };
    assert_refused(market.try_value(&swapped, 1), CollateralError::WrongCalendar);
}

#[test]
fn a_type_for_another_and_a_foreign_owner_are_refused() {
    let (mut market, listing) = listed();
    let ValueAccounts { feed, calendar, .. } = listing.accounts;
    let mismatch = u32::from(ErrorCode::AccountDiscriminatorMismatch);
    let swapped = ValueAccounts { feed: calendar, ..listing.accounts };
    assert_fails_with(market.try_value(&swapped, 1), mismatch);
    let swapped = ValueAccounts { calendar: feed, ..listing.accounts };
    assert_fails_with(market.try_value(&swapped, 1), mismatch);

    // The same bytes, owned by an attacker's program.
    let foreign = u32::from(ErrorCode::AccountOwnedByWrongProgram);
    for (original, place) in [(feed, true), (calendar, false)] {
        let copy = key("look-alike").pubkey();
        let mut account = market.vm.account(&original).unwrap();
        account.owner = key("attacker").pubkey();
        market.place(copy, account);
        let swapped = if place {
            ValueAccounts { feed: copy, ..listing.accounts }
        } else {
            ValueAccounts { calendar: copy, ..listing.accounts }
        };
        assert_fails_with(market.try_value(&swapped, 1), foreign);
    }
}

#[test]
fn a_mint_is_token_2022s() {
    let (mut market, listing) = listed();
    // The feed's address is taken: a second curator's is not.
    let second = second_curator(&mut market);
    let calendar = second_calendar(&mut market, second);
    let config = rules(calendar, pyth(AAPL, unit::PER_SHARE));
    let (payer, admin) = (market.vm.payer.pubkey(), market.admin.pubkey());
    let create = CreateFeed::new(payer, admin, second, listing.mint, config);

    let whole = market.vm.account(&listing.mint).unwrap();
    let mut foreign = whole.clone();
    foreign.owner = RECEIVER;
    let mut uninitialised = whole.clone();
    uninitialised.data[45] = 0;
    let mut token_account = whole.clone();
    token_account.data[165] = 2;
    let mut bare = whole.clone();
    bare.data.truncate(82);
    for account in [foreign, uninitialised, token_account, bare] {
        market.place(listing.mint, account);
        assert_refused(market.try_value(&listing.accounts, 1), CollateralError::MintInvalid);
        assert_refused(market.manage(create.instruction()), CollateralError::MintInvalid);
    }
    let mut endless = whole.clone();
    endless.data[44] = 20;
    market.place(listing.mint, endless);
    assert_refused(market.manage(create.instruction()), CollateralError::MintInvalid);
    market.place(listing.mint, whole);
    market.manage(create.instruction()).unwrap();
}

fn second_curator(market: &mut Market) -> Pubkey {
    let mut curator = CreateCurator::new(market.vm.payer.pubkey(), market.admin.pubkey());
    curator.args.id = 1;
    let address =
        scrip_interface::collateral::pda::curator(&collateral::ID, &curator.accounts.creator, 1).0;
    curator.accounts.curator = address;
    if market.vm.account(&address).is_none() {
        market.send(&[curator.instruction()]).unwrap();
    }
    address
}

fn second_calendar(market: &mut Market, curator: Pubkey) -> Pubkey {
    let calendar = CreateCalendar::new(market.vm.payer.pubkey(), market.admin.pubkey(), curator);
    let address = calendar.accounts.calendar;
    if market.vm.account(&address).is_none() {
        market.manage(calendar.instruction()).unwrap();
    }
    address
}

#[test]
fn a_curators_records_are_not_anothers() {
    let (mut market, listing) = listed();
    let second = second_curator(&mut market);
    let theirs = second_calendar(&mut market, second);
    let (admin, ours) = (market.admin.pubkey(), market.calendar);
    // A feed with a calendar of another curator.
    let mint = market.place_mint("third mint");
    let mut config = rules(theirs, pyth(AAPL, unit::PER_SHARE));
    let payer = market.vm.payer.pubkey();
    let create = CreateFeed::new(payer, admin, market.curator, mint, config);
    assert_refused(market.manage(create.instruction()), CollateralError::WrongCurator);
    // Rules that name another calendar than the one given.
    config.calendar = ours;
    let mut create = CreateFeed::new(payer, admin, second, mint, config);
    create.accounts.calendar = theirs;
    assert_refused(market.manage(create.instruction()), CollateralError::WrongCalendar);
    // Managing one curator's accounts as another.
    let set = scrip_tests::collateral::set_feed(admin, second, listing.feed, listing.config);
    assert_refused(market.manage(set), CollateralError::WrongCurator);
    let halt = collateral::instruction::HaltTicker { until: i64::MAX };
    let halt = scrip_tests::collateral::manage_feed(admin, second, listing.feed, &halt);
    assert_refused(market.manage(halt), CollateralError::WrongCurator);
    let halt = collateral::instruction::HaltVenue { until: i64::MAX };
    let halt = scrip_tests::collateral::manage_calendar(admin, second, ours, &halt);
    assert_refused(market.manage(halt), CollateralError::WrongCurator);
    let mut moved = listing.config;
    moved.calendar = theirs;
    let set = scrip_tests::collateral::set_feed(admin, market.curator, listing.feed, moved);
    assert_refused(market.manage(set), CollateralError::WrongCurator);
}

#[test]
fn nobody_creates_anothers_accounts_first_and_gifts_block_nothing() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let stranger = key("stranger");
    let payer = market.vm.payer.pubkey();
    let config = rules(market.calendar, pyth(AAPL, unit::PER_SHARE));
    let create = CreateFeed::new(payer, stranger.pubkey(), market.curator, mint, config);
    let outcome = market.vm.send(&[create.instruction()], &[&stranger]);
    assert_refused(outcome, CollateralError::RoleMissing);
    let mut calendar = CreateCalendar::new(payer, stranger.pubkey(), market.curator);
    calendar.set_mic(*b"XLON");
    let outcome = market.vm.send(&[calendar.instruction()], &[&stranger]);
    assert_refused(outcome, CollateralError::RoleMissing);

    let create = CreateFeed::new(payer, market.admin.pubkey(), market.curator, mint, config);
    market.vm.svm.airdrop(&create.accounts.feed, 1_000_000).unwrap();
    market.manage(create.instruction()).unwrap();
    // The System program's "already in use".
    assert_fails_with(market.manage(create.instruction()), 0);
    // Another's address is not given for one's own.
    let mut curator = CreateCurator::new(payer, stranger.pubkey());
    curator.accounts.creator = stranger.pubkey();
    market.vm.svm.airdrop(&stranger.pubkey(), 1_000_000_000).unwrap();
    let outcome = market.vm.send(&[curator.instruction()], &[&stranger]);
    assert_fails_with(outcome, ErrorCode::ConstraintSeeds.into());
}

#[test]
fn status_and_observe_check_what_value_checks() {
    let (mut market, listing) = listed();
    let other = list(&mut market, "other mint");
    let ValueAccounts { feed, calendar, .. } = listing.accounts;
    let status = scrip_interface::collateral::status(&collateral::ID, feed, calendar, other.mint);
    assert_refused(market.send(&[status]), CollateralError::WrongMint);
    let accounts = ValueAccounts { mint: other.mint, ..listing.accounts };
    let outcome = market.observe(&Listing { accounts, ..listing });
    assert_refused(outcome, CollateralError::WrongMint);
    market.place(listing.accounts.price, account(Pubkey::default(), vec![]));
    assert_refused(market.observe(&listing), CollateralError::OracleProgramUnknown);
}
