//! `versions.toml`: what setup installs, in one place.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Versions {
    pub rust: Packages,
    pub llvm: Packages,
    pub sbpf_linker: Pin,
    pub anchor: Npm,
    pub cargo_mutants: Pin,
    pub node: Minimum,
}

/// Debian packages, unpacked with everything they depend on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packages {
    pub version: String,
    /// The Debian suite; absent: the machine's own.
    pub suite: Option<String>,
    pub packages: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    pub version: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Npm {
    pub package: String,
    pub version: String,
    /// As in a package-lock.json: the registry cannot swap the archive under a pinned version.
    pub integrity: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    pub minimum: u32,
}

impl Versions {
    pub fn read(root: &Path) -> Result<Self> {
        let path = root.join("xtask/versions.toml");
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is not valid", path.display()))
    }
}
