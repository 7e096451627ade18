//! Rows of a tickers file, `app/data/tickers.json`: what a share is.

use crate::exit::{Failure, Result};
use serde::Deserialize;
use std::{fs, path::Path};

#[derive(Deserialize)]
struct File {
    tickers: Vec<Facts>,
}

/// What a ticker is listed with.
#[derive(Clone, Deserialize)]
pub struct Facts {
    pub symbol: String,
    pub name: String,
    pub underlying: String,
    pub mic: String,
    /// None where it is not established.
    pub isin: Option<String>,
    #[serde(default)]
    pub feeds: Feeds,
}

#[derive(Clone, Default, Deserialize)]
pub struct Feeds {
    pub regular: Option<Feed>,
}

/// A price feed of Pyth.
#[derive(Clone, Deserialize)]
pub struct Feed {
    /// 64 hex digits.
    pub id: String,
}

/// The row of a symbol.
pub fn row(file: &Path, symbol: &str) -> Result<Facts> {
    let text = fs::read_to_string(file).map_err(|error| {
        Failure::file(format!("cannot read the tickers file {}: {error}", file.display())).hint(
            "name it with --file, or describe the security with --name, --underlying and --mic",
        )
    })?;
    let File { tickers } = serde_json::from_str(&text).map_err(|error| {
        Failure::file(format!("{} is no tickers file: {error}", file.display()))
    })?;
    tickers
        .into_iter()
        .find(|one| one.symbol == symbol)
        .ok_or_else(|| Failure::file(format!("{} has no {symbol}", file.display())))
}
