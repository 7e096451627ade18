use super::super::attestors::show::sets_table;
use crate::{
    attestation::prepare::next_nonce,
    context::Context,
    exit::Result,
    names,
    output::{Cell, Page},
    units,
};
use scrip_interface::sha256;

#[derive(clap::Args)]
pub struct Args {
    /// Say whether this is the custodian's legal name
    #[arg(long)]
    name: Option<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let (address, custodian) = names::custodian(context)?;
    let mut page = Page::new();
    page.field("custodian", address);
    page.field("number", custodian.number);
    page.field("name_sha256", hex::encode(custodian.name_hash));
    if let Some(name) = &args.name {
        page.field("is_this_name", sha256(&[name.as_bytes()]) == custodian.name_hash);
    }
    page.field("tickers", custodian.tickers);
    page.field("removed_keys", custodian.removed_count);
    page.field("next_nonce", next_nonce(&custodian.nonces));
    page.field(
        "last_statement",
        match custodian.statement.as_of {
            0 => Cell::none(),
            as_of => units::time(as_of),
        },
    );
    sets_table(context, &mut page, &address)?;
    Ok(page)
}
