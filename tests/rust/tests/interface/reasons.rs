//! The guide's table of reasons against the code: number, name, and what each takes away.

use scrip_interface::collateral::{Flags, Reasons, reason};
use std::{fs, path::Path};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

/// Name and bit of every constant that is a single bit.
fn constants() -> Vec<(String, u32)> {
    let source = read("programs/interface/src/collateral/reason.rs");
    let of = |line: &str| {
        let (name, value) = line.strip_prefix("pub const ")?.split_once(": u32 = ")?;
        let bit = match value.trim_end_matches(';') {
            "1" => 0,
            shift => shift.strip_prefix("1 << ")?.parse().ok()?,
        };
        Some((name.to_owned(), bit))
    };
    source.lines().filter_map(of).collect()
}

#[test]
fn the_guides_table_says_what_the_code_does() {
    let guide = read("programs/interface/README.md");
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
        assert!(guide.contains(&row), "the guide lacks: {row}");
    }
}
