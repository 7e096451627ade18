use crate::{
    attestation::words::kind_names,
    context::Context,
    exit::Result,
    names,
    output::{Cell, Page},
    units,
};
use scrip_client::issuer::accounts::AttestorSet;
use solana_pubkey::Pubkey;

#[derive(clap::Args)]
pub struct Args {
    /// Only this set, with its keys
    index: Option<u32>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (custodian, _) = names::custodian(context)?;
    let mut page = Page::new();
    page.field("custodian", custodian);
    match args.index {
        None => sets_table(context, &mut page, &custodian)?,
        Some(index) => {
            let (address, set) = names::attestor_set(context, &custodian, index)?;
            one(&mut page, &address, &set, context.chain()?.now()?);
        }
    }
    Ok(page)
}

pub fn sets_table(context: &Context, page: &mut Page, custodian: &Pubkey) -> Result<()> {
    let now = context.chain()?.now()?;
    let row = |(_, set): (Pubkey, AttestorSet)| {
        vec![
            set.index.into(),
            standing(&set, now).into(),
            Cell::new(
                format!("{} of {}", set.threshold, set.count),
                format!("{}/{}", set.threshold, set.count),
            ),
            Cell::list(kind_names(set.kinds)),
            units::time(set.valid_from),
            units::time(set.expires_at),
        ]
    };
    let rows = names::attestor_sets(context, custodian)?.into_iter().map(row).collect();
    page.table(
        "attestor_sets",
        &["index", "standing", "threshold", "may_sign", "from", "until"],
        rows,
    );
    Ok(())
}

fn one(page: &mut Page, address: &Pubkey, set: &AttestorSet, now: i64) {
    page.field("attestor_set", *address).field("index", set.index);
    page.field("standing", standing(set, now));
    page.field(
        "threshold",
        Cell::new(format!("{} of {}", set.threshold, set.count), set.threshold),
    );
    page.field("may_sign", Cell::list(kind_names(set.kinds)));
    page.field("from", units::time(set.valid_from)).field("until", units::time(set.expires_at));
    if set.ready_at != i64::MAX {
        let what = if set.status == 0 { "takes_cash_from" } else { "admin_may_activate_at" };
        page.field(what, units::time(set.ready_at));
    }
    let keys = set.attestors.iter().take(set.count.into());
    page.table("keys", &["attestor"], keys.map(|key| vec![(*key).into()]).collect());
}

fn standing(set: &AttestorSet, now: i64) -> &'static str {
    match set {
        set if set.status != 0 => "proposed",
        set if now < set.valid_from => "not yet",
        set if now >= set.expires_at => "expired",
        _ => "counts",
    }
}
