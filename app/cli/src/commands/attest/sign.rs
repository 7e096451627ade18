use crate::{
    attestation::{File, prepare},
    context::Context,
    exit::{Failure, Result},
    output::{Cell, Page},
};
use solana_signer::Signer;
use std::{
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

#[derive(clap::Args)]
pub struct Args {
    /// Files to sign, with the key of --keypair. The signature is added to each file
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write the signed file there instead; for one file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(context: &Context, args: &Args) -> Result<Page> {
    let keypair = context.keypair()?;
    if args.out.is_some() && args.files.len() > 1 {
        return Err(Failure::usage("--out is for one file"));
    }
    // All are checked before one is signed.
    let files = args.files.iter().map(|path| File::read(path)).collect::<Result<Vec<_>>>()?;
    let mut page = Page::new();
    page.field("attestor", keypair.pubkey());
    let says: Vec<String> = files.iter().flat_map(|file| file.says().to_vec()).collect();
    if let [only] = &files[..] {
        prepare::show(&mut page, only);
    } else {
        page.lines("says", says.clone());
    }
    context.confirm(&format!("sign, as {},\n  {}", keypair.pubkey(), says.join("\n  ")))?;
    let mut rows = vec![];
    for (mut file, path) in files.into_iter().zip(&args.files) {
        let path = args.out.as_ref().unwrap_or(path);
        let new = file.sign(&keypair);
        if !context.dry_run() {
            file.write(path)?;
        }
        let outcome = if new { "signed" } else { "was signed already" };
        rows.push(vec![
            path.display().to_string().into(),
            outcome.into(),
            count(file.signatures.len()),
        ]);
        if file.header.expires_at <= machine_time() {
            page.note(format!("By this machine's clock {} has expired.", path.display()));
        }
    }
    page.table("files", &["file", "outcome", "signatures"], rows);
    Ok(page)
}

fn count(number: usize) -> Cell {
    Cell::new(number.to_string(), number)
}

/// The chain's clock decides, but this machine need not be connected to one.
fn machine_time() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
