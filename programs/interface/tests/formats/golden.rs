//! Files that the tests of Rust and TypeScript read both. The tests of the programs make their parts of them with this
//! file, too.

use serde_json::{Map, Value};
use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Tests of one process make parts of the same file.
static FILES: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Of a fixture. Whoever includes this file is two folders below the repository, too.
fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(file)
}

/// As JSON.
pub fn file(name: &str) -> Value {
    let _alone = alone();
    let text = fs::read_to_string(path(name)).expect("the golden file can be read");
    serde_json::from_str(&text).expect("a golden file is JSON")
}

fn write(path: &Path, value: &Value) {
    let text = serde_json::to_string_pretty(value).expect("values are JSON");
    fs::write(path, text + "\n").expect("the golden file can be written");
}

/// Holds a part of a file against what was made just now. With `SCRIP_RENEW_GOLDEN` set it is
/// written first.
#[track_caller]
pub fn check(file: &str, part: &str, made: Value) {
    let _alone = alone();
    let path = path(file);
    let read = || fs::read_to_string(&path).unwrap_or_else(|_| "{}".into());
    let mut whole: Map<String, Value> =
        serde_json::from_str(&read()).expect("a golden file is JSON");
    if env::var_os("SCRIP_RENEW_GOLDEN").is_some() {
        whole.insert(part.into(), made.clone());
        write(&path, &Value::Object(whole.clone()));
    }
    assert_eq!(whole.get(part), Some(&made), "{file}: {part}; SCRIP_RENEW_GOLDEN=1 renews it");
}
