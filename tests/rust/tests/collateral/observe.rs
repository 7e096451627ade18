//! What a crank records, and what a lender that reads accounts finds.

use collateral::{error::CollateralError, event::PriceObserved, state::unit};
use scrip_interface::collateral::{Flags, OBSERVATION_OFFSET, Observation, reason};
use scrip_math::Timestamp;
use scrip_tests::collateral::{AAPL, Listing, Market, Price, TOKEN, assert_refused, pyth, rules};
use solana_pubkey::Pubkey;

fn listed() -> (Market, Listing, Price) {
    let mut market = Market::new();
    let mint = market.place_mint("mint");
    market.set_multipliers(&mint, 1.5, 0, 1.5);
    let listing = market.list(mint, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
    let price = Price::dollars(AAPL, 200.0, market.vm.now() - 7);
    market.price(&listing, &price);
    (market, listing, price)
}

fn read(market: &Market, listing: &Listing, max_observed_secs: u32) -> Option<Observation> {
    let data = market.vm.account(&listing.feed).unwrap().data;
    let now = Timestamp(market.vm.now());
    Observation::read(&data, &listing.mint, now, max_observed_secs)
}

#[test]
fn a_lender_that_reads_accounts_finds_what_value_answers() {
    let (mut market, listing, _) = listed();
    assert_eq!(read(&market, &listing, u32::MAX), None, "nothing was observed yet");
    let answer = market.value(&listing, TOKEN);
    let receipt = market.observe(&listing).unwrap();
    let found = read(&market, &listing, 0).unwrap();
    assert_eq!(found.floor_price, answer.floor_price);
    assert_eq!(found.mid_price, answer.mid_price);
    assert_eq!(found.ceiling_price, answer.ceiling_price);
    assert_eq!(found.confidence, answer.confidence);
    assert_eq!(found.publish_time, answer.publish_time);
    assert_eq!(found.observed_at.0, market.vm.now());
    assert_eq!(found.multiplier_bits, 1.5f64.to_bits());
    assert_eq!((found.reasons, found.flags), (answer.reasons, answer.flags));
    assert_eq!((found.haircut, found.session), (answer.haircut, answer.session));
    assert_eq!(found.allowed(), Flags::ALL);

    let [event] = &receipt.events::<PriceObserved>()[..] else { panic!("one event") };
    assert_eq!((event.sequence, event.feed), (1, listing.feed));
    assert_eq!(event.mid_price_e8, 30_000_000_000);
    assert_eq!(market.feed(&listing).stream.sequence, 1);
}

#[test]
fn an_observation_is_read_of_the_right_feed_and_in_time_only() {
    let (mut market, listing, _) = listed();
    market.observe(&listing).unwrap();
    let now = market.vm.now();
    market.vm.set_time(now + 61);
    assert_eq!(read(&market, &listing, 60), None);
    assert!(read(&market, &listing, 61).is_some());

    let data = market.vm.account(&listing.feed).unwrap().data;
    let read = |data: &[u8], mint: &Pubkey| Observation::read(data, mint, Timestamp(now), 60);
    assert!(read(&data, &listing.mint).is_some());
    assert_eq!(read(&data, &Pubkey::new_from_array([1; 32])), None);
    assert_eq!(read(&data[..OBSERVATION_OFFSET + 63], &listing.mint), None);
    for place in [0, 8, 48] {
        let mut other = data.clone();
        other[place] ^= 0x80;
        assert_eq!(read(&other, &listing.mint), None, "byte {place}");
    }
}

#[test]
fn a_stale_price_or_one_out_of_hours_is_recorded_as_what_it_is() {
    let (mut market, listing, price) = listed();
    market.vm.set_time(price.publish_time + 61);
    market.observe(&listing).unwrap();
    let found = read(&market, &listing, 0).unwrap();
    assert_eq!((found.reasons.0, found.flags), (reason::PRICE_STALE, Flags(0)));
    // It is no reference for continuity.
    assert_eq!(market.feed(&listing).reference.price_e8, 0);
}

#[test]
fn what_is_no_price_is_not_recorded() {
    let (mut market, listing, price) = listed();
    market.observe(&listing).unwrap();
    let before = market.feed(&listing).observed;
    for bad in [
        Price { price: 0, ..price },
        Price { publish_time: market.vm.now() + 61, ..price },
        Price { publish_time: price.publish_time - 1, ..price },
    ] {
        market.price(&listing, &bad);
        assert_refused(market.observe(&listing), CollateralError::ObservationUnusable);
    }
    market.price(&listing, &price);
    market.set_multipliers(&listing.mint, 0.0, 0, 0.0);
    assert_refused(market.observe(&listing), CollateralError::ObservationUnusable);
    assert_eq!(market.feed(&listing).observed, before);
}
