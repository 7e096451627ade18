//! The command line.

use std::path::PathBuf;

use solana_pubkey::Pubkey;

const HELP: &str = "\
A local Solana validator: surfpool in one process, offline, nothing kept on disk.

Usage: scrip-validator [OPTIONS]

  --port N              JSON-RPC port on 127.0.0.1 (default 8899)
  --ws-port N           websocket port (default: the RPC port + 1)
  --program ADDRESS=FILE.so
                        place a program at an address, ready to be called; repeatable
  --slot-ms N           milliseconds a slot takes (default 400, as on mainnet); the chain's clock
                        keeps to real time whatever the length
  --verbose             say on stderr what happens, one line a transaction
  --version, --help

Prints one line when it answers and every program can be called:
  ready rpc=http://127.0.0.1:8899 ws=ws://127.0.0.1:8900
Ctrl-C or SIGTERM stops it (exit status 0). A port in use or a file that is no program: one sentence
on stderr, exit status 1.

Funds:       requestAirdrop, as on any test cluster.
Time travel: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"surfnet_timeTravel\",
              \"params\":[{\"absoluteTimestamp\": MILLISECONDS}]}

Example: scrip-validator --port 9000 --program Scrip...=target/deploy/issuer.so";

pub struct Options {
    pub port: u16,
    pub ws_port: u16,
    pub slot_ms: u64,
    pub programs: Vec<(Pubkey, PathBuf)>,
    pub verbose: bool,
}

pub enum Command {
    Run(Options),
    Print(String),
}

/// Reads the arguments (without the program's name). The error is one sentence for the user.
pub fn parse(mut args: impl Iterator<Item = String>) -> Result<Command, String> {
    let (mut port, mut ws_port, mut slot_ms) = (8899, None, 400);
    let (mut programs, mut verbose) = (Vec::new(), false);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value; see --help"));
        match arg.as_str() {
            "--port" => port = port_number(&arg, &value()?)?,
            "--ws-port" => ws_port = Some(port_number(&arg, &value()?)?),
            "--slot-ms" => slot_ms = slot_length(&value()?)?,
            "--program" => programs.push(program(&value()?)?),
            "--verbose" => verbose = true,
            "--help" | "-h" => return Ok(Command::Print(HELP.to_string())),
            "--version" => {
                let version =
                    concat!("scrip-validator ", env!("CARGO_PKG_VERSION"), " (surfpool 1.6.1)");
                return Ok(Command::Print(version.to_string()));
            }
            _ => return Err(format!("unknown argument {arg}; see --help")),
        }
    }
    let ws_port = match ws_port {
        Some(given) => given,
        None => port
            .checked_add(1)
            .ok_or("there is no port after 65535: choose the websocket's with --ws-port")?,
    };
    if ws_port == port {
        return Err(format!("--port and --ws-port are both {port}: choose two ports"));
    }
    Ok(Command::Run(Options { port, ws_port, slot_ms, programs, verbose }))
}

fn port_number(option: &str, text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(format!("{option} takes a number from 1 to 65535, not {text}")),
    }
}

fn slot_length(text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(length) if (10..=10_000).contains(&length) => Ok(length),
        _ => Err(format!("--slot-ms takes a number from 10 to 10000, not {text}")),
    }
}

fn program(text: &str) -> Result<(Pubkey, PathBuf), String> {
    let (address, file) = text
        .split_once('=')
        .ok_or_else(|| format!("--program takes ADDRESS=FILE.so, not {text}"))?;
    let address = address
        .parse()
        .map_err(|_| format!("--program: {address} is not an address (base58, 32 bytes)"))?;
    Ok((address, PathBuf::from(file)))
}
