//! What `value` and `status` answer while nothing is out of the ordinary.

use collateral::{error::CollateralError, state::unit};
use scrip_interface::collateral::{Flags, Reasons, reason};
use scrip_math::{PriceE8, RawAmount, ValueE8};
use scrip_tests::collateral::{
    AAPL, Market, Price, TOKEN, assert_refused, pyth, real_price, rules,
};

#[test]
fn value_answers_for_a_share_in_regular_session() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    let now = market.vm.now();
    market.price(&listing, &Price::dollars(AAPL, 200.0, now - 5));

    let answer = market.value(&listing, TOKEN * 3 / 2);
    assert_eq!(answer.mint, mint);
    assert_eq!(answer.raw, RawAmount(TOKEN * 3 / 2));
    assert_eq!(answer.mid_price, PriceE8(20_000_000_000));
    assert_eq!(answer.floor_price, PriceE8(19_980_000_000));
    assert_eq!(answer.ceiling_price, PriceE8(20_020_000_000));
    assert_eq!(answer.confidence, PriceE8(20_000_000));
    assert_eq!(answer.mid_value, ValueE8(30_000_000_000));
    assert_eq!(answer.floor_value, ValueE8(29_970_000_000));
    assert_eq!(answer.ceiling_value, ValueE8(30_030_000_000));
    assert_eq!((answer.reasons, answer.flags), (Reasons(0), Flags::ALL));
    assert_eq!((answer.session, answer.haircut.0, answer.age_secs), (2, 500, 5));
    assert_eq!(answer.multiplier_bits, 1f64.to_bits());
    assert_eq!((answer.next_multiplier_bits, answer.next_effective_at.0), (0, 0));
    assert_eq!(answer.config_version, 1);
}

#[test]
fn status_answers_without_an_oracle() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    let answer = market.status(&listing);
    assert_eq!((answer.reasons, answer.flags), (Reasons(reason::NO_PRICE), Flags::ALL));
    assert_eq!((answer.mid_price.0, answer.mid_value.0), (0, 0));
    assert_eq!((answer.session, answer.haircut.0), (2, 500));
}

/// When the real price of AAPL was read: Thursday 2026-09-17, 14:13:47 in New York.
const READ_AT: i64 = 1_789_666_427;

#[test]
fn value_answers_for_real_mints_at_a_real_price() {
    let mut market = Market::new();
    market.vm.set_time(READ_AT);
    let price = real_price("Equity.US.AAPL/USD");
    // 335.6305 USD a share times each mint's true multiplier, rounded down. NFLXx still stores 1
    // beside the 10 that counts.
    let expected = [
        ("AAPLx", 1.003_269_012_539_818_7, 33_672_768_031),
        ("NVDAx", f64::from_bits(0x3FF0_06F7_D589_FEA9), 33_620_147_353),
        ("NFLXx", 10.0, 335_630_500_000),
        ("SPYx", f64::from_bits(0x3FF0_1768_2698_A5D0), 33_754_848_072),
    ];
    for (symbol, multiplier, mid) in expected {
        let mint = market.place_real_mint(symbol);
        let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
        market.place(listing.accounts.price, price.clone());
        let answer = market.value(&listing, TOKEN);
        assert_eq!(answer.multiplier_bits, multiplier.to_bits(), "{symbol}");
        assert_eq!(answer.mid_price.0, mid, "{symbol}");
        assert_eq!(answer.mid_value.0, mid, "{symbol}");
        assert_eq!((answer.reasons, answer.flags), (Reasons(0), Flags::ALL), "{symbol}");
        assert_eq!((answer.session, answer.age_secs), (2, 5));
    }
}

#[test]
fn a_session_reads_its_own_source() {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    let mut config = rules(market.calendar, pyth(AAPL, unit::PER_SHARE));
    let overnight = [5; 32];
    config.sources[3] = pyth(overnight, unit::PER_SHARE);
    config.rules[4].source = 3;
    let listing = market.list(mint, config);
    let day = market.vm.now();
    // 03:00 of the same day.
    let night = day - 7 * 3_600;
    for (time, feed_id, other) in [(night, overnight, AAPL), (day, AAPL, overnight)] {
        market.vm.set_time(time);
        market.price(&listing, &Price::dollars(other, 200.0, time));
        let outcome = market.try_value(&listing.accounts, TOKEN);
        assert_refused(outcome, CollateralError::WrongFeedId);
        market.price(&listing, &Price::dollars(feed_id, 201.0, time));
        assert_eq!(market.value(&listing, TOKEN).mid_value.0, 20_100_000_000);
    }
}
