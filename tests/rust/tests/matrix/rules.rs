//! What each case must end with, by the rows of `exceptions.txt` and `rules.txt`. Those that name a form
//! come first, then those that name an instruction, then those about all; exceptions before rules; then
//! the order of the file counts. The first row that matches decides. A row that decides nothing must go.

use std::sync::atomic::{AtomicBool, Ordering};

const EXCEPTIONS: &str = include_str!("exceptions.txt");
const RULES: &str = include_str!("rules.txt");
/// How an exception ends.
pub const LANDS: &str = "Lands";

pub struct Book {
    rows: Vec<Row>,
}

struct Row {
    line: String,
    program: String,
    instruction: String,
    account: String,
    kind: String,
    variant: String,
    outcome: String,
    used: AtomicBool,
}

/// What a row is asked about.
pub struct Question<'q> {
    pub program: &'q str,
    /// `instruction/form`, or the instruction alone.
    pub form: &'q str,
    pub instruction: &'q str,
    pub account: &'q str,
    /// The account's type, and what all types of records are called together.
    pub kinds: [&'q str; 2],
    pub variant: &'q str,
}

impl Book {
    pub fn open() -> Self {
        let exceptions = rows(EXCEPTIONS);
        assert!(exceptions.iter().all(|row| row.outcome == LANDS), "an exception lands");
        let rules = rows(RULES);
        assert!(rules.iter().all(|row| row.outcome != LANDS), "what lands is an exception");
        let mut rows: Vec<_> = exceptions.into_iter().chain(rules).collect();
        rows.sort_by_key(|row| (row.instruction == "*", !row.instruction.contains('/')));
        Self { rows }
    }

    /// How it must end; `None` if no row says so.
    pub fn expected(&self, question: &Question) -> Option<&str> {
        let row = self.rows.iter().find(|row| row.is_about(question))?;
        row.used.store(true, Ordering::Relaxed);
        Some(&row.outcome)
    }

    pub fn unused(&self) -> Vec<&str> {
        let unused = self.rows.iter().filter(|row| !row.used.load(Ordering::Relaxed));
        unused.map(|row| &*row.line).collect()
    }
}

impl Row {
    fn is_about(&self, question: &Question) -> bool {
        matches(&self.program, question.program)
            && [question.form, question.instruction].iter().any(|it| matches(&self.instruction, it))
            && matches(&self.account, question.account)
            && question.kinds.iter().any(|kind| matches(&self.kind, kind))
            && matches(&self.variant, question.variant)
    }
}

/// `program instruction account kind variant outcome # reason`; an exception says its reason.
fn rows(table: &str) -> Vec<Row> {
    let lines = table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let (columns, reason) = line.split_once('#').unwrap_or((line, ""));
    let columns: Vec<_> = columns.split_whitespace().map(str::to_owned).collect();
    let Ok([program, instruction, account, kind, variant, outcome]) =
        <[String; 6]>::try_from(columns)
    else {
        panic!("not six columns: {line}");
    };
    assert!(outcome != LANDS || reason.trim().len() > 10, "an exception without reason: {line}");
    let (line, used) = (line.to_owned(), AtomicBool::new(false));
    Row { line, program, instruction, account, kind, variant, outcome, used }
}

/// Whether one of the patterns between `|` is the text; `*` stands for anything.
fn matches(patterns: &str, text: &str) -> bool {
    patterns.split('|').any(|pattern| glob(pattern, text))
}

fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            (0..=text.len()).any(|at| text.is_char_boundary(at) && glob(rest, &text[at..]))
        }),
    }
}
