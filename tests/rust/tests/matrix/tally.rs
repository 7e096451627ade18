//! Tries the cases, judges their ends, counts.

use crate::{
    case::{Case, cases},
    error::Names,
    kind::Kind,
    program::{Instruction, Program},
    rules::{Book, LANDS, Question},
    stage::Stage,
    valid,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    iter::Sum,
};

#[derive(Default)]
pub struct Tally {
    by_program: BTreeMap<&'static str, Counts>,
    by_variant: BTreeMap<String, Counts>,
    errors: BTreeSet<String>,
    /// What nothing was tried of, and should have been.
    pub holes: Vec<String>,
    /// Cases that ended otherwise, as rows.
    wrong: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    instructions: usize,
    forms: usize,
    accounts: usize,
    cases: usize,
    exceptions: usize,
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |one, other| Self {
            instructions: one.instructions + other.instructions,
            forms: one.forms + other.forms,
            accounts: one.accounts + other.accounts,
            cases: one.cases + other.cases,
            exceptions: one.exceptions + other.exceptions,
        })
    }
}

impl Tally {
    /// Every case of every valid form of an instruction.
    pub fn instruction(&mut self, program: &Program, instruction: &Instruction, book: &Book) {
        let name = &instruction.name;
        let forms = valid::forms(program.name, name);
        if forms.is_empty() {
            self.holes.push(format!("{} {name} has no form in `valid`", program.name));
        }
        let names = Names::new(program);
        let mut given = BTreeSet::new();
        for (form, make) in &forms {
            match Stage::new(program, instruction, form, make()) {
                Ok(stage) => self.form(&stage, &names, book, &mut given),
                Err(why) => self.holes.push(why),
            }
        }
        let missed = instruction.accounts.iter().filter(|account| !given.contains(&account.name));
        self.holes
            .extend(missed.map(|account| format!("no form of {name} gives {}", account.name)));
        let counts = self.by_program.entry(program.name).or_default();
        counts.instructions += 1;
        counts.forms += forms.len();
        counts.accounts += given.len();
    }

    fn form(&mut self, stage: &Stage, names: &Names, book: &Book, given: &mut BTreeSet<String>) {
        let cases = cases(stage);
        self.holes.extend(cases.holes.into_iter().map(|hole| format!("{}: {hole}", stage.name)));
        for (number, place) in stage.places.iter().enumerate() {
            if place.kind != Kind::Nothing {
                given.insert(place.name.clone());
                if cases.all.iter().all(|case| case.place != number) {
                    self.holes.push(format!("{}: nothing is tried of {}", stage.name, place.name));
                }
            }
        }
        for case in &cases.all {
            self.case(stage, case, names, book);
        }
    }

    fn case(&mut self, stage: &Stage, case: &Case, names: &Names, book: &Book) {
        let (program, place) = (stage.program.name, &stage.places[case.place]);
        let kind = place.kind.to_string();
        let group = if matches!(place.kind, Kind::Record(_)) { "Record" } else { &*kind };
        let question = Question {
            program,
            form: stage.name,
            instruction: &stage.instruction.name,
            account: &place.name,
            kinds: [&kind, group],
            variant: &case.variant,
        };
        let expected = book.expected(&question).unwrap_or("no row");
        let found = stage.end(case, names);
        if found != expected {
            let Question { form, account, variant, .. } = question;
            self.wrong.push(format!(
                "{program} {form} {account} {kind} {variant} {found} # not {expected}"
            ));
        }
        let variant = case.variant.split(':').next().expect("a word").to_owned();
        let program = self.by_program.entry(program).or_default();
        for counts in [program, self.by_variant.entry(variant).or_default()] {
            counts.cases += 1;
            counts.exceptions += usize::from(expected == LANDS);
        }
        self.errors.insert(found);
    }

    pub fn and(mut self, other: Self) -> Self {
        for (program, counts) in other.by_program {
            let own = self.by_program.entry(program).or_default();
            *own = [*own, counts].into_iter().sum();
        }
        for (variant, counts) in other.by_variant {
            let own = self.by_variant.entry(variant).or_default();
            *own = [*own, counts].into_iter().sum();
        }
        self.errors.extend(other.errors);
        self.holes.extend(other.holes);
        self.wrong.extend(other.wrong);
        self
    }

    /// Not by `println!`: the test runner would keep it to itself.
    pub fn print(&self) {
        let mut out = std::io::stdout().lock();
        let mut line = |line: String| writeln!(out, "{line}").expect("somebody reads it");
        let say = |name: &str, counts: &Counts| {
            let Counts { instructions, forms, accounts, cases, exceptions } = counts;
            format!(
                "matrix: {name}: {instructions} instructions in {forms} forms, {accounts} accounts, \
                 {cases} cases of which {exceptions} are exceptions"
            )
        };
        line(String::new());
        for (program, counts) in &self.by_program {
            line(say(program, counts));
        }
        line(say("all", &self.by_program.values().copied().sum()));
        let variants = self.by_variant.iter().map(|(variant, counts)| match counts.exceptions {
            0 => format!("{variant} {}", counts.cases),
            exceptions => format!("{variant} {} ({exceptions})", counts.cases),
        });
        line(format!("matrix: by variant: {}", variants.collect::<Vec<_>>().join(", ")));
        let errors = self.errors.iter().filter(|error| *error != LANDS).count();
        line(format!("matrix: {errors} different errors"));
    }

    /// No hole, no other end, no row that decides nothing.
    pub fn check(mut self, unused: Vec<&str>) {
        self.wrong.sort();
        let Self { holes, wrong, .. } = &self;
        assert!(
            holes.is_empty() && wrong.is_empty() && unused.is_empty(),
            "{} holes:\n{}\n{} cases end otherwise:\n{}\n{} rows decide nothing:\n{}",
            holes.len(),
            holes.join("\n"),
            wrong.len(),
            wrong.join("\n"),
            unused.len(),
            unused.join("\n"),
        );
    }
}
