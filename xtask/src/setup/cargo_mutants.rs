//! cargo-mutants, which finds most of what can be mutated: compiled once per version into the cache.

use crate::{
    cache::{Cache, Key},
    run,
    versions::Versions,
};
use anyhow::Result;
use std::path::PathBuf;

pub fn install(cache: &Cache, versions: &Versions) -> Result<PathBuf> {
    let version = &versions.cargo_mutants.version;
    let key = Key::default().with("version", version);
    let dir = cache.entry(&format!("cargo-mutants-{version}"), key, "3 minutes", |dir, _| {
        let mut cargo = run::host_cargo();
        cargo
            .args(["install", "cargo-mutants", "--locked", "--version", version, "--root"])
            .arg(dir);
        run::quiet(&mut cargo).map(drop)
    })?;
    Ok(dir.join("bin/cargo-mutants"))
}
