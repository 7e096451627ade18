//! `cargo xtask build`: programs, IDL, clients in TypeScript and Rust.

use crate::{
    build_sbf::{self, BuildSbfArgs},
    cache::{Key, write_if_other},
    run,
    setup::{Compiler, Context, launchers},
    step::Step,
    validator,
};
use anyhow::{Context as _, Result};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A build beside the usual one: its own folder below target/, programs compiled with other settings.
pub struct Variant {
    pub dir: PathBuf,
    pub env: Vec<(String, String)>,
}

pub fn build(context: &Context) -> Result<()> {
    programs(context, None)?;
    // From here on `anchor build` works too.
    launchers::install()?;
    generate(context, false)
}

/// Makes every generated file anew, whatever the last build left.
pub fn regenerate(context: &Context) -> Result<()> {
    programs(context, None)?;
    generate(context, true)
}

/// Compiles the programs of programs/ into target/deploy, or into a variant's folder.
pub fn programs(context: &Context, variant: Option<Variant>) -> Result<()> {
    for package in program_folders(context)? {
        compile(context, &package.join("Cargo.toml"), variant.as_ref())?;
    }
    Ok(())
}

/// Compiles the program that plays somebody else's in the tests.
pub fn caller(context: &Context) -> Result<()> {
    compile(context, &context.root.join("tests/caller/Cargo.toml"), None)
}

/// Compiles the program of the toolchain's own test.
pub fn toolchain_test(context: &Context) -> Result<()> {
    compile(context, &context.root.join("tests/toolchain/Cargo.toml"), None)
}

/// Compiles everything for this machine. All targets, as the tests have them: cargo would compile the VM once more for one
/// binary alone.
pub fn everything(context: &Context) -> Result<()> {
    let step = Step::start("compiling", "10 seconds; 10 minutes when nothing is compiled yet");
    let mut cargo = run::host_cargo();
    cargo.args(["build", "--workspace", "--all-targets", "--locked"]).current_dir(&context.root);
    run::quiet(cargo.env("CARGO_TARGET_DIR", context.root.join("target")))?;
    step.done();
    Ok(())
}

fn compile(context: &Context, manifest: &Path, variant: Option<&Variant>) -> Result<()> {
    let out =
        variant.map_or_else(|| context.root.join("target/deploy"), |variant| variant.dir.clone());
    match context.compiler()? {
        Compiler::Ours(toolchain) => {
            let args = BuildSbfArgs {
                manifest_path: Some(manifest.to_owned()),
                sbf_out_dir: Some(out),
                cargo_args: vec!["--locked".into()],
                env: variant.map(|variant| variant.env.clone()).unwrap_or_default(),
                ..BuildSbfArgs::default()
            };
            build_sbf::compile_all(&toolchain, &args)
        }
        Compiler::Official(official) => {
            let mut command = run::cargo_command(official);
            command
                .args(["--arch", "v3", "--manifest-path"])
                .arg(manifest)
                .arg("--sbf-out-dir")
                .arg(out);
            if let Some(variant) = variant {
                command.envs(variant.env.iter().cloned());
            }
            run::run(command.args(["--", "--locked"]))
        }
    }
}

/// The folders of programs/ that hold a program, Anchor's or native: a library for the VM.
pub fn program_folders(context: &Context) -> Result<Vec<PathBuf>> {
    #[derive(serde::Deserialize)]
    struct Manifest {
        lib: Option<Lib>,
    }
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Lib {
        #[serde(default)]
        crate_type: Vec<String>,
    }
    let dir = context.root.join("programs");
    let mut programs = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let folder = entry?.path();
        let Ok(text) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let manifest: Manifest = toml::from_str(&text)
            .with_context(|| format!("{}/Cargo.toml is no manifest", folder.display()))?;
        if manifest.lib.is_some_and(|lib| lib.crate_type.iter().any(|kind| kind == "cdylib")) {
            programs.push(folder);
        }
    }
    programs.sort();
    Ok(programs)
}

/// What Anchor.toml lists: the programs that have an IDL, and every program's address on a local
/// validator.
#[derive(serde::Deserialize)]
pub struct Anchor {
    workspace: Workspace,
    pub programs: Programs,
}

#[derive(serde::Deserialize)]
struct Workspace {
    members: Vec<PathBuf>,
}

#[derive(serde::Deserialize)]
pub struct Programs {
    pub localnet: BTreeMap<String, String>,
}

pub fn anchor_toml(context: &Context) -> Result<Anchor> {
    let text =
        fs::read_to_string(context.root.join("Anchor.toml")).context("cannot read Anchor.toml")?;
    toml::from_str(&text).context("Anchor.toml lacks [workspace] members or [programs.localnet]")
}

/// IDL and clients. Skipped when neither their inputs nor they themselves have changed since the last time.
fn generate(context: &Context, always: bool) -> Result<()> {
    let sdk = context.root.join("app/sdk/scripts/generate.mjs");
    for program in anchor_toml(context)?.workspace.members {
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let idl = context.root.join("app/idl").join(format!("{name}.json"));
        once(context, &format!("idl-{name}"), always, idl_state, || idl_of(context, &name, &idl))?;
    }
    if sdk.exists() {
        once(context, "client", always, client_state, || {
            context.node_packages()?;
            let step = Step::start("generating the clients", "8 seconds");
            run::quiet(Command::new("node").arg(&sdk).current_dir(&context.root))?;
            step.done();
            Ok(())
        })?;
    }
    Ok(())
}

/// Runs `make` unless `state` is what it was after the last run.
fn once(
    context: &Context,
    name: &str,
    always: bool,
    state: impl Fn(&Context) -> Result<String>,
    make: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let stamp = context.root.join("target/xtask").join(name);
    if !always
        && fs::read_to_string(&stamp)
            .is_ok_and(|found| state(context).is_ok_and(|now| now == found))
    {
        return Ok(());
    }
    make()?;
    fs::create_dir_all(context.root.join("target/xtask"))?;
    Ok(fs::write(stamp, state(context)?)?)
}

fn idl_state(context: &Context) -> Result<String> {
    let key = Key::default().with("anchor", &context.versions.anchor.version);
    let key = key.with("lock", fs::read(context.root.join("Cargo.lock"))?);
    let key = key.with("issuer", std::env::var("SCRIP_ISSUER_ID").unwrap_or_default());
    let key = key.with("gate", std::env::var("SCRIP_GATE_ID").unwrap_or_default());
    let key = key.with("collateral", std::env::var("SCRIP_COLLATERAL_ID").unwrap_or_default());
    Ok(key.with_dir(&context.root.join("programs"))?.with_dir(&context.root.join("app/idl"))?.hex())
}

fn client_state(context: &Context) -> Result<String> {
    let sdk = context.root.join("app/sdk");
    let key =
        Key::default().with_dir(&context.root.join("app/idl"))?.with_dir(&sdk.join("scripts"))?;
    let key = key.with("lock", fs::read(context.root.join("package-lock.json"))?);
    // The lender has no IDL: its client takes the errors from here.
    let key = key.with("lender", fs::read(context.root.join("programs/lender/src/error.rs"))?);
    // Both clients give the same advice.
    let key =
        ["advice.ts", "collateral/advice.ts", "lender/advice.ts"].iter().fold(key, |key, file| {
            key.with(file, fs::read(sdk.join("src").join(file)).unwrap_or_default())
        });
    let rust = context.root.join("app/client/src/generated");
    Ok(key.with_dir(&sdk.join("src/generated"))?.with_dir(&rust)?.hex())
}

/// Written beside and moved into place only when it is a whole one.
fn idl_of(context: &Context, program: &str, to: &Path) -> Result<()> {
    let anchor = context.anchor()?;
    let step = Step::start(
        &format!("IDL of {program}"),
        "10 seconds; 3 to 5 minutes when nothing is compiled yet",
    );
    let made = context.root.join("target/xtask").join(format!("{program}.json"));
    fs::create_dir_all(context.root.join("target/xtask"))?;
    let mut command = run::cargo_command(anchor);
    command
        .args(["idl", "build", "--program-name", program, "--out"])
        .arg(&made)
        .current_dir(&context.root);
    run::quiet(&mut command)?;
    validator::idl(&made)?;
    write_if_other(to, &fs::read(&made)?)?;
    step.done();
    Ok(())
}
