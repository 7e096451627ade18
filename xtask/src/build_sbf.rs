//! `cargo xtask build-sbf`: takes what Solana's `cargo-build-sbf` takes and compiles programs with the toolchain of the
//! cache. `anchor build` gets here through the launcher on PATH.

use crate::{
    cache::write_if_other,
    run,
    setup::{
        Context,
        sbpf::{NO_ENTRYPOINT, TARGET, Toolchain},
    },
    step::Step,
};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde::Deserialize;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The official command's arguments. Those that choose its downloads have no meaning here and are accepted unused.
#[derive(Args, Debug, Default, Clone)]
pub struct BuildSbfArgs {
    /// The package or workspace to compile [default: the current folder's]
    #[arg(long, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,
    /// Where the .so files go [default: target/deploy]
    #[arg(long, value_name = "DIR", alias = "bpf-out-dir")]
    pub sbf_out_dir: Option<PathBuf>,
    /// Features of the program
    #[arg(long, value_name = "FEATURES", num_args = 1..)]
    pub features: Vec<String>,
    #[arg(long)]
    pub no_default_features: bool,
    /// Every program of the workspace
    #[arg(long, alias = "all")]
    pub workspace: bool,
    /// The VM's version; this toolchain compiles for v3 only
    #[arg(long, value_name = "ARCH", default_value = "v3")]
    pub arch: String,
    #[arg(short, long)]
    pub quiet: bool,
    #[arg(short, long)]
    pub verbose: bool,
    #[arg(long)]
    pub offline: bool,
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<u32>,
    /// Set up the toolchain and compile nothing
    #[arg(long)]
    pub install_only: bool,
    /// Accepted for compatibility: xtask/versions.toml pins the versions
    #[arg(long, value_name = "VERSION", hide = true)]
    pub tools_version: Option<String>,
    #[arg(long, hide = true)]
    pub skip_tools_install: bool,
    #[arg(long, hide = true)]
    pub no_rustup_override: bool,
    #[arg(long, hide = true)]
    pub force_tools_install: bool,
    #[arg(long, hide = true)]
    pub lto: bool,
    #[arg(long, hide = true)]
    pub optimize_size: bool,
    #[arg(long, hide = true)]
    pub debug: bool,
    #[arg(long, value_name = "PATH", hide = true)]
    pub sbf_sdk: Option<PathBuf>,
    /// Print the toolchain's version
    #[arg(short = 'V', long)]
    pub version: bool,
    /// Passed on to cargo
    #[arg(last = true, value_name = "CARGO_ARGS")]
    pub cargo_args: Vec<String>,
    /// For builds beside the usual one. Cargo notices which crates read a changed variable.
    #[arg(skip)]
    pub env: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    crate_types: Vec<String>,
}

/// A package that compiles to a program.
struct Program {
    package: String,
    lib: String,
}

pub fn build_sbf(context: &Context, args: &BuildSbfArgs) -> Result<()> {
    check_arch(&args.arch)?;
    if args.version {
        let Context { versions, .. } = context;
        println!("scrip cargo-build-sbf {}", env!("CARGO_PKG_VERSION"));
        println!(
            "rustc {}, LLVM {}, sbpf-linker {}",
            versions.rust.version, versions.llvm.version, versions.sbpf_linker.version
        );
        return Ok(());
    }
    let toolchain = context.toolchain()?;
    if args.install_only {
        return Ok(());
    }
    compile_all(&toolchain, args)
}

/// Compiles the programs that `args` name and delivers them.
pub fn compile_all(toolchain: &Toolchain, args: &BuildSbfArgs) -> Result<()> {
    let manifest = manifest(args)?;
    let metadata = metadata(&manifest)?;
    let programs = programs(&metadata, &manifest, args.workspace);
    if programs.is_empty() {
        bail!(
            "{} has no program: a program is a library with crate-type \"cdylib\"",
            manifest.display()
        );
    }
    let out = args.sbf_out_dir.clone().unwrap_or_else(|| metadata.target_directory.join("deploy"));
    fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    for program in &programs {
        let built = compile(toolchain, &metadata, &manifest, program, args)?;
        deliver(&built, &out.join(format!("{}.so", program.lib)), program)?;
    }
    Ok(())
}

fn check_arch(arch: &str) -> Result<()> {
    match arch {
        "v3" | "sbpfv3" | "sbfv3" => Ok(()),
        other => bail!(
            "this toolchain compiles for sBPF v3 only, not {other}: leave --arch out, or install Solana's own cargo-build-sbf"
        ),
    }
}

fn manifest(args: &BuildSbfArgs) -> Result<PathBuf> {
    let path = match &args.manifest_path {
        Some(path) => path.clone(),
        None => {
            let here = env::current_dir()?;
            let found =
                here.ancestors().map(|dir| dir.join("Cargo.toml")).find(|file| file.exists());
            found.with_context(|| {
                format!("no Cargo.toml in {} or above: give --manifest-path", here.display())
            })?
        }
    };
    path.canonicalize().with_context(|| format!("there is no {}", path.display()))
}

fn metadata(manifest: &Path) -> Result<Metadata> {
    let mut cargo = run::host_cargo();
    cargo.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]).arg(manifest);
    serde_json::from_str(&run::stdout(&mut cargo)?)
        .context("cargo metadata printed something unexpected")
}

/// The programs to compile: the manifest's own package, or all of them if it is a workspace's.
fn programs(metadata: &Metadata, manifest: &Path, all: bool) -> Vec<Program> {
    let own = metadata.packages.iter().any(|package| package.manifest_path == manifest);
    let chosen =
        metadata.packages.iter().filter(|package| all || !own || package.manifest_path == manifest);
    let program = |package: &Package| {
        let lib = package
            .targets
            .iter()
            .find(|target| target.crate_types.iter().any(|kind| kind == "cdylib"))?;
        Some(Program { package: package.name.clone(), lib: lib.name.replace('-', "_") })
    };
    chosen.filter_map(program).collect()
}

/// Each program in its own invocation: built together, cargo would unite the features of programs that depend on one
/// another, and `no-entrypoint` is one of them.
fn compile(
    toolchain: &Toolchain,
    metadata: &Metadata,
    manifest: &Path,
    program: &Program,
    args: &BuildSbfArgs,
) -> Result<PathBuf> {
    // Apart from host builds (another compiler), and per toolchain: cargo does not notice a changed std.
    let target_dir = metadata.target_directory.join("sbpf").join(toolchain.name());
    let mut cargo = toolchain.cargo(&metadata.workspace_root, &target_dir)?;
    cargo.args(["build", "--release", "--lib", "--target", TARGET, "--package", &program.package]);
    cargo.arg("--manifest-path").arg(manifest).arg("--target-dir").arg(&target_dir);
    cargo.envs(args.env.iter().map(|(name, value)| (name, value)));
    if !args.features.is_empty() {
        cargo.arg("--features").arg(args.features.join(","));
    }
    if let Some(jobs) = args.jobs {
        cargo.arg("--jobs").arg(jobs.to_string());
    }
    for (wanted, flag) in [
        (args.no_default_features, "--no-default-features"),
        (args.quiet, "--quiet"),
        (args.verbose, "--verbose"),
        (args.offline, "--offline"),
    ] {
        if wanted {
            cargo.arg(flag);
        }
    }
    let step = (!args.quiet).then(|| {
        Step::start(&format!("compiling {} for the VM", program.package), "1 to 2 minutes at first")
    });
    run::run(cargo.args(&args.cargo_args))?;
    if let Some(step) = step {
        step.done();
    }
    Ok(target_dir.join(TARGET).join("release").join(format!("lib{}.so", program.lib)))
}

/// Copies a program to where it is deployed from, unless it is none. Unchanged bytes keep their time.
fn deliver(built: &Path, to: &Path, program: &Program) -> Result<()> {
    let bytes = fs::read(built).with_context(|| format!("cargo made no {}", built.display()))?;
    if bytes == NO_ENTRYPOINT.as_bytes() {
        bail!(
            "{} has no entrypoint, so it is not a program: use `#[program]` or `entrypoint!`, and build it without the feature no-entrypoint",
            program.package
        );
    }
    check_elf(&bytes).with_context(|| format!("{} is not an sBPF v3 program", built.display()))?;
    write_if_other(to, &bytes)
}

/// 64-bit little-endian ELF for BPF (machine 247), flags 3 = sBPF v3.
fn check_elf(bytes: &[u8]) -> Result<()> {
    let machine = bytes.get(18..20).map(|field| u16::from_le_bytes([field[0], field[1]]));
    let flags =
        bytes.get(48..52).map(|field| u32::from_le_bytes([field[0], field[1], field[2], field[3]]));
    if !bytes.starts_with(b"\x7fELF\x02\x01") || machine != Some(247) || flags != Some(3) {
        bail!("it is not an ELF file for BPF with flags 3");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    #[command(disable_version_flag = true)]
    struct Shim {
        #[command(flatten)]
        args: BuildSbfArgs,
    }

    fn parse(line: &str) -> BuildSbfArgs {
        Shim::try_parse_from(std::iter::once("shim").chain(line.split_whitespace())).unwrap().args
    }

    #[test]
    fn what_anchor_passes_is_understood() {
        let args = parse(
            "--tools-version v1.52 --manifest-path a/Cargo.toml --features x y -- --locked -q",
        );
        assert_eq!(args.manifest_path, Some("a/Cargo.toml".into()));
        assert_eq!(args.features, ["x", "y"]);
        assert_eq!(args.cargo_args, ["--locked", "-q"]);
        assert_eq!(args.arch, "v3");
    }

    #[test]
    fn only_v3_is_compiled() {
        assert!(check_arch(&parse("--arch v3").arch).is_ok());
        let error = check_arch(&parse("--arch v2").arch).unwrap_err().to_string();
        assert!(error.contains("v3 only, not v2"), "{error}");
    }

    fn workspace() -> Metadata {
        let package = |name: &str, kind: &str| {
            format!(
                r#"{{"name":"{name}","manifest_path":"/w/{name}/Cargo.toml","targets":[{{"name":"{name}","crate_types":["{kind}","lib"]}}]}}"#
            )
        };
        let packages =
            [package("my-program", "cdylib"), package("math", "lib"), package("other", "cdylib")]
                .join(",");
        let text = format!(
            r#"{{"packages":[{packages}],"workspace_root":"/w","target_directory":"/w/target"}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn programs_are_the_cdylibs_of_the_package_or_the_workspace() {
        let names = |manifest: &str, all| -> Vec<String> {
            programs(&workspace(), Path::new(manifest), all)
                .into_iter()
                .map(|program| program.lib)
                .collect()
        };
        assert_eq!(names("/w/Cargo.toml", false), ["my_program", "other"]);
        assert_eq!(names("/w/other/Cargo.toml", false), ["other"]);
        assert_eq!(names("/w/other/Cargo.toml", true), ["my_program", "other"]);
        assert!(names("/w/math/Cargo.toml", false).is_empty());
    }

    #[test]
    fn a_library_without_entrypoint_is_not_delivered() {
        let dir = env::temp_dir().join(format!("scrip-deliver-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let (built, to) = (dir.join("libx.so"), dir.join("x.so"));
        let program = Program { package: "x".into(), lib: "x".into() };
        fs::write(&built, NO_ENTRYPOINT).unwrap();
        assert!(deliver(&built, &to, &program).unwrap_err().to_string().contains("no entrypoint"));
        fs::write(&built, "text").unwrap();
        assert!(deliver(&built, &to, &program).is_err());
        assert!(!to.exists());
        let mut elf = vec![0; 64];
        elf[..6].copy_from_slice(b"\x7fELF\x02\x01");
        (elf[18], elf[48]) = (247, 3);
        fs::write(&built, elf).unwrap();
        deliver(&built, &to, &program).unwrap();
        assert!(to.exists());
        fs::remove_dir_all(dir).unwrap();
    }
}
