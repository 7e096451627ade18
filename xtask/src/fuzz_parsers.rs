//! `cargo xtask fuzz-parsers`: each reader of others' bytes against its second decoder under libFuzzer, for as long as one
//! likes.
//!
//! libFuzzer follows coverage, which LLVM's own pass counts: stable Rust takes it as an argument. What is instrumented is
//! compiled apart from everything else.

use crate::{run, setup::Context, step::Step};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const PACKAGE: &str = "scrip-parsers-test";
const BINARY: &str = "fuzz-parsers";
/// Of everything that is compiled here: counters of edges, and what is compared with what.
const INSTRUMENT: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];
/// Above every valid input but those with long names.
const MAX_LEN: usize = 4_096;

#[derive(Args)]
pub struct FuzzParsersArgs {
    /// How long, all readers together
    #[arg(long, value_name = "M", default_value_t = 5)]
    minutes: u64,
    /// One reader only, by the name of its file in tests/parsers/src/readers
    #[arg(long, value_name = "NAME")]
    reader: Option<String>,
    /// Where the choices start [default: another one each time]
    #[arg(long, value_name = "S")]
    seed: Option<u32>,
}

/// What a run of one reader came to.
#[derive(Debug, Default, PartialEq)]
struct Figures {
    executions: u64,
    a_second: u64,
    /// Edges of the code that were passed.
    coverage: u64,
}

pub fn fuzz_parsers(context: &Context, args: &FuzzParsersArgs) -> Result<()> {
    let folder = context.root.join("target/parsers");
    let readers = chosen(context, args.reader.as_deref())?;
    let binary = compile(context, &folder)?;
    let seconds = (60 * args.minutes / readers.len() as u64).max(1);
    println!("{} readers, {seconds} s each", readers.len());
    println!(
        "{:<22} {:>11} {:>9} {:>9} {:>7}",
        "reader", "executions", "a second", "coverage", "inputs"
    );
    let mut all = 0;
    for reader in &readers {
        let corpus = folder.join("corpus").join(reader);
        let found = folder.join(format!("{reader}-"));
        let mut fuzz = Command::new(&binary);
        fuzz.env("SCRIP_READER", reader).env("SCRIP_CORPUS", &corpus).arg(&corpus);
        fuzz.args([format!("-max_total_time={seconds}"), format!("-max_len={MAX_LEN}")]);
        fuzz.args(["-print_final_stats=1", "-timeout=10", "-rss_limit_mb=2048"]);
        fuzz.arg(format!("-artifact_prefix={}", found.display()));
        if let Some(seed) = args.seed {
            fuzz.arg(format!("-seed={seed}"));
        }
        let output = fuzz.output().map_err(|error| run::not_started(&fuzz, &error))?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            return Err(failed(reader, &output, &said, &found));
        }
        let Figures { executions, a_second, coverage } = figures(&said);
        let inputs = fs::read_dir(&corpus)?.count();
        println!("{reader:<22} {executions:>11} {a_second:>9} {coverage:>9} {inputs:>7}");
        all += executions;
    }
    println!("{all} executions; no reader panicked, and all agree with their second decoders");
    Ok(())
}

/// The readers are named by their files.
fn chosen(context: &Context, one: Option<&str>) -> Result<Vec<String>> {
    let folder = context.root.join("tests/parsers/src/readers");
    let mut names = vec![];
    for file in fs::read_dir(&folder)? {
        let path = file?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name != "mod" {
            names.push(name);
        }
    }
    names.sort();
    match one {
        None => Ok(names),
        Some(one) if names.iter().any(|name| name == one) => Ok(vec![one.to_owned()]),
        Some(one) => bail!("there is no reader `{one}`; there are {}", names.join(", ")),
    }
}

fn compile(context: &Context, folder: &Path) -> Result<PathBuf> {
    let step =
        Step::start("compiling with counters; needs a C++ compiler", "4 minutes, then 20 seconds");
    let host = host()?;
    let mut cargo = run::host_cargo();
    cargo.args(["build", "--package", PACKAGE, "--bin", BINARY, "--features", "libfuzzer"]);
    // With a target named, the flags are not for build scripts and macros.
    cargo.args(["--locked", "--profile", "fuzz", "--target", &host]);
    cargo.current_dir(&context.root).env("CARGO_TARGET_DIR", folder);
    run::quiet(cargo.env("RUSTFLAGS", INSTRUMENT.join(" ")))?;
    step.done();
    Ok(folder.join(host).join("fuzz").join(BINARY))
}

fn host() -> Result<String> {
    let version = run::stdout(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not name its host")?.to_owned())
}

/// From what libFuzzer says at the end, and in its lines of progress.
fn figures(said: &str) -> Figures {
    let number = |text: &str| text.trim().parse().ok();
    let stat = |name: &str| {
        let prefix = format!("stat::{name}:");
        said.lines().find_map(|line| number(line.strip_prefix(&prefix)?)).unwrap_or(0)
    };
    let covered = |line: &str| number(line.split_once("cov: ")?.1.split(' ').next()?);
    Figures {
        executions: stat("number_of_executed_units"),
        a_second: stat("average_exec_per_sec"),
        coverage: said.lines().rev().find_map(covered).unwrap_or(0),
    }
}

fn failed(reader: &str, output: &Output, said: &str, found: &Path) -> anyhow::Error {
    let panic = said.lines().skip_while(|line| !line.contains("panicked at"));
    let mut told: String = panic.take(6).fold(String::new(), |mut told, line| {
        let _ = writeln!(told, "    {line}");
        told
    });
    if told.is_empty() {
        said.lines().rev().take(6).for_each(|line| told = format!("    {line}\n{told}"));
    }
    let unit = said
        .lines()
        .find_map(|line| line.split_once("Test unit written to "))
        .map(|(_, path)| path);
    if let Some(bytes) = unit.and_then(|path| fs::read(path).ok()) {
        let hex: String = bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let kept = found.with_file_name(format!("{reader}.hex"));
        if fs::write(&kept, hex + "\n").is_ok() {
            let _ = write!(
                told,
                "the input is {}; mend the reader, then move it below tests/parsers/regressions/{reader}, where \
                 every test run tries it",
                kept.display()
            );
        }
    }
    anyhow::anyhow!("{reader} failed ({})\n{told}", output.status)
}

#[cfg(test)]
mod tests {
    use super::{Figures, figures};

    #[test]
    fn what_libfuzzer_says_is_counted() {
        let said = "#2\tINITED cov: 10 ft: 12 corp: 1/1b exec/s: 0 rss: 30Mb\n\
                    #9\tDONE   cov: 44 ft: 90 corp: 5/6b lim: 4 exec/s: 9 rss: 30Mb\n\
                    Done 9 runs in 1 second(s)\n\
                    stat::number_of_executed_units: 9\nstat::average_exec_per_sec:     8\n";
        assert_eq!(figures(said), Figures { executions: 9, a_second: 8, coverage: 44 });
        assert_eq!(figures(""), Figures::default());
    }
}
