//! cargo-mutants: its list of what it would change in a program, and its own judgement of the libraries, whose tests run on
//! this machine.

use super::{
    operators::Mutant,
    report::{self, Fate, Judged},
};
use crate::{
    run,
    setup::{Context, cargo_mutants},
};
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use std::{fs, path::Path, process::Command};

#[derive(Deserialize)]
struct Listed {
    name: String,
    file: String,
    span: Span,
    replacement: String,
}

#[derive(Deserialize)]
struct Span {
    start: Place,
    end: Place,
}

/// Both count from one, columns in characters.
#[derive(Deserialize)]
struct Place {
    line: usize,
    column: usize,
}

/// `mutants.out/outcomes.json`.
#[derive(Deserialize)]
struct Outcomes {
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: String,
}

#[derive(Deserialize)]
enum Scenario {
    Baseline,
    Mutant(Listed),
}

fn command(context: &Context) -> Result<Command> {
    let mut command = Command::new(cargo_mutants::install(&context.cache, &context.versions)?);
    command.arg("mutants").current_dir(&context.root);
    Ok(command)
}

pub fn list(context: &Context, package: &str) -> Result<Vec<Mutant>> {
    let mut list = command(context)?;
    list.args(["--list", "--json", "--package", package]);
    let listed: Vec<Listed> = serde_json::from_str(&run::stdout(&mut list)?)
        .context("cargo-mutants listed something unexpected")?;
    listed.into_iter().map(|listed| listed.mutant(&context.root)).collect()
}

/// Judges every mutant of a library by the library's own tests.
pub fn judge_library(context: &Context, library: &str) -> Result<()> {
    let out = context.root.join("target/mutants").join(library);
    fs::create_dir_all(&out)?;
    let mut judge = command(context)?;
    judge.args(["--package", &format!("scrip-{library}"), "--colors", "never", "--output"]);
    let status = judge.arg(&out).status().context("cannot start cargo-mutants")?;
    // Two: some were missed; three: some never ended.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        bail!("cargo-mutants ended early ({status}): see {}", out.display());
    }
    let text = fs::read_to_string(out.join("mutants.out/outcomes.json"))?;
    let all: Outcomes =
        serde_json::from_str(&text).context("cargo-mutants wrote something unexpected")?;
    let mut judged = vec![];
    for Outcome { scenario, summary } in all.outcomes {
        let Scenario::Mutant(listed) = scenario else { continue };
        let fate = match summary.as_str() {
            "CaughtMutant" | "Timeout" => Fate::Killed,
            "MissedMutant" => Fate::Survived,
            "Unviable" => Fate::Unviable,
            _ => bail!("cargo-mutants says `{summary}` of {}", listed.name),
        };
        judged.push(Judged { mutant: listed.mutant(&context.root)?, fate, by: None });
    }
    report::write(&context.root, library, &format!("All {} mutants", judged.len()), &judged)
}

impl Listed {
    fn mutant(self, root: &Path) -> Result<Mutant> {
        let source = fs::read_to_string(root.join(&self.file))?;
        let at = |place: &Place| -> usize {
            let before: usize =
                source.split_inclusive('\n').take(place.line - 1).map(str::len).sum();
            before
                + source[before..].chars().take(place.column - 1).map(char::len_utf8).sum::<usize>()
        };
        // The name begins with file, line and column.
        let what = self.name.split_once(": ").map_or(&*self.name, |(_, what)| what).to_owned();
        let range = at(&self.span.start)..at(&self.span.end);
        let line = self.span.start.line;
        Ok(Mutant { file: self.file, line, what, range, replacement: self.replacement })
    }
}
