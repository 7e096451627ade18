//! Recomputes what a ticker's account and mint say from what can be seen otherwise: the events, the
//! open redemptions, the token accounts. Nothing is believed that can be counted.

mod books;
mod burns;
mod multiplier;
mod reserves;
mod totals;

pub use burns::burned_by_holders;
pub use totals::Totals;

use crate::{
    events::{Event, Position, check_stream},
    issuer::accounts::{History, Redemption, Ticker},
};
use scrip_interface::mint::Mint;
use solana_address::Address;

/// What was read of the chain.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The chain's time.
    pub now: i64,
    pub ticker: &'a Ticker,
    /// The addresses that may sign for the mint, of the deployment.
    pub authority: Address,
    pub delegate: Address,
    pub mint: Mint<'a>,
    /// What the escrow's token account holds, raw; `None` if it is not there.
    pub escrow: Option<u64>,
    /// All open ones of the mint.
    pub redemptions: &'a [Redemption],
    pub history: Option<&'a History>,
    /// Of the ticker's stream, in order.
    pub events: &'a [Event],
    /// What holders burned themselves, raw; `None` if it was not looked for.
    pub burned: Option<u64>,
}

/// One thing that was recomputed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    /// Whether it adds up.
    pub holds: bool,
    /// What was compared, in words.
    pub detail: String,
}

impl Check {
    pub(crate) fn new(name: &'static str, holds: bool, detail: impl Into<String>) -> Self {
        Self { name, holds, detail: detail.into() }
    }

    /// Two numbers of the same thing.
    pub(crate) fn equal<T: PartialEq + std::fmt::Display>(
        name: &'static str,
        (what, is): (&str, T),
        (counted, should): (&str, T),
    ) -> Self {
        let holds = is == should;
        let detail = if holds {
            format!("{what} is {is}, as {counted} say")
        } else {
            format!("{what} is {is}, but {counted} say {should}")
        };
        Self::new(name, holds, detail)
    }
}

/// All checks, in the order in which an auditor would want them.
pub fn audit(facts: &Facts) -> Vec<Check> {
    let mut checks = vec![stream(facts)];
    let totals = Totals::of(facts.events);
    checks.extend(totals::checks(facts, &totals));
    checks.extend(books::checks(facts));
    checks.extend(reserves::checks(facts));
    checks.extend(multiplier::checks(facts));
    checks
}

/// Whether all that adds up.
pub fn is_sound(checks: &[Check]) -> bool {
    checks.iter().all(|check| check.holds)
}

fn stream(facts: &Facts) -> Check {
    let kept = &facts.ticker.stream;
    let kept = Position { sequence: kept.sequence, hash: kept.hash };
    let events = facts.events.iter().map(|event| (event.sequence, event.bytes.as_slice()));
    match check_stream(Position::default(), events, kept) {
        Ok(()) => {
            let count = kept.sequence;
            Check::new(
                "event stream",
                true,
                format!("all {count} events lead to the account's hash"),
            )
        }
        Err(error) => Check::new("event stream", false, error.to_string()),
    }
}
