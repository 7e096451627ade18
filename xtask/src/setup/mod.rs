//! `cargo xtask setup`: installs what this machine lacks, and only that. Every other verb asks here for the part it
//! needs.

pub mod anchor;
mod apt;
pub mod cargo_mutants;
pub mod launchers;
pub mod node;
pub mod sbpf;
pub mod validator;

use crate::{cache::Cache, run, versions::Versions};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Where things are, for every verb.
pub struct Context {
    /// The checkout.
    pub root: PathBuf,
    pub cache: Cache,
    pub versions: Versions,
}

/// What compiles programs.
pub enum Compiler {
    /// Solana's own `cargo-build-sbf`, found on PATH.
    Official(PathBuf),
    /// The toolchain put together from packages.
    Ours(sbpf::Toolchain),
}

impl Context {
    pub fn open() -> Result<Self> {
        // `cargo run` names the manifest; a binary started by itself knows where it was built.
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest).parent().unwrap_or(Path::new(".")).to_path_buf();
        let versions = Versions::read(&root)?;
        Ok(Self { root, cache: Cache::open()?, versions })
    }

    pub fn compiler(&self) -> Result<Compiler> {
        match run::find_on_path("cargo-build-sbf", |file| !launchers::is_ours(file)) {
            Some(official) => Ok(Compiler::Official(official)),
            None => Ok(Compiler::Ours(self.toolchain()?)),
        }
    }

    pub fn toolchain(&self) -> Result<sbpf::Toolchain> {
        sbpf::Toolchain::install(&self.root, &self.cache, &self.versions)
    }

    /// The `anchor` command.
    pub fn anchor(&self) -> Result<PathBuf> {
        anchor::install(&self.cache, &self.versions)
    }

    /// The local validator's binary.
    pub fn validator(&self) -> Result<PathBuf> {
        validator::install(&self.root, &self.cache)
    }

    /// Node.js and the locked npm packages.
    pub fn node_packages(&self) -> Result<()> {
        node::install(&self.root, self.versions.node.minimum)
    }
}

pub fn setup(context: &Context) -> Result<()> {
    match context.compiler()? {
        Compiler::Official(path) => eprintln!("programs: the official {}", path.display()),
        Compiler::Ours(toolchain) => {
            eprintln!("programs: the toolchain {} of the cache", toolchain.name())
        }
    }
    let anchor = context.anchor()?;
    eprintln!("anchor: {}", anchor.display());
    launchers::install()?;
    context.node_packages()?;
    let validator = context.validator()?;
    eprintln!("validator: {}", validator.display());
    eprintln!("ready: `cargo xtask demo` shows it at work, `cargo xtask test` tests it");
    Ok(())
}
