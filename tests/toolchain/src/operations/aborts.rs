//! Panics in the library's own words, which change from one Rust version to the next: the host test compares that
//! they happen, not what they say.

use std::cell::RefCell;

use crate::operations;

operations! {
    "slice out of bounds"(a: u8, b: u8) => vec![1u8, 2, 3, 4][usize::from(a & 7)..usize::from(b & 7)].to_vec();
    "expect of an error"(a: u64) => u8::try_from(a >> (a & 63)).expect("does not fit");
    "borrowed twice"(a: u8) => {
        let cell = RefCell::new(a);
        let _held = (a & 1 == 0).then(|| cell.borrow_mut());
        *cell.borrow()
    };
    "unequal copy"(a: u8) => {
        let mut target = [0u8; 4];
        target.copy_from_slice(&[9; 8][..usize::from(a & 7)]);
        target
    };
    "not a character boundary"(a: u8) => "a\u{e9}\u{20ac}\u{1f600}"[usize::from(a & 15)..].to_string();
    "overflow in a sum"(a: u64, b: u64, c: u64) => [a, b, c].iter().sum::<u64>();
}
