//! Everything in Scrip that reads bytes which others wrote, each held against a second decoder: those of the
//! programs that write the bytes where there are any, else one told anew from the layout.
//!
//! A reader's check takes any bytes. It must not panic in the reader, and panics itself where the two disagree. Tests run
//! each check on valid inputs and on thousands of mutations of them; `cargo xtask fuzz-parsers` runs the same checks for
//! long, guided by coverage.

mod files;
mod readers;

pub use readers::READERS;

/// Something that reads bytes.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    pub name: &'static str,
    /// Valid inputs: each is taken.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Whether the reader takes the input.
    ///
    /// # Panics
    /// Where it disagrees with the second decoder.
    pub check: fn(&[u8]) -> bool,
}

impl Reader {
    pub fn named(name: &str) -> Option<&'static Self> {
        READERS.iter().find(|reader| reader.name == name)
    }

    /// What broke a check once, from `regressions/<name>`.
    pub fn regressions(&self) -> Vec<Vec<u8>> {
        files::regressions(self.name)
    }
}
