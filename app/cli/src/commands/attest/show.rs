use crate::{
    attestation::{File, prepare},
    exit::Result,
    output::Page,
};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// The file
    file: PathBuf,
}

pub fn run(args: &Args) -> Result<Page> {
    let file = File::read(&args.file)?;
    let mut page = Page::new();
    prepare::show(&mut page, &file);
    Ok(page)
}
