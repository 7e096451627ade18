//! The registry-only sBPF toolchain: what `cargo-build-sbf` of this repository compiles with when the machine has no
//! official one. Four cache entries, each rebuilt only when its own inputs change:
//! rustc and cargo | libLLVM | the linker | the sysroot (patched std and 128-bit libcalls for the target).

use super::apt;
use crate::{
    cache::{Cache, Key},
    run,
    step::Step,
    versions::{Packages, Versions},
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

pub const TARGET: &str = "sbpf-solana-zkvm";

/// For every crate of a program and of its std.
const RUSTC_FLAGS: [&str; 7] = [
    "-Zunstable-options",
    "-Cpanic=abort",
    // One thread, and no atomic instructions in the VM.
    "-Cpasses=lower-atomic",
    "--cfg=target_os=\"solana\"",
    "--cfg=target_feature=\"static-syscalls\"",
    "-Aexplicit_builtin_cfgs_in_flags",
    "-Aunexpected_cfgs",
];

/// Libcalls that the back end makes up after the linker has thrown away what nobody calls.
const EXPORTS: &str = include_str!("../../toolchain/builtins/exports.txt");

const LLVM_ARGS: [&str; 8] = [
    "-bpf-stack-size=4096",
    "--bpf-max-stores-per-memfunc=5",
    // Instructions that sBPF v3 does not have.
    "--disable-gotox",
    "--disable-ldsx",
    "--disable-movsx",
    "--disable-bswap",
    // Inlining may not push a function's frame over the VM's 4 KB.
    "--inline-max-stacksize=1024",
    // The default of 225 made the issuer 1,788 KB and 12,865 CU for a mint, this 1,019 KB and 12,635: a program's
    // bytes are rent, and moving values between long-lived registers and the stack is not free either.
    "--inline-threshold=10",
];

/// What the linker leaves instead of a library that has no entrypoint: nobody can deploy it by mistake.
pub const NO_ENTRYPOINT: &str = "scrip: a library, not a program: it has no entrypoint\n";

pub struct Toolchain {
    dir: PathBuf,
}

impl Toolchain {
    pub fn install(root: &Path, cache: &Cache, versions: &Versions) -> Result<Self> {
        let rust = rust(cache, &versions.rust)?;
        let llvm = llvm(cache, &versions.llvm)?;
        let linker = linker(cache, &versions.sbpf_linker.version)?;
        let sources = root.join("xtask/toolchain");
        let parts = Parts { rust: name(&rust), llvm: name(&llvm), linker: name(&linker), cache };
        let key = Key::default()
            .with_dir(&sources)?
            .with("parts", [&*parts.rust, &*parts.llvm, &*parts.linker].join(" "))
            .with("wrappers", [parts.rustc(), parts.cargo(), parts.sbpf_linker()].concat())
            .with("flags", RUSTC_FLAGS.join(" "));
        let dir = cache
            .entry("sbpf", key, "1 minute", |dir, step| sysroot(dir, step, &sources, &parts))?;
        Ok(Self { dir })
    }

    /// Names the toolchain: two with the same name make the same bytes.
    pub fn name(&self) -> String {
        name(&self.dir)
    }

    /// A cargo that compiles for the VM. Paths are mapped away so that a program's bytes do not depend on where its
    /// sources, the crates or this cache are.
    pub fn cargo(&self, sources: &Path, target_dir: &Path) -> Result<Command> {
        let mut command = cargo(&self.dir)?;
        command.env("SCRIP_REMAP_SOURCES", format!("{}=/src", sources.display()));
        command.env("SCRIP_REMAP_TARGET", format!("{}=/target", target_dir.display()));
        Ok(command)
    }
}

/// The other entries, by folder name: the cache may be moved as a whole.
struct Parts<'a> {
    rust: String,
    llvm: String,
    linker: String,
    cache: &'a Cache,
}

impl Parts<'_> {
    fn rustc(&self) -> String {
        format!(
            r#"#!/bin/sh
here=$(cd "${{0%/*}}/.." && pwd)
rust=${{here%/*}}/{rust}
for pair in "$SCRIP_REMAP_SOURCES" "$SCRIP_REMAP_CARGO" "$SCRIP_REMAP_TARGET" "$here/sysroot/lib/rustlib/src/rust=/rust"; do
  [ -z "$pair" ] || set -- "$@" "--remap-path-prefix=$pair"
done
exec "$rust/lib/{loader}" --library-path "$rust/lib" "$rust/bin/rustc" --sysroot "$here/sysroot" "$@"
"#,
            rust = self.rust,
            loader = apt::LOADER,
        )
    }

    fn cargo(&self) -> String {
        format!(
            r#"#!/bin/sh
here=$(cd "${{0%/*}}/.." && pwd)
rust=${{here%/*}}/{rust}
exec "$rust/lib/{loader}" --library-path "$rust/lib" "$rust/bin/cargo" "$@"
"#,
            rust = self.rust,
            loader = apt::LOADER,
        )
    }

    /// Links without complaint what has no entrypoint, as a dependency built with `no-entrypoint` is; but what comes
    /// out of that cannot be mistaken for a program.
    fn sbpf_linker(&self) -> String {
        let exports: Vec<_> = EXPORTS.lines().collect();
        let llvm_args: Vec<_> = LLVM_ARGS.iter().map(|arg| format!("--llvm-args={arg}")).collect();
        format!(
            r#"#!/bin/sh
here=$(cd "${{0%/*}}/.." && pwd)
lib=${{here%/*}}/{llvm}/lib
previous=
for arg in "$@"; do
  [ "$previous" != -o ] || out=$arg
  previous=$arg
done
LD_LIBRARY_PATH=$lib "$lib/{loader}" --library-path "$lib" "${{here%/*}}/{linker}/bin/sbpf-linker" \
  --arch=v3 --deploy=false --export={exports} {llvm_args} \
  --dump-module "$out.module" "$@" "$here"/builtins/*.rlib || exit
grep -q '^define .*@entrypoint(' "$out.module/post-opt.ll" || printf '{no_entrypoint}' >"$out"
rm -r "$out.module"
"#,
            llvm = self.llvm,
            linker = self.linker,
            loader = apt::LOADER,
            exports = exports.join(","),
            llvm_args = llvm_args.join(" "),
            no_entrypoint = NO_ENTRYPOINT.replace('\n', "\\n"),
        )
    }
}

fn rust(cache: &Cache, wanted: &Packages) -> Result<PathBuf> {
    let key = key_of(wanted);
    cache.entry(&format!("rust-{}", wanted.version), key, "1 minute, 180 MB", |dir, _| {
        let unpacked = dir.join("unpacked");
        fs::create_dir(&unpacked)?;
        let packages: Vec<_> =
            wanted.packages.iter().map(|name| format!("{name}={}*", wanted.version)).collect();
        apt::unpack(wanted.suite.as_deref(), &packages, &unpacked)?;
        apt::collect_libraries(&unpacked, &dir.join("lib"))?;
        for (from, to) in [
            ("usr/bin".to_owned(), "bin"),
            ("usr/lib/rustlib/x86_64-unknown-linux-gnu".to_owned(), "x86_64-unknown-linux-gnu"),
            (format!("usr/src/rustc-{}/library", wanted.version), "library"),
        ] {
            fs::rename(unpacked.join(&from), dir.join(to))
                .with_context(|| format!("the packages have no {from}"))?;
        }
        Ok(fs::remove_dir_all(unpacked)?)
    })
}

pub fn llvm(cache: &Cache, wanted: &Packages) -> Result<PathBuf> {
    let key = key_of(wanted);
    cache.entry(&format!("llvm-{}", wanted.version), key, "20 seconds, 60 MB", |dir, _| {
        let unpacked = dir.join("unpacked");
        fs::create_dir(&unpacked)?;
        apt::unpack(wanted.suite.as_deref(), &wanted.packages, &unpacked)?;
        apt::collect_libraries(&unpacked, &dir.join("lib"))?;
        Ok(fs::remove_dir_all(unpacked)?)
    })
}

fn linker(cache: &Cache, version: &str) -> Result<PathBuf> {
    let key = Key::default().with("version", version);
    cache.entry(&format!("sbpf-linker-{version}"), key, "2 minutes", |dir, _| {
        let mut install = run::host_cargo();
        install
            .args(["install", "sbpf-linker", "--version", version, "--locked", "--root"])
            .arg(dir);
        install.env("CARGO_TARGET_DIR", dir.join("build"));
        run::quiet(&mut install)?;
        Ok(fs::remove_dir_all(dir.join("build"))?)
    })
}

fn key_of(wanted: &Packages) -> Key {
    Key::default()
        .with("version", &wanted.version)
        .with("suite", wanted.suite.as_deref().unwrap_or_default())
        .with("packages", wanted.packages.join(" "))
}

/// Builds std and the libcalls for the target, once, instead of with every program.
fn sysroot(dir: &Path, step: &mut Step, sources: &Path, parts: &Parts) -> Result<()> {
    for (name, script) in [
        ("bin/rustc", parts.rustc()),
        ("bin/cargo", parts.cargo()),
        ("bin/sbpf-linker", parts.sbpf_linker()),
    ] {
        write_script(&dir.join(name), &script)?;
    }
    let rustlib = dir.join("sysroot/lib/rustlib");
    let target = rustlib.join(TARGET);
    let src = rustlib.join("src/rust");
    fs::create_dir_all(target.join("lib"))?;
    fs::create_dir_all(&src)?;
    symlink(
        format!("../../../../{}/x86_64-unknown-linux-gnu", parts.rust),
        rustlib.join("x86_64-unknown-linux-gnu"),
    )?;
    fs::copy(sources.join(format!("{TARGET}.json")), target.join("target.json"))?;
    run::quiet(
        Command::new("cp").arg("-r").arg(parts.cache.path(&parts.rust).join("library")).arg(&src),
    )?;
    let patch = sources.join("std.patch");
    // Were the cache inside some git repository, `git apply` would look there instead.
    let mut apply = Command::new("git");
    apply
        .arg("apply")
        .arg(&patch)
        .current_dir(src.join("library"))
        .env("GIT_CEILING_DIRECTORIES", &src);
    run::quiet(&mut apply).context("std.patch does not fit this Rust's library source")?;

    step.note("compiling std for the VM");
    let build = dir.join("build");
    compile_std(dir, &src, &build)?;
    let mut copied = 0;
    for rlib in apt::files_with_extension(&build.join(TARGET).join("release/deps"), "rlib")? {
        if !name(&rlib).starts_with("libscrip_") {
            fs::copy(&rlib, target.join("lib").join(name(&rlib)))?;
            copied += 1;
        }
    }
    if copied == 0 {
        bail!("std was compiled to no .rlib");
    }
    fs::remove_dir_all(&build)?;

    step.note("compiling the 128-bit libcalls");
    compile_builtins(dir, &sources.join("builtins"), &build)?;
    fs::create_dir(dir.join("builtins"))?;
    for rlib in apt::files_with_extension(&build.join(TARGET).join("release/deps"), "rlib")? {
        fs::copy(&rlib, dir.join("builtins").join(name(&rlib)))?;
    }
    Ok(fs::remove_dir_all(&build)?)
}

/// The crate that pulls std in lies beside the library, so that cargo hashes the library's path relative to it and the
/// result is the same in every cache.
fn compile_std(dir: &Path, src: &Path, build: &Path) -> Result<()> {
    fs::create_dir(src.join("src"))?;
    fs::write(src.join("src/lib.rs"), "#![no_std]\n")?;
    fs::write(
        src.join("Cargo.toml"),
        "[package]\nname = \"scrip-std\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
         [profile.release]\ncodegen-units = 1\n",
    )?;
    let mut build_std = cargo(dir)?;
    build_std
        .current_dir(src)
        .args(["build", "--release", "--target", TARGET, "--target-dir"])
        .arg(build);
    run::quiet(build_std.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features="]))?;
    Ok(())
}

fn compile_builtins(dir: &Path, sources: &Path, build: &Path) -> Result<()> {
    let mut command = cargo(dir)?;
    command
        .current_dir(sources)
        .args(["build", "--release", "--locked", "--target", TARGET, "--target-dir"])
        .arg(build);
    command.env("SCRIP_REMAP_SOURCES", format!("{}=/builtins", sources.display()));
    run::quiet(&mut command)?;
    Ok(())
}

fn cargo(dir: &Path) -> Result<Command> {
    let bin = dir.join("bin");
    let mut path = bin.clone().into_os_string();
    if let Some(rest) = std::env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    let mut command = run::cargo_command(bin.join("cargo"));
    // Flags, wrappers and targets meant for host builds have no place here.
    for name in [
        "RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "CARGO_BUILD_TARGET",
    ] {
        command.env_remove(name);
    }
    command
        .env("PATH", path)
        .env("CARGO", bin.join("cargo"))
        .env("RUSTC", bin.join("rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC_BOOTSTRAP_SYNTHETIC_TARGET", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", RUSTC_FLAGS.join("\u{1f}"))
        // Distinct file names for distinct features of one library: without it a dependency built without entrypoint
        // overwrites the program of the same name.
        .env("__CARGO_DEFAULT_LIB_METADATA", "scrip")
        .env("SCRIP_REMAP_CARGO", format!("{}=/cargo", cargo_home()?.display()));
    Ok(command)
}

pub fn cargo_home() -> Result<PathBuf> {
    let var = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = var("CARGO_HOME").or_else(|| Some(var("HOME")?.join(".cargo")));
    home.context("neither CARGO_HOME nor HOME is set")
}

pub fn write_script(path: &Path, text: &str) -> Result<()> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o755))?)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
