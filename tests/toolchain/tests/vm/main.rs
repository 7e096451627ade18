//! Compares the program inside the VM with the same code on the host. See README.md.

mod machine;
mod operands;

use machine::{Machine, Outcome, host};
use operands::{Random, cases};
use scrip_toolchain_test::{Operation, operations};

/// Return data is at most 1,024 bytes.
const RESULTS_LIMIT: usize = 1_024;

/// From `SCRIP_TOOLCHAIN_SEED`; the default makes runs repeatable.
fn seed() -> u64 {
    number("SCRIP_TOOLCHAIN_SEED", 20_261_122)
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |text| {
        text.parse().unwrap_or_else(|_| panic!("{variable} must be a whole number, not {text:?}"))
    })
}

/// Cases an operation, and how many of them fit in one call: the heap is 32 KiB and never freed.
fn plan(group: &str) -> (usize, usize) {
    let (cases, batch) = match group {
        "memory" => (1_500, 2),
        "library" => (400, 3),
        "calls" => (800, 10),
        "panics" | "aborts" => (300, 20),
        _ => (2_000, 20),
    };
    // For a night of fuzzing.
    (cases * number("SCRIP_TOOLCHAIN_EFFORT", 1) as usize, batch)
}

/// Instruction data of an operation on some cases.
fn data(number: u16, cases: &[&Vec<u8>]) -> Vec<u8> {
    let mut data = number.to_le_bytes().to_vec();
    cases.iter().for_each(|case| data.extend_from_slice(case));
    data
}

fn show(operation: &Operation, mut case: &[u8]) -> String {
    let operands = operation.operands.iter().map(|kind| {
        let (operand, rest) = case.split_at(kind.size());
        case = rest;
        kind.show(operand)
    });
    format!("{} ({})", operation.name, operands.collect::<Vec<_>>().join(", "))
}

/// Cases where the VM and the host do not end alike.
struct Comparison<'a> {
    machine: &'a mut Machine,
    operation: &'a Operation,
    number: u16,
    /// Whether a panic's place and message count, or only that it happens.
    exact: bool,
    differences: Vec<String>,
}

impl Comparison<'_> {
    /// One case alone.
    fn single(&mut self, case: &Vec<u8>, expected: &Outcome) {
        let got = self.machine.run(&data(self.number, &[case]));
        let alike = match (&got, expected) {
            (Outcome::Panic(_), Outcome::Panic(_)) if !self.exact => true,
            _ => got == *expected,
        };
        if !alike {
            let case = show(self.operation, case);
            self.differences.push(format!("{case}\n    host {expected:x?}\n    VM   {got:x?}"));
        }
    }

    /// Cases that return, together; one by one when together they differ, to name the culprit.
    fn together(&mut self, cases: &[(&Vec<u8>, Vec<u8>)]) {
        let all: Vec<&Vec<u8>> = cases.iter().map(|(case, _)| *case).collect();
        let expected = cases.iter().flat_map(|(_, results)| results.clone()).collect();
        let before = self.differences.len();
        if self.machine.run(&data(self.number, &all)) != Outcome::Result(expected) {
            for (case, results) in cases {
                self.single(case, &Outcome::Result(results.clone()));
            }
            if self.differences.len() == before {
                self.differences
                    .push(format!("{}: only when called together: {all:?}", self.operation.name));
            }
        }
    }

    fn all(&mut self, cases: &[Vec<u8>], batch: usize) -> Counts {
        let (mut counts, mut pending, mut size) = (Counts::default(), vec![], 0);
        for case in cases {
            match host(&data(self.number, &[case])) {
                Outcome::Result(results) => {
                    if pending.len() == batch || size + results.len() > RESULTS_LIMIT {
                        self.together(&pending);
                        (pending, size) = (vec![], 0);
                    }
                    size += results.len();
                    pending.push((case, results));
                    counts.returned += 1;
                }
                panic @ Outcome::Panic(_) => {
                    self.single(case, &panic);
                    counts.panicked += 1;
                }
                Outcome::Failure(error) => panic!("{}: {error}", show(self.operation, case)),
            }
        }
        if !pending.is_empty() {
            self.together(&pending);
        }
        counts
    }
}

#[derive(Default)]
struct Counts {
    returned: usize,
    panicked: usize,
}

/// Compares a whole group and reports every operation that differs, with its first cases.
fn compare(group: &str) {
    let (seed, (cases_each, batch)) = (seed(), plan(group));
    let mut machine = Machine::new();
    let (mut total, mut reports) = (Counts::default(), vec![]);
    let numbered = operations::GROUPS
        .iter()
        .flat_map(|(name, operations)| operations.iter().map(move |operation| (*name, operation)));
    for (number, (_, operation)) in numbered.enumerate().filter(|(_, (name, _))| *name == group) {
        let cases = cases(operation.operands, cases_each, &mut Random::new(seed, operation.name));
        let mut comparison = Comparison {
            machine: &mut machine,
            operation,
            number: number as u16,
            exact: group != "aborts",
            differences: vec![],
        };
        let counts = comparison.all(&cases, batch);
        // An operation that is to panic on some operands must be seen to, and to return on others.
        assert!(counts.returned > 0, "{} never returned", operation.name);
        assert_eq!(
            counts.panicked > 0,
            matches!(group, "panics" | "aborts"),
            "{} panicked: {}",
            operation.name,
            counts.panicked
        );
        total.returned += counts.returned;
        total.panicked += counts.panicked;
        let differences = comparison.differences;
        if !differences.is_empty() {
            let first = differences[..differences.len().min(3)].join("\n  ");
            reports.push(format!(
                "{}: {} of {} cases\n  {first}",
                operation.name,
                differences.len(),
                cases.len()
            ));
        }
    }
    println!(
        "{group}: {} results and {} panics compared, seed {seed}",
        total.returned, total.panicked
    );
    assert!(total.returned > 0, "no such group: {group}");
    assert!(reports.is_empty(), "VM and host differ, seed {seed}:\n{}", reports.join("\n"));
}

macro_rules! groups {
    ($($group:ident)*) => {
        $(#[test]
        fn $group() {
            compare(stringify!($group));
        })*

        #[test]
        fn every_group_is_compared() {
            let tested = [$(stringify!($group)),*];
            let missing = operations::GROUPS.iter().find(|(name, _)| !tested.contains(name));
            assert!(missing.is_none(), "no test for the group {:?}", missing.map(|(name, _)| name));
        }
    };
}

groups! { table wide integers floats memory calls library panics aborts cost }

/// A program without a working entrypoint succeeds on anything: this one must refuse.
#[test]
fn garbage_is_refused() {
    use solana_instruction::error::InstructionError::InvalidInstructionData;
    let mut machine = Machine::new();
    let count = operations::all().count() as u16;
    let unknown = data(count, &[&vec![0; 32]]);
    let odd = data(1, &[&vec![0; 31]]);
    for garbage in [&[][..], &[0], &[1, 0], &[0xff; 40], &unknown, &odd] {
        let refusal = machine.call(garbage).map(|_| ()).map_err(|(error, _)| error);
        assert_eq!(refusal, Err(InvalidInstructionData), "{garbage:?}");
    }
}

/// Bounds of both sides: a bit-serial division takes some 2,000, and nothing divides in less than a few.
#[test]
fn divisions_are_cheap() {
    let mut machine = Machine::new();
    let costs = scrip_toolchain_test::cost::division_cu(|data| {
        machine.call(data).expect("the program runs").compute_units_consumed
    });
    println!("{costs:?}");
    assert!(costs.iter().all(|(_, units)| (10..200).contains(units)), "{costs:?}");
}
