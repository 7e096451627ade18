//! What came of each instruction, counted.

use super::plan::INSTRUCTIONS;
use std::{collections::BTreeMap, fmt};

pub const LANDED: &str = "landed";
/// Instructions about a ticker, at or next to one of the seconds of its corporate action.
pub const AROUND_ACTIONS: &str = "(seconds of actions)";
pub const POSTED: &str = "(posted attestations)";
/// Good instructions with one wrong account.
pub const SPOILED: &str = "(spoiled)";
/// What a thief asks Token-2022 and the hook for.
pub const THEFT: &str = "token/theft";

#[derive(Clone, Debug, Default)]
pub struct Tally {
    counts: BTreeMap<(String, String), u64>,
}

impl Tally {
    pub fn count(&mut self, instruction: &str, outcome: &str) {
        *self.counts.entry((instruction.to_owned(), outcome.to_owned())).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (key, count) in &other.counts {
            *self.counts.entry(key.clone()).or_default() += count;
        }
    }

    fn sum(&self, of: impl Fn(&str, &str) -> bool) -> u64 {
        self.counts.iter().filter(|((name, outcome), _)| of(name, outcome)).map(|(_, n)| n).sum()
    }

    /// Instructions of the four programs.
    pub fn instructions(&self) -> u64 {
        self.sum(|name, _| INSTRUCTIONS.contains_key(name))
    }

    pub fn landed(&self) -> u64 {
        self.sum(|name, outcome| INSTRUCTIONS.contains_key(name) && outcome == LANDED)
    }

    /// Instructions of any of the four programs that never landed.
    pub fn never_landed(&self) -> Vec<&'static str> {
        let never = |name: &&str| self.sum(|of, outcome| of == *name && outcome == LANDED) == 0;
        INSTRUCTIONS.keys().map(String::as_str).filter(never).collect()
    }

    /// Thefts and spoiled instructions.
    pub fn thefts(&self) -> u64 {
        self.sum(|name, _| matches!(name, SPOILED | THEFT))
    }

    pub fn thefts_landed(&self) -> u64 {
        self.sum(|name, outcome| matches!(name, SPOILED | THEFT) && outcome == LANDED)
    }

    /// Attestations that landed from the accounts they were posted to.
    pub fn posted(&self) -> u64 {
        self.sum(|name, _| name == POSTED)
    }

    /// Instructions about a ticker so many seconds from one of those of its action: -1, 0 or 1.
    pub fn around_actions(&self, offset: i64) -> u64 {
        self.sum(|name, outcome| name == AROUND_ACTIONS && outcome == offset.to_string())
    }

    /// Errors that were met.
    pub fn errors(&self) -> Vec<&str> {
        let of_instructions = self.counts.keys().filter(|(name, _)| name != AROUND_ACTIONS);
        let mut errors: Vec<_> = of_instructions.map(|(_, outcome)| outcome.as_str()).collect();
        errors.retain(|outcome| *outcome != LANDED);
        errors.sort_unstable();
        errors.dedup();
        errors
    }
}

impl fmt::Display for Tally {
    /// A line per instruction: how often it landed, then its errors.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows: BTreeMap<&str, (u64, Vec<String>)> = BTreeMap::new();
        for ((name, outcome), count) in &self.counts {
            let row = rows.entry(name).or_default();
            if outcome == LANDED {
                row.0 = *count;
            } else {
                row.1.push(format!("{outcome} {count}"));
            }
        }
        writeln!(f, "{:<42} {:>7}  refused", "instruction", LANDED)?;
        for (name, (landed, refused)) in rows {
            writeln!(f, "{name:<42} {landed:>7}  {}", refused.join(", "))?;
        }
        let (landed, all) = (self.landed(), self.instructions());
        let percent = (landed * 100).checked_div(all).unwrap_or(0);
        write!(f, "{all} instructions of the programs, {landed} landed ({percent}%)")
    }
}
