//! `key`: files in the format of Solana's own tools.

use crate::{context::Context, exit::Result, keys, output::Page};
use clap::Subcommand;
use solana_signer::Signer;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Command {
    /// Make a key and write it to a file that only you can read
    New {
        /// The file; never over an existing one
        file: PathBuf,
    },
    /// Show the address of a key file
    Show {
        /// The file; otherwise the one of --keypair
        file: Option<PathBuf>,
    },
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    let (file, address) = match command {
        Command::New { file } => {
            let address = keys::create(&file)?;
            (file, address)
        }
        Command::Show { file } => {
            let file = file.unwrap_or_else(|| context.keypair_path());
            let address = keys::read(&file)?.pubkey();
            (file, address)
        }
    };
    let mut page = Page::new();
    page.field("address", address).field("file", file.display().to_string());
    Ok(page)
}
