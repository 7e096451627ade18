//! Leaves steps out while what is left still fails: delta debugging, from halves down to single
//! steps.

use super::{
    case::Step,
    run::{Failure, replay},
};
use std::time::{Duration, Instant};

/// The smallest failing case that is found in this time.
pub fn shrink(failure: &Failure, patience: Duration) -> Failure {
    let mut smallest = failure.clone();
    let deadline = Instant::now() + patience;
    let mut fails = |steps: &[Step]| {
        let failed = (Instant::now() < deadline).then(|| replay(steps, |_, _| {}).err()).flatten();
        if let Some(failed) = &failed {
            smallest = failed.clone();
        }
        failed.map(|failed| failed.steps)
    };
    minimise(failure.steps.clone(), &mut fails);
    smallest
}

/// `fails` gives the steps up to the failure, if there is one.
fn minimise<T: Clone>(mut steps: Vec<T>, fails: &mut impl FnMut(&[T]) -> Option<Vec<T>>) -> Vec<T> {
    let mut size = steps.len().div_ceil(2);
    while size > 0 {
        let mut from = 0;
        let before = steps.len();
        while from < steps.len() {
            let to = (from + size).min(steps.len());
            let rest = [&steps[..from], &steps[to..]].concat();
            match fails(&rest) {
                Some(shorter) => steps = shorter,
                None => from = to,
            }
        }
        // Single steps once more if that helped: one may have kept another alive.
        size = if size == 1 && steps.len() < before { 1 } else { size / 2 };
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::minimise;

    #[test]
    fn only_what_the_failure_needs_is_left() {
        let mut runs = 0;
        let mut fails = |steps: &[u32]| {
            runs += 1;
            let needed = [3, 70, 71];
            needed.iter().all(|step| steps.contains(step)).then(|| steps.to_vec())
        };
        assert_eq!(minimise((0..100).collect(), &mut fails), [3, 70, 71]);
        assert!(runs < 200, "{runs}");
    }
}
