//! Files that the tests of Rust and TypeScript read both. They are made here, from what the programs do.

use scrip_client::catalog::Program;
use scrip_stream::Stream;
use serde_json::{Value, json};
use solana_pubkey::Pubkey;

// The client's tests read the files by the same rule.
#[path = "../../../app/client/tests/golden/plain.rs"]
mod plain;
pub use plain::plain;

// Those that need no program are made by the interface's own tests.
#[path = "../../../programs/interface/tests/formats/golden.rs"]
mod files;
pub use files::{check, file};

/// All events of a stream and where they lead, as the account keeps it.
pub fn stream(program: &Program, owner: &Pubkey, events: &[Vec<u8>], end: &Stream) -> Value {
    let told = events.iter().map(|bytes| {
        let entry = program.events.iter().find(|entry| bytes.starts_with(entry.discriminator));
        let entry = entry.expect("an event of the program");
        let body = &bytes[entry.discriminator.len()..];
        let value = (entry.value)(body).expect("an event that decodes");
        json!({ "name": entry.name, "bytes": hex::encode(bytes), "fields": plain(&value) })
    });
    json!({
        "program": program.name,
        "owner": owner.to_string(),
        "events": told.collect::<Vec<_>>(),
        "sequence": end.sequence.to_string(),
        "hash": hex::encode(end.hash),
    })
}
