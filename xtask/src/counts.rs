//! How many tests of each sort ran, from what the runners print.

use std::fmt;

/// Targets that neither load a program nor start a VM: the formats of `scrip-interface`, and the client's golden files.
const WITHOUT_VM: [&str; 2] = ["tests/formats/", "tests/golden/"];

#[derive(Default)]
pub struct Counts {
    /// Beside the code that they test.
    unit: u32,
    /// Against the programs as compiled for the chain.
    vm: u32,
    /// Random sequences of instructions, each test many of them.
    sequences: u32,
    matrix_cases: u32,
    /// Against a local validator: from TypeScript, and the command line.
    flow: u32,
    running: Running,
}

#[derive(Clone, Copy, Default)]
enum Running {
    #[default]
    Unit,
    Vm,
    Sequences,
    Flow,
}

impl Counts {
    /// A line of `cargo test`.
    pub fn cargo_line(&mut self, line: &str) {
        let line = line.trim();
        if let Some(target) = line.strip_prefix("Running ") {
            self.running = match target {
                _ if target.starts_with("unittests") => Running::Unit,
                _ if WITHOUT_VM.iter().any(|folder| target.starts_with(folder)) => Running::Unit,
                _ if target.contains("tests/fuzz/") => Running::Sequences,
                _ if target.contains("tests/validator/") => Running::Flow,
                _ => Running::Vm,
            };
        } else if line.starts_with("Doc-tests ") {
            self.running = Running::Unit;
        } else if let Some(passed) = number(line, "test result: ok. ", " passed") {
            *match self.running {
                Running::Unit => &mut self.unit,
                Running::Vm => &mut self.vm,
                Running::Sequences => &mut self.sequences,
                Running::Flow => &mut self.flow,
            } += passed;
        } else if line.starts_with("matrix: all: ") {
            self.matrix_cases = number(line, "accounts, ", " cases").unwrap_or_default();
        }
    }

    /// What Node's runner writes at the end, in the Test Anything Protocol.
    pub fn tap(&mut self, report: &str) {
        let passed = report.lines().find_map(|line| number(line, "# pass ", ""));
        self.flow += passed.unwrap_or_default();
    }
}

/// The number between two words.
fn number(line: &str, before: &str, after: &str) -> Option<u32> {
    let (_, rest) = line.split_once(before)?;
    let (digits, _) = if after.is_empty() { (rest, "") } else { rest.split_once(after)? };
    digits.trim().parse().ok()
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unit, vm, sequences, matrix_cases, flow, .. } = self;
        write!(
            f,
            "tests passed: {unit} unit, {vm} in the VM, {sequences} of random sequences, {flow} of the flow; \
             {matrix_cases} cases of the negative matrix"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn tests_are_counted_by_what_runs_them() {
        let mut counts = Counts::default();
        let said = "
     Running unittests src/lib.rs (target/debug/deps/scrip_math-1)
running 3 tests
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
     Running tests/formats/main.rs (target/debug/deps/formats-6)
running 80 tests
test result: ok. 80 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s
     Running tests/golden/main.rs (target/debug/deps/golden-7)
test result: ok. 6 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
     Running tests/issuer/main.rs (target/debug/deps/issuer-2)
test result: ok. 40 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 9.00s
     Running tests/fuzz/main.rs (target/debug/deps/fuzz-3)
test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.00s
     Running tests/matrix/main.rs (target/debug/deps/matrix-4)
matrix: gate: 26 instructions in 30 forms, 196 accounts, 1000 cases of which 9 are exceptions
matrix: all: 117 instructions in 150 forms, 900 accounts, 5678 cases of which 99 are exceptions
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.00s
     Running tests/validator/main.rs (target/debug/deps/validator-5)
test result: ok. 9 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.00s
   Doc-tests scrip_math
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        said.lines().for_each(|line| counts.cargo_line(line));
        counts.tap("1..2\n# tests 7\n# pass 6\n# fail 1\n");
        assert_eq!(
            counts.to_string(),
            "tests passed: 91 unit, 41 in the VM, 4 of random sequences, 15 of the flow; \
             5678 cases of the negative matrix"
        );
    }
}
