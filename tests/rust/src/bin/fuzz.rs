//! Explores the four programs at random until told to stop, or replays a case.
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
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, available_parallelism},
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
    threads: Option<usize>,
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
            "--threads" => options.threads = Some(value.parse()?),
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

/// What the threads share: which world comes next, and what came of all.
struct Search {
    seed: u64,
    next: AtomicU64,
    worlds: u64,
    deadline: Option<Instant>,
    tally: Mutex<Tally>,
    failed: Mutex<Option<(u64, Failure)>>,
}

fn search(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let started = Instant::now();
    let clock = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seed = match options.seed {
        Some(seed) => seed,
        None => clock()?.as_secs(),
    };
    let minutes = options.minutes.map(|minutes| Duration::from_secs(60 * minutes));
    let most = options.instructions.unwrap_or(if minutes.is_some() { u64::MAX } else { 20_000 });
    let threads = options.threads.unwrap_or_else(|| available_parallelism().map_or(1, Into::into));
    println!("seed {seed}, {threads} threads");
    known_cases()?;
    let search = Search {
        seed,
        next: AtomicU64::new(0),
        worlds: most.div_ceil(EPISODE),
        deadline: minutes.map(|minutes| started + minutes),
        tally: Mutex::default(),
        failed: Mutex::default(),
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| search.work(most))).collect();
        let mut told = Instant::now();
        while workers.iter().any(|worker| !worker.is_finished()) {
            thread::sleep(Duration::from_millis(50));
            if told.elapsed() >= REPORT_EVERY {
                told = Instant::now();
                println!("{}", progress(&search.tally(), started));
            }
        }
    });
    let tally = search.tally();
    let failed = search.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((world, failure)) = failed {
        println!("{tally}\n\nseed {seed}, world {world}:");
        return tell(failure, options);
    }
    println!("{tally}\n{} errors met: {}", tally.errors().len(), tally.errors().join(", "));
    let (tried, landed) = (tally.thefts(), tally.thefts_landed());
    println!("{tried} thefts and spoiled instructions tried, {landed} landed");
    println!("never landed: {:?}", tally.never_landed());
    println!("seed {seed}: {}; nothing is wrong", progress(&tally, started));
    Ok(ExitCode::SUCCESS)
}

impl Search {
    /// Worlds share nothing: whichever thread explores one, the same comes of it.
    fn work(&self, most: u64) {
        loop {
            let world = self.next.fetch_add(1, Ordering::Relaxed);
            let over = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
            if world >= self.worlds || over {
                return;
            }
            // Far apart, so that neighbouring seeds share no world.
            let seed = self.seed.wrapping_mul(1_000_003).wrapping_add(world);
            let left = most.saturating_sub(world.saturating_mul(EPISODE));
            let (part, result) = explore(seed, left.min(EPISODE));
            self.tally.lock().unwrap_or_else(PoisonError::into_inner).add(&part);
            if let Err(failure) = result {
                // No further worlds; those begun are explored to their end.
                self.next.store(self.worlds, Ordering::Relaxed);
                let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
                if failed.as_ref().is_none_or(|(first, _)| world < *first) {
                    *failed = Some((world, failure));
                }
                return;
            }
        }
    }

    fn tally(&self) -> Tally {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The committed cases first.
fn known_cases() -> Result<(), Box<dyn Error>> {
    let cases = case::committed()?;
    for (path, steps) in &cases {
        if let Err(failure) = replay(steps, |_, _| {}) {
            return Err(format!("{} fails: {}", path.display(), failure.message).into());
        }
    }
    println!("{} committed cases hold", cases.len());
    Ok(())
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
