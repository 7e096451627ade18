//! Reading what a feed last observed from its account.

use crate::{a, bytes, counting, only_whole};
use scrip_interface::{
    collateral::{Flags, OBSERVATION_OFFSET, Observation, Reasons, reason},
    math::{Bps, PriceE8, Timestamp},
};

/// Observed at 5,000, of the mint of this address.
fn feed() -> Vec<u8> {
    let mut data = counting("Feed", OBSERVATION_OFFSET + 64);
    data[8] = 1;
    data[48..80].fill(7);
    data[OBSERVATION_OFFSET + 40..][..8].copy_from_slice(&5_000i64.to_le_bytes());
    data
}

fn read(data: &[u8]) -> Option<Observation> {
    Observation::read(data, &a(7), Timestamp(5_000), 60)
}

#[test]
fn fields_are_read_from_their_places() {
    assert_eq!(OBSERVATION_OFFSET, 80);
    let data = feed();
    let word = |at: usize| u64::from_le_bytes(bytes(&data, OBSERVATION_OFFSET + at));
    let expected = Observation {
        floor_price: PriceE8(word(0)),
        mid_price: PriceE8(word(8)),
        ceiling_price: PriceE8(word(16)),
        confidence: PriceE8(word(24)),
        publish_time: Timestamp(word(32) as i64),
        observed_at: Timestamp(5_000),
        multiplier_bits: word(48),
        reasons: Reasons(u32::from_le_bytes(bytes(&data, OBSERVATION_OFFSET + 56))),
        haircut: Bps(u16::from_le_bytes(bytes(&data, OBSERVATION_OFFSET + 60))),
        flags: Flags(data[OBSERVATION_OFFSET + 62]),
        session: data[OBSERVATION_OFFSET + 63],
    };
    assert_eq!(read(&data), Some(expected));
    assert_eq!(Observation::from_bytes(&data[OBSERVATION_OFFSET..]), Some(expected));
}

#[test]
fn it_is_read_of_a_feed_of_that_mint_only() {
    // Discriminator, layout version, mint.
    let telling = (0..9).chain(48..80);
    only_whole(&feed(), OBSERVATION_OFFSET + 64, telling, |data| read(data).is_some());
}

#[test]
fn it_is_read_while_it_is_young_enough() {
    let read_at = |now, max| Observation::read(&feed(), &a(7), Timestamp(now), max).is_some();
    for (now, max, is_read) in [
        (5_060, 60, true),
        (5_061, 60, false),
        (5_000, 0, true),
        (5_001, 0, false),
        (4_999, 0, true),
        (i64::MAX, u32::MAX, false),
    ] {
        assert_eq!(read_at(now, max), is_read, "at {now}, at most {max} s old");
    }
    let mut never = feed();
    never[OBSERVATION_OFFSET + 40..][..8].fill(0);
    assert_eq!(Observation::read(&never, &a(7), Timestamp(0), 60), None, "never observed");
}

#[test]
fn reasons_bind_whoever_reads_it() {
    let of = |flags, reasons| {
        let observation = read(&feed()).unwrap();
        let (flags, reasons) = (Flags(flags), Reasons(reasons));
        Observation { flags, reasons, ..observation }.allowed().0
    };
    assert_eq!((of(7, 0), of(3, 0)), (7, 3));
    assert_eq!(of(7, 1 << 31), 4, "a reason of a later release");
    assert_eq!(of(7, reason::PRICE_STALE), 0);
}
