//! Runs steps, and makes them up.

use super::{
    arena::Arena,
    attested::{Carrier, call::TickerAccounts},
    audit::{Audit, Sent},
    case::Step,
    compare, hostile,
    ops::{self, Operation},
    plan::{Plan, code_name, error_name},
    rng::Rng,
    tally::{AROUND_ACTIONS, LANDED, POSTED, SPOILED, Tally},
};
use crate::vm::Receipt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Instructions in one world: long enough for sets to expire and queues to grow.
pub const EPISODE: u64 = 1_000;
/// Of a hundred good instructions, so many are spoiled.
const SPOILED_PERCENT: u64 = 5;

pub struct Episode {
    arena: Arena,
    audit: Audit,
    pub tally: Tally,
}

/// What broke, and the steps that led there.
#[derive(Clone, Debug)]
pub struct Failure {
    pub steps: Vec<Step>,
    pub message: String,
}

impl Episode {
    pub fn new() -> Self {
        let arena = Arena::new();
        let audit = Audit::new(&arena);
        Self { arena, audit, tally: Tally::default() }
    }

    /// Takes one step. Says what came of it; `None`: there was nothing to do.
    pub fn step(&mut self, step: &Step) -> Result<Option<String>, String> {
        let mut rng = Rng::new(step.seed);
        let operation = ops::find(step.operation).ok_or("no such operation")?;
        if let Operation::Stage(act) = operation {
            act(&mut self.arena, &mut rng);
            self.audit.look_again(&self.arena);
            return Ok(Some(String::new()));
        }
        let Some(mut plan) = operation.plan(&self.arena, &mut rng) else { return Ok(None) };
        if plan.refusals.is_certain() && rng.percent(SPOILED_PERCENT) {
            hostile::spoil(&self.arena, &mut plan, &mut rng);
        }
        let name = plan.name;
        self.note_action_seconds(&plan);
        let spoiled = plan.spoiled.is_some();
        let outcome = self.send(plan).map_err(|error| format!("{name}: {error}"))?;
        compare::compare(&self.arena).map_err(|error| format!("after {name}: {error}"))?;
        self.tally.count(name, &outcome);
        if spoiled {
            self.tally.count(SPOILED, &outcome);
        }
        Ok(Some(format!("{name}: {outcome}")))
    }

    /// Sends it, and holds the outcome against what the model says.
    fn send(&mut self, mut plan: Plan) -> Result<String, String> {
        let outcome = self.arena.transact(&plan);
        let mut expected: Vec<_> =
            plan.refusals.codes.iter().map(|code| code_name(*code)).collect();
        expected.dedup();
        let taken = plan.taken.take();
        let signing = plan.call.accounts.iter().filter(|meta| meta.is_signer);
        let signers: Vec<_> = signing.map(|meta| meta.pubkey).collect();
        match outcome {
            Ok(receipt) if !plan.refusals.is_empty() => {
                let spoiled = plan.spoiled.unwrap_or_default();
                let (name, burned) = (plan.name, plan.burned);
                let sent =
                    Sent { name, receipt: Some(&receipt), taken: taken.as_ref(), burned, signers };
                let audit = self.audit.check(&self.arena, &sent).err();
                let audit = audit.map_or_else(String::new, |error| format!("; the audit: {error}"));
                Err(format!("it landed, and must be refused: {spoiled} {expected:?}{audit}"))
            }
            Ok(receipt) => {
                check_answer(&plan, &receipt)?;
                let (name, burned) = (plan.name, plan.burned);
                (plan.effect)(&mut self.arena.model, &receipt);
                self.arena.open_token_accounts();
                let sent =
                    Sent { name, receipt: Some(&receipt), taken: taken.as_ref(), burned, signers };
                self.audit.check(&self.arena, &sent)?;
                if taken.as_ref().is_some_and(|taken| taken.carrier != Carrier::Inline) {
                    self.tally.count(POSTED, LANDED);
                }
                self.remember(taken.map(|taken| taken.signed));
                Ok(LANDED.to_owned())
            }
            Err(failure) => {
                let name = error_name(&failure.error);
                let panicked = failure.logs.iter().any(|line| line.contains("panicked"));
                if panicked || !plan.refusals.allow(&failure.error) {
                    let allowed = match (plan.refusals.any, expected.is_empty()) {
                        (true, _) => "any error with a name".to_owned(),
                        (_, true) if plan.refusals.unsure.is_empty() => "it must land".to_owned(),
                        _ => format!("one of {expected:?}"),
                    };
                    let logs = failure.logs.join("\n  ");
                    return Err(format!("{name}, but the model says: {allowed}\n  {logs}"));
                }
                let sent =
                    Sent { name: plan.name, receipt: None, taken: None, burned: None, signers };
                self.audit.check(&self.arena, &sent)?;
                Ok(name)
            }
        }
    }

    /// Counts what is about a ticker next to a second of its corporate action.
    fn note_action_seconds(&mut self, plan: &Plan) {
        let now = self.arena.model.now;
        for (mint, of) in &self.arena.model.tickers {
            let ticker = TickerAccounts::of(mint).ticker;
            if plan.call.accounts.iter().all(|meta| meta.pubkey != ticker) {
                continue;
            }
            for offset in of.action_times().iter().map(|at| now - at).filter(|it| it.abs() <= 1) {
                self.tally.count(AROUND_ACTIONS, &offset.to_string());
            }
        }
    }

    fn remember(&mut self, signed: Option<super::attested::Signed>) {
        let Some(signed) = signed else { return };
        if self.arena.landed.len() >= 64 {
            self.arena.landed.remove(0);
        }
        self.arena.landed.push(signed);
    }
}

impl Default for Episode {
    fn default() -> Self {
        Self::new()
    }
}

/// A view's answer is the model's. Zeros at the end of return data may be left out.
fn check_answer(plan: &Plan, receipt: &Receipt) -> Result<(), String> {
    if let Some(judge) = &plan.judge {
        judge(receipt)?;
    }
    let Some(answer) = &plan.answer else { return Ok(()) };
    let trimmed = |bytes: &[u8]| {
        let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        bytes[..end].to_vec()
    };
    let data = &receipt.meta.return_data.data;
    if trimmed(data) == trimmed(answer) {
        return Ok(());
    }
    Err(format!("it answers {data:?}, the model {answer:?}"))
}

/// A panic, of the harness itself, is a failure like any other.
fn guarded<T>(act: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("the harness panicked: {}", text.unwrap_or_default()))
    })
}

/// Makes up an episode of about so many instructions.
pub fn explore(seed: u64, instructions: u64) -> (Tally, Result<(), Failure>) {
    let mut rng = Rng::new(seed);
    let mut episode = Episode::new();
    let mut steps = Vec::new();
    while episode.tally.instructions() < instructions {
        let step = Step { operation: ops::choose(&mut rng), seed: rng.word() };
        steps.push(step);
        match guarded(|| episode.step(&step)) {
            Ok(None) => drop(steps.pop()),
            Ok(Some(_)) => {}
            Err(message) => return (episode.tally, Err(Failure { steps, message })),
        }
    }
    (episode.tally, Ok(()))
}

/// Takes the steps one by one; `tell` hears what comes of each.
pub fn replay(steps: &[Step], mut tell: impl FnMut(&Step, &str)) -> Result<Tally, Failure> {
    let mut episode = Episode::new();
    for (place, step) in steps.iter().enumerate() {
        match guarded(|| episode.step(step)) {
            Ok(outcome) => tell(step, outcome.as_deref().unwrap_or("nothing to do")),
            Err(message) => return Err(Failure { steps: steps[..=place].to_vec(), message }),
        }
    }
    Ok(episode.tally)
}
