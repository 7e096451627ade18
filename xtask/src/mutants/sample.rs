//! A seeded sample of all mutants of a program, judged by its tests. What is known is kept, so that a run goes on where
//! the last one ended.

use super::{
    MutantsArgs, PROGRAMS,
    operators::{self, Mutant},
    report::{self, Fate, Judged},
    scratch::{Built, Scratch},
};
use crate::{
    cache::{Key, files_below},
    run,
    setup::{Context, cargo_mutants},
    step::elapsed,
};
use anyhow::{Context as _, Result};
use serde::Deserialize;
use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

pub fn run(context: &Context, args: &MutantsArgs) -> Result<()> {
    let started = Instant::now();
    let enough = args.minutes.map(|minutes| Duration::from_secs(60 * minutes));
    let chosen = PROGRAMS
        .iter()
        .filter(|(name, _)| args.program.as_deref().is_none_or(|wanted| wanted == *name));
    let mut scratch = None;
    for (program, targets) in chosen {
        let mutants = choose(all_of(context, program)?, args.count, args.seed);
        if args.list {
            for mutant in &mutants {
                println!("{}:{}: {}", mutant.file, mutant.line, mutant.what);
            }
            continue;
        }
        if scratch.is_none() {
            scratch = Some(Scratch::prepare(context)?);
        }
        let scratch = scratch.as_ref().context("prepared just above")?;
        let mut results = Results::open(context, program)?;
        for (index, mutant) in mutants.iter().enumerate() {
            if results.of(mutant).is_some() {
                continue;
            }
            if enough.is_some_and(|enough| started.elapsed() > enough) {
                break;
            }
            let began = Instant::now();
            let judged = judge(context, scratch, program, targets, mutant)?;
            println!(
                "[{program} {}/{}] {} ({}) {}:{}: {}",
                index + 1,
                mutants.len(),
                judged.fate,
                elapsed(began),
                mutant.file,
                mutant.line,
                mutant.what
            );
            results.add(judged)?;
        }
        scratch.restore_programs()?;
        let judged: Vec<Judged> =
            mutants.iter().filter_map(|mutant| results.of(mutant).cloned()).collect();
        report::write(&context.root, program, args.seed, mutants.len(), &judged)?;
    }
    Ok(())
}

fn judge(
    context: &Context,
    scratch: &Scratch,
    program: &str,
    targets: &[&str],
    mutant: &Mutant,
) -> Result<Judged> {
    let source = fs::read_to_string(context.root.join(&mutant.file))?;
    let copy = scratch.tree.join(&mutant.file);
    fs::write(&copy, operators::apply(mutant, &source))?;
    let built = scratch.build(program);
    fs::write(&copy, source)?;
    let (fate, by) = match built? {
        Built::Unviable => (Fate::Unviable, None),
        Built::Same => (Fate::Same, None),
        Built::Program => {
            let mut by = None;
            for target in targets {
                let failed = scratch.failures(target, None)?;
                if let Some(test) = failed.first() {
                    by = Some(format!("{target} {test}"));
                    break;
                }
            }
            (if by.is_some() { Fate::Killed } else { Fate::Survived }, by)
        }
    };
    Ok(Judged { mutant: mutant.clone(), fate, by })
}

/// Every mutant of a program: cargo-mutants' and our own.
fn all_of(context: &Context, program: &str) -> Result<Vec<Mutant>> {
    let folder = context.root.join("programs").join(program).join("src");
    let mut all = vec![];
    for path in files_below(&folder)? {
        let file = path.strip_prefix(&context.root)?.to_string_lossy().into_owned();
        all.extend(operators::of_file(&file, &fs::read_to_string(&path)?)?);
    }
    all.extend(of_cargo_mutants(context, program)?);
    all.sort_by(|a, b| (&a.file, a.range.start, &a.what).cmp(&(&b.file, b.range.start, &b.what)));
    Ok(all)
}

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

fn of_cargo_mutants(context: &Context, program: &str) -> Result<Vec<Mutant>> {
    let mut list = Command::new(cargo_mutants::install(&context.cache, &context.versions)?);
    list.args(["mutants", "--list", "--json", "--package", program]).current_dir(&context.root);
    let listed: Vec<Listed> = serde_json::from_str(&run::stdout(&mut list)?)
        .context("cargo-mutants listed something unexpected")?;
    listed.into_iter().map(|listed| converted(&context.root, listed)).collect()
}

fn converted(root: &Path, listed: Listed) -> Result<Mutant> {
    let source = fs::read_to_string(root.join(&listed.file))?;
    let at = |place: &Place| -> usize {
        let before: usize = source.split_inclusive('\n').take(place.line - 1).map(str::len).sum();
        before + source[before..].chars().take(place.column - 1).map(char::len_utf8).sum::<usize>()
    };
    // The name begins with file, line and column.
    let what = listed.name.split_once(": ").map_or(&*listed.name, |(_, what)| what).to_owned();
    let range = at(&listed.span.start)..at(&listed.span.end);
    Ok(Mutant {
        file: listed.file,
        line: listed.span.start.line,
        what,
        range,
        replacement: listed.replacement,
    })
}

/// `count` of them, the same for a seed, in a random order, so that a part of them is a sample too.
fn choose(mut all: Vec<Mutant>, count: usize, seed: u64) -> Vec<Mutant> {
    let mut state = seed;
    for last in (1..all.len()).rev() {
        all.swap(last, (next(&mut state) % (last as u64 + 1)) as usize);
    }
    all.truncate(count);
    all
}

/// SplitMix64. Source: prng.di.unimi.it/splitmix64.c, public domain.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// What is known of a program's mutants: a file per state of its sources, a line each.
struct Results {
    file: PathBuf,
    judged: Vec<Judged>,
}

impl Results {
    fn open(context: &Context, program: &str) -> Result<Self> {
        let mut key = Key::default();
        for folder in ["programs", "tests/rust"] {
            key = key.with_dir(&context.root.join(folder))?;
        }
        let folder = context.root.join("target/mutants/results");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{program}-{}.jsonl", key.hex()));
        let text = fs::read_to_string(&file).unwrap_or_default();
        // A line that a kill cut short is judged again.
        let judged = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        Ok(Self { file, judged })
    }

    fn of(&self, mutant: &Mutant) -> Option<&Judged> {
        self.judged.iter().find(|judged| judged.mutant == *mutant)
    }

    fn add(&mut self, judged: Judged) -> Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.file)?;
        writeln!(file, "{}", serde_json::to_string(&judged)?)?;
        self.judged.push(judged);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutant(line: usize) -> Mutant {
        Mutant { file: "f".into(), line, what: "w".into(), range: 0..1, replacement: String::new() }
    }

    #[test]
    fn a_seed_chooses_the_same_mutants_and_fewer_are_the_first_of_them() {
        let all = || (0..50).map(mutant).collect::<Vec<_>>();
        let ten = choose(all(), 10, 7);
        assert_eq!(ten, choose(all(), 10, 7));
        assert_eq!(ten[..4], choose(all(), 4, 7)[..]);
        assert_ne!(ten, choose(all(), 10, 8));
        assert_eq!(choose(all(), 100, 7).len(), 50);
    }
}
