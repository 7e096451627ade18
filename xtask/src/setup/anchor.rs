//! The Anchor command line, from the maintainers' npm package.

use super::{apt, sbpf};
use crate::{
    cache::{Cache, Key},
    run,
    versions::Versions,
};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

/// A link in the cache to the newest entry, for the launcher.
pub const CURRENT: &str = "anchor";

#[derive(Deserialize)]
struct Packed {
    filename: String,
    integrity: String,
}

pub fn install(cache: &Cache, versions: &Versions) -> Result<PathBuf> {
    let wanted = &versions.anchor;
    let key =
        Key::default().with("integrity", &wanted.integrity).with("llvm", &versions.llvm.version);
    let dir = cache.entry(
        &format!("anchor-{}", wanted.version),
        key,
        "10 seconds, 20 MB",
        |dir, _| {
            let package = format!("{}@{}", wanted.package, wanted.version);
            let packed = run::quiet(
                Command::new("npm").args(["pack", "--json", &package]).current_dir(dir),
            )?;
            let packed: Vec<Packed> =
                serde_json::from_str(&packed).context("npm pack did not say what it packed")?;
            let [packed] = &packed[..] else {
                bail!("npm pack made {} archives of one package", packed.len())
            };
            if packed.integrity != wanted.integrity {
                bail!(
                    "{package} is not the archive pinned in xtask/versions.toml: its hash is {}",
                    packed.integrity
                );
            }
            run::quiet(Command::new("tar").arg("-xzf").arg(&packed.filename).current_dir(dir))?;
            fs::remove_file(dir.join(&packed.filename))?;
            wrap(dir, cache, versions)
        },
    )?;
    point_to(&cache.path(CURRENT), &dir)?;
    Ok(dir.join("bin/anchor"))
}

/// Makes `bin/anchor`: the binary itself, or through a newer libc where the machine's is too old for it.
fn wrap(dir: &Path, cache: &Cache, versions: &Versions) -> Result<()> {
    let binary = dir.join("package/anchor");
    if !binary.exists() {
        bail!("the npm package has no `anchor` binary");
    }
    sbpf::write_script(
        &dir.join("bin/anchor"),
        "#!/bin/sh\nexec \"${0%/*}/../package/anchor\" \"$@\"\n",
    )?;
    if run::quiet(Command::new(dir.join("bin/anchor")).arg("--version")).is_ok() {
        return Ok(());
    }
    let libc = sbpf::llvm(cache, &versions.llvm)?;
    let script = format!(
        "#!/bin/sh\nlib=$(cd \"${{0%/*}}/../..\" && pwd)/{}/lib\n\
         exec \"$lib/{}\" --library-path \"$lib\" \"${{0%/*}}/../package/anchor\" \"$@\"\n",
        libc.file_name().unwrap_or_default().to_string_lossy(),
        apt::LOADER
    );
    sbpf::write_script(&dir.join("bin/anchor"), &script)?;
    run::quiet(Command::new(dir.join("bin/anchor")).arg("--version")).map(drop)
}

/// Replaces a link in one step, so that nobody sees it missing.
fn point_to(link: &Path, entry: &Path) -> Result<()> {
    let target = Path::new(entry.file_name().unwrap_or_default());
    if fs::read_link(link).is_ok_and(|old| old == target) {
        return Ok(());
    }
    let temporary = link.with_extension(format!("{}", std::process::id()));
    symlink(target, &temporary)?;
    Ok(fs::rename(&temporary, link)?)
}
