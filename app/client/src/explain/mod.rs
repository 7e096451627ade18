//! Transactions in words: what each instruction was, on which accounts, with which arguments, and what
//! it published.

mod others;
mod words;

pub use words::{Field, fields};

use crate::{
    catalog::Program,
    events::{self, Event},
    programs::Programs,
    transaction::{Call, caller},
};
use solana_address::Address;

/// An instruction that ran.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Of the program: `issuer`, `Token-2022`, or its address.
    pub program: String,
    /// `attest_mint`; `unknown` for what nothing here can read.
    pub name: String,
    /// What it does: the first sentence of its documentation. Empty for other programs' instructions.
    pub summary: String,
    /// With their roles; those beyond have none.
    pub accounts: Vec<(Option<&'static str>, Address)>,
    pub arguments: Vec<Field>,
    /// 1 for the transaction's own, 2 for what they call, and so on.
    pub depth: u32,
    pub events: Vec<Published>,
}

/// An event in words.
#[derive(Clone, Debug)]
pub struct Published {
    pub name: &'static str,
    pub sequence: u64,
    /// Whose stream it is in.
    pub stream: Option<Address>,
    pub fields: Vec<Field>,
}

/// Every instruction in the order in which they ran. Calls that only publish an event are told as the
/// event of their caller.
pub fn explain(calls: &[Call], programs: &Programs) -> Vec<Explained> {
    let mut explained: Vec<(usize, Explained)> = Vec::new();
    for (index, call) in calls.iter().enumerate() {
        if let Some(event) = events::event_at(calls, index, programs) {
            let by = caller(calls, index);
            let publisher = explained.iter_mut().find(|(at, _)| Some(*at) == by);
            if let Some((_, publisher)) = publisher {
                publisher.events.push(published(&event));
                continue;
            }
        }
        explained.push((index, one(call, programs)));
    }
    explained.into_iter().map(|(_, explained)| explained).collect()
}

fn one(call: &Call, programs: &Programs) -> Explained {
    match call.scrip(programs) {
        Some(program) => ours(call, program),
        None => others::explain(call),
    }
}

fn ours(call: &Call, program: &'static Program) -> Explained {
    let mut explained = Explained {
        program: program.name.to_owned(),
        name: "unknown".into(),
        summary: String::new(),
        accounts: call.accounts.iter().map(|address| (None, *address)).collect(),
        arguments: vec![],
        depth: call.depth,
        events: vec![],
    };
    let Some((entry, args)) = program.instruction(&call.data) else { return explained };
    entry.name.clone_into(&mut explained.name);
    explained.summary = first_sentence(entry.docs);
    let mut roles = entry.accounts.iter();
    for (role, address) in &mut explained.accounts {
        let account = roles.next();
        *role = account.map(|account| account.name);
        // The program's own address stands for an account that was not given.
        if account.is_some_and(|account| account.optional) && *address == call.program {
            *role = None;
        }
    }
    explained.accounts.retain(|(role, address)| role.is_some() || *address != call.program);
    explained.arguments =
        (entry.args)(args).map(|value| fields(entry.name, &value)).unwrap_or_default();
    explained
}

fn published(event: &Event) -> Published {
    let fields = event.value().map(|value| fields(event.name(), &value)).unwrap_or_default();
    Published {
        name: event.name(),
        sequence: event.sequence,
        stream: event.stream(),
        // It is told apart.
        fields: fields.into_iter().filter(|field| field.name != "sequence").collect(),
    }
}

fn first_sentence(docs: &str) -> String {
    docs.split_once(". ").map_or_else(|| docs.to_owned(), |(first, _)| format!("{first}."))
}
