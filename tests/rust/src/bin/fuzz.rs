//! Explores the issuer program at random until told to stop, or replays a case.
//! `cargo xtask fuzz --help` says how.

use scrip_tests::fuzz::{
    case,
    run::{EPISODE, Failure, explore, replay},
    shrink::shrink,
    tally::Tally,
};
use std::{
    error::Error,
    fs,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant, SystemTime},
};

/// Between two lines of progress.
const REPORT_EVERY: Duration = Duration::from_secs(10);
/// How long a failing case is made smaller.
const PATIENCE: Duration = Duration::from_secs(600);

#[derive(Default)]
struct Options {
    instructions: Option<u64>,
    minutes: Option<u64>,
    seed: Option<u64>,
    replay: Option<PathBuf>,
    /// Where a failing case is written.
    save: PathBuf,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let options = options()?;
    match &options.replay {
        Some(path) => show(&case::read(path)?),
        None => search(&options),
    }
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options { save: "fuzz-case.txt".into(), ..Options::default() };
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--instructions" => options.instructions = Some(value.parse()?),
            "--minutes" => options.minutes = Some(value.parse()?),
            "--seed" => options.seed = Some(value.parse()?),
            "--replay" => options.replay = Some(value.into()),
            "--save" => options.save = value.into(),
            _ => return Err(format!("there is no option {name}").into()),
        }
    }
    Ok(options)
}

fn show(steps: &[case::Step]) -> Result<ExitCode, Box<dyn Error>> {
    match replay(steps, |step, outcome| println!("{step}  ->  {outcome}")) {
        Ok(_) => {
            println!("{} steps, and nothing is wrong", steps.len());
            Ok(ExitCode::SUCCESS)
        }
        Err(failure) => {
            let last = failure.steps.last().map(ToString::to_string).unwrap_or_default();
            println!("{last}  ->  FAILED\n{}", failure.message);
            Ok(ExitCode::FAILURE)
        }
    }
}

fn search(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let started = Instant::now();
    let clock = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seed = match options.seed {
        Some(seed) => seed,
        None => clock()?.as_secs(),
    };
    let most =
        options.instructions.unwrap_or(if options.minutes.is_some() { u64::MAX } else { 20_000 });
    let minutes = options.minutes.map(|minutes| Duration::from_secs(60 * minutes));
    println!("seed {seed}");
    let (mut tally, mut told) = (Tally::default(), started);
    for episode in 0.. {
        let left = most.saturating_sub(tally.instructions());
        if left == 0 || minutes.is_some_and(|minutes| started.elapsed() >= minutes) {
            break;
        }
        // Far apart, so that neighbouring seeds share no episode.
        let episode_seed = seed.wrapping_mul(1_000_003).wrapping_add(episode);
        let (part, result) = explore(episode_seed, left.min(EPISODE));
        tally.add(&part);
        if let Err(failure) = result {
            println!("{tally}\n");
            println!(
                "seed {seed}, episode {episode}, after {} instructions:",
                tally.instructions()
            );
            return tell(failure, options);
        }
        if told.elapsed() >= REPORT_EVERY {
            told = Instant::now();
            println!("{}", progress(&tally, started));
        }
    }
    println!("{tally}\n{} errors met: {}", tally.errors().len(), tally.errors().join(", "));
    println!("seed {seed}: {}; nothing is wrong", progress(&tally, started));
    Ok(ExitCode::SUCCESS)
}

fn progress(tally: &Tally, started: Instant) -> String {
    let (all, seconds) = (tally.instructions(), started.elapsed().as_secs_f64());
    format!("{all} instructions in {seconds:.0} s ({:.0} a second)", all as f64 / seconds)
}

fn tell(failure: Failure, options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    println!("{}\n", failure.message);
    println!("shrinking {} steps, for at most {} s", failure.steps.len(), PATIENCE.as_secs());
    // A panic of the harness is a failure like any other: no need to tell it each time.
    std::panic::set_hook(Box::new(|_| {}));
    let smallest = shrink(&failure, PATIENCE);
    let text = case::to_text(&smallest.steps, smallest.message.lines().next().unwrap_or_default());
    fs::write(&options.save, &text)?;
    println!("{} steps are left:\n{text}\n{}\n", smallest.steps.len(), smallest.message);
    println!("saved as {}", options.save.display());
    println!("  replay:  cargo xtask fuzz --replay {}", options.save.display());
    println!(
        "  keep:    move it below tests/rust/fuzz-regressions, where every test run replays it"
    );
    Ok(ExitCode::FAILURE)
}
