//! Progress lines: what happens, how long it usually takes, how long it took. On stderr; stdout belongs to results.

use std::time::Instant;

pub struct Step {
    what: String,
    started: Instant,
}

impl Step {
    pub fn start(what: &str, usually: &str) -> Self {
        eprintln!("==> {what} (usually {usually})");
        Self { what: what.to_owned(), started: Instant::now() }
    }

    /// A line about a part of the step.
    pub fn note(&mut self, text: &str) {
        eprintln!("    {text}");
    }

    pub fn done(self) {
        let what = self.what.split(" (").next().unwrap_or_default();
        eprintln!("    done: {what}, {}", elapsed(self.started));
    }
}

pub fn elapsed(since: Instant) -> String {
    let seconds = since.elapsed().as_secs_f32();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{:.0} min {:.0} s", (seconds / 60.0).floor(), seconds % 60.0)
    }
}
