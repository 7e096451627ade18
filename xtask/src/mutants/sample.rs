//! A seeded sample of all mutants of a program, judged by its tests. What is known is kept, so that a run goes on where
//! the last one ended.

use super::{
    MutantsArgs, PROGRAMS, cargo_mutants,
    operators::{self, Mutant},
    report::{self, Fate, Judged},
    scratch::{Built, Scratch, Tests},
};
use crate::{
    cache::{Key, files_below},
    setup::Context,
    step::elapsed,
};
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
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
            show(&mutants);
            continue;
        }
        if scratch.is_none() {
            scratch = Some(Scratch::prepare(context)?);
        }
        let scratch = scratch.as_ref().context("prepared just above")?;
        let mut results = Results::open(context, program)?;
        let mut judged = vec![];
        for (index, mutant) in mutants.iter().enumerate() {
            if let Some(known) = results.of(context, mutant)? {
                judged.push(known.clone());
                continue;
            }
            if enough.is_some_and(|enough| started.elapsed() > enough) {
                continue;
            }
            let began = Instant::now();
            let (fate, by) = judge(context, scratch, program, targets, mutant)?;
            println!(
                "[{program} {}/{}] {fate} ({}) {}:{}: {}",
                index + 1,
                mutants.len(),
                elapsed(began),
                mutant.file,
                mutant.line,
                mutant.what
            );
            let new = Judged { mutant: mutant.clone(), fate, by };
            results.add(context, new.clone())?;
            judged.push(new);
        }
        scratch.restore_programs()?;
        let sample = format!("Seed {}, {} mutants", args.seed, mutants.len());
        report::write(&context.root, program, &sample, &judged)?;
    }
    Ok(())
}

pub fn show(mutants: &[Mutant]) {
    for mutant in mutants {
        println!("{}:{}: {}", mutant.file, mutant.line, mutant.what);
    }
}

fn judge(
    context: &Context,
    scratch: &Scratch,
    program: &str,
    targets: &[&str],
    mutant: &Mutant,
) -> Result<(Fate, Option<String>)> {
    let source = fs::read_to_string(context.root.join(&mutant.file))?;
    let copy = scratch.tree.join(&mutant.file);
    fs::write(&copy, operators::apply(mutant, &source))?;
    let built = scratch.build(program);
    fs::write(&copy, source)?;
    match built? {
        Built::Unviable => Ok((Fate::Unviable, None)),
        Built::Same => Ok((Fate::Same, None)),
        Built::Program => {
            let by = killer(scratch, targets, mutant)?;
            Ok((if by.is_some() { Fate::Killed } else { Fate::Survived }, by))
        }
    }
}

/// The first test that fails. Tests are named like the files of the programs that they are about: those come first.
fn killer(scratch: &Scratch, targets: &[&str], mutant: &Mutant) -> Result<Option<String>> {
    let near = Path::new(&mutant.file).file_stem().unwrap_or_default().to_string_lossy();
    let first = targets.iter().take(1).map(|target| (target, Tests::Named(&near)));
    for (target, tests) in first.chain(targets.iter().map(|target| (target, Tests::All))) {
        if let Some(test) = scratch.first_failure(target, tests)? {
            return Ok(Some(format!("{target} {test}")));
        }
    }
    Ok(None)
}

/// Every mutant of a program: cargo-mutants' and our own.
fn all_of(context: &Context, program: &str) -> Result<Vec<Mutant>> {
    let folder = context.root.join("programs").join(program).join("src");
    let mut all = vec![];
    for path in files_below(&folder)? {
        let file = path.strip_prefix(&context.root)?.to_string_lossy().into_owned();
        all.extend(operators::of_file(&file, &fs::read_to_string(&path)?)?);
    }
    all.extend(cargo_mutants::list(context, program)?);
    all.sort_by(|a, b| (&a.file, a.range.start, &a.what).cmp(&(&b.file, b.range.start, &b.what)));
    Ok(all)
}

/// `count` of them: those whose hash with the seed is lowest. So a part of them is a sample too, and an edit of the
/// programs changes the sample only where it changes the mutants.
fn choose(all: Vec<Mutant>, count: usize, seed: u64) -> Vec<Mutant> {
    let mut times = BTreeMap::new();
    let mut ranked: Vec<(String, Mutant)> = vec![];
    for mutant in all {
        let time = times.entry((mutant.file.clone(), mutant.what.clone())).or_insert(0_u64);
        *time += 1;
        let key = Key::default().with("seed", seed.to_le_bytes()).with("time", time.to_le_bytes());
        let key = key.with("file", &mutant.file).with("what", &mutant.what);
        ranked.push((key.hex(), mutant));
    }
    ranked.sort_by(|a, b| a.0.cmp(&b.0));
    ranked.into_iter().take(count).map(|(_, mutant)| mutant).collect()
}

/// What is known of a program's mutants, a line each: what became of one holds while its file is as it was, that it
/// survived only while the tests are.
struct Results {
    file: PathBuf,
    tests: String,
    known: Vec<Known>,
}

#[derive(Serialize, Deserialize)]
struct Known {
    judged: Judged,
    /// Hashes of the mutant's file and of the tests.
    source: String,
    tests: String,
}

impl Results {
    fn open(context: &Context, program: &str) -> Result<Self> {
        let tests = Key::default().with_dir(&context.root.join("tests/rust"))?.hex();
        let folder = context.root.join("target/mutants/results");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{program}.jsonl"));
        let text = fs::read_to_string(&file).unwrap_or_default();
        // A line that a kill cut short is judged again.
        let known = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        Ok(Self { file, tests, known })
    }

    fn of(&self, context: &Context, mutant: &Mutant) -> Result<Option<&Judged>> {
        let source = source_key(context, mutant)?;
        let holds = |known: &&Known| {
            known.judged.mutant == *mutant
                && known.source == source
                && (known.judged.fate != Fate::Survived || known.tests == self.tests)
        };
        Ok(self.known.iter().find(holds).map(|known| &known.judged))
    }

    fn add(&mut self, context: &Context, judged: Judged) -> Result<()> {
        let source = source_key(context, &judged.mutant)?;
        let known = Known { judged, source, tests: self.tests.clone() };
        let mut file = OpenOptions::new().create(true).append(true).open(&self.file)?;
        writeln!(file, "{}", serde_json::to_string(&known)?)?;
        self.known.push(known);
        Ok(())
    }
}

fn source_key(context: &Context, mutant: &Mutant) -> Result<String> {
    Ok(Key::default().with("source", fs::read(context.root.join(&mutant.file))?).hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutant(line: usize) -> Mutant {
        Mutant {
            file: "f".into(),
            line,
            what: format!("w{}", line / 2),
            range: 0..1,
            replacement: String::new(),
        }
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

    #[test]
    fn a_mutant_more_takes_at_most_one_place_in_the_sample() {
        let ten = choose((0..50).map(mutant).collect(), 10, 7);
        for more in 50..80 {
            let other = choose((0..50).chain([2 * more]).map(mutant).collect(), 10, 7);
            assert!(ten.iter().filter(|mutant| !other.contains(mutant)).count() <= 1);
        }
    }
}
