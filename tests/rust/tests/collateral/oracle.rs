//! Which price accounts are read, and how: our layouts against Pyth's own crates.

use anchor_lang::AccountDeserialize;
use collateral::{
    error::CollateralError,
    oracle::{Adapter, PythLegacy, PythUpdate},
    state::{Source, unit},
};
use pyth_sdk_solana::state::{PriceStatus, SolanaPriceAccount, load_price_account};
use pyth_solana_receiver_sdk::price_update::{PriceUpdateV2, VerificationLevel};
use scrip_interface::collateral::{Flags, reason};
use scrip_tests::{
    collateral::{
        AAPL, LEGACY_ORACLE, LegacyPrice, Listing, Market, Price, RECEIVER, RECEIVER_BEFORE, TOKEN,
        account, assert_refused, legacy, pyth, real_prices, rules,
    },
    vm::key,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

fn any(feed_id: [u8; 32]) -> Source {
    pyth(feed_id, unit::PER_SHARE)
}

fn assert_read_as_pyth_reads_it(data: &[u8]) {
    let theirs = PriceUpdateV2::try_deserialize(&mut &data[..]).unwrap();
    assert_eq!(theirs.verification_level, VerificationLevel::Full);
    let message = theirs.price_message;
    let ours = PythUpdate::read(data, &any(message.feed_id)).unwrap();
    assert_eq!(ours.quote.price, message.price);
    assert_eq!(ours.quote.confidence, message.conf);
    assert_eq!(ours.quote.expo, message.exponent);
    assert_eq!(ours.quote.publish_time, message.publish_time);
    assert_eq!(ours.quote.ema_price, message.ema_price);
    assert!(ours.trading);
}

#[test]
fn price_updates_read_as_pyths_crate_reads_them() {
    let real = real_prices("PriceUpdateV2");
    assert_eq!(real.len(), 9);
    for (_, account) in &real {
        assert_read_as_pyth_reads_it(&account.data);
    }
    let mut synthetic = Price::dollars(AAPL, 1.0, 1_790_000_000);
    (synthetic.price, synthetic.ema_price) = (i64::MIN + 1, i64::MIN + 2);
    (synthetic.confidence, synthetic.expo) = (u64::MAX - 3, i32::MIN + 4);
    assert_read_as_pyth_reads_it(&synthetic.data());
    // Byte 133 of a full update is what an earlier partial one may have left.
    let mut data = synthetic.data();
    data[133] = 0xff;
    assert_read_as_pyth_reads_it(&data);
}

#[test]
fn partial_updates_are_what_pyths_crate_calls_partial() {
    let partial = Price { signatures: Some(5), ..Price::dollars(AAPL, 1.0, 1) };
    let theirs = PriceUpdateV2::try_deserialize(&mut &partial.data()[..]).unwrap();
    assert_eq!(theirs.verification_level, VerificationLevel::Partial { num_signatures: 5 });
    assert_eq!(theirs.price_message.feed_id, AAPL);
    let error = PythUpdate::read(&partial.data(), &any(AAPL)).unwrap_err();
    assert_eq!(error, CollateralError::PriceNotVerified.into());
}

#[test]
fn receivers_are_those_of_pyths_crate() {
    assert!(PythUpdate::PROGRAMS.contains(&pyth_solana_receiver_sdk::ID));
    assert_eq!(PythUpdate::PROGRAMS, [RECEIVER, RECEIVER_BEFORE]);
    assert_eq!(PythLegacy::PROGRAMS, [LEGACY_ORACLE]);
}

#[test]
fn legacy_accounts_read_as_pyths_crate_reads_them() {
    let real = real_prices("legacy");
    assert_eq!(real.len(), 2);
    let mut samples: Vec<_> = real.into_iter().map(|(_, account)| account.data).collect();
    for status in 0..5 {
        let price = LegacyPrice { price: -7, confidence: 8, publish_time: 9, status };
        samples.push(price.data());
    }
    for data in samples {
        let theirs: &SolanaPriceAccount = load_price_account(&data).unwrap();
        let ours = PythLegacy::read(&data, &legacy(Pubkey::default())).unwrap();
        assert_eq!(ours.quote.price, theirs.agg.price);
        assert_eq!(ours.quote.confidence, theirs.agg.conf);
        assert_eq!(ours.quote.expo, theirs.expo);
        assert_eq!(ours.quote.publish_time, theirs.timestamp);
        assert_eq!(ours.quote.ema_price, theirs.ema_price.val);
        assert_eq!(ours.trading, theirs.agg.status == PriceStatus::Trading);
    }
}

#[test]
fn data_cut_anywhere_is_refused() {
    let update = Price::dollars(AAPL, 1.0, 1).data();
    for len in 0..117 {
        assert!(PythUpdate::read(&update[..len], &any(AAPL)).is_err(), "{len}");
    }
    let price = LegacyPrice { price: 1, confidence: 1, publish_time: 1, status: 1 }.data();
    for len in 0..228 {
        let error = PythLegacy::read(&price[..len], &legacy(Pubkey::default())).unwrap_err();
        assert_eq!(error, CollateralError::PriceLayoutInvalid.into(), "{len}");
    }
}

fn listed() -> (Market, Listing, Price) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, any(AAPL)));
    let price = Price::dollars(AAPL, 200.0, market.vm.now());
    market.price(&listing, &price);
    (market, listing, price)
}

#[test]
fn value_accepts_both_receivers_and_no_other_program() {
    let (mut market, listing, price) = listed();
    for owner in [RECEIVER, RECEIVER_BEFORE] {
        market.price(&listing, &Price { owner, ..price });
        assert_eq!(market.value(&listing, TOKEN).flags, Flags::ALL);
    }
    for owner in [key("attacker").pubkey(), LEGACY_ORACLE, Pubkey::default(), collateral::ID] {
        market.price(&listing, &Price { owner, ..price });
        let outcome = market.try_value(&listing.accounts, TOKEN);
        assert_refused(outcome, CollateralError::OracleProgramUnknown);
    }
}

#[test]
fn value_refuses_another_feeds_price() {
    let (mut market, listing, price) = listed();
    market.price(&listing, &Price { feed_id: [9; 32], ..price });
    assert_refused(market.try_value(&listing.accounts, TOKEN), CollateralError::WrongFeedId);
}

#[test]
fn value_refuses_partial_verification() {
    let (mut market, listing, price) = listed();
    market.price(&listing, &Price { signatures: Some(12), ..price });
    assert_refused(market.try_value(&listing.accounts, TOKEN), CollateralError::PriceNotVerified);
}

#[test]
fn value_refuses_a_look_alike_in_another_layout() {
    let (mut market, listing, price) = listed();
    let mut other_type = price.data();
    other_type[0] ^= 1;
    let mut other_level = price.data();
    other_level[40] = 2;
    for data in [other_type, other_level, vec![], price.data()[..100].to_vec()] {
        market.place(listing.accounts.price, account(RECEIVER, data));
        let outcome = market.try_value(&listing.accounts, TOKEN);
        assert_refused(outcome, CollateralError::PriceLayoutInvalid);
    }
}

#[test]
fn value_reads_only_the_pinned_account_if_one_is_pinned() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let pinned = key("push account").pubkey();
    let source = Source { account: pinned, ..any(AAPL) };
    let mut listing = market.list(mint, rules(market.calendar, source));
    let price = Price::dollars(AAPL, 200.0, market.vm.now());
    market.price(&listing, &price);
    market.place(pinned, price.account());
    assert_refused(market.try_value(&listing.accounts, TOKEN), CollateralError::WrongPriceAccount);
    listing.accounts.price = pinned;
    assert_eq!(market.value(&listing, TOKEN).flags, Flags::ALL);
}

#[test]
fn legacy_accounts_count_only_while_trading() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let address = key("legacy price").pubkey();
    let mut listing = market.list(mint, rules(market.calendar, legacy(address)));
    listing.accounts.price = address;
    let now = market.vm.now();
    let mut price =
        LegacyPrice { price: 20_000_000_000, confidence: 1_000, publish_time: now, status: 1 };
    market.place(address, price.account());
    let answer = market.value(&listing, TOKEN);
    assert_eq!((answer.flags, answer.mid_value.0), (Flags::ALL, 20_000_000_000));
    for status in [0, 2, 3, 4] {
        price.status = status;
        market.place(address, price.account());
        let answer = market.value(&listing, TOKEN);
        assert_eq!((answer.flags, answer.reasons.0), (Flags(0), reason::PRICE_NOT_TRADING));
    }
    let mut product = price.data();
    product[8] = 2;
    market.place(address, account(LEGACY_ORACLE, product));
    assert_refused(market.try_value(&listing.accounts, TOKEN), CollateralError::PriceLayoutInvalid);
}
