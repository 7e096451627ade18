//! tests/MUTANTS.md: a section for each program, with what survived and why that is no hole. The reasons are written by
//! people and kept from one run to the next.

use super::operators::Mutant;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fmt::{self, Write},
    fs,
    path::Path,
};

const FILE: &str = "tests/MUTANTS.md";
const HEAD: &str = "# Mutants

Bugs planted by machine in the programs, compiled for the VM and judged by the tests, by `cargo xtask mutants`: a check left
out, a comparison moved, a constraint of an account left out, and what cargo-mutants makes. A sample by seed of each
program; of the libraries `math` and `interface` every one that cargo-mutants makes, judged by their own tests on this
machine. Viable are those that compile to other bytes. What survived stands below with the reason why that is no hole:
write it here, the next run keeps it.
";
const NO_REASON: &str = "not yet explained";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    Killed,
    Survived,
    /// Does not compile.
    Unviable,
    /// Compiles to the same bytes.
    Same,
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Killed => "killed",
            Self::Survived => "SURVIVED",
            Self::Unviable => "does not compile",
            Self::Same => "changes nothing",
        })
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Judged {
    pub mutant: Mutant,
    pub fate: Fate,
    /// The first test that failed.
    pub by: Option<String>,
}

/// Writes a program's section anew and leaves the others. `sample` says of which mutants these are.
pub fn write(root: &Path, program: &str, sample: &str, judged: &[Judged]) -> Result<()> {
    let path = root.join(FILE);
    let old = fs::read_to_string(&path).unwrap_or_default();
    let mut sections = sections(&old);
    let reasons = reasons(sections.get(program).map_or("", String::as_str));
    let section = section(sample, judged, &reasons)?;
    println!("{program}: {}", section.lines().next().unwrap_or_default());
    sections.insert(program.to_owned(), section);
    let mut text = HEAD.to_owned();
    for (name, section) in sections {
        write!(text, "\n## {name}\n\n{}\n", section.trim_end())?;
    }
    fs::write(&path, text).with_context(|| format!("cannot write {FILE}"))
}

fn section(sample: &str, judged: &[Judged], reasons: &BTreeMap<String, String>) -> Result<String> {
    let count = |fate| judged.iter().filter(|judged| judged.fate == fate).count();
    let (killed, survived) = (count(Fate::Killed), count(Fate::Survived));
    let viable = killed + survived;
    let share = (100 * killed).checked_div(viable).unwrap_or(0);
    let mut text = format!(
        "{sample}: {} judged, {viable} viable, {killed} killed ({share}%), {survived} survived; {} do not compile, \
         {} change nothing.\n",
        judged.len(),
        count(Fate::Unviable),
        count(Fate::Same)
    );
    if survived > 0 {
        text.push_str("\n| survivor | why it is no hole |\n|---|---|\n");
    }
    for Judged { mutant, fate, .. } in judged {
        if *fate == Fate::Survived {
            let name = name(mutant);
            let reason = reasons.get(&name).map_or(NO_REASON, String::as_str);
            writeln!(text, "| {name} | {reason} |")?;
        }
    }
    Ok(text)
}

/// Without the line, which changes with every edit above it.
fn name(mutant: &Mutant) -> String {
    format!("{}: {}", mutant.file, mutant.what).replace('|', "\\|")
}

fn sections(text: &str) -> BTreeMap<String, String> {
    let parts = text.split("\n## ").skip(1);
    parts
        .filter_map(|part| part.split_once('\n'))
        .map(|(name, section)| (name.trim().to_owned(), section.trim().to_owned()))
        .collect()
}

fn reasons(section: &str) -> BTreeMap<String, String> {
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.filter_map(|row| row.rsplit_once(" | "))
        .map(|(name, reason)| (name.to_owned(), reason.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(what: &str, fate: Fate) -> Judged {
        let mutant = Mutant {
            file: "f.rs".into(),
            line: 1,
            what: what.into(),
            range: 0..1,
            replacement: String::new(),
        };
        Judged { mutant, fate, by: None }
    }

    #[test]
    fn a_reason_outlives_the_next_run_and_other_programs_keep_theirs() {
        let root = std::env::temp_dir().join(format!("scrip-mutants-{}", std::process::id()));
        fs::create_dir_all(root.join("tests")).unwrap();
        let read = || fs::read_to_string(root.join(FILE)).unwrap();
        let all =
            [judged("a || b", Fate::Survived), judged("c", Fate::Killed), judged("d", Fate::Same)];
        write(&root, "gate", "Seed 7, 3 mutants", &all).unwrap();
        write(&root, "issuer", "Seed 7, 3 mutants", &all[1..]).unwrap();
        assert!(read().contains(
            "3 mutants: 3 judged, 2 viable, 1 killed (50%), 1 survived; 0 do not compile, 1 change"
        ));
        let explained = read().replace(NO_REASON, "the next line checks it too");
        fs::write(root.join(FILE), explained).unwrap();
        write(&root, "gate", "Seed 7, 3 mutants", &all).unwrap();
        assert!(read().contains("| f.rs: a \\|\\| b | the next line checks it too |"));
        assert!(read().contains("## issuer\n\nSeed 7, 3 mutants: 2 judged"));
        fs::remove_dir_all(root).unwrap();
    }
}
