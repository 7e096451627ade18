//! What the market may do to a price: each a reason in the answer, never an error.

use collateral::state::unit;
use scrip_interface::collateral::{Flags, Valuation, reason};
use scrip_tests::collateral::{
    AAPL, Listing, Market, Price, REGULAR, TOKEN, pyth, rules, rules_with_token,
};

const TOKEN_FEED: [u8; 32] = [8; 32];

fn listed() -> (Market, Listing, Price) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    let price = Price::dollars(AAPL, 200.0, market.vm.now());
    market.price(&listing, &price);
    (market, listing, price)
}

/// The answer at another price.
fn at(market: &mut Market, listing: &Listing, price: &Price) -> Valuation {
    market.price(listing, price);
    market.value(listing, TOKEN)
}

#[track_caller]
fn assert_answers(answer: &Valuation, reasons: u32, flags: Flags) {
    assert_eq!((answer.reasons.0, answer.flags), (reasons, flags));
}

#[test]
fn a_price_at_the_limit_of_its_age_counts_and_no_older_one() {
    let (mut market, listing, price) = listed();
    let oldest = price.publish_time - 60;
    let answer = at(&mut market, &listing, &Price { publish_time: oldest, ..price });
    assert_answers(&answer, 0, Flags::ALL);
    assert_eq!(answer.age_secs, 60);
    for publish_time in [oldest - 1, 0] {
        let answer = at(&mut market, &listing, &Price { publish_time, ..price });
        assert_answers(&answer, reason::PRICE_STALE, Flags(0));
    }
}

#[test]
fn a_price_from_the_future_does_not_count_beyond_the_clocks_tolerance() {
    let (mut market, listing, price) = listed();
    let newest = price.publish_time + 60;
    let answer = at(&mut market, &listing, &Price { publish_time: newest, ..price });
    assert_answers(&answer, 0, Flags::ALL);
    assert_eq!(answer.age_secs, 0);
    for publish_time in [newest + 1, i64::MAX] {
        let answer = at(&mut market, &listing, &Price { publish_time, ..price });
        assert_answers(&answer, reason::PRICE_IN_FUTURE, Flags(0));
    }
}

#[test]
fn zero_negative_and_enormous_prices_have_no_value() {
    let (mut market, listing, price) = listed();
    for dollars in [0, -1, i64::MIN] {
        let answer = at(&mut market, &listing, &Price { price: dollars, confidence: 0, ..price });
        assert!(answer.reasons.contains(reason::PRICE_INVALID));
        assert_eq!((answer.flags, answer.mid_value.0), (Flags(0), 0));
    }
    for expo in [i32::MAX, 4] {
        let answer = at(&mut market, &listing, &Price { expo, ..price });
        assert_answers(&answer, reason::PRICE_INVALID, Flags(0));
    }
    // So small that nothing is left of it.
    for expo in [-30, i32::MIN] {
        let answer = at(&mut market, &listing, &Price { expo, ..price });
        assert_answers(&answer, reason::PRICE_INVALID, Flags(0));
    }
}

#[test]
fn a_confidence_at_the_limit_counts_and_no_wider_one() {
    let (mut market, listing, price) = listed();
    let widest = price.price.unsigned_abs() / 100;
    let answer = at(&mut market, &listing, &Price { confidence: widest, ..price });
    assert_answers(&answer, 0, Flags::ALL);
    let answer = at(&mut market, &listing, &Price { confidence: widest + 1, ..price });
    assert_answers(&answer, reason::CONFIDENCE_WIDE, Flags::CAN_LIQUIDATE);
    let answer = at(&mut market, &listing, &Price { confidence: u64::MAX, ..price });
    assert_answers(&answer, reason::CONFIDENCE_WIDE | reason::PRICE_INVALID, Flags(0));
    // Wider than the price itself: the floor is nothing, not less.
    let wide = Price { confidence: price.price.unsigned_abs() * 2, ..price };
    assert_eq!(at(&mut market, &listing, &wide).floor_value.0, 0);
}

#[test]
fn a_price_older_than_the_last_observation_is_superseded() {
    let (mut market, listing, price) = listed();
    market.observe(&listing).unwrap();
    assert_answers(&market.value(&listing, TOKEN), 0, Flags::ALL);
    let older = Price { publish_time: price.publish_time - 1, ..price };
    let answer = at(&mut market, &listing, &older);
    assert_answers(&answer, reason::PRICE_SUPERSEDED, Flags(0));
}

#[test]
fn the_moving_average_holds_floor_down_and_ceiling_up() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let mut config = rules(market.calendar, pyth(AAPL, unit::PER_SHARE));
    config.use_ema = 1;
    let listing = market.list(mint, config);
    let mut price = Price::dollars(AAPL, 200.0, market.vm.now());
    price.confidence = 0;
    let values = |answer: Valuation| {
        [answer.floor_value, answer.mid_value, answer.ceiling_value].map(|v| v.0 / 100_000_000)
    };
    price.ema_price = 190 * 100_000_000;
    assert_eq!(values(at(&mut market, &listing, &price)), [190, 200, 200]);
    price.ema_price = 210 * 100_000_000;
    assert_eq!(values(at(&mut market, &listing, &price)), [200, 200, 210]);
    price.ema_price = -1;
    let answer = at(&mut market, &listing, &price);
    assert_answers(&answer, reason::PRICE_INVALID, Flags(0));
}

#[test]
fn no_amount_overflows_and_values_rise_with_the_amount() {
    let (mut market, listing, _) = listed();
    let mint = listing.mint;
    for multiplier in [f64::MIN_POSITIVE, 0.5, 1.0, 10.0, 1e9, f64::MAX] {
        market.set_multipliers(&mint, multiplier, 0, multiplier);
        let mut last = [0; 3];
        for raw in [0, 1, 7, TOKEN, u64::MAX / 2, u64::MAX] {
            let answer = market.value(&listing, raw);
            let values =
                [answer.floor_value, answer.mid_value, answer.ceiling_value].map(|value| value.0);
            assert!(values.is_sorted(), "{multiplier} x {raw}");
            let invalid = answer.reasons.contains(reason::PRICE_INVALID);
            assert!(invalid || values.iter().zip(last).all(|(value, last)| *value >= last));
            if answer.reasons.contains(reason::VALUE_TOO_LARGE) {
                assert_eq!((answer.flags, values[2]), (Flags(0), u64::MAX));
            }
            last = values;
        }
    }
    market.set_multipliers(&mint, 1.0, 0, 1.0);
    let answer = market.value(&listing, u64::MAX);
    assert_answers(&answer, reason::VALUE_TOO_LARGE, Flags(0));
    // The largest amount whose ceiling still fits: 2^64 / 200.2 tokens.
    let most = u128::from(u64::MAX) * u128::from(TOKEN) / 20_020_000_000;
    let most = u64::try_from(most).unwrap();
    assert_answers(&market.value(&listing, most), 0, Flags::ALL);
    let answer = market.value(&listing, most + 1);
    assert_answers(&answer, reason::VALUE_TOO_LARGE, Flags(0));
}

#[test]
fn a_multiplier_that_is_no_number_leaves_nothing() {
    let (mut market, listing, _) = listed();
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        market.set_multipliers(&listing.mint, bad, 0, bad);
        let answer = market.value(&listing, TOKEN);
        assert!(answer.reasons.contains(reason::MULTIPLIER_INVALID));
        assert_eq!((answer.flags, answer.mid_value.0, answer.multiplier_bits), (Flags(0), 0, 0));
        assert!(market.status(&listing).reasons.contains(reason::MULTIPLIER_INVALID));
    }
}

fn listed_with_token() -> (Market, Listing, Price) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let share = pyth(AAPL, unit::PER_SHARE);
    let listing = market.list(mint, rules_with_token(market.calendar, share, TOKEN_FEED));
    let now = market.vm.now();
    market.price(&listing, &Price::dollars(AAPL, 200.0, now));
    let token = Price::dollars(TOKEN_FEED, 200.0, now);
    market.token_price(&listing, &token);
    (market, listing, token)
}

#[test]
fn a_token_that_trades_away_from_its_share_takes_no_debt() {
    let (mut market, listing, token) = listed_with_token();
    assert_answers(&market.value(&listing, TOKEN), 0, Flags::ALL);
    // 3% of the smaller: 206 is at the limit, and so is 200 / 1.03 (rounded up).
    for (price, reasons, flags) in [
        (20_600_000_000, 0, Flags::ALL),
        (20_600_000_001, reason::DEPEG, Flags::CAN_LIQUIDATE),
        (19_417_475_729, 0, Flags::ALL),
        (19_417_475_728, reason::DEPEG, Flags::CAN_LIQUIDATE),
    ] {
        market.token_price(&listing, &Price { price, ..token });
        assert_answers(&market.value(&listing, TOKEN), reasons, flags);
    }
}

#[test]
fn a_tokens_price_is_per_token_whatever_the_multiplier() {
    let (mut market, listing, token) = listed_with_token();
    market.set_multipliers(&listing.mint, 10.0, 0, 10.0);
    assert_answers(&market.value(&listing, TOKEN), reason::DEPEG, Flags::CAN_LIQUIDATE);
    market.token_price(&listing, &Price { price: token.price * 10, ..token });
    assert_answers(&market.value(&listing, TOKEN), 0, Flags::ALL);
}

#[test]
fn without_a_live_token_price_nobody_knows_of_a_depeg() {
    let (mut market, listing, token) = listed_with_token();
    let now = token.publish_time;
    for unusable in [
        Price { publish_time: now - 121, ..token },
        Price { publish_time: now + 61, ..token },
        Price { price: 0, ..token },
        Price { confidence: token.price.unsigned_abs() / 50, ..token },
    ] {
        market.token_price(&listing, &unusable);
        let answer = market.value(&listing, TOKEN);
        assert_answers(&answer, reason::TOKEN_PRICE_UNUSABLE, Flags::CAN_LIQUIDATE);
    }
    market.token_price(&listing, &Price { publish_time: now - 120, ..token });
    assert_answers(&market.value(&listing, TOKEN), 0, Flags::ALL);
}

#[test]
fn a_price_per_token_needs_no_multiplier() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    market.set_multipliers(&mint, 10.0, 0, 10.0);
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_TOKEN)));
    let price = Price::dollars(AAPL, 200.0, market.vm.now());
    assert_eq!(at(&mut market, &listing, &price).mid_value.0, 20_000_000_000);
}

#[test]
fn a_curator_that_takes_no_debt_leaves_the_rest() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let mut config = rules(market.calendar, pyth(AAPL, unit::PER_SHARE));
    config.debt_disabled = 1;
    let listing = market.list(mint, config);
    let price = Price::dollars(AAPL, 200.0, market.vm.now());
    let left = Flags::ALL.without(Flags::CAN_MINT_DEBT);
    assert_answers(&at(&mut market, &listing, &price), reason::DEBT_DISABLED, left);
}

#[test]
fn a_session_permits_what_its_rule_says() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let mut config = rules(market.calendar, pyth(AAPL, unit::PER_SHARE));
    config.rules[REGULAR].permitted = Flags::CAN_WITHDRAW.0;
    let listing = market.list(mint, config);
    let price = Price::dollars(AAPL, 200.0, market.vm.now());
    let answer = at(&mut market, &listing, &price);
    assert_answers(&answer, reason::SESSION_RULE, Flags::CAN_WITHDRAW);
}
