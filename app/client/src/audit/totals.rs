//! What was minted, redeemed and seized, counted from the events.

use super::{Check, Facts};
use crate::{
    amounts::format_e8,
    events::Event,
    issuer::types::{
        RedemptionRequested, RedemptionReturned, RedemptionSettled, SeizureExecuted, SeizureKind,
        SharesMinted, SharesRedeemed, SharesSubscribed,
    },
};

/// Raw totals since listing. 128 bits: the sum of altered events must not wrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub minted: u128,
    pub redeemed: u128,
    pub requested: u128,
    /// What left open redemptions: settled or returned.
    pub closed: u128,
    pub seized: u128,
}

impl Totals {
    pub fn of(events: &[Event]) -> Self {
        let mut totals = Self::default();
        for event in events {
            totals.add(event);
        }
        totals
    }

    fn add(&mut self, event: &Event) {
        if let Some(minted) = event.decode::<SharesMinted>("SharesMinted") {
            self.minted += u128::from(minted.amount);
        } else if let Some(sold) = event.decode::<SharesSubscribed>("SharesSubscribed") {
            self.minted += u128::from(sold.amount);
        } else if let Some(bought) = event.decode::<SharesRedeemed>("SharesRedeemed") {
            self.redeemed += u128::from(bought.amount);
        } else if let Some(request) = event.decode::<RedemptionRequested>("RedemptionRequested") {
            self.requested += u128::from(request.amount);
        } else if let Some(settled) = event.decode::<RedemptionSettled>("RedemptionSettled") {
            self.redeemed += u128::from(settled.amount);
            self.closed += u128::from(settled.amount);
        } else if let Some(returned) = event.decode::<RedemptionReturned>("RedemptionReturned") {
            self.closed += u128::from(returned.amount);
        } else if let Some(executed) = event.decode::<SeizureExecuted>("SeizureExecuted")
            && executed.kind == SeizureKind::Seizure
        {
            self.seized += u128::from(executed.moved);
        }
    }

    /// Raw amount of redemptions that are open after all this.
    pub const fn open(&self) -> u128 {
        self.requested.saturating_sub(self.closed)
    }
}

pub fn checks(facts: &Facts, totals: &Totals) -> Vec<Check> {
    let ticker = facts.ticker;
    let of = |name, what: &str, is: u64, should: u128| {
        Check::equal(name, (what, format_e8(is.into())), ("the events", format_e8(should)))
    };
    vec![
        of("minted", "the ticker's total of minted shares", ticker.minted, totals.minted),
        of("redeemed", "the ticker's total of redeemed shares", ticker.redeemed, totals.redeemed),
        of("seized", "the ticker's total of seized shares", ticker.seized, totals.seized),
        of(
            "open redemptions",
            "the ticker's total of open redemptions",
            ticker.open_redemptions,
            totals.open(),
        ),
    ]
}
