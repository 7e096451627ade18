//! All operations, in groups. An operation's number is its place in the concatenation.

use crate::{Operation, cost};

mod aborts;
mod calls;
mod floats;
mod integers;
mod library;
mod memory;
mod panics;
mod table;
mod wide;

/// Name of a group (also the name of its test) and its operations.
pub const GROUPS: &[(&str, &[Operation])] = &[
    ("table", table::OPERATIONS),
    ("wide", wide::OPERATIONS),
    ("integers", integers::OPERATIONS),
    ("floats", floats::OPERATIONS),
    ("memory", memory::OPERATIONS),
    ("calls", calls::OPERATIONS),
    ("library", library::OPERATIONS),
    ("panics", panics::OPERATIONS),
    ("aborts", aborts::OPERATIONS),
    ("cost", cost::OPERATIONS),
];

/// The whole table, by number.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    GROUPS.iter().flat_map(|(_, operations)| *operations)
}

pub fn by_number(number: u16) -> Option<&'static Operation> {
    all().nth(number.into())
}
