//! The planted bugs of tests/planted: each a patch whose head says what is wrong, in which program, and which test must
//! catch it.

use super::scratch::{Built, Scratch, Tests};
use crate::{run, setup::Context, step::elapsed};
use anyhow::{Context as _, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

pub const FOLDER: &str = "tests/planted";

#[derive(Debug, PartialEq, Eq)]
pub struct Planted {
    pub file: PathBuf,
    pub bug: String,
    pub program: String,
    /// Of `scrip-tests`: target and full name.
    pub target: String,
    pub test: String,
}

pub fn judge(context: &Context, only: Option<&str>) -> Result<()> {
    let mut all = read_all(&context.root)?;
    if let Some(text) = only {
        all.retain(|planted| planted.name().contains(text));
    }
    if all.is_empty() {
        bail!("there is no such patch in {FOLDER}");
    }
    let scratch = Scratch::prepare(context)?;
    let mut missed = vec![];
    for (index, planted) in all.iter().enumerate() {
        let started = Instant::now();
        let verdict = one(&scratch, planted)?;
        println!(
            "[{}/{}] {}: {verdict} ({}); {}",
            index + 1,
            all.len(),
            planted.name(),
            elapsed(started),
            planted.bug
        );
        if verdict != "caught" {
            missed.push(planted.name());
        }
    }
    scratch.restore_programs()?;
    println!(
        "{} bugs planted, {} caught by the test they name",
        all.len(),
        all.len() - missed.len()
    );
    if !missed.is_empty() {
        bail!("not caught: {}", missed.join(", "));
    }
    Ok(())
}

/// The test must pass without the bug, which every run of the tests shows, and fail with it.
fn one(scratch: &Scratch, planted: &Planted) -> Result<&'static str> {
    patch(&scratch.tree, &planted.file, false)?;
    let built = scratch.build(&planted.program);
    let verdict = match built {
        Ok(Built::Program) => {
            let failed = scratch.first_failure(&planted.target, Tests::Only(&planted.test));
            failed.map(|failed| if failed.is_some() { "caught" } else { "NOT CAUGHT" })
        }
        Ok(Built::Unviable) => Ok("DOES NOT COMPILE"),
        Ok(Built::Same) => Ok("CHANGES NOTHING"),
        Err(error) => Err(error),
    };
    patch(&scratch.tree, &planted.file, true)?;
    verdict
}

fn patch(tree: &Path, file: &Path, back: bool) -> Result<()> {
    let mut git = Command::new("git");
    git.arg("apply").args(back.then_some("--reverse")).arg(file).current_dir(tree);
    // The copy lies inside a checkout, of which git would otherwise think it a part.
    git.env("GIT_CEILING_DIRECTORIES", tree.parent().unwrap_or(tree));
    run::quiet(&mut git).map(drop).with_context(|| format!("{} does not apply", file.display()))
}

impl Planted {
    pub fn name(&self) -> String {
        self.file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

pub fn read_all(root: &Path) -> Result<Vec<Planted>> {
    let folder = root.join(FOLDER);
    let entries =
        fs::read_dir(&folder).with_context(|| format!("there is no {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "patch"));
    files.sort();
    files.iter().map(|file| parse(file, &fs::read_to_string(file)?)).collect()
}

fn parse(file: &Path, text: &str) -> Result<Planted> {
    let field = |name: &str| {
        let line = text
            .lines()
            .take_while(|line| !line.starts_with("--- "))
            .find_map(|line| line.strip_prefix(name));
        line.map(|value| value.trim().to_owned())
            .with_context(|| format!("{} has no line `{name} ...`", file.display()))
    };
    let caught_by = field("Caught by:")?;
    let (target, test) = caught_by.split_once(' ').with_context(|| {
        format!("{}: `Caught by:` wants a test target and a test", file.display())
    })?;
    Ok(Planted {
        file: file.to_owned(),
        bug: field("Bug:")?,
        program: field("Program:")?,
        target: target.to_owned(),
        test: test.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
    }

    #[test]
    fn a_patch_says_what_it_plants_and_who_catches_it() {
        let text = "Bug: no nonce is used up\nProgram: issuer\nCaught by: issuer attest_mint::twice\n\n--- a/x\n+++ b/x\n";
        let planted = parse(Path::new("p/nonce.patch"), text).unwrap();
        assert_eq!(planted.name(), "nonce");
        assert_eq!(
            (planted.target.as_str(), planted.test.as_str()),
            ("issuer", "attest_mint::twice")
        );
        assert!(parse(Path::new("p"), "Bug: x\nProgram: y\n").is_err());
    }

    /// So that a change of a program brings its planted bugs along.
    #[test]
    fn every_planted_bug_applies_and_its_test_is_there() {
        let root = root();
        let all = read_all(&root).unwrap();
        assert!(all.len() >= 25, "{} bugs are planted", all.len());
        for planted in all {
            let mut git = Command::new("git");
            git.args(["apply", "--check"]).arg(&planted.file).current_dir(&root);
            run::quiet(&mut git).unwrap_or_else(|error| panic!("{}: {error}", planted.name()));
            let (module, test) = planted.test.rsplit_once("::").expect("a module and a test");
            let module = module.split("::").next().unwrap();
            let file =
                root.join("tests/rust/tests").join(&planted.target).join(format!("{module}.rs"));
            let text = fs::read_to_string(&file)
                .unwrap_or_else(|_| panic!("{}: no {module}", planted.name()));
            assert!(
                text.contains(&format!("fn {test}(")),
                "{}: no test {}",
                planted.name(),
                planted.test
            );
        }
    }
}
