//! Files that the tests of Rust and TypeScript read both. They are made here, from what the programs do.

use scrip_client::catalog::Program;
use scrip_stream::Stream;
use serde_json::{Map, Value, json};
use solana_pubkey::Pubkey;
use std::{
    fs,
    path::{Path, PathBuf},
};

// The client's tests read the files by the same rule.
#[path = "../../../app/client/tests/golden/plain.rs"]
mod plain;
pub use plain::plain;

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(file)
}

/// Holds a file against what was made just now. With `SCRIP_RENEW_GOLDEN` set it is written first.
#[track_caller]
pub fn check_file(file: &str, made: Value) {
    let path = path(file);
    if std::env::var_os("SCRIP_RENEW_GOLDEN").is_some() {
        write(&path, &made);
    }
    let text = fs::read_to_string(&path).expect("the golden file can be read");
    let read: Value = serde_json::from_str(&text).expect("a golden file is JSON");
    assert_eq!(read, made, "{file}; SCRIP_RENEW_GOLDEN=1 renews it");
}

fn write(path: &Path, value: &Value) {
    let text = serde_json::to_string_pretty(value).expect("values are JSON");
    fs::write(path, text + "\n").expect("the golden file can be written");
}

/// Holds a part of a file against what was made just now. With `SCRIP_RENEW_GOLDEN` set it is
/// written first.
#[track_caller]
pub fn check(file: &str, part: &str, made: Value) {
    let path = path(file);
    let read = || fs::read_to_string(&path).unwrap_or_else(|_| "{}".into());
    let mut whole: Map<String, Value> =
        serde_json::from_str(&read()).expect("a golden file is JSON");
    if std::env::var_os("SCRIP_RENEW_GOLDEN").is_some() {
        whole.insert(part.into(), made.clone());
        write(&path, &Value::Object(whole.clone()));
    }
    assert_eq!(whole.get(part), Some(&made), "{file}: {part}; SCRIP_RENEW_GOLDEN=1 renews it");
}

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
