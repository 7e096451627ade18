//! The return data of `value` and `status`, against Borsh.

use super::choices;
use crate::files::{fixture, from_hex};
use borsh::{BorshDeserialize, BorshSerialize};
use scrip_interface::{
    collateral::{
        ENTRY_LEN, Expected, Flags, HEADER_LEN, Kind, ReadError, Valuation, encode, read,
        read_entries,
    },
    ids::COLLATERAL,
};
use solana_pubkey::Pubkey;

#[derive(BorshDeserialize)]
struct Header {
    version: u8,
    kind: u8,
    entry_len: u16,
    count: u8,
    _reserved: [u8; 3],
}

#[derive(BorshDeserialize, BorshSerialize)]
struct Entry {
    mint: [u8; 32],
    config_hash: [u8; 32],
    raw: u64,
    floor_price: u64,
    mid_price: u64,
    ceiling_price: u64,
    floor_value: u64,
    mid_value: u64,
    ceiling_value: u64,
    confidence: u64,
    publish_time: i64,
    multiplier_bits: u64,
    next_multiplier_bits: u64,
    next_effective_at: i64,
    reasons: u32,
    age_secs: u32,
    haircut: u16,
    flags: u8,
    session: u8,
    config_version: u32,
}

/// Which of the two is asked for, then the data.
pub fn seeds() -> Vec<Vec<u8>> {
    let answers = &fixture("lending_golden.json")["answers"];
    let (value, status) = (from_hex(&answers["value"]), from_hex(&answers["status"]));
    let none = encode(Kind::Value, &[]);
    // Of a later release: each entry is longer.
    let mut longer = value.clone();
    longer[2..4].copy_from_slice(&(ENTRY_LEN as u16 + 8).to_le_bytes());
    let (header, entries) = value.split_at(HEADER_LEN);
    longer.truncate(header.len());
    for entry in entries.chunks(ENTRY_LEN) {
        longer.extend(entry);
        longer.extend([0xaa; 8]);
    }
    [(1, value), (2, status), (1, none), (1, longer)]
        .into_iter()
        .map(|(kind, data)| [vec![kind], data].concat())
        .collect()
}

pub fn check(input: &[u8]) -> bool {
    let ([number], data) = choices(input);
    let kind = if number % 2 == 1 { Kind::Value } else { Kind::Status };
    let ours = read_entries(kind, data);
    let theirs = retold(kind, data);
    assert_eq!(ours.is_some(), theirs.is_some());
    let (Some(ours), Some(theirs)) = (ours, theirs) else { return false };
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_same(ours, theirs);
    }
    assert_answers(kind, data, &ours);
    true
}

fn retold(kind: Kind, data: &[u8]) -> Option<Vec<Entry>> {
    let mut rest = data;
    let header = Header::deserialize(&mut rest).ok()?;
    let len = usize::from(header.entry_len);
    let whole = rest.len() == len * usize::from(header.count);
    if header.version != 1 || header.kind != kind as u8 || len < ENTRY_LEN || !whole {
        return None;
    }
    rest.chunks(len).map(|mut entry| Entry::deserialize(&mut entry).ok()).collect()
}

fn assert_same(ours: &Valuation, theirs: &Entry) {
    assert_eq!(ours.to_bytes().as_slice(), borsh::to_vec(theirs).expect("it serialises"));
    assert_eq!((ours.mint.to_bytes(), ours.config_hash), (theirs.mint, theirs.config_hash));
    let prices = [ours.floor_price, ours.mid_price, ours.ceiling_price, ours.confidence];
    let told = [theirs.floor_price, theirs.mid_price, theirs.ceiling_price, theirs.confidence];
    assert_eq!(prices.map(|price| price.0), told);
    let values = [ours.floor_value, ours.mid_value, ours.ceiling_value];
    let told = [theirs.floor_value, theirs.mid_value, theirs.ceiling_value];
    assert_eq!((ours.raw.0, values.map(|value| value.0)), (theirs.raw, told));
    let times = [ours.publish_time.0, ours.next_effective_at.0];
    assert_eq!(times, [theirs.publish_time, theirs.next_effective_at]);
    let multipliers = [ours.multiplier_bits, ours.next_multiplier_bits];
    assert_eq!(multipliers, [theirs.multiplier_bits, theirs.next_multiplier_bits]);
    assert_eq!((ours.reasons.0, ours.age_secs), (theirs.reasons, theirs.age_secs));
    assert_eq!(
        (ours.haircut.0, ours.flags.0, ours.session),
        (theirs.haircut, theirs.flags, theirs.session)
    );
    assert_eq!(ours.config_version, theirs.config_version);

    // What new debt may count on, in 128 bits; and a reason that nobody knows yet means no debt.
    let keep = 10_000u128.saturating_sub(theirs.haircut.into());
    let counted = u128::from(theirs.floor_value) * keep / 10_000;
    assert_eq!(u128::from(ours.collateral_value().0), counted);
    if theirs.reasons >> 20 != 0 {
        assert!(!ours.allowed().contains(Flags::CAN_MINT_DEBT));
    }
}

/// The answer counts for who asked just that, and for nobody else.
fn assert_answers(kind: Kind, data: &[u8], entries: &[Valuation]) {
    let asked = |entry: &Valuation| Expected {
        mint: entry.mint,
        raw: entry.raw,
        config_hash: entry.config_hash,
    };
    let mut expected: Vec<_> = entries.iter().map(asked).collect();
    let mut returned = (COLLATERAL, data.to_vec());
    let ask = |returned: &(Pubkey, Vec<u8>), expected: &[Expected]| {
        read(&COLLATERAL, kind, returned, expected)
    };
    assert_eq!(ask(&returned, &expected).as_deref(), Ok(entries));
    if let Some(last) = expected.last().copied() {
        let place = expected.len() - 1;
        expected[place].raw.0 ^= 1;
        assert_eq!(ask(&returned, &expected), Err(ReadError::WrongAmount));
        expected[place] = Expected { config_hash: [last.config_hash[0] ^ 1; 32], ..last };
        assert_eq!(ask(&returned, &expected), Err(ReadError::WrongConfig));
        expected[place] =
            Expected { mint: Pubkey::new_from_array([last.mint.to_bytes()[0] ^ 1; 32]), ..last };
        assert_eq!(ask(&returned, &expected), Err(ReadError::WrongMint));
        expected.pop();
        assert_eq!(ask(&returned, &expected), Err(ReadError::WrongCount));
        expected.push(last);
    }
    returned.0 = Pubkey::default();
    assert_eq!(ask(&returned, &expected), Err(ReadError::WrongProgram));
}
