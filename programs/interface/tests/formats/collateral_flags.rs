//! What a lender may do with a collateral and why not, bit by bit: as the code says it, the guide's table, and a file that
//! the TypeScript tests read as well.

use crate::golden::check;
use scrip_interface::collateral::{Flags, Reasons, reason};
use serde_json::{Value, json};

const GUIDE: &str = include_str!("../../README.md");
const SOURCE: &str = include_str!("../../src/collateral/reason.rs");

/// Name and bit of every constant that is a single bit.
fn constants() -> Vec<(String, u32)> {
    let of = |line: &str| {
        let (name, value) = line.strip_prefix("pub const ")?.split_once(": u32 = ")?;
        let bit = match value.trim_end_matches(';') {
            "1" => 0,
            shift => shift.strip_prefix("1 << ")?.parse().ok()?,
        };
        Some((name.to_owned(), bit))
    };
    SOURCE.lines().filter_map(of).collect()
}

#[test]
fn the_guides_table_says_what_the_code_does() {
    let constants = constants();
    assert_eq!(constants.len(), reason::KNOWN.count_ones() as usize);
    for (name, bit) in constants {
        let left = Reasons(1 << bit).leave(Flags::ALL);
        let takes = if left == Flags::ALL {
            "nothing"
        } else if left == Flags::ALL.without(Flags::CAN_MINT_DEBT) {
            "debt"
        } else if left == Flags::CAN_LIQUIDATE {
            "debt, withdrawal"
        } else {
            assert_eq!(left, Flags(0), "{name}");
            "everything"
        };
        let row = format!("| {bit} | `{name}` | {takes} |");
        assert!(GUIDE.contains(&row), "the guide lacks: {row}");
    }
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn reasons_are_the_golden_ones() {
    let told = |(name, bit): (String, u32)| json!([name, Reasons(1 << bit).leave(Flags::ALL).0]);
    let all: Vec<Value> = constants().into_iter().map(told).collect();
    check("lending_golden.json", "reasons", all.into());
}

#[test]
fn reasons_keep_their_bits() {
    let all = [
        reason::SESSION_CLOSED,
        reason::CALENDAR_UNKNOWN,
        reason::VENUE_HALTED,
        reason::TICKER_HALTED,
        reason::DEBT_DISABLED,
        reason::SESSION_RULE,
        reason::PRICE_STALE,
        reason::PRICE_IN_FUTURE,
        reason::PRICE_INVALID,
        reason::PRICE_NOT_TRADING,
        reason::PRICE_SUPERSEDED,
        reason::CONFIDENCE_WIDE,
        reason::DEPEG,
        reason::TOKEN_PRICE_UNUSABLE,
        reason::ACTION_PENDING,
        reason::ACTION_WINDOW,
        reason::ACTION_UNCONFIRMED,
        reason::MULTIPLIER_INVALID,
        reason::VALUE_TOO_LARGE,
        reason::NO_PRICE,
    ];
    for (bit, reason) in all.into_iter().enumerate() {
        assert_eq!(reason, 1 << bit, "bit {bit}");
    }
    assert_eq!(reason::KNOWN, all.iter().sum::<u32>());
    assert_eq!(Reasons::NOTES, 0b1000_0000_0000_0010_0001);
    assert_eq!(Reasons::NO_FLAGS, 0b0110_0000_0111_1100_0000);
}

#[test]
fn flags_are_a_set() {
    let (debt, withdraw, liquidate) =
        (Flags::CAN_MINT_DEBT, Flags::CAN_WITHDRAW, Flags::CAN_LIQUIDATE);
    assert_eq!([debt, withdraw, liquidate, Flags::RISK, Flags::ALL], [1, 2, 4, 3, 7].map(Flags));
    assert!(Flags::ALL.contains(Flags::RISK) && debt.contains(debt));
    assert!(!debt.contains(Flags::RISK) && !debt.contains(withdraw));
    assert_eq!((Flags::ALL.without(Flags::RISK), debt.without(Flags::RISK)), (liquidate, Flags(0)));
    assert_eq!(liquidate.without(Flags::RISK), liquidate);
}

#[test]
fn reasons_are_a_set() {
    let mut reasons = Reasons(0b101);
    reasons.add(0b011);
    assert_eq!(reasons, Reasons(0b111));
    reasons.add_if(false, 0b1000);
    assert_eq!(reasons, Reasons(0b111));
    reasons.add_if(true, 0b1000);
    assert_eq!(reasons, Reasons(0b1111));
    assert!(reasons.contains(0b1_1000) && !reasons.contains(0b1_0000));
}

#[test]
fn reasons_take_flags_away_and_never_give_any() {
    let left = |reasons, permitted| Reasons(reasons).leave(Flags(permitted)).0;
    for permitted in 0..8 {
        assert_eq!(left(0, permitted), permitted);
        assert_eq!(left(reason::NO_PRICE | reason::SESSION_CLOSED, permitted), permitted);
        assert_eq!(left(reason::DEBT_DISABLED, permitted), permitted & 0b110);
        assert_eq!(left(reason::DEPEG | reason::DEBT_DISABLED, permitted), permitted & 0b100);
        assert_eq!(left(1 << 20, permitted), permitted & 0b100, "of a later release");
        assert_eq!(left(reason::PRICE_STALE | reason::DEPEG, permitted), 0);
    }
}
