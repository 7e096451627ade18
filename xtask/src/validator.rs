//! A running local validator with the programs in place.

use crate::{build, child::Supervised, ports, run::Exit, setup::Context};
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

const START_LIMIT: Duration = Duration::from_secs(60);

/// How long a slot takes; every confirmation waits for one. The chain's clock keeps to real time at either pace.
#[derive(Clone, Copy)]
pub enum Pace {
    /// 400 ms
    Mainnet,
    /// 100 ms, for tests: a blockhash then lives for 15 s.
    Fast,
}

impl Pace {
    const fn slot_ms(self) -> &'static str {
        match self {
            Self::Mainnet => "400",
            Self::Fast => "100",
        }
    }
}

pub struct Validator {
    process: Supervised,
    pub url: String,
    pub ws: String,
}

/// A program of this repository.
pub struct Deployed {
    pub name: String,
    pub address: String,
    pub file: PathBuf,
}

/// What is needed of an Anchor IDL.
#[derive(Deserialize)]
pub struct Idl {
    address: String,
    metadata: IdlMetadata,
}

#[derive(Deserialize)]
struct IdlMetadata {
    name: String,
}

pub fn idl(path: &Path) -> Result<Idl> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not an IDL", path.display()))
}

/// The programs that have an IDL, at the addresses that it says, and those that have none, at
/// Anchor.toml's.
pub fn programs(context: &Context) -> Result<Vec<Deployed>> {
    let dir = context.root.join("app/idl");
    let mut programs = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let Idl { address, metadata } = idl(&path)?;
        let file = context.root.join("target/deploy").join(format!("{}.so", metadata.name));
        programs.push(Deployed { name: metadata.name, address, file });
    }
    let addresses = build::anchor_toml(context)?.programs.localnet;
    for folder in build::program_folders(context)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if programs.iter().any(|program| program.name == name) {
            continue;
        }
        let address = addresses.get(&name).with_context(|| {
            format!("{name} has no IDL, and no address in [programs.localnet] of Anchor.toml")
        })?;
        let file = context.root.join("target/deploy").join(format!("{name}.so"));
        programs.push(Deployed { name, address: address.clone(), file });
    }
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(programs)
}

impl Validator {
    /// Starts one on `port` (none: a free one) and returns when it answers.
    pub fn start(
        context: &Context,
        port: Option<u16>,
        programs: &[Deployed],
        pace: Pace,
    ) -> Result<Self> {
        let binary = context.validator()?;
        let port = port.map_or_else(ports::find, ports::claim)?;
        let mut command = Command::new(binary);
        command.args(["--port", &port.to_string(), "--ws-port", &(port + 1).to_string()]);
        command.args(["--slot-ms", pace.slot_ms()]);
        for program in programs {
            command.arg("--program").arg(format!("{}={}", program.address, program.file.display()));
        }
        let mut process = Supervised::start(command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
        let stdout = process.child().stdout.take().context("the validator has no output")?;
        let (send, ready) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some(addresses) = line.strip_prefix("ready ") {
                    let _ = send.send(addresses.to_owned());
                }
            }
        });
        match ready.recv_timeout(START_LIMIT) {
            Ok(addresses) => {
                let (url, ws) = parse_ready(&addresses)?;
                Ok(Self { process, url, ws })
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let code = process.wait()?.code().unwrap_or(1).max(1);
                Err(Exit { code, what: "the local validator".into() }.into())
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {
                bail!("the local validator did not get ready within {} s", START_LIMIT.as_secs())
            }
        }
    }

    /// Waits until it ends by itself, which it should not.
    pub fn wait(&mut self) -> Result<()> {
        let status = self.process.wait()?;
        Err(Exit { code: status.code().unwrap_or(1).max(1), what: "the local validator".into() }
            .into())
    }
}

/// `rpc=http://127.0.0.1:8899 ws=ws://127.0.0.1:8900`
fn parse_ready(line: &str) -> Result<(String, String)> {
    let field = |name: &str| {
        line.split(' ')
            .find_map(|part| Some(part.strip_prefix(name)?.strip_prefix('=')?.to_owned()))
    };
    field("rpc")
        .zip(field("ws"))
        .with_context(|| format!("the local validator said something unexpected: ready {line}"))
}

#[cfg(test)]
mod tests {
    use super::parse_ready;

    #[test]
    fn addresses_of_the_ready_line() {
        let (url, ws) = parse_ready("rpc=http://127.0.0.1:1 ws=ws://127.0.0.1:2").unwrap();
        assert_eq!((&*url, &*ws), ("http://127.0.0.1:1", "ws://127.0.0.1:2"));
        assert!(parse_ready("rpc=http://127.0.0.1:1").is_err());
    }
}
