//! The command line: global flags, and the tree of commands. What each command takes stands in its own file.

use crate::{commands::Command, context::Output};
use clap::{Args, Parser};
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Names: a TICKER is a symbol of the issuer, like AAPLx, or a mint's address. An amount is in shares, \"1.5\", or raw, \
\"150000000raw\". A span is \"90s\", \"15m\", \"7d\"; a time is \"2026-11-28T14:30:00Z\", or \"+7d\" from now.

Settings: a flag goes before its environment variable, and that before the configuration file. Name the issuer once: \
scrip config set issuer ADDRESS.

Exit status: 0 done; 1 failed; 2 arguments or configuration; 3 a file that is missing, broken or tampered with; \
4 no cluster, or another one than meant; 5 the chain refuses; 6 not on the chain; 7 not yet: signatures or time are \
lacking; 8 nobody confirmed; 9 an audit found something that does not add up.";

/// Operates tokenized shares on Solana: issuer, custodian, KYC desk, investor
///
/// What an issuer, a custodian and a KYC desk do stands under a command of that name; what investors do under redeem.
/// Nothing is sent before it was simulated: what the chain would refuse costs nothing.
#[derive(Parser)]
#[command(name = "scrip", version, arg_required_else_help = true, after_help = AFTER_HELP, infer_subcommands = false)]
pub struct Cli {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Args, Clone)]
#[command(next_help_heading = "Everywhere")]
pub struct Globals {
    /// Address of the cluster, or localnet, devnet, testnet, mainnet [default: localnet]
    #[arg(long, short = 'u', global = true, env = "SCRIP_URL", value_name = "URL")]
    pub url: Option<String>,
    /// Key file of who acts [default: ~/.config/solana/id.json]
    #[arg(long, short = 'k', global = true, env = "SCRIP_KEYPAIR", value_name = "FILE")]
    pub keypair: Option<PathBuf>,
    /// Key file of who pays fees and rents [default: who acts]
    #[arg(long, global = true, env = "SCRIP_FEE_PAYER", value_name = "FILE")]
    pub fee_payer: Option<PathBuf>,
    /// Address of the issuer
    #[arg(long, global = true, env = "SCRIP_ISSUER", value_name = "ADDRESS")]
    pub issuer: Option<String>,
    /// Number of the custodian within the issuer [default: 0]
    #[arg(long, global = true, env = "SCRIP_CUSTODIAN", value_name = "NUMBER")]
    pub custodian: Option<u32>,
    /// Address of the curator whose price feeds count
    #[arg(long, global = true, env = "SCRIP_CURATOR", value_name = "ADDRESS")]
    pub curator: Option<String>,
    /// Configuration file [default: ~/.config/scrip/config.toml]
    #[arg(long, global = true, env = "SCRIP_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How to tell the result
    #[arg(long, short = 'o', global = true, value_enum, default_value = "table")]
    pub output: Output,
    /// Simulate and show; send nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Do not ask before dangerous acts
    #[arg(long, short = 'y', global = true)]
    pub yes: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_argument_is_explained() {
        fn check(command: &clap::Command) {
            let name = command.get_name();
            assert!(command.get_about().is_some(), "{name} has no help");
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{name} {} has no help", argument.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }
}
