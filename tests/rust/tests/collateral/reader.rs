//! Return data and observations as a protocol without Anchor reads them.

use scrip_interface::collateral::{
    ENTRY_LEN, Expected, Flags, HEADER_LEN, Kind, MAX_ENTRIES, ReadError, Reasons, Valuation,
    encode, read, reason,
};
use scrip_math::{Bps, PriceE8, RawAmount, Timestamp, ValueE8};
use solana_pubkey::Pubkey;

const PROGRAM: Pubkey = scrip_interface::ids::COLLATERAL;

/// Every field another value, so that none can stand in another's place.
fn valuation() -> Valuation {
    Valuation {
        mint: Pubkey::new_from_array([1; 32]),
        config_hash: [2; 32],
        raw: RawAmount(3),
        floor_price: PriceE8(4),
        mid_price: PriceE8(5),
        ceiling_price: PriceE8(6),
        floor_value: ValueE8(7),
        mid_value: ValueE8(8),
        ceiling_value: ValueE8(9),
        confidence: PriceE8(10),
        publish_time: Timestamp(11),
        multiplier_bits: 12,
        next_multiplier_bits: 13,
        next_effective_at: Timestamp(14),
        reasons: Reasons(0x0f),
        age_secs: 16,
        haircut: Bps(17),
        flags: Flags(5),
        session: 2,
        config_version: 18,
    }
}

fn expected(valuation: &Valuation) -> Expected {
    Expected { mint: valuation.mint, raw: valuation.raw, config_hash: valuation.config_hash }
}

#[test]
fn an_entry_has_its_bytes() {
    let mut golden = vec![1, 1, 176, 0, 1, 0, 0, 0];
    golden.extend([1; 32]);
    golden.extend([2; 32]);
    for word in 3u64..=14 {
        golden.extend(word.to_le_bytes());
    }
    golden.extend([0x0f, 0, 0, 0, 16, 0, 0, 0, 17, 0, 5, 2, 18, 0, 0, 0]);
    let data = encode(Kind::Value, &[valuation()]);
    assert_eq!(data, golden);
    assert_eq!(data.len(), HEADER_LEN + ENTRY_LEN);
    assert_eq!(
        read(&PROGRAM, Kind::Value, &(PROGRAM, data), &[expected(&valuation())]),
        Ok(vec![valuation()])
    );
}

#[test]
fn as_many_entries_as_are_allowed_fit_return_data() {
    let entries = [valuation(); MAX_ENTRIES];
    let data = encode(Kind::Value, &entries);
    assert!(data.len() <= 1_024, "{}", data.len());
    let expected = entries.map(|entry| expected(&entry));
    assert_eq!(read(&PROGRAM, Kind::Value, &(PROGRAM, data), &expected), Ok(entries.to_vec()));
}

#[test]
fn every_difference_from_the_question_is_found() {
    let good = valuation();
    let ask = |program: Pubkey, kind, expected: &[Expected], data: Vec<u8>| {
        read(&PROGRAM, kind, &(program, data), expected).unwrap_err()
    };
    let data = encode(Kind::Value, &[good]);
    let asked = expected(&good);
    let stranger = Pubkey::new_from_array([9; 32]);
    assert_eq!(ask(stranger, Kind::Value, &[asked], data.clone()), ReadError::WrongProgram);
    assert_eq!(ask(PROGRAM, Kind::Status, &[asked], data.clone()), ReadError::Malformed);
    assert_eq!(ask(PROGRAM, Kind::Value, &[], data.clone()), ReadError::WrongCount);
    assert_eq!(ask(PROGRAM, Kind::Value, &[asked, asked], data.clone()), ReadError::WrongCount);
    let wrong_mint = Expected { mint: stranger, ..asked };
    assert_eq!(ask(PROGRAM, Kind::Value, &[wrong_mint], data.clone()), ReadError::WrongMint);
    let wrong_amount = Expected { raw: RawAmount(4), ..asked };
    assert_eq!(ask(PROGRAM, Kind::Value, &[wrong_amount], data.clone()), ReadError::WrongAmount);
    let wrong_config = Expected { config_hash: [3; 32], ..asked };
    assert_eq!(ask(PROGRAM, Kind::Value, &[wrong_config], data), ReadError::WrongConfig);
}

#[test]
fn data_that_is_not_whole_is_malformed() {
    let good = valuation();
    let data = encode(Kind::Value, &[good]);
    let malformed = |data: Vec<u8>| {
        let outcome = read(&PROGRAM, Kind::Value, &(PROGRAM, data), &[expected(&good)]);
        assert_eq!(outcome, Err(ReadError::Malformed));
    };
    for len in 0..data.len() {
        malformed(data[..len].to_vec());
    }
    malformed([data.clone(), vec![0]].concat());
    for (place, value) in [(0, 2), (1, 0), (2, 175), (4, 2)] {
        let mut other = data.clone();
        other[place] = value;
        malformed(other);
    }
}

#[test]
fn longer_entries_of_a_later_release_are_read() {
    let good = valuation();
    let mut data = encode(Kind::Value, &[good]);
    data[2] = 180;
    data.extend([0xff; 4]);
    assert_eq!(read(&PROGRAM, Kind::Value, &(PROGRAM, data), &[expected(&good)]), Ok(vec![good]));
}

#[test]
fn reasons_only_take_flags_away_and_unknown_ones_take_debt() {
    for bit in 0..32 {
        let reasons = Reasons(1 << bit);
        let left = reasons.leave(Flags::ALL);
        let expected = match reasons.0 {
            reason::SESSION_CLOSED | reason::SESSION_RULE | reason::NO_PRICE => Flags::ALL,
            reason::DEBT_DISABLED => Flags::ALL.without(Flags::CAN_MINT_DEBT),
            reason::PRICE_STALE
            | reason::PRICE_IN_FUTURE
            | reason::PRICE_INVALID
            | reason::PRICE_NOT_TRADING
            | reason::PRICE_SUPERSEDED
            | reason::MULTIPLIER_INVALID
            | reason::VALUE_TOO_LARGE => Flags(0),
            _ => Flags::CAN_LIQUIDATE,
        };
        assert_eq!(left, expected, "bit {bit}");
        assert_eq!(reasons.leave(Flags(0)), Flags(0));
    }
    let mut later = valuation();
    later.flags = Flags::ALL;
    later.reasons = Reasons(1 << 31);
    assert_eq!(later.allowed(), Flags::CAN_LIQUIDATE);
}

#[test]
fn values_for_debt_and_for_liquidation_are_different_ones() {
    let mut entry = valuation();
    entry.floor_value = ValueE8(u64::MAX);
    entry.haircut = Bps(2_500);
    let exact = u128::from(u64::MAX) * 7_500 / 10_000;
    assert_eq!(u128::from(entry.collateral_value().0), exact);
    entry.haircut = Bps(u16::MAX);
    assert_eq!(entry.collateral_value(), ValueE8(0));
    entry.reasons = Reasons(0);
    assert_eq!(entry.liquidation_value(), entry.mid_value);
    for window in [reason::ACTION_PENDING, reason::ACTION_WINDOW] {
        entry.reasons = Reasons(window);
        assert_eq!(entry.liquidation_value(), entry.ceiling_value);
    }
}
