//! No error without a test: every variant is asserted somewhere in this folder.

use std::{fs, path::Path};

#[test]
fn every_error_is_asserted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let idl = fs::read_to_string(root.join("../../app/idl/collateral.json"))
        .expect("app/idl/collateral.json: make it with `cargo xtask build`");
    let idl: serde_json::Value = serde_json::from_str(&idl).unwrap();
    let names: Vec<_> =
        idl["errors"].as_array().unwrap().iter().map(|e| e["name"].as_str().unwrap()).collect();

    let tests: String = fs::read_dir(root.join("tests/collateral"))
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let missing: Vec<_> =
        names.iter().filter(|name| !tests.contains(&format!("CollateralError::{name}"))).collect();
    assert!(!names.is_empty() && missing.is_empty(), "no test asserts {missing:?}");
}
