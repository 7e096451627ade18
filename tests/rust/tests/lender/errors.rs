//! No error without a test: every variant is asserted somewhere in this folder.

use std::{fs, path::Path};

#[test]
fn every_error_is_asserted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(root.join("../../programs/lender/src/error.rs")).unwrap();
    let (_, list) = source.split_once("pub enum LenderError {").unwrap();
    let (list, _) = list.split_once('}').unwrap();
    let names: Vec<_> = list
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .map(|line| line.split([' ', ',']).next().unwrap())
        .collect();
    let tests: String = fs::read_dir(root.join("tests/lender"))
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let missing: Vec<_> =
        names.iter().filter(|name| !tests.contains(&format!("LenderError::{name}"))).collect();
    assert_eq!(names.len(), lender::error::LenderError::SeizedTooLittle as usize - 8_000 + 1);
    assert!(missing.is_empty(), "no test asserts {missing:?}");
}
