use crate::{
    attestation::{File, Terms, prepare::Making, terms::TickerReserves},
    context::Context,
    exit::{Failure, Result},
    names,
    output::Page,
    units::{Moment, parse_e8},
};
use scrip_interface::attestation::Kind;
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Table with the columns ticker, settled and receivable (shares): CSV with a head line
    #[arg(value_name = "FILE.csv")]
    holdings: PathBuf,
    /// When that was counted; otherwise now
    #[arg(long, value_name = "TIME")]
    as_of: Option<Moment>,
    #[command(flatten)]
    making: Making,
}

#[derive(Deserialize)]
struct Row {
    ticker: String,
    settled: String,
    #[serde(default)]
    receivable: String,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (custodian, state) = names::custodian(context)?;
    let header = args.making.about_custodian(context, custodian, &state, Kind::Statement)?;
    let mut tickers: Vec<TickerReserves> = vec![];
    for (line, row) in rows(&args.holdings)?.into_iter().enumerate() {
        let at = |error: String| {
            Failure::file(format!("{}, row {}: {error}", args.holdings.display(), line + 1))
        };
        let security = names::security(context, &row.ticker)?;
        if security.ticker.custodian != custodian {
            return Err(at(format!("{} rests on another custodian", row.ticker)));
        }
        if tickers.iter().any(|one| one.mint == security.mint) {
            return Err(at(format!("{} is there twice", row.ticker)));
        }
        let receivable = if row.receivable.is_empty() { "0" } else { &row.receivable };
        tickers.push(TickerReserves {
            mint: security.mint,
            action_sequence: security.ticker.action_sequence,
            settled: parse_e8(&row.settled).map_err(at)?,
            receivable: parse_e8(receivable).map_err(at)?,
        });
    }
    if tickers.is_empty() {
        return Err(Failure::file(format!("{} has no rows", args.holdings.display())));
    }
    let as_of = args.as_of.map_or(header.issued_at, |moment| moment.seconds(header.issued_at));
    args.making.finish(context, File::new(header, Terms::Statement { as_of, tickers }, None))
}

fn rows(path: &Path) -> Result<Vec<Row>> {
    let broken = |error| Failure::file(format!("{}: {error}", path.display()));
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(broken)?;
    reader.deserialize().collect::<std::result::Result<_, _>>().map_err(broken)
}
