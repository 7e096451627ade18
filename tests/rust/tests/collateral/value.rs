//! What `value` and `status` answer while nothing is out of the ordinary.

use collateral::state::unit;
use scrip_interface::collateral::{Flags, Reasons, reason};
use scrip_math::{PriceE8, RawAmount, ValueE8};
use scrip_tests::collateral::{AAPL, Market, Price, TOKEN, pyth, rules};

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
    println!("{:?}", market.try_value(&listing.accounts, 1).unwrap().meta.logs);
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
