//! memcpy, memmove, memset, memcmp: inlined, in loops and by syscall, at all sizes around the limits of each and at
//! all alignments. A case makes its buffers from a seed and the whole buffers are the result, so that a byte written
//! beside the target is seen too.

use crate::operations;

/// Sizes are below this.
const LARGEST: u16 = 1_001;
/// Room for the largest size, the largest offset (a u8) and a margin behind it.
const ROOM: usize = 1_300;

operations! {
    "copy"(seed: u64, size: u16, to: u8, from: u8) => copy(seed, (size % LARGEST).into(), to.into(), from.into());
    "move forward"(seed: u64, size: u16, distance: u8) => {
        let (size, distance) = (usize::from(size % LARGEST), usize::from(distance));
        shift(seed, 0, distance, size)
    };
    "move backward"(seed: u64, size: u16, distance: u8) => {
        let (size, distance) = (usize::from(size % LARGEST), usize::from(distance));
        shift(seed, distance, 0, size)
    };
    "set"(seed: u64, size: u16, at: u8, value: u8) => set(seed, (size % LARGEST).into(), at.into(), value);
    "compare"(seed: u64, size: u16, at: u8, differs: u16) => compare(seed, (size % LARGEST).into(), at.into(), differs.into());
    "copy of a fixed size"(seed: u64, to: u8, from: u8) => (
        fixed::<1>(seed, to, from), fixed::<8>(seed, to, from), fixed::<31>(seed, to, from),
        (fixed::<32>(seed, to, from), fixed::<33>(seed, to, from), fixed::<40>(seed, to, from)),
        (fixed::<41>(seed, to, from), fixed::<80>(seed, to, from), fixed::<300>(seed, to, from)));
    "fill of a fixed size"(value: u8) => (
        digest(&[value; 7]), digest(&[value; 32]), digest(&[value; 80]), digest(&[value; 81]), digest(&[value; 1_000]));
    "zeroed"(size: u16) => digest(&vec![0; usize::from(size % LARGEST)]);
    "fixed compare"(a: u128, b: u128) => {
        let (a, b) = (a.to_be_bytes(), b.to_be_bytes());
        (a == b, a.cmp(&b), a[..7] == b[..7], a[3..].cmp(&b[3..]), [a, a] < [a, b])
    };
    "words through unaligned bytes"(value: u64, at: u8) => {
        let (mut buffer, at) = ([0xa5; 40], usize::from(at) % 30);
        buffer[at..at + 8].copy_from_slice(&value.to_le_bytes());
        let mut word = [0; 4];
        word.copy_from_slice(&buffer[at + 2..at + 6]);
        (u32::from_le_bytes(word), u16::from_be_bytes([buffer[at], buffer[at + 7]]), digest(&buffer))
    };
}

/// FNV-1a, 64 bits: short results from large buffers. A wrong byte anywhere changes it.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A buffer of unlike bytes.
fn buffer(mut seed: u64) -> Box<[u8; ROOM]> {
    let mut buffer = Box::new([0; ROOM]);
    for byte in buffer.iter_mut() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *byte = (seed >> 56) as u8;
    }
    buffer
}

/// Not inlined, so that the compiler knows nothing of sizes and alignments.
#[inline(never)]
fn copy(seed: u64, size: usize, to: usize, from: usize) -> (u64, u64) {
    let (source, mut target) = (buffer(seed), buffer(!seed));
    target[to..to + size].copy_from_slice(&source[from..from + size]);
    (digest(&*target), digest(&*source))
}

#[inline(never)]
fn shift(seed: u64, from: usize, to: usize, size: usize) -> u64 {
    let mut buffer = buffer(seed);
    buffer.copy_within(from..from + size, to);
    digest(&*buffer)
}

#[inline(never)]
fn set(seed: u64, size: usize, at: usize, value: u8) -> u64 {
    let mut buffer = buffer(seed);
    buffer[at..at + size].fill(value);
    digest(&*buffer)
}

/// Two equal stretches, then with one byte changed up and down: at every position, sooner or later.
#[inline(never)]
fn compare(seed: u64, size: usize, at: usize, differs: usize) -> (bool, [i8; 3]) {
    let (a, mut b) = (buffer(seed), Box::new([0; ROOM]));
    b[..size].copy_from_slice(&a[at..at + size]);
    let a = &a[at..at + size];
    let mut orders = [a.cmp(&b[..size]) as i8; 3];
    let mut equal = a == &b[..size];
    if let Some(byte) = b[..size].get_mut(differs % size.max(1)) {
        *byte = byte.wrapping_add(1);
        orders[1] = a.cmp(&b[..size]) as i8;
        equal ^= a == &b[..size];
        let byte = &mut b[differs % size];
        *byte = byte.wrapping_sub(0x81);
        orders[2] = a.cmp(&b[..size]) as i8;
    }
    (equal, orders)
}

#[inline(never)]
fn fixed<const SIZE: usize>(seed: u64, to: u8, from: u8) -> u64 {
    let (mut bytes, source) = ([0; SIZE], buffer(seed));
    bytes.copy_from_slice(&source[from.into()..][..SIZE]);
    let mut target = source;
    target[to.into()..][..SIZE].copy_from_slice(&bytes);
    digest(&target[..700])
}
