use super::Which;
use crate::{
    context::Context,
    exit::Result,
    output::{Cell, Page},
    units,
};
use scrip_client::issuer::accounts::Seizure;

pub fn run(context: &Context, which: &Which) -> Result<Page> {
    let (security, address, state) = which.find(context)?;
    let mut page = Page::new();
    page.field("seizure", address).field("symbol", security.symbol());
    page.field("standing", standing(&state, security.now));
    page.field("recovery", state.kind != 0)
        .field("reason", Cell::new(state.reason.to_string(), state.reason));
    page.field("case_sha256", hex::encode(state.case_hash));
    page.field("token_account", state.from)
        .field("from_owner", state.from_owner)
        .field("to_owner", state.to_owner);
    page.field(
        "at_most",
        match state.amount {
            u64::MAX => Cell::new("the whole balance", ()),
            amount => security.amount(amount, None),
        },
    );
    page.field("announced_at", units::time(state.announced_at))
        .field("contested_at", units::time(state.contested_at));
    page.field("from", units::time(state.execute_at)).field("until", units::time(state.expires_at));
    page.field("executed_at", units::time(state.executed_at))
        .field("moved", security.amount(state.moved, None));
    Ok(page)
}

const fn standing(state: &Seizure, now: i64) -> &'static str {
    match state {
        state if state.executed_at != 0 => "executed",
        state if now >= state.expires_at => "expired",
        state if now >= state.execute_at => "may be executed",
        _ => "waits for the timelock",
    }
}
