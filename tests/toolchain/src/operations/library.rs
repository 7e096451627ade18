//! The standard library as programs use it: collections, text, sorting, reference counting, cells and atomics.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use crate::operations;

operations! {
    "BTreeMap"(seed: u64, size: u8) => map(seed, size);
    "BTreeSet ranges"(seed: u64, from: u16, to: u16) => {
        let set: BTreeSet<u16> = numbers(seed, 40).map(|n| n as u16).collect();
        let (from, to) = (from.min(to), from.max(to));
        set.range(from..=to).copied().collect::<Vec<_>>()
    };
    "HashMap"(seed: u64, size: u8) => {
        let map: HashMap<u32, u64> = numbers(seed, size % 40).map(|n| (n as u32 % 50, n)).collect();
        let mut items: Vec<(u32, u64)> = map.into_iter().collect();
        items.sort_unstable();
        items.iter().map(|(key, value)| value ^ u64::from(*key)).collect::<Vec<_>>()
    };
    "sort"(seed: u64, size: u8) => {
        let mut items: Vec<u64> = numbers(seed, size % 100).collect();
        items.sort();
        items
    };
    "sort by key, stable"(seed: u64, size: u8) => {
        let mut items: Vec<(u8, u32)> = numbers(seed, size % 90).map(|n| (n as u8 % 7, (n >> 32) as u32)).collect();
        items.sort_by_key(|(key, _)| *key);
        items.iter().map(|(key, value)| value ^ u32::from(*key)).collect::<Vec<_>>()
    };
    "sort unstable"(seed: u64, size: u8) => {
        let mut items: Vec<i16> = numbers(seed, size % 200).map(|n| n as i16).collect();
        items.sort_unstable_by(|a, b| b.cmp(a));
        items.dedup();
        items
    };
    "binary search"(seed: u64, key: u16) => {
        let mut items: Vec<u16> = numbers(seed, 60).map(|n| n as u16 & 0x3ff).collect();
        items.sort_unstable();
        let found = items.binary_search(&(key & 0x3ff)).is_ok();
        (found, items.partition_point(|item| *item < key & 0x3ff) as u64)
    };
    "VecDeque, BinaryHeap"(seed: u64) => {
        let mut queue: VecDeque<u32> = numbers(seed, 20).map(|n| n as u32).collect();
        queue.rotate_left(7);
        queue.extend(queue.iter().copied().take(5).collect::<Vec<_>>());
        let mut heap: BinaryHeap<u32> = queue.iter().copied().collect();
        (queue.into_iter().collect::<Vec<_>>(), std::iter::from_fn(|| heap.pop()).take(9).collect::<Vec<_>>())
    };
    "iterators"(seed: u64) => {
        let sum = numbers(seed, 30).enumerate().filter(|(i, n)| i % 3 == 0 || n % 5 == 1)
            .map(|(i, n)| n.wrapping_mul(i as u64)).fold(0, u64::wrapping_add);
        let pairs: Vec<u64> = numbers(seed, 12).collect::<Vec<_>>().windows(2).map(|w| w[0] ^ w[1]).rev().step_by(2).collect();
        (sum, pairs, numbers(seed, 9).max(), numbers(seed, 9).position(|n| n % 4 == 0).map(|n| n as u64))
    };
    "format integers"(a: u64, b: i64, c: u8, d: i16) =>
        format!("{a} {b:+} {c:#04x} {d:>8} {a:#b} {b:o} {c:?} {:<6}| {:^9}|", d.unsigned_abs(), c);
    "format structures"(a: u64, b: i8, c: u16) => {
        #[derive(Debug)]
        #[allow(dead_code)]
        struct Position<'a> { raw: u64, side: Side, note: &'a str, parts: Vec<u16>, at: (i8, Option<u64>) }
        #[derive(Debug)]
        #[allow(dead_code)]
        enum Side { Long, Short { by: i8 } }
        let side = if b < 0 { Side::Short { by: b } } else { Side::Long };
        let position = Position { raw: a, side, note: "q\"\n\u{e9}", parts: vec![c, !c], at: (b, (a > 9).then_some(a)) };
        (format!("{position:?}"), format!("{position:#?}"))
    };
    "text"(seed: u64) => {
        let text: String = numbers(seed, 40).filter_map(|n| char::from_u32(n as u32 % 0x2000)).collect();
        let shouted = text.to_uppercase();
        let words: Vec<u64> = text.split(|c: char| c.is_ascii_punctuation() || c.is_whitespace()).map(|w| w.len() as u64).collect();
        (text.chars().rev().collect::<String>(), shouted.len() as u64, words, text.find('\u{100}').is_some())
    };
    "UTF-8"(seed: u64, at: u8) => {
        let mut bytes: Vec<u8> = numbers(seed, 12).filter_map(|n| char::from_u32(n as u32 & 0xffff)).collect::<String>().into_bytes();
        let at = usize::from(at) % bytes.len().max(1);
        if let Some(byte) = bytes.get_mut(at) { *byte ^= 0x40; }
        (std::str::from_utf8(&bytes).map(str::len).map(|n| n as u64).map_err(|e| e.valid_up_to() as u64), String::from_utf8_lossy(&bytes).into_owned())
    };
    "parse"(a: u64, b: i32) => {
        let text = format!("{a},{b},{a:x},z{b}");
        let parts: Vec<&str> = text.split(',').collect();
        (parts[0].parse::<u64>().ok(), parts[0].parse::<u32>().map_err(|e| e.to_string()), parts[1].parse::<i32>().ok(),
            u64::from_str_radix(parts[2], 16).ok(), parts[3].parse::<i64>().map_err(|e| e.to_string()))
    };
    "Rc, Cell, RefCell"(a: u64, b: u64) => {
        let shared = Rc::new(RefCell::new(vec![a]));
        let other = Rc::clone(&shared);
        other.borrow_mut().push(b);
        let held = shared.borrow();
        let refused = other.try_borrow_mut().is_err();
        let cell = Cell::new(a);
        (held.clone(), refused, cell.replace(b), cell.take(), Rc::strong_count(&shared) as u64)
    };
    "Arc, atomics"(a: u64, b: u64) => {
        let (word, flag, half) = (Arc::new(AtomicU64::new(a)), AtomicBool::new(a > b), AtomicU32::new(b as u32));
        let added = word.fetch_add(b, Ordering::SeqCst);
        let swapped = word.compare_exchange(a.wrapping_add(b), b, Ordering::AcqRel, Ordering::Relaxed).is_ok();
        let masked = half.fetch_and(a as u32, Ordering::Relaxed) ^ half.swap(7, Ordering::SeqCst);
        (added, swapped, masked, flag.fetch_xor(true, Ordering::SeqCst), (word.load(Ordering::Acquire), Arc::strong_count(&word) as u64))
    };
    "Option and Result chains"(a: u64, b: u64, c: u8) => chain(a, b, c).map_err(|error| format!("{error:?}"));
    "match on bytes"(a: u8, b: u32) => (jump(a), jump(b as u8), range(b).to_string());
}

fn numbers(mut seed: u64, count: u8) -> impl Iterator<Item = u64> {
    (0..count).map(move |_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed ^ (seed >> 29)
    })
}

/// Inserts, splits, removes and walks: nodes of all fill levels.
fn map(seed: u64, size: u8) -> (Vec<u64>, u64, Option<u16>, Option<u64>) {
    let mut map: BTreeMap<u16, u64> = BTreeMap::new();
    for n in numbers(seed, size) {
        *map.entry(n as u16 % 300).or_insert(n) ^= n >> 7;
    }
    for n in numbers(!seed, size / 2) {
        map.remove(&(n as u16 % 300));
    }
    let tail = map.split_off(&150);
    map.retain(|key, value| (u64::from(*key) ^ *value) % 3 != 0);
    let walk = map.iter().map(|(key, value)| value.rotate_left((*key).into())).take(90).collect();
    (
        walk,
        tail.values().fold(0, |acc, value| acc ^ value),
        tail.keys().next_back().copied(),
        map.pop_first().map(|(_, value)| value),
    )
}

#[derive(Debug)]
#[allow(dead_code)]
enum Failure {
    Sum { of: (u64, u64) },
    Narrow(std::num::TryFromIntError),
    Zero,
}

fn chain(a: u64, b: u64, c: u8) -> Result<u128, Failure> {
    let sum = a.checked_add(b).ok_or(Failure::Sum { of: (a, b) })?;
    let narrow = u32::try_from(sum >> (c & 63)).map_err(Failure::Narrow)?;
    let quotient = u128::from(sum).checked_div(narrow.into()).ok_or(Failure::Zero)?;
    Ok(Some(quotient).filter(|q| q % 2 == 0).map_or(u128::MAX, |q| q * 3))
}

/// Dense enough for a jump table, if the back end has them.
#[inline(never)]
fn jump(n: u8) -> u64 {
    match n {
        0 => 11,
        1 => 7,
        2 => 5_000_000_000,
        3 => n.into(),
        4 => 99,
        5 => 1,
        6 | 7 => 12,
        8..=20 => u64::from(n) * 3,
        200 => 0,
        _ => 1 << (n & 31),
    }
}

#[inline(never)]
fn range(n: u32) -> &'static str {
    match n {
        0 => "none",
        1..=0x7fff_ffff => "positive",
        0x8000_0000 => "least",
        0x8000_0001.. => "negative",
    }
}
