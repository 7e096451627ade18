//! `cargo xtask localnet`: a local validator with the programs deployed and the migrations run, until Ctrl-C.

use crate::{
    build, child, node, ports, run,
    setup::Context,
    step::Step,
    validator::{Deployed, Pace, Validator, programs},
};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

#[derive(Args)]
pub struct LocalnetArgs {
    /// RPC port; the websocket takes the next one
    #[arg(long, default_value_t = 8899)]
    port: u16,
    /// How the programs get on chain
    #[arg(long, value_enum, default_value_t = Deploy::Cheat)]
    deploy: Deploy,
    /// Leave the chain empty but for the programs
    #[arg(long, conflicts_with = "config")]
    no_migrate: bool,
    /// What the migrations bring about [default: migrations/config/local.json]
    #[arg(long)]
    config: Option<PathBuf>,
    /// Do not keep the oracle's price accounts alive: their prices age, as when an oracle is down
    #[arg(long)]
    no_prices: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Deploy {
    /// Placed at their declared addresses by the validator, in no time
    Cheat,
    /// Through the real upgradeable loader, by the first migration, as a launch would: fresh program keypairs, programs
    /// compiled for them
    Loader,
}

pub fn localnet(context: &Context, args: &LocalnetArgs) -> Result<()> {
    // Before minutes of compiling.
    ports::claim(args.port)?;
    let bare = args.no_migrate && args.deploy == Deploy::Cheat;
    if !(bare && args.no_prices) {
        context.node_packages()?;
    }
    build::build(context)?;
    child::stop_on_signals(0)?;
    let declared = programs(context)?;
    let (mut validator, deployed) = match args.deploy {
        Deploy::Cheat => {
            (Validator::start(context, Some(args.port), &declared, Pace::Mainnet)?, declared)
        }
        Deploy::Loader => {
            let validator = Validator::start(context, Some(args.port), &[], Pace::Mainnet)?;
            (validator, compile_for_new_keys(context, declared)?)
        }
    };
    let mut options: Vec<String> = Vec::new();
    if let Some(config) = &args.config {
        options.extend(["--config".into(), config.display().to_string()]);
    }
    if args.deploy == Deploy::Loader {
        options.extend(deployment());
    }
    if args.no_migrate {
        options.extend(["--only".into(), "0000".into()]);
    }
    if !bare {
        migrate(context, &validator, &deployed, &options)?;
    }
    let _prices = if args.no_prices { None } else { Some(replay(context, &validator, &deployed)?) };
    println!("\nScrip runs on {} (websocket {})", validator.url, validator.ws);
    for Deployed { name, address, .. } in &deployed {
        println!("  {name:<10} {address}");
        if args.deploy == Deploy::Loader {
            println!("  {:<10} scripts find it by {}={address}", "", id_variable(name));
        }
    }
    println!(
        "  migrations node --import tsx migrations/run.ts --url {} --ws {}",
        validator.url, validator.ws
    );
    if !args.no_prices {
        println!("  prices     those of app/data/prices.json, a new one every 10 seconds");
    }
    println!("Ctrl-C stops it; nothing of it is kept.");
    validator.wait()
}

/// `options` are those of migrations/run.ts.
pub fn migrate(
    context: &Context,
    validator: &Validator,
    programs: &[Deployed],
    options: &[String],
) -> Result<()> {
    let ids = ids(programs);
    let step = Step::start("running the migrations", "10 seconds");
    let options: Vec<&str> = options.iter().map(|option| &**option).collect();
    node::script(context, validator, "migrations/run.ts", &options, &env(&ids))?;
    step.done();
    Ok(())
}

/// Nobody publishes prices on a local chain: a recorded series is replayed, each price dated now.
pub fn replay(
    context: &Context,
    validator: &Validator,
    programs: &[Deployed],
) -> Result<child::Supervised> {
    node::background(context, validator, "app/prices/main.ts", &env(&ids(programs)))
}

fn env(ids: &[(String, String)]) -> Vec<(&str, &str)> {
    ids.iter().map(|(name, id)| (&**name, &**id)).collect()
}

/// What tells compilers and scripts the programs' addresses.
fn ids(programs: &[Deployed]) -> Vec<(String, String)> {
    programs.iter().map(|program| (id_variable(&program.name), program.address.clone())).collect()
}

fn id_variable(program: &str) -> String {
    format!("SCRIP_{}_ID", program.to_uppercase())
}

const LOADER_DIR: &str = "target/loader";

/// What has the migrations deploy what `compile_for_new_keys` made.
pub fn deployment() -> [String; 2] {
    ["--programs".into(), LOADER_DIR.into()]
}

/// The way a launch begins: new program keypairs, the programs compiled for these addresses. The keypairs are made at
/// run time and stay below target/.
pub fn compile_for_new_keys(context: &Context, programs: Vec<Deployed>) -> Result<Vec<Deployed>> {
    let dir = context.root.join(LOADER_DIR);
    fs::create_dir_all(&dir)?;
    let mut compiled = Vec::new();
    for program in programs {
        let keypair = dir.join(format!("{}-keypair.json", program.name));
        let address = new_keypair(context, &keypair)?;
        compiled.push(Deployed {
            file: dir.join(format!("{}.so", program.name)),
            address,
            name: program.name,
        });
    }
    build::programs(context, Some(build::Variant { dir, env: ids(&compiled) }))?;
    Ok(compiled)
}

/// Writes a fresh keypair file and gives its address.
fn new_keypair(context: &Context, file: &Path) -> Result<String> {
    let mut node = Command::new("node");
    let address = run::quiet(node.arg(context.root.join("xtask/scripts/keygen.mjs")).arg(file))?;
    let address = address.trim();
    if !(32..=44).contains(&address.len()) {
        bail!("{address:?} is not an address");
    }
    Ok(address.to_owned())
}
