//! `cargo xtask`: the one entry point of this repository.

mod bench;
mod build;
mod build_sbf;
mod cache;
mod child;
mod ci;
mod cli;
mod counts;
mod demo;
mod flows;
mod fuzz;
mod fuzz_parsers;
mod lint;
mod localnet;
mod mutants;
mod node;
mod ports;
mod run;
mod scale;
mod setup;
mod step;
mod test;
mod validator;
mod versions;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            let code = error.downcast_ref::<run::Exit>().map_or(1, |exit| exit.code);
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
    }
}
