//! One reader's check under libFuzzer: `cargo xtask fuzz-parsers` compiles and runs it.
//!
//! `SCRIP_READER` names the reader, `SCRIP_CORPUS` the folder that its valid inputs are written to first.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scrip_parsers_test::Reader;
use std::{env, fs, path::PathBuf, sync::OnceLock};

static READER: OnceLock<&'static Reader> = OnceLock::new();

fn prepare() {
    let name = env::var("SCRIP_READER").expect("SCRIP_READER names a reader");
    let reader = Reader::named(&name).unwrap_or_else(|| panic!("there is no reader {name}"));
    let corpus = PathBuf::from(env::var_os("SCRIP_CORPUS").expect("SCRIP_CORPUS names a folder"));
    fs::create_dir_all(&corpus).expect("the folder can be made");
    let inputs = (reader.seeds)().into_iter().chain(reader.regressions());
    for (number, input) in inputs.enumerate() {
        fs::write(corpus.join(format!("seed-{number:03}")), input).expect("it can be written");
    }
    READER.set(reader).expect("once");
}

fuzz_target!(init: prepare(), |data: &[u8]| {
    (READER.get().expect("prepared").check)(data);
});
