//! Where mutants are compiled: a copy of the sources beside the real ones, which are never touched. The tests that judge
//! them are compiled once, from the real sources, and load the programs from the copy's folder.

use crate::{build, cache::write_if_other, run, setup::Context, step::Step};
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Which tests of a target.
#[derive(Clone, Copy)]
pub enum Tests<'a> {
    All,
    /// Those with this text in their names.
    Named(&'a str),
    Only(&'a str),
}

pub struct Scratch {
    /// The copy.
    pub tree: PathBuf,
    /// The programs as committed, and where the tests find those to judge.
    good: PathBuf,
    deploy: PathBuf,
    /// Test targets of `scrip-tests`, compiled.
    tests: BTreeMap<String, PathBuf>,
    xtask: PathBuf,
}

/// What came of compiling a mutant.
pub enum Built {
    Program,
    /// It does not compile.
    Unviable,
    /// The very bytes of the unchanged program.
    Same,
}

impl Scratch {
    pub fn prepare(context: &Context) -> Result<Self> {
        build::programs(context, None)?;
        build::caller(context)?;
        let tests = compile_tests(context)?;
        let base = context.root.join("target/mutants");
        let scratch = Self {
            tree: base.join("tree"),
            good: context.root.join("target/deploy"),
            deploy: base.join("deploy"),
            tests,
            xtask: env::current_exe()?,
        };
        scratch.copy_sources(context)?;
        fs::create_dir_all(&scratch.deploy)?;
        scratch.restore_programs()?;
        Ok(scratch)
    }

    /// Compiles a program of the copy to where the tests find it.
    pub fn build(&self, program: &str) -> Result<Built> {
        let manifest = self.tree.join("programs").join(program).join("Cargo.toml");
        let mut build = Command::new(&self.xtask);
        build.args(["build-sbf", "--quiet", "--manifest-path"]).arg(manifest);
        build.arg("--sbf-out-dir").arg(&self.deploy).args(["--", "--locked"]);
        if run::quiet(&mut build).is_err() {
            return Ok(Built::Unviable);
        }
        let so = format!("{program}.so");
        let same = fs::read(self.deploy.join(&so))? == fs::read(self.good.join(&so))?;
        Ok(if same { Built::Same } else { Built::Program })
    }

    /// Runs tests of a target until one fails, and gives its name.
    pub fn first_failure(&self, target: &str, tests: Tests) -> Result<Option<String>> {
        let binary = self
            .tests
            .get(target)
            .with_context(|| format!("scrip-tests has no test target {target}"))?;
        let mut command = Command::new(binary);
        command.env("SBF_OUT_DIR", &self.deploy).env("RUST_BACKTRACE", "0");
        match tests {
            Tests::All => {}
            Tests::Named(text) => drop(command.arg(text)),
            Tests::Only(name) => drop(command.args([name, "--exact"])),
        }
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child =
            command.spawn().with_context(|| format!("cannot start {}", binary.display()))?;
        let stdout = child.stdout.take().context("was asked for above")?;
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            if let Tests::Only(name) = tests
                && line == "running 0 tests"
            {
                bail!("{target} has no test {name}");
            }
            let failed =
                line.strip_prefix("test ").and_then(|line| line.strip_suffix(" ... FAILED"));
            if let Some(name) = failed {
                child.kill()?;
                child.wait()?;
                return Ok(Some(name.to_owned()));
            }
        }
        let early = "(the test program itself ended early)";
        Ok((!child.wait()?.success()).then(|| early.to_owned()))
    }

    /// Puts the programs as committed where mutants were.
    pub fn restore_programs(&self) -> Result<()> {
        for entry in fs::read_dir(&self.good)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "so") {
                copy_if_other(&path, &self.deploy.join(path.file_name().unwrap_or_default()))?;
            }
        }
        Ok(())
    }

    /// Everything that git knows, as it is in the working tree.
    fn copy_sources(&self, context: &Context) -> Result<()> {
        let mut git = Command::new("git");
        git.args(["ls-files", "-z", "--", "*.rs", "*.toml", "*.lock"]).current_dir(&context.root);
        for file in run::stdout(&mut git)?.split_terminator('\0') {
            copy_if_other(&context.root.join(file), &self.tree.join(file))?;
        }
        Ok(())
    }
}

fn copy_if_other(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    write_if_other(to, &bytes)
}

fn compile_tests(context: &Context) -> Result<BTreeMap<String, PathBuf>> {
    #[derive(Deserialize)]
    struct Message {
        target: Option<Target>,
        executable: Option<PathBuf>,
    }
    #[derive(Deserialize)]
    struct Target {
        name: String,
        kind: Vec<String>,
    }
    let step =
        Step::start("compiling the tests", "1 minute; 10 minutes when nothing is compiled yet");
    let mut cargo = run::host_cargo();
    // The whole workspace, as `cargo xtask test` has it: another choice of packages compiles the VM once more.
    cargo.args(["test", "--workspace", "--no-run", "--locked", "--message-format", "json"]);
    cargo.env("CARGO_TARGET_DIR", context.root.join("target"));
    let said = run::stdout(cargo.current_dir(&context.root))?;
    step.done();
    let messages = said.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    Ok(messages
        .filter_map(|message| Some((message.target?, message.executable?)))
        .filter(|(target, _)| target.kind == ["test"])
        .map(|(target, executable)| (target.name, executable))
        .collect())
}
