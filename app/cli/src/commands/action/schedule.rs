use crate::{
    attestation::{File, Terms, file::gather, prepare, submit},
    context::Context,
    exit::{Failure, Result},
    output::Page,
};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Signed files of `attest action schedule`
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let files = args.files.iter().map(|path| File::read(path)).collect::<Result<Vec<_>>>()?;
    let gathered = gather(files);
    let [file] = &gathered[..] else {
        return Err(Failure::usage("these files are about different things"));
    };
    if !matches!(&file.terms, Terms::Action { schedule: Some(_), .. }) {
        return Err(Failure::usage("this file schedules no corporate action"));
    }
    let mut page = Page::new();
    prepare::show(&mut page, file);
    context.confirm(&format!(
        "do this for good once its second has come:\n  {}",
        file.says().join("\n  ")
    ))?;
    page.append(submit::submit(context, file)?);
    Ok(page)
}
