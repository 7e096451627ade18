use crate::{
    attestation::{
        Terms,
        prepare::{Making, file},
        terms::{ActionStep, Schedule},
        usage::action_address,
    },
    commands::action::{Describe, described},
    context::Context,
    exit::Result,
    names::{self, Security},
    output::Page,
    units::{Moment, parse_e8},
};
use clap::Subcommand;
use scrip_client::issuer::accounts::CorporateAction;
use scrip_interface::attestation::Kind;

#[derive(Subcommand)]
pub enum Command {
    /// That an action is announced, at once
    Announce {
        /// Symbol, or mint
        ticker: String,
        #[command(flatten)]
        describe: Box<Describe>,
        #[command(flatten)]
        making: Making,
    },
    /// When the announced action takes effect, and what is held from then on
    Schedule {
        /// Symbol, or mint
        ticker: String,
        /// The second: after the ticker's window, and within 30 days
        #[arg(long, value_name = "TIME")]
        at: Moment,
        /// Shares that the custodian holds from then on, settled
        #[arg(long, value_name = "SHARES", value_parser = parse_e8)]
        settled_after: u128,
        /// Shares that are due from then on
        #[arg(long, value_name = "SHARES", default_value = "0", value_parser = parse_e8)]
        receivable_after: u128,
        #[command(flatten)]
        making: Making,
    },
    /// That the open action is taken back, before it takes effect
    Cancel {
        /// Symbol, or mint
        ticker: String,
        #[command(flatten)]
        making: Making,
    },
}

pub fn run(context: &Context, command: Command) -> Result<Page> {
    match command {
        Command::Announce { ticker, describe, making } => {
            let security = names::security(context, &ticker)?;
            let header = making.about(context, &security, Kind::Action)?;
            let terms = Terms::Action {
                mint: security.mint,
                action_sequence: security.ticker.action_sequence,
                step: ActionStep::Announce,
                request: 0,
                terms: describe.words()?,
                schedule: None,
            };
            making.finish(context, file(header, terms, &security))
        }
        Command::Schedule { ticker, at, settled_after, receivable_after, making } => {
            let security = names::security(context, &ticker)?;
            let effective_at = at.seconds(security.now);
            let schedule = Schedule { effective_at, settled_after, receivable_after };
            step(context, &security, &making, ActionStep::Schedule, Some(schedule))
        }
        Command::Cancel { ticker, making } => {
            let security = names::security(context, &ticker)?;
            step(context, &security, &making, ActionStep::Cancel, None)
        }
    }
}

/// About the action that is open.
fn step(
    context: &Context,
    security: &Security,
    making: &Making,
    step: ActionStep,
    schedule: Option<Schedule>,
) -> Result<Page> {
    let open: CorporateAction = context
        .chain()?
        .read("an open corporate action of the ticker", &action_address(security))?;
    let header = making.about(context, security, Kind::Action)?;
    let terms = Terms::Action {
        mint: security.mint,
        action_sequence: security.ticker.action_sequence,
        step,
        request: open.request,
        terms: described(&open)?,
        schedule,
    };
    making.finish(context, file(header, terms, security))
}
