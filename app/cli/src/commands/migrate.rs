use crate::{
    context::{Context, Step},
    exit::Result,
    names,
    output::Page,
};
use scrip_client::{
    accounts::Account,
    issuer::{
        accounts::{AttestorSet, Custodian, Issuer, NonceWindow, Redemption, Symbol, Ticker},
        instructions::Migrate,
    },
    programs::SYSTEM,
};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// This release writes layout 2 and reads layout 1. A custodian and an attestor set of layout 1 must be migrated before
/// they are used.
const LAYOUT: u8 = 2;

#[derive(clap::Args)]
pub struct Args {
    /// Only show what would be migrated
    #[arg(long)]
    check: bool,
}

/// An account of an older layout.
struct Old {
    kind: &'static str,
    address: Pubkey,
    /// Of an attestor set: its custodian, which takes it into its list.
    custodian: Option<Pubkey>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let old = find(context)?;
    let mut page = Page::new();
    let rows = old.iter().map(|one| vec![one.kind.into(), one.address.into()]).collect();
    page.table("older_layout", &["kind", "account"], rows);
    if args.check {
        return Ok(page);
    }
    let payer = context.payer()?.pubkey();
    let mut steps = vec![];
    for Old { kind, address, custodian } in old {
        let accounts = Migrate { payer, account: address, custodian, system_program: SYSTEM };
        steps.push(Step::new(format!("migrate the {kind}"), vec![accounts.instruction()]));
    }
    context.send_all(steps, &[])?;
    Ok(page)
}

/// In the order in which they must be migrated: a set needs its custodian.
fn find(context: &Context) -> Result<Vec<Old>> {
    const ISSUER_OF_TICKER: usize = 32;
    const CUSTODIAN_OF_SET: usize = 24;
    /// Of custodians and symbols the issuer, of windows and redemptions the mint.
    const OWNER: usize = 16;
    let (issuer, state) = names::issuer(context)?;
    let mut old = vec![];
    if state.version < LAYOUT {
        old.push(Old { kind: Issuer::NAME, address: issuer, custodian: None });
    }
    for custodian in all::<Custodian>(context, OWNER, &issuer, None, &mut old)? {
        all::<AttestorSet>(context, CUSTODIAN_OF_SET, &custodian, Some(custodian), &mut old)?;
    }
    all::<Ticker>(context, ISSUER_OF_TICKER, &issuer, None, &mut old)?;
    all::<Symbol>(context, OWNER, &issuer, None, &mut old)?;
    for security in names::securities(context)? {
        all::<NonceWindow>(context, OWNER, &security.mint, None, &mut old)?;
        all::<Redemption>(context, OWNER, &security.mint, None, &mut old)?;
    }
    Ok(old)
}

/// Addresses of all accounts of a kind; those of an older layout are added to `old`.
fn all<T: Account>(
    context: &Context,
    offset: usize,
    part: &Pubkey,
    custodian: Option<Pubkey>,
    old: &mut Vec<Old>,
) -> Result<Vec<Pubkey>> {
    let found = context.chain()?.versions::<T>(offset, part)?;
    let aged = found.iter().filter(|(_, version)| *version < LAYOUT);
    old.extend(aged.map(|(address, _)| Old { kind: T::NAME, address: *address, custodian }));
    Ok(found.into_iter().map(|(address, _)| address).collect())
}
