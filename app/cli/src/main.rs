//! `scrip`: the command line of the people who run an issuer, a custodian and a KYC desk.

mod attestation;
mod chain;
mod cli;
mod commands;
mod config;
mod context;
mod countries;
mod exit;
mod keys;
mod names;
mod operator;
mod output;
mod price;
mod receive;
mod refusal;
mod units;

use clap::Parser;
use context::{Context, Output};
use exit::{Exit, Failure};
use serde_json::json;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let output = cli.globals.output;
    let done = Context::new(cli.globals).and_then(|context| {
        let page = commands::run(&context, cli.command)?;
        let unsound = page.unsound;
        context.print(page);
        Ok(if unsound { ExitCode::from(Exit::Unsound as u8) } else { ExitCode::SUCCESS })
    });
    done.unwrap_or_else(|failure| {
        complain(&failure, output);
        ExitCode::from(failure.exit as u8)
    })
}

/// Errors go to stderr: stdout belongs to results.
fn complain(failure: &Failure, output: Output) {
    let Failure { exit, message, hint, code } = failure;
    match output {
        Output::Json => {
            let error = json!({ "kind": exit.name(), "exit": *exit as u8, "code": code, "message": message, "hint": hint });
            eprintln!("{:#}", json!({ "error": error }));
        }
        Output::Table => {
            eprintln!("error: {message}");
            if let Some(hint) = hint {
                eprintln!("  hint: {hint}");
            }
        }
    }
}
