//! `cargo-build-sbf` and `anchor` for whoever types them: tiny scripts beside `cargo`, only where no such command is on
//! PATH, so that `anchor build` works in a checkout as it does for everybody else.

use super::{anchor, sbpf};
use crate::run;
use anyhow::Result;
use nix::unistd::{AccessFlags, access};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// By this line setup recognises its own scripts, to replace them and never to take them for the official commands.
const MARKER: &str = "# a launcher of Scrip's `cargo xtask setup`";

fn build_sbf() -> String {
    format!(
        r#"#!/bin/sh
{MARKER}
[ "$1" != build-sbf ] || shift
if ! cargo xtask --version >/dev/null 2>&1; then
  echo "cargo-build-sbf: this one compiles inside a checkout of Scrip only; elsewhere install Solana's own" >&2
  exit 1
fi
exec cargo xtask build-sbf "$@"
"#
    )
}

fn anchor_script() -> String {
    format!(
        r#"#!/bin/sh
{MARKER}
anchor=${{SCRIP_CACHE:-${{XDG_CACHE_HOME:-$HOME/.cache}}/scrip}}/{link}/bin/anchor
if [ ! -x "$anchor" ]; then
  echo "anchor: $anchor is gone: run \`cargo xtask setup\` in a checkout of Scrip" >&2
  exit 1
fi
exec "$anchor" "$@"
"#,
        link = anchor::CURRENT,
    )
}

pub fn is_ours(file: &Path) -> bool {
    fs::read(file).is_ok_and(|bytes| {
        let head = &bytes[..bytes.len().min(256)];
        head.windows(MARKER.len()).any(|window| window == MARKER.as_bytes())
    })
}

/// Writes each launcher unless somebody else's command of that name is on PATH.
pub fn install() -> Result<()> {
    let Some(bin) = cargo_bin()? else {
        eprintln!(
            "note: no writable folder with `cargo` on PATH, so `cargo-build-sbf` and `anchor` have no launcher; cargo xtask works without"
        );
        return Ok(());
    };
    for (name, script) in [("cargo-build-sbf", build_sbf()), ("anchor", anchor_script())] {
        let file = bin.join(name);
        let taken = file.exists() && !is_ours(&file);
        if taken || run::find_on_path(name, |file| !is_ours(file)).is_some() {
            continue;
        }
        if fs::read_to_string(&file).is_ok_and(|text| text == script) {
            continue;
        }
        sbpf::write_script(&file, &script)?;
        eprintln!("launcher: {}", file.display());
    }
    Ok(())
}

/// The folder of the user's `cargo`, on PATH wherever Rust works, if it may be written to.
fn cargo_bin() -> Result<Option<PathBuf>> {
    let on_path = env::var_os("PATH").unwrap_or_default();
    let with_cargo = env::split_paths(&on_path).filter(|dir| dir.join("cargo").exists());
    // A rustup toolchain's own folder may be on PATH while cargo runs; the user's comes first here.
    let home = sbpf::cargo_home()?.join("bin");
    let mut folders: Vec<PathBuf> = with_cargo.collect();
    folders.sort_by_key(|dir| *dir != home);
    Ok(folders.into_iter().find(|dir| access(dir, AccessFlags::W_OK).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_launchers_are_recognised_and_others_are_not() {
        let dir = env::temp_dir().join(format!("scrip-launchers-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        for (text, ours) in
            [(build_sbf(), true), (anchor_script(), true), ("#!/bin/sh\n".into(), false)]
        {
            let file = dir.join("launcher");
            fs::write(&file, text).unwrap();
            assert_eq!(is_ours(&file), ours);
        }
        fs::remove_dir_all(dir).unwrap();
    }
}
