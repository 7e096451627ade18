use crate::{
    context::Context,
    exit::Result,
    names,
    operator::role_names,
    output::{Cell, Page},
    units,
};
use scrip_client::issuer::{
    accounts::{Announcement, Custodian, RoleGrant},
    types::Change,
};
use solana_pubkey::Pubkey;

use super::pause::pause_names;

pub fn run(context: &Context) -> Result<Page> {
    let (address, issuer) = names::issuer(context)?;
    let chain = context.chain()?;
    let mut page = Page::new();
    page.field("issuer", address);
    page.field("admin", issuer.admin);
    if issuer.pending_admin != Pubkey::default() {
        page.field("proposed_admin", issuer.pending_admin);
    }
    page.field("timelock_secs", units::span(issuer.timelock_secs));
    page.field("paused", Cell::list(pause_names(issuer.pauses)));
    page.field("events", issuer.stream.sequence);
    page.table("roles", &["wallet", "roles", "until"], roles(context, &address)?);

    const CUSTODIAN_ISSUER_AT: usize = 16;
    let mut custodians = chain.accounts::<Custodian>(CUSTODIAN_ISSUER_AT, &address)?;
    custodians.sort_by_key(|(_, one)| one.number);
    let row = |(address, one): (Pubkey, Custodian)| {
        vec![one.number.into(), address.into(), one.tickers.into()]
    };
    page.table(
        "custodians",
        &["number", "custodian", "tickers"],
        custodians.into_iter().map(row).collect(),
    );

    const ANNOUNCEMENT_ISSUER_AT: usize = 10;
    let mut waiting = chain.accounts::<Announcement>(ANNOUNCEMENT_ISSUER_AT, &address)?;
    waiting.retain(|(_, one)| !one.made);
    waiting.sort_by_key(|(_, one)| one.id);
    let row = |(_, one): (Pubkey, Announcement)| {
        vec![
            one.id.into(),
            change_words(&one.change).into(),
            units::time(one.ready_at),
            units::time(one.expires_at),
        ]
    };
    page.table(
        "announced",
        &["id", "change", "from", "until"],
        waiting.into_iter().map(row).collect(),
    );
    Ok(page)
}

/// Wallet, roles and end of each grant.
pub fn roles(context: &Context, issuer: &Pubkey) -> Result<Vec<Vec<Cell>>> {
    const ISSUER_AT: usize = 16;
    let mut grants = context.chain()?.accounts::<RoleGrant>(ISSUER_AT, issuer)?;
    grants.sort_by_key(|(_, grant)| grant.wallet);
    let row = |(_, grant): (Pubkey, RoleGrant)| {
        vec![
            grant.wallet.into(),
            Cell::list(role_names(grant.roles)),
            units::time(grant.expires_at),
        ]
    };
    Ok(grants.into_iter().map(row).collect())
}

fn change_words(change: &Change) -> String {
    match change {
        Change::GrantRole { wallet, roles, .. } => {
            format!("grant {} to {wallet}", role_names(*roles).join(", "))
        }
        Change::ChangeCustodian { mint, custodian } => {
            format!("move {mint} to custodian {custodian}")
        }
        Change::SetTimelock { secs } => format!("timelock of {}", units::span_text((*secs).into())),
        Change::SetTerms { mint, .. } => format!("other terms of {mint}"),
        Change::SetDeskLimit { desk, .. } => format!("a larger outflow of the desk {desk}"),
        Change::WithdrawCash { desk, destination, amount } => {
            format!("withdraw {amount} of {desk} to {destination}")
        }
        Change::OpenMode { mint } => format!("open {mint}"),
        Change::EndPrimaryKyc { mint } => format!("end KYC at the primary market of {mint}"),
        Change::SetActionWindow { mint, .. } => {
            format!("a shorter window around actions of {mint}")
        }
    }
}
