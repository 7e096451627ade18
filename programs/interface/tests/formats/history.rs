//! Reading a History account, and what counted when.

use crate::{bytes, counting, key, only_whole};
use scrip_interface::{
    action::{HISTORY_LEN, History, PastMultiplier},
    math::{RawAmount, ShareAmount, Timestamp},
};

const LEN: usize = 632;
const ENTRIES: usize = 56;

/// A history with these changes, at these of its 32 places.
fn history(entries: &[(usize, i64, f64)]) -> Vec<u8> {
    let mut data = counting("History", LEN);
    data[ENTRIES..ENTRIES + 16 * HISTORY_LEN].fill(0);
    for &(place, effective_at, multiplier) in entries {
        let entry = &mut data[ENTRIES + 16 * place..][..16];
        entry[..8].copy_from_slice(&effective_at.to_le_bytes());
        entry[8..].copy_from_slice(&multiplier.to_bits().to_le_bytes());
    }
    data
}

fn past(effective_at: i64, multiplier: f64) -> PastMultiplier {
    PastMultiplier { effective_at: Timestamp(effective_at), bits: multiplier.to_bits() }
}

#[test]
fn a_history_is_read_whole_or_not_at_all() {
    only_whole(&counting("History", LEN), LEN, 0..8, |data| History::parse(data).is_some());
}

#[test]
fn entries_are_read_from_their_places() {
    let data = counting("History", LEN);
    let read = History::parse(&data).unwrap();
    assert_eq!(read.mint(), key(&data, 24));
    let entries: Vec<_> = read.entries().collect();
    assert_eq!(entries.len(), 32, "nothing behind the last place");
    for (place, entry) in entries.into_iter().enumerate() {
        let at = ENTRIES + 16 * place;
        assert_eq!(entry.effective_at.0, i64::from_le_bytes(bytes(&data, at)));
        assert_eq!(entry.bits, u64::from_le_bytes(bytes(&data, at + 8)));
    }
}

#[test]
fn empty_places_are_passed_over() {
    let data = history(&[(0, 5, 1.0), (7, -3, 2.0), (31, 9, 4.0)]);
    let read: Vec<_> = History::parse(&data).unwrap().entries().collect();
    assert_eq!(read, [past(5, 1.0), past(-3, 2.0), past(9, 4.0)]);
    let none = history(&[]);
    assert_eq!(History::parse(&none).unwrap().entries().count(), 0);
}

#[test]
fn the_last_change_up_to_a_time_is_what_counted() {
    // NFLX split ten for one; the ring has come round, so the order of time is not that of places.
    let data = history(&[(0, 300, 10.0), (1, 400, 20.0), (2, 100, 1.0), (3, 200, 2.0)]);
    let read = History::parse(&data).unwrap();
    for (time, counted) in [
        (99, None),
        (100, Some(past(100, 1.0))),
        (199, Some(past(100, 1.0))),
        (200, Some(past(200, 2.0))),
        (300, Some(past(300, 10.0))),
        (399, Some(past(300, 10.0))),
        (400, Some(past(400, 20.0))),
        (i64::MAX, Some(past(400, 20.0))),
    ] {
        assert_eq!(read.at(Timestamp(time)), counted, "at {time}");
    }
}

#[test]
fn a_raw_amount_is_so_many_shares_as_of_a_time() {
    let data = history(&[(0, 100, 1.0), (1, 200, 1.003_269_012_539_818_7), (2, 300, f64::NAN)]);
    let shares =
        |time| History::parse(&data).unwrap().shares_at(RawAmount(10_000_000_000), Timestamp(time));
    assert_eq!(shares(99), None);
    assert_eq!(shares(100), Some(ShareAmount(10_000_000_000)));
    assert_eq!(shares(200), Some(ShareAmount(10_032_690_125)), "rounded down");
    assert_eq!(shares(300), None, "no multiplier at all");
}
