//! What a command says: fields, tables and notes, as text for people or as JSON for programs, from the same values.

use serde_json::{Map, Value, json};
use std::fmt::Write;

/// One value, both ways.
#[derive(Clone, Debug)]
pub struct Cell {
    pub text: String,
    pub json: Value,
}

impl Cell {
    pub fn new(text: impl Into<String>, json: impl Into<Value>) -> Self {
        Self { text: text.into(), json: json.into() }
    }

    /// Nothing there.
    pub fn none() -> Self {
        Self::new("-", Value::Null)
    }

    /// A list of words.
    pub fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        let text = if items.is_empty() { "none".into() } else { items.join(", ") };
        Self::new(text, items)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text.clone(), text)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::new(if value { "yes" } else { "no" }, value)
    }
}

impl From<u32> for Cell {
    fn from(value: u32) -> Self {
        Self::new(value.to_string(), value)
    }
}

/// As text in JSON too: JSON's own numbers lose digits beyond 2^53.
impl From<u64> for Cell {
    fn from(value: u64) -> Self {
        value.to_string().into()
    }
}

impl From<solana_pubkey::Pubkey> for Cell {
    fn from(address: solana_pubkey::Pubkey) -> Self {
        address.to_string().into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::none, Into::into)
    }
}

enum Entry {
    Field(&'static str, Cell),
    Table(&'static str, Vec<&'static str>, Vec<Vec<Cell>>),
    Lines(&'static str, Vec<String>),
    /// Lines for people, a value for programs.
    Told(&'static str, Vec<String>, Value),
}

/// What a command has to say, in order. Keys are `snake_case`: the JSON's names, and with spaces the labels.
#[derive(Default)]
pub struct Page {
    entries: Vec<Entry>,
    notes: Vec<String>,
    /// Printed as it is instead of all else: a completion script.
    verbatim: Option<String>,
    /// An audit found something: exit status 9.
    pub unsound: bool,
}

impl Page {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn verbatim(text: String) -> Self {
        Self { verbatim: Some(text), ..Self::default() }
    }

    pub fn field(&mut self, key: &'static str, value: impl Into<Cell>) -> &mut Self {
        self.entries.push(Entry::Field(key, value.into()));
        self
    }

    /// Rows under columns. In JSON a list of objects with the columns' names.
    pub fn table(
        &mut self,
        key: &'static str,
        columns: &[&'static str],
        rows: Vec<Vec<Cell>>,
    ) -> &mut Self {
        self.entries.push(Entry::Table(key, columns.to_vec(), rows));
        self
    }

    /// Sentences that belong together, one a line.
    pub fn lines(&mut self, key: &'static str, lines: Vec<String>) -> &mut Self {
        self.entries.push(Entry::Lines(key, lines));
        self
    }

    /// What reads otherwise than it is structured: lines for people, a value for programs.
    pub fn told(&mut self, key: &'static str, lines: Vec<String>, value: Value) -> &mut Self {
        self.entries.push(Entry::Told(key, lines, value));
        self
    }

    /// What to know or do next.
    pub fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(note.into());
        self
    }

    pub fn append(&mut self, other: Self) -> &mut Self {
        self.entries.extend(other.entries);
        self.notes.extend(other.notes);
        self
    }

    pub fn json(&self) -> Value {
        let mut object = Map::new();
        for entry in &self.entries {
            let (key, value) = match entry {
                Entry::Field(key, cell) => (key, cell.json.clone()),
                Entry::Lines(key, lines) => (key, json!(lines)),
                Entry::Told(key, _, value) => (key, value.clone()),
                Entry::Table(key, columns, rows) => {
                    let row = |cells: &Vec<Cell>| {
                        let pairs = columns.iter().zip(cells);
                        pairs.map(|(name, cell)| ((*name).to_owned(), cell.json.clone())).collect()
                    };
                    (
                        key,
                        Value::Array(rows.iter().map(|cells| Value::Object(row(cells))).collect()),
                    )
                }
            };
            object.insert((*key).to_owned(), value);
        }
        if !self.notes.is_empty() {
            object.insert("notes".into(), json!(self.notes));
        }
        Value::Object(object)
    }

    pub fn text(&self) -> String {
        if let Some(text) = &self.verbatim {
            return text.clone();
        }
        let width = self.entries.iter().filter_map(|entry| match entry {
            Entry::Field(key, _) => Some(key.len()),
            _ => None,
        });
        let width = width.max().unwrap_or(0);
        let mut out = String::new();
        for entry in &self.entries {
            match entry {
                Entry::Field(key, cell) => {
                    let _ = writeln!(out, "{:<width$}  {}", label(key), cell.text);
                }
                Entry::Lines(key, lines) | Entry::Told(key, lines, _) => {
                    let _ = writeln!(out, "{}{}:", gap(&out), label(key));
                    for line in lines {
                        let _ = writeln!(out, "  {line}");
                    }
                }
                Entry::Table(key, columns, rows) => {
                    let gap = gap(&out);
                    let _ = if rows.is_empty() {
                        writeln!(out, "{gap}{}: none", label(key))
                    } else {
                        write!(out, "{gap}{}", table(columns, rows))
                    };
                }
            }
        }
        for note in &self.notes {
            let _ = writeln!(out, "{}{note}", gap(&out));
        }
        out
    }
}

/// An empty line, but not at the top.
const fn gap(before: &str) -> &'static str {
    if before.is_empty() { "" } else { "\n" }
}

fn label(key: &str) -> String {
    key.replace('_', " ")
}

/// Columns as wide as their widest cell; numbers to the right.
fn table(columns: &[&str], rows: &[Vec<Cell>]) -> String {
    let cells = |index: usize| rows.iter().filter_map(move |row| row.get(index));
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(index, title)| {
            cells(index).map(|cell| cell.text.chars().count()).fold(title.len(), usize::max)
        })
        .collect();
    let right: Vec<bool> = (0..columns.len())
        .map(|index| {
            cells(index)
                .all(|cell| cell.text.starts_with(|c: char| c.is_ascii_digit() || "-$".contains(c)))
                && cells(index).all(|cell| cell.text.len() < 30)
        })
        .collect();
    let line = |texts: &[String]| {
        let cell = |index: usize| {
            let (text, width) = (&texts[index], widths[index]);
            if right[index] { format!("{text:>width$}") } else { format!("{text:<width$}") }
        };
        let cells: Vec<String> = (0..texts.len()).map(cell).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    let mut out = line(&columns.iter().map(|title| label(title)).collect::<Vec<_>>());
    out += &line(&widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>());
    for row in rows {
        let texts: Vec<String> = row.iter().map(|cell| cell.text.clone()).collect();
        out += &line(&texts);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let mut page = Page::new();
        page.field("issuer", "Abc").field("timelock_secs", 3_600u32);
        let row = |symbol: &str, supply: u64| vec![symbol.into(), supply.into()];
        page.table("tickers", &["symbol", "raw_supply"], vec![row("AAPLx", 5), row("X", 1_234)]);
        page.note("that is all");
        page
    }

    #[test]
    fn people_read_aligned_labels_and_columns() {
        let expected = "issuer         Abc\n\
                        timelock secs  3600\n\
                        \n\
                        symbol  raw supply\n\
                        ------  ----------\n\
                        AAPLx            5\n\
                        X             1234\n\
                        \n\
                        that is all\n";
        assert_eq!(page().text(), expected);
    }

    #[test]
    fn programs_read_the_same_values_under_the_same_names() {
        let expected = json!({
            "issuer": "Abc",
            "timelock_secs": 3600,
            "tickers": [
                { "symbol": "AAPLx", "raw_supply": "5" },
                { "symbol": "X", "raw_supply": "1234" },
            ],
            "notes": ["that is all"],
        });
        assert_eq!(page().json(), expected);
    }

    #[test]
    fn an_empty_table_says_so() {
        let mut page = Page::new();
        page.table("open_redemptions", &["id"], vec![]);
        assert_eq!(page.text(), "open redemptions: none\n");
        assert_eq!(page.json(), json!({ "open_redemptions": [] }));
    }
}
