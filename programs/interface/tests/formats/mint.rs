//! Reading mints: four real ones, and every byte that is read of one.

use crate::{a, bytes, golden::file, key};
use base64::{Engine, prelude::BASE64_STANDARD};
use scrip_interface::{
    math::{Multiplier, MultiplierError, RawAmount, Timestamp},
    mint::{Extensions, Mint, ScaledUi, extension},
};

fn real_mint(symbol: &str) -> Vec<u8> {
    let dump = file(&format!("mint_{symbol}.json"));
    BASE64_STANDARD.decode(dump["data_base64"].as_str().unwrap()).unwrap()
}

/// The day of the dumps.
const READ_AT: Timestamp = Timestamp(1_789_948_800);
const ENTRIES: usize = 166;

/// A mint whose base fields differ from each other, with these extensions.
pub fn mint(extensions: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut data: Vec<u8> = (0..ENTRIES).map(|place| place as u8).collect();
    data[..4].copy_from_slice(&[1, 0, 0, 0]);
    data[45] = 1;
    data[46..50].copy_from_slice(&[1, 0, 0, 0]);
    data[165] = 1;
    data.extend(entries(extensions));
    data
}

pub fn entries(extensions: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let entry = |(kind, value): &(u16, Vec<u8>)| {
        [&kind.to_le_bytes(), &(value.len() as u16).to_le_bytes(), value.as_slice()].concat()
    };
    extensions.iter().flat_map(entry).collect()
}

#[test]
fn real_multipliers_are_those_that_count_not_the_stale_ones() {
    let current = |symbol: &str| {
        let data = real_mint(symbol);
        Mint::parse(&data).unwrap().scaled_ui().unwrap().current(READ_AT).unwrap()
    };
    let of = |bits| Multiplier::from_f64_bits(bits).unwrap();
    assert_eq!(current("AAPLx"), of(0x3FF0_0D63_CEDF_2E05));
    assert_eq!(current("NVDAx"), of(0x3FF0_06F7_D589_FEA9));
    assert_eq!(current("NFLXx"), of(10f64.to_bits()));
    assert_eq!(current("SPYx"), of(0x3FF0_1768_2698_A5D0));
}

#[test]
fn real_mints_have_the_extensions_that_were_dumped() {
    for symbol in ["AAPLx", "NVDAx", "NFLXx", "SPYx"] {
        let data = real_mint(symbol);
        let read: Vec<_> = Mint::parse(&data)
            .unwrap()
            .extensions()
            .map(|(kind, value)| (u64::from(kind), value.len() as u64))
            .collect();
        let dumped = file(&format!("mint_{symbol}.json"));
        let told = dumped["extensions"].as_array().unwrap().iter();
        let told = told.map(|of| (of["type"].as_u64().unwrap(), of["len"].as_u64().unwrap()));
        assert_eq!(read, told.collect::<Vec<_>>());
    }
}

#[test]
fn a_multiplier_takes_over_at_its_second() {
    let data = real_mint("NFLXx");
    let ui = Mint::parse(&data).unwrap().scaled_ui().unwrap();
    let before = Timestamp(ui.effective_at.0 - 1);
    let ten = Multiplier::from_f64_bits(10f64.to_bits()).unwrap();
    assert_eq!((ui.current(before), ui.pending(before)), (Ok(Multiplier::ONE), Ok(Some(ten))));
    let after = Timestamp(ui.effective_at.0 + 1);
    for now in [ui.effective_at, after] {
        assert_eq!((ui.current(now), ui.pending(now)), (Ok(ten), Ok(None)));
    }
    let none = ScaledUi { new_multiplier_bits: 0, ..ui };
    let refused = MultiplierError::NotPositiveNormal;
    assert_eq!((none.current(after), none.pending(before)), (Err(refused), Err(refused)));
}

#[test]
fn what_is_no_mint_does_not_parse() {
    let data = real_mint("AAPLx");
    assert!(Mint::parse(&data[..165]).is_none());
    for (place, byte) in [(165, 0), (165, 2), (45, 0), (45, 2)] {
        let mut other = data.clone();
        other[place] = byte;
        assert!(Mint::parse(&other).is_none(), "{byte} at {place}");
    }
    // Cut anywhere, it reads what is whole and does not panic.
    for len in 166..data.len() {
        let cut = Mint::parse(&data[..len]).unwrap();
        assert!(cut.extensions().count() < 8);
    }
}

#[test]
fn base_fields_are_read_from_their_places() {
    let mut data = mint(&[]);
    let read = Mint::parse(&data).unwrap();
    assert_eq!(read.supply(), RawAmount(u64::from_le_bytes(bytes(&data, 36))));
    assert_eq!(read.decimals(), 44);
    assert_eq!(read.mint_authority(), Some(key(&data, 4)));
    assert_eq!(read.freeze_authority(), Some(key(&data, 50)));
    data[0] = 0;
    let read = Mint::parse(&data).unwrap();
    assert_eq!((read.mint_authority(), read.freeze_authority()), (None, Some(key(&data, 50))));
    (data[0], data[46]) = (1, 0);
    let read = Mint::parse(&data).unwrap();
    assert_eq!((read.mint_authority(), read.freeze_authority()), (Some(key(&data, 4)), None));
    // Neither one nor zero: Token-2022 does not write it.
    data[1] = 1;
    assert_eq!(Mint::parse(&data).unwrap().mint_authority(), None);
}

#[test]
fn extensions_end_where_they_are_no_longer_whole() {
    let told = |bytes: &[u8]| -> Vec<(u16, Vec<u8>)> {
        Extensions::new(bytes).map(|(kind, value)| (kind, value.to_vec())).collect()
    };
    let two = [(0x0102, vec![7; 0x0103]), (3, vec![])];
    let bytes = entries(&two);
    assert_eq!(told(&bytes), two);
    assert_eq!(told(&bytes[..bytes.len() - 1]), two[..1]);
    assert_eq!(told(&bytes[..4 + 0x0102]), []);
    assert_eq!(told(&[&bytes[..], &[0, 0, 4, 0], &[1; 4]].concat()), two, "type 0 is the end");

    let data = mint(&two);
    let read = Mint::parse(&data).unwrap();
    assert_eq!(read.extension(0x0102), Some(&[7; 0x0103][..]));
    assert_eq!((read.extension(3), read.extension(4)), (Some(&[][..]), None));
}

#[test]
fn a_mint_is_paused_by_the_byte_after_the_authority() {
    let paused =
        |value: Vec<u8>| Mint::parse(&mint(&[(extension::PAUSABLE, value)])).unwrap().is_paused();
    assert!(!paused([vec![9; 32], vec![0]].concat()));
    assert!(paused([vec![0; 32], vec![1]].concat()));
    assert!(!paused(vec![1; 32]), "not whole");
    assert!(!Mint::parse(&mint(&[])).unwrap().is_paused());
}

#[test]
fn accounts_start_frozen_by_the_default_state() {
    let frozen = |state: u8| {
        Mint::parse(&mint(&[(extension::DEFAULT_ACCOUNT_STATE, vec![state])]))
            .unwrap()
            .starts_frozen()
    };
    assert_eq!([0, 1, 2, 3].map(frozen), [false, false, true, false]);
    assert!(!Mint::parse(&mint(&[])).unwrap().starts_frozen());
}

#[test]
fn a_hooks_program_follows_its_authority() {
    let hook = |value: Vec<u8>| {
        Mint::parse(&mint(&[(extension::TRANSFER_HOOK, value)])).unwrap().hook_program()
    };
    assert_eq!(hook([[8; 32], [9; 32]].concat()), Some(a(9)));
    assert_eq!(hook([[8; 32], [0; 32]].concat()), None);
    assert_eq!(hook(vec![8; 63]), None, "not whole");
    assert_eq!(Mint::parse(&mint(&[])).unwrap().hook_program(), None);
}

#[test]
fn the_scaled_ui_extension_is_read_from_its_places() {
    let value: Vec<u8> = (0..56).collect();
    let data = mint(&[(extension::SCALED_UI_AMOUNT, value.clone())]);
    let expected = ScaledUi {
        authority: key(&value, 0),
        multiplier_bits: u64::from_le_bytes(bytes(&value, 32)),
        effective_at: Timestamp(i64::from_le_bytes(bytes(&value, 40))),
        new_multiplier_bits: u64::from_le_bytes(bytes(&value, 48)),
    };
    assert_eq!(Mint::parse(&data).unwrap().scaled_ui(), Some(expected));
    let cut = mint(&[(extension::SCALED_UI_AMOUNT, value[..55].to_vec())]);
    assert_eq!(Mint::parse(&cut).unwrap().scaled_ui(), None);
    assert_eq!(Mint::parse(&mint(&[])).unwrap().scaled_ui(), None);
}
