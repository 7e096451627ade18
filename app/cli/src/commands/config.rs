//! `config`: the small file that saves flags.

use crate::{
    config::NAMES,
    context::Context,
    exit::{Failure, Result},
    keys,
    output::{Cell, Page},
};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    /// Show the settings in force and where they are kept
    Show,
    /// Set url, keypair, issuer, custodian or curator
    Set {
        /// Which
        #[arg(value_parser = NAMES)]
        name: String,
        /// The value; it is checked for its form
        value: String,
    },
    /// Forget a setting
    Unset {
        /// Which
        #[arg(value_parser = NAMES)]
        name: String,
    },
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    let mut config = context.config.clone();
    match command {
        Command::Show => {}
        Command::Set { name, value } => {
            check(&name, &value)?;
            config.set(&name, Some(lasting(&name, value)));
            config.write(&context.config_path)?;
        }
        Command::Unset { name } => {
            config.set(&name, None);
            config.write(&context.config_path)?;
        }
    }
    let mut page = Page::new();
    page.field("file", context.config_path.display().to_string());
    for name in NAMES {
        page.field(
            name,
            config
                .get(name)
                .map_or_else(|| Cell::new("not set", ()), |value| value.as_str().into()),
        );
    }
    Ok(page)
}

/// A file's path must mean the same from every folder.
fn lasting(name: &str, value: String) -> String {
    match std::fs::canonicalize(&value) {
        Ok(path) if name == "keypair" => path.display().to_string(),
        _ => value,
    }
}

fn check(name: &str, value: &str) -> Result<()> {
    let sound = match name {
        "issuer" | "curator" => value.parse::<solana_pubkey::Pubkey>().is_ok(),
        "custodian" => value.parse::<u32>().is_ok(),
        "keypair" => return keys::read(value.as_ref()).map(|_| ()),
        _ => true,
    };
    if sound { Ok(()) } else { Err(Failure::usage(format!("\"{value}\" is no {name}"))) }
}
