use super::named;
use crate::{
    context::{Context, Step},
    exit::{Failure, Result},
    output::{Cell, Page},
    units::{self, padded},
};
use scrip_client::{
    collateral::{
        accounts::Calendar,
        instructions::{
            CreateCalendar, CreateCalendarInstructionArgs, SetYear, SetYearInstructionArgs,
        },
        types::{Hours, Year},
    },
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{collateral, ids};
use serde::Deserialize;
use solana_signer::Signer;
use std::{fs, path::PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Calendar file
    #[arg(long, default_value = "app/data/calendar.json")]
    file: PathBuf,
    /// Years to load; otherwise all that the file has. One that is added later waits for the curator's timelock
    #[arg(long = "year", value_name = "YEAR", value_delimiter = ',')]
    years: Vec<u16>,
}

#[derive(Deserialize)]
struct File {
    mic: String,
    years: Vec<Days>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Days {
    year: u16,
    holidays: Vec<Day>,
    early_closes: Vec<Day>,
}

#[derive(Deserialize)]
struct Day {
    date: String,
}

const HOUR: u32 = 3_600;

/// NYSE and Nasdaq: extended hours from 04:00 to 20:00 in New York, and the night before a trading day.
const NYSE_HOURS: Hours = Hours {
    utc_offset_secs: -5 * 3_600,
    pre_open: 4 * HOUR,
    regular_open: 9 * HOUR + HOUR / 2,
    regular_close: 16 * HOUR,
    post_close: 20 * HOUR,
    early_close: 13 * HOUR,
    early_post_close: 17 * HOUR,
    us_daylight_saving: 1,
    overnight: 1,
    padding: [0; 2],
};

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let curator = named(context)?;
    let authority = context.keypair()?;
    let file = read(args)?;
    let mic: [u8; 4] = padded(&file.mic)?;
    let years = file.years.iter().map(year).collect::<Result<Vec<_>>>()?;
    let calendar = collateral::pda::calendar(&ids::COLLATERAL, &curator, &mic).0;
    let known: Option<Calendar> = context.chain()?.find(&calendar)?;
    let (event_authority, program) = (event_authority(&ids::COLLATERAL), ids::COLLATERAL);
    let mut page = Page::new();
    page.field("calendar", calendar).field("mic", file.mic.as_str());
    let loaded: Vec<u16> = years.iter().map(|year| year.year).collect();
    let Some(known) = known else {
        let accounts = CreateCalendar {
            payer: context.payer()?.pubkey(),
            authority: authority.pubkey(),
            curator,
            calendar,
            system_program: SYSTEM,
            event_authority,
            program,
        };
        let create =
            accounts.instruction(CreateCalendarInstructionArgs { mic, hours: NYSE_HOURS, years });
        context.send(Step::new("create the calendar", vec![create]), &[&authority])?;
        page.field("years", Cell::list(loaded));
        return Ok(page);
    };
    // One year waits at a time.
    let missing =
        years.into_iter().find(|year| !known.years.iter().any(|one| one.year == year.year));
    let Some(year) = missing else {
        page.field("years", Cell::list(loaded)).note("All these years are loaded already.");
        return Ok(page);
    };
    let number = year.year;
    let accounts =
        SetYear { authority: authority.pubkey(), curator, calendar, event_authority, program };
    let set = accounts.instruction(SetYearInstructionArgs { year });
    context.send(Step::new(format!("load the year {number}"), vec![set]), &[&authority])?;
    page.field("year", u32::from(number));
    page.note("It counts after the curator's timelock; one year waits at a time.");
    Ok(page)
}

fn read(args: &Args) -> Result<File> {
    let path = args.file.display();
    let text = fs::read_to_string(&args.file)
        .map_err(|error| Failure::file(format!("cannot read the calendar file {path}: {error}")))?;
    let mut file: File = serde_json::from_str(&text)
        .map_err(|error| Failure::file(format!("{path} is no calendar file: {error}")))?;
    if let Some(absent) =
        args.years.iter().find(|year| !file.years.iter().any(|one| one.year == **year))
    {
        return Err(Failure::file(format!("{path} has no year {absent}")));
    }
    file.years.retain(|one| args.years.is_empty() || args.years.contains(&one.year));
    Ok(file)
}

fn year(days: &Days) -> Result<Year> {
    Ok(Year {
        year: days.year,
        padding: [0; 6],
        holidays: bits(days.year, &days.holidays)?,
        early_closes: bits(days.year, &days.early_closes)?,
    })
}

/// A bit for each day, bit 0 for January 1st.
fn bits(year: u16, days: &[Day]) -> Result<[u64; 6]> {
    const DAY_SECS: i64 = 86_400;
    let first = units::parse_time(&format!("{year}-01-01")).map_err(Failure::file)?;
    let mut words = [0; 6];
    for Day { date } in days {
        let wrong = || Failure::file(format!("\"{date}\" is no day of {year}"));
        let day = (units::parse_time(date).map_err(|_| wrong())? - first).div_euclid(DAY_SECS);
        let day = usize::try_from(day)
            .ok()
            .filter(|day| *day < 366 && date.starts_with(&format!("{year}-")));
        let day = day.ok_or_else(wrong)?;
        words[day / 64] |= 1u64 << (day % 64);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str) -> Day {
        Day { date: date.into() }
    }

    #[test]
    fn a_day_of_the_year_is_a_bit() {
        let words = bits(2026, &[day("2026-01-01"), day("2026-03-06"), day("2026-12-31")]).unwrap();
        assert_eq!(words, [1, 1, 0, 0, 0, 1 << (364 - 320)]);
        assert!(bits(2026, &[day("2027-01-01")]).is_err());
        assert!(bits(2026, &[day("2026-02-30")]).is_err());
    }
}
