//! Where valid inputs come from: the files that the other tests have as well.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// A fixture of `tests/fixtures`.
pub fn fixture(name: &str) -> Value {
    let path = path("../fixtures").join(name);
    let text = fs::read_to_string(&path).expect("a fixture can be read");
    serde_json::from_str(&text).expect("a fixture is JSON")
}

pub fn from_base64(value: &Value) -> Vec<u8> {
    BASE64_STANDARD.decode(value.as_str().expect("base64 text")).expect("base64")
}

pub fn from_hex(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().expect("hex text")).expect("hex")
}

/// An account as the first layout has it.
pub fn first_layout(name: &str) -> Vec<u8> {
    from_base64(&fixture("layout_v1.json")[name]["data"])
}

/// Inputs are kept as a line of hex.
pub fn regressions(reader: &str) -> Vec<Vec<u8>> {
    let Ok(files) = fs::read_dir(path("regressions").join(reader)) else { return vec![] };
    let mut paths: Vec<_> = files.map(|file| file.expect("it can be read").path()).collect();
    paths.sort();
    let read = |path: PathBuf| fs::read_to_string(path).expect("an input can be read");
    paths.into_iter().map(read).map(|text| hex::decode(text.trim()).expect("hex")).collect()
}
