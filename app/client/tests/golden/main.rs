//! The files that the programs' own tests made, and that TypeScript reads as well.

mod addresses;
mod attestations;
mod events;
mod plain;
mod returns;

use plain::plain;
use serde_json::Value;
use std::{fs, path::Path};

fn fixture(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}
