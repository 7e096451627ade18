//! Debian packages without touching the system: apt with a state of its own downloads, `dpkg -x` unpacks into a folder.
//! Needs no root, installs nothing, and cannot conflict with a Rust that is already there (rustc-web conflicts with
//! rustup and with Debian's own rustc).

use crate::{cache, run};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Programs unpacked here still use the machine's own C compiler (a Rust machine has one), so apt need not fetch it.
const HOST_COMPILER: &str = "Package: scrip-host-compiler
Status: install ok installed
Architecture: amd64
Maintainer: Scrip
Version: 1
Provides: gcc, c-compiler, libc-dev, libc6-dev, binutils (= 99)
Description: the machine's own C compiler

";

/// A configured package source of the machine.
#[derive(Debug, PartialEq)]
struct Source {
    uri: String,
    release: String,
    component: String,
}

/// Downloads `packages` (`name` or `name=version`) with their dependencies from `suite`, or from the machine's own
/// suites if `None`, and unpacks them into `into`.
pub fn unpack(suite: Option<&str>, packages: &[String], into: &Path) -> Result<()> {
    let codename = debian_codename()?;
    let own = own_sources(&codename)?;
    let sources = match suite {
        None => own,
        Some(suite) => vec![other_suite(&own, &codename, suite)?],
    };
    let state = into.join(".apt");
    let archives = state.join("cache/archives");
    fs::create_dir_all(archives.join("partial"))?;
    fs::create_dir_all(state.join("lists/partial"))?;
    fs::write(state.join("status"), HOST_COMPILER)?;
    fs::write(state.join("sources.list"), sources_list(&sources))?;
    // Without the option apt calls an update that got nothing a success.
    let complete = ["-o", "APT::Update::Error-Mode=any"];
    run::quiet(apt_get("update", &state).arg("-q").args(complete))?;
    run::quiet(
        apt_get("install", &state)
            .args(["-y", "-q", "--no-install-recommends", "--download-only"])
            .args(packages),
    )?;
    for deb in files_with_extension(&archives, "deb")? {
        run::quiet(Command::new("dpkg").arg("-x").arg(deb).arg(into))?;
    }
    cache::remove_dir(&state)
}

/// Moves every shared library that `unpack` left in Debian's library folders to `into`.
pub fn collect_libraries(unpacked: &Path, into: &Path) -> Result<()> {
    fs::create_dir_all(into)?;
    for dir in ["lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu"] {
        let Ok(entries) = fs::read_dir(unpacked.join(dir)) else { continue };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !entry.path().is_dir() && (name.ends_with(".so") || name.contains(".so.")) {
                fs::rename(entry.path(), into.join(name))?;
            }
        }
    }
    if !into.join(LOADER).exists() {
        bail!("the unpacked packages have no {LOADER}");
    }
    Ok(())
}

pub const LOADER: &str = "ld-linux-x86-64.so.2";

fn debian_codename() -> Result<String> {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let field = |name: &str| {
        let line = release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.map(|value| value.trim_matches('"').to_owned()).unwrap_or_default()
    };
    if field("ID") != "debian" || std::env::consts::ARCH != "x86_64" {
        bail!(
            "this machine is not Debian on x86-64, where the sBPF toolchain can be put together from packages: install \
             Solana's own tools so that `cargo-build-sbf` is on PATH, then run this again"
        );
    }
    Ok(field("VERSION_CODENAME"))
}

/// The machine's sources for its own release (with updates and security), whatever mirror and format they have.
fn own_sources(codename: &str) -> Result<Vec<Source>> {
    let listed = run::quiet(Command::new("apt-get").args([
        "indextargets",
        "--no-release-info",
        "--format",
        "$(REPO_URI) $(RELEASE) $(COMPONENT)",
        "Created-By: Packages",
    ]))?;
    let sources = parse_sources(&listed, codename);
    if sources.is_empty() {
        bail!(
            "apt has no source for {codename}: add Debian's mirror to /etc/apt/sources.list, then run this again"
        );
    }
    Ok(sources)
}

fn parse_sources(listed: &str, codename: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    for line in listed.lines() {
        let [uri, release, component] = line.split(' ').collect::<Vec<_>>()[..] else { continue };
        let ours = release == codename
            || release.strip_prefix(codename).is_some_and(|rest| rest.starts_with('-'));
        let source =
            Source { uri: uri.into(), release: release.into(), component: component.into() };
        if ours && component == "main" && !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// Another suite on the mirror that serves the machine's own.
fn other_suite(own: &[Source], codename: &str, suite: &str) -> Result<Source> {
    let mirror = own.iter().find(|source| source.release == codename);
    let mirror = mirror.with_context(|| format!("apt has no source for {codename} itself"))?;
    Ok(Source {
        uri: mirror.uri.clone(),
        release: suite.into(),
        component: mirror.component.clone(),
    })
}

fn sources_list(sources: &[Source]) -> String {
    const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
    let signed =
        if Path::new(KEYRING).exists() { format!("[signed-by={KEYRING}] ") } else { String::new() };
    let line = |s: &Source| format!("deb {signed}{} {} {}\n", s.uri, s.release, s.component);
    sources.iter().map(line).collect()
}

/// apt-get that keeps the machine's settings (proxy, certificates) but has its own sources, lists and package state.
fn apt_get(verb: &str, state: &Path) -> Command {
    let mut command = Command::new("apt-get");
    command.arg(verb);
    let at = |name: &str| state.join(name).display().to_string();
    for option in [
        format!("Dir::Etc::sourcelist={}", at("sources.list")),
        "Dir::Etc::sourceparts=/dev/null".to_owned(),
        "Dir::Etc::preferencesparts=/dev/null".to_owned(),
        format!("Dir::State::Lists={}", at("lists")),
        format!("Dir::State::status={}", at("status")),
        format!("Dir::Cache={}", at("cache")),
        "APT::Sandbox::User=".to_owned(),
        "Acquire::Languages=none".to_owned(),
        "Acquire::Retries=3".to_owned(),
    ] {
        command.arg("-o").arg(option);
    }
    command
}

pub fn files_with_extension(dir: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str = "mirror:/a/ bookworm main\nmirror:/a/ bookworm main\nmirror:/a/ bookworm contrib\n\
        mirror:/b/ bookworm-security main\nmirror:/c/ nodistro main\nmirror:/d/ bookwormish main\n";

    #[test]
    fn own_sources_are_those_of_the_release_without_strangers_and_doubles() {
        let releases: Vec<_> =
            parse_sources(LISTED, "bookworm").into_iter().map(|s| s.release).collect();
        assert_eq!(releases, ["bookworm", "bookworm-security"]);
    }

    #[test]
    fn another_suite_comes_from_the_mirror_of_the_release_itself() {
        let mut own = parse_sources(LISTED, "bookworm");
        assert_eq!(other_suite(&own, "bookworm", "sid").unwrap().uri, "mirror:/a/");
        own.remove(0);
        assert!(other_suite(&own, "bookworm", "sid").is_err());
    }
}
