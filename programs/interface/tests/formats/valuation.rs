//! The answers of `value` and `status`: their bytes, held against a file that the TypeScript tests read as well, and what
//! a caller makes sure of.

use crate::{a, golden::check, only_whole};
use scrip_interface::{
    collateral::{
        ENTRY_LEN, Expected, Flags, HEADER_LEN, Kind, MAX_ENTRIES, ReadError, Reasons, Valuation,
        encode, read, read_entries, reason,
    },
    math::{Bps, PriceE8, RawAmount, Timestamp, ValueE8},
};
use serde_json::{Value, json};

fn valuation() -> Valuation {
    Valuation {
        mint: a(1),
        config_hash: [2; 32],
        raw: RawAmount(3),
        floor_price: PriceE8(4),
        mid_price: PriceE8(5),
        ceiling_price: PriceE8(6),
        floor_value: ValueE8(u64::MAX - 7),
        mid_value: ValueE8(8),
        ceiling_value: ValueE8(9),
        confidence: PriceE8(10),
        publish_time: Timestamp(-11),
        multiplier_bits: 10.0f64.to_bits(),
        next_multiplier_bits: 1.25f64.to_bits(),
        next_effective_at: Timestamp(12),
        // A reason of a later release, too.
        reasons: Reasons(reason::ACTION_PENDING | 1 << 31),
        age_secs: 13,
        haircut: Bps(333),
        flags: Flags::ALL,
        session: 4,
        config_version: 0x0102_0304,
    }
}

fn answers() -> Value {
    // By what each is liquidated depends on the reason.
    let by = |reasons| Valuation { reasons: Reasons(reasons), ..valuation() };
    let entries = [
        valuation(),
        by(reason::SESSION_CLOSED),
        by(reason::ACTION_WINDOW),
        by(reason::ACTION_UNCONFIRMED),
    ];
    let judged = entries.map(|entry| {
        json!({
            "allowed": entry.allowed().0,
            "collateralValue": entry.collateral_value().0.to_string(),
            "liquidationValue": entry.liquidation_value().0.to_string(),
        })
    });
    json!({
        "value": hex::encode(encode(Kind::Value, &entries)),
        "status": hex::encode(encode(Kind::Status, &entries[..1])),
        "judged": judged,
    })
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn answers_are_the_golden_bytes() {
    check("lending_golden.json", "answers", answers());
}

#[test]
fn an_entry_is_read_as_it_is_written() {
    let bytes = valuation().to_bytes();
    assert_eq!(bytes.len(), 176);
    assert_eq!(Valuation::from_bytes(&bytes), Some(valuation()));
    only_whole(&bytes, ENTRY_LEN, [], |bytes| Valuation::from_bytes(bytes).is_some());
    // Each byte is of one field, so another byte is another valuation.
    for place in 0..ENTRY_LEN {
        let mut other = bytes;
        other[place] ^= 1;
        assert_ne!(Valuation::from_bytes(&other), Some(valuation()), "byte {place}");
    }
}

#[test]
fn an_answer_is_whole_and_of_the_kind_that_was_asked() {
    let entries = [valuation(), Valuation { raw: RawAmount(9), ..valuation() }];
    let data = encode(Kind::Value, &entries);
    assert_eq!(data[..HEADER_LEN], [1, 1, 176, 0, 2, 0, 0, 0]);
    assert_eq!(read_entries(Kind::Value, &data), Some(entries.to_vec()));
    assert_eq!(read_entries(Kind::Status, &data), None);
    assert_eq!(read_entries(Kind::Status, &encode(Kind::Status, &entries)), Some(entries.to_vec()));
    assert_eq!(read_entries(Kind::Value, &encode(Kind::Value, &[])), Some(vec![]));
    for len in 0..data.len() {
        assert_eq!(read_entries(Kind::Value, &data[..len]), None, "{len} bytes");
    }
    assert_eq!(read_entries(Kind::Value, &[&data[..], &[0]].concat()), None);
    // Version, kind, entry length, count.
    for place in 0..5 {
        let mut other = data.clone();
        other[place] ^= 2;
        assert_eq!(read_entries(Kind::Value, &other), None, "header byte {place}");
    }
}

#[test]
fn entries_of_a_later_release_are_longer_and_never_shorter() {
    let of_len = |len: usize| {
        let mut entry = valuation().to_bytes().to_vec();
        entry.resize(len, 0xee);
        let header = [1, 1, len as u8, 0, 2, 0, 0, 0];
        [&header, entry.as_slice(), &entry].concat()
    };
    assert_eq!(read_entries(Kind::Value, &of_len(184)), Some(vec![valuation(); 2]));
    assert_eq!(read_entries(Kind::Value, &of_len(175)), None);
    let none = [1, 1, 0, 0, 0, 0, 0, 0];
    assert_eq!(read_entries(Kind::Value, &none), None, "an entry of no length");
    assert_eq!(HEADER_LEN + MAX_ENTRIES * ENTRY_LEN, 888);
}

#[test]
fn an_answer_is_to_the_question_that_was_asked() {
    let program = a(9);
    let second = Valuation { mint: a(3), ..valuation() };
    let returned = (program, encode(Kind::Value, &[valuation(), second]));
    let asked = [a(1), a(3)].map(|mint| Expected { mint, raw: RawAmount(3), config_hash: [2; 32] });
    let answer = |expected: &[Expected]| read(&program, Kind::Value, &returned, expected);
    assert_eq!(answer(&asked), Ok(vec![valuation(), second]));
    assert_eq!(answer(&asked[..1]), Err(ReadError::WrongCount));
    let [first, last] = asked;
    assert_eq!(answer(&[last, first]), Err(ReadError::WrongMint));
    for (other, error) in [
        (Expected { mint: a(4), ..last }, ReadError::WrongMint),
        (Expected { raw: RawAmount(4), ..last }, ReadError::WrongAmount),
        (Expected { config_hash: [3; 32], ..last }, ReadError::WrongConfig),
    ] {
        assert_eq!(answer(&[first, other]), Err(error));
    }
    let of = |program, kind| read(&program, kind, &returned, &asked);
    assert_eq!(of(a(8), Kind::Value), Err(ReadError::WrongProgram));
    assert_eq!(of(program, Kind::Status), Err(ReadError::Malformed));
}

#[test]
fn a_haircut_is_taken_off_the_floor() {
    let value = |floor, haircut| {
        let floor_value = ValueE8(floor);
        Valuation { floor_value, haircut: Bps(haircut), ..valuation() }.collateral_value().0
    };
    assert_eq!(value(1_000_000, 333), 966_700);
    assert_eq!(value(19_999, 2_500), 14_999, "14,999.25, rounded down");
    assert_eq!((value(19_999, 0), value(19_999, 10_000), value(19_999, 10_001)), (19_999, 0, 0));
    assert_eq!((value(u64::MAX, 0), value(u64::MAX, 5_000)), (u64::MAX, u64::MAX / 2));
}
