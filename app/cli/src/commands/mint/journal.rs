//! What a batch has done, beside its table: a line for each step, flushed before the next is taken. Who is killed
//! between two lines finds out from the chain, by the row's nonce, which of the two happened.

use crate::exit::{Failure, Result};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{Read, Write},
    path::{Path, PathBuf},
};

/// The first line: for what the journal is. Another table, chain or ticker is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Of the chain, in hex.
    pub genesis_hash: String,
    pub mint: String,
    /// Of the table.
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    About(About),
    /// The row is about to be sent with this nonce.
    Trying {
        row: usize,
        nonce: u64,
    },
    Done {
        row: usize,
    },
}

pub struct Journal {
    file: File,
    path: PathBuf,
    rows: BTreeMap<usize, State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Perhaps sent: the chain knows.
    Trying {
        nonce: u64,
    },
    Done,
}

impl Journal {
    pub fn path_for(table: &Path) -> PathBuf {
        let mut name = table.as_os_str().to_owned();
        name.push(".progress");
        name.into()
    }

    /// Opens the journal of a table, or begins one.
    pub fn open(table: &Path, about: &About) -> Result<Self> {
        let path = Self::path_for(table);
        let cannot = |error| Failure::file(format!("cannot write {}: {error}", path.display()));
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(cannot)?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(cannot)?;
        let mut journal = Self { file, path: path.clone(), rows: BTreeMap::new() };
        // A line cut short by a crash was never relied on.
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        if whole.len() != text.len() {
            journal.file.set_len(u64::try_from(whole.len()).unwrap_or(u64::MAX)).map_err(cannot)?;
        }
        let broken = || {
            Failure::file(format!("{} is not a progress file of this command", path.display()))
                .hint("move it away to begin anew: rows that were minted would be minted again")
        };
        let mut lines = whole.lines().map(serde_json::from_str::<Line>);
        match lines.next() {
            None => journal.write(&Line::About(about.clone()))?,
            Some(Ok(Line::About(known))) if known == *about => {}
            Some(Ok(Line::About(_))) => {
                return Err(Failure::file(format!(
                    "{} is about another table, ticker or chain",
                    path.display()
                ))
                .hint("move it away to begin anew: rows that were minted would be minted again"));
            }
            Some(_) => return Err(broken()),
        }
        for line in lines {
            match line {
                Ok(Line::Trying { row, nonce }) => {
                    journal.rows.insert(row, State::Trying { nonce })
                }
                Ok(Line::Done { row }) => journal.rows.insert(row, State::Done),
                _ => return Err(broken()),
            };
        }
        Ok(journal)
    }

    pub fn state(&self, row: usize) -> Option<State> {
        self.rows.get(&row).copied()
    }

    /// How many rows are done.
    pub fn done(&self) -> usize {
        self.rows.values().filter(|state| **state == State::Done).count()
    }

    pub fn trying(&mut self, row: usize, nonce: u64) -> Result<()> {
        self.rows.insert(row, State::Trying { nonce });
        self.write(&Line::Trying { row, nonce })
    }

    pub fn finished(&mut self, row: usize) -> Result<()> {
        self.rows.insert(row, State::Done);
        self.write(&Line::Done { row })
    }

    fn write(&mut self, line: &Line) -> Result<()> {
        let text = serde_json::to_string(line).unwrap_or_default();
        writeln!(self.file, "{text}").and_then(|()| self.file.sync_data()).map_err(|error| {
            Failure::file(format!("cannot write {}: {error}", self.path.display()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn table(name: &str) -> PathBuf {
        let table =
            std::env::temp_dir().join(format!("scrip-journal-{name}-{}.csv", std::process::id()));
        let _ = fs::remove_file(Journal::path_for(&table));
        table
    }

    fn about(sha256: &str) -> About {
        About { genesis_hash: "g".into(), mint: "m".into(), sha256: sha256.into() }
    }

    #[test]
    fn what_was_done_is_known_after_a_restart() {
        let table = table("restart");
        let mut journal = Journal::open(&table, &about("a")).unwrap();
        journal.trying(0, 7).unwrap();
        journal.finished(0).unwrap();
        journal.trying(1, 8).unwrap();
        drop(journal);
        let journal = Journal::open(&table, &about("a")).unwrap();
        assert_eq!(journal.state(0), Some(State::Done));
        assert_eq!(journal.state(1), Some(State::Trying { nonce: 8 }));
        assert_eq!((journal.state(2), journal.done()), (None, 1));
    }

    #[test]
    fn a_line_cut_short_is_forgotten() {
        let table = table("cut");
        let mut journal = Journal::open(&table, &about("a")).unwrap();
        journal.trying(0, 7).unwrap();
        drop(journal);
        let path = Journal::path_for(&table);
        let mut text = fs::read_to_string(&path).unwrap();
        text.push_str("{\"done\":{\"ro");
        fs::write(&path, text).unwrap();
        let mut journal = Journal::open(&table, &about("a")).unwrap();
        assert_eq!(journal.state(0), Some(State::Trying { nonce: 7 }));
        journal.finished(0).unwrap();
        drop(journal);
        assert_eq!(Journal::open(&table, &about("a")).unwrap().state(0), Some(State::Done));
    }

    #[test]
    fn the_journal_of_another_table_is_refused() {
        let table = table("other");
        drop(Journal::open(&table, &about("a")).unwrap());
        let failure = match Journal::open(&table, &about("b")) {
            Err(failure) => failure,
            Ok(_) => panic!("it was taken"),
        };
        assert!(failure.message.ends_with("another table, ticker or chain"), "{failure}");
    }
}
