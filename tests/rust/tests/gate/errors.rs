//! No error without a test: every variant of the IDL is asserted somewhere in this folder.

use std::{fs, path::Path};

#[test]
fn every_error_of_the_idl_is_asserted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let idl = fs::read_to_string(root.join("../../app/idl/gate.json"))
        .expect("app/idl/gate.json: make it with `cargo xtask build`");
    let idl: serde_json::Value = serde_json::from_str(&idl).unwrap();
    let names: Vec<_> =
        idl["errors"].as_array().unwrap().iter().map(|e| e["name"].as_str().unwrap()).collect();

    let tests: String = fs::read_dir(root.join("tests/gate"))
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let asserted = |name: &str| {
        let named = format!("GateError::{name}");
        tests.match_indices(&named).any(|(at, _)| {
            // Not only the beginning of a longer name.
            !tests[at + named.len()..].starts_with(|c: char| c.is_alphanumeric())
        })
    };
    let missing: Vec<_> = names.iter().filter(|name| !asserted(name)).collect();
    assert!(!names.is_empty() && missing.is_empty(), "no test asserts {missing:?}");
}
