use crate::{
    attestation::{File, file::gather, prepare, submit},
    context::Context,
    exit::Result,
    output::{Cell, Page},
};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Files of one or of several attestations; those about the same are put together
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let files = args.files.iter().map(|path| File::read(path)).collect::<Result<Vec<_>>>()?;
    let gathered = gather(files);
    let mut page = Page::new();
    if let [only] = &gathered[..] {
        prepare::show(&mut page, only);
        page.append(submit::submit(context, only)?);
        return Ok(page);
    }
    let mut rows = vec![];
    for file in &gathered {
        submit::submit(context, file)?;
        rows.push(vec![
            crate::attestation::words::kind_name(file.signed().kind).into(),
            file.unsigned.symbol.clone().map_or_else(Cell::none, Cell::from),
            file.header.nonce.into(),
        ]);
    }
    page.table("attestations", &["kind", "symbol", "nonce"], rows);
    Ok(page)
}
