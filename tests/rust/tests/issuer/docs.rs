//! `programs/issuer/README.md` names everything there is, and every test that it names is there.

use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn readme() -> String {
    read("programs/issuer/README.md")
}

fn idl() -> Value {
    serde_json::from_str(&read("app/idl/issuer.json")).unwrap()
}

/// What the README does not say in backticks.
fn missing<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let readme = readme();
    names.filter(|name| !readme.contains(&format!("`{name}`"))).collect()
}

#[test]
fn the_readme_names_every_account_instruction_and_event() {
    let idl = idl();
    for kind in ["accounts", "instructions", "events"] {
        let named = idl[kind].as_array().unwrap();
        assert!(named.len() > 10);
        let missing = missing(named.iter().map(|item| item["name"].as_str().unwrap()));
        assert!(missing.is_empty(), "{kind} that the README lacks: {missing:?}");
    }
}

#[test]
fn the_readme_gives_every_error_as_it_is() {
    let (idl, readme) = (idl(), readme());
    for error in idl["errors"].as_array().unwrap() {
        let (code, name) = (&error["code"], error["name"].as_str().unwrap());
        let row = format!("| {code} | `{name}` | {} |", error["msg"].as_str().unwrap());
        assert!(readme.contains(&row), "the README lacks {row}");
    }
}

#[test]
fn every_test_that_an_invariant_names_is_there() {
    let readme = readme();
    let (_, invariants) = readme.split_once("## Invariants").unwrap();
    let table: BTreeSet<_> =
        invariants.lines().filter(|line| line.starts_with("| ") && line.contains('`')).collect();
    assert_eq!(table.len(), 17);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/issuer");
    let tests: String = fs::read_dir(folder)
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    for row in table {
        let (_, guards) = row.trim_end_matches([' ', '|']).rsplit_once('|').unwrap();
        for name in guards.split('`').skip(1).step_by(2) {
            assert!(tests.contains(&format!("fn {name}(")), "there is no test {name}");
        }
    }
}
