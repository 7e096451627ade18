//! `programs/gate/README.md` names everything there is, and every test that it names is there.

use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn readme() -> String {
    read("programs/gate/README.md")
}

fn idl() -> Value {
    serde_json::from_str(&read("app/idl/gate.json")).unwrap()
}

#[test]
fn the_readme_names_every_account_instruction_and_event() {
    let (idl, readme) = (idl(), readme());
    for kind in ["accounts", "instructions", "events"] {
        let named = idl[kind].as_array().unwrap().iter();
        let names: Vec<_> = named.map(|item| item["name"].as_str().unwrap()).collect();
        assert!(names.len() >= 4);
        let missing: Vec<_> =
            names.iter().filter(|name| !readme.contains(&format!("| `{name}`"))).collect();
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
    assert!(table.len() >= 7);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = fs::read_dir(folder.join("gate")).unwrap().map(|file| file.unwrap().path());
    let tests: String = files
        .chain([folder.join("matrix/main.rs")])
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    for row in table {
        let (_, guards) = row.trim_end_matches([' ', '|']).rsplit_once('|').unwrap();
        assert!(guards.contains('`'), "nothing guards {row}");
        for name in guards.split('`').skip(1).step_by(2) {
            assert!(tests.contains(&format!("fn {name}(")), "there is no test {name}");
        }
    }
}
