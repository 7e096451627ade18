//! A sequence of steps as text: one a line, a seed and an operation's name.

use super::ops;
use std::{
    error::Error,
    fmt, fs,
    path::{Path, PathBuf},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub operation: &'static str,
    pub seed: u64,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x} {}", self.seed, self.operation)
    }
}

/// The text of a case; `why` tells what it shows.
pub fn to_text(steps: &[Step], why: &str) -> String {
    let lines: Vec<_> = steps.iter().map(Step::to_string).collect();
    let why: String = why.lines().map(|line| format!("# {line}\n")).collect();
    format!("{why}# Replay: cargo xtask fuzz --replay FILE\n{}\n", lines.join("\n"))
}

pub fn from_text(text: &str) -> Result<Vec<Step>, Box<dyn Error>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let (seed, name) = line.split_once(' ').ok_or("a step is a seed and a name")?;
            let known = ops::OPERATIONS.iter().find(|(known, ..)| *known == name);
            let (operation, ..) = known.ok_or_else(|| format!("there is no operation `{name}`"))?;
            Ok(Step { operation, seed: u64::from_str_radix(seed, 16)? })
        })
        .collect()
}

pub fn read(path: &Path) -> Result<Vec<Step>, Box<dyn Error>> {
    from_text(&fs::read_to_string(path)?)
}

/// Where a case is kept, and its steps.
pub type Case = (PathBuf, Vec<Step>);

/// The cases that are kept, by name: each once showed a fault, or shows a planted one.
pub fn committed() -> Result<Vec<Case>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz-regressions");
    let files = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<_> = files.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.into_iter().map(|path| read(&path).map(|steps| (path, steps))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_read_as_it_was_written() {
        let steps = [
            Step { operation: "wait", seed: 7 },
            Step { operation: "remove_attestor by quorum", seed: u64::MAX },
        ];
        assert_eq!(from_text(&to_text(&steps, "why\nin two lines")).unwrap(), steps);
        assert!(from_text("12 no_such_operation").is_err());
        assert!(from_text("wait").is_err());
    }
}
