//! The formats that others rely on: signed messages, the Ed25519 instruction, mints.

mod addresses;
mod attestation;
mod ed25519;
mod hashes;
mod mint;
mod reasons;
mod returns;
mod security_txt;

use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name)
}
