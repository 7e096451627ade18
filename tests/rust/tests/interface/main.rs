//! Formats that others rely on, against the programs' own types, real keys and Token-2022. What needs none of them is
//! tested in the interface's own crate.

mod attestation;
mod forged_events;
mod hashes;
mod mint;
mod returns;
mod security_txt;

use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name)
}
