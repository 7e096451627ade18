use crate::{cli::Cli, exit::Result, output::Page};
use clap::CommandFactory;
use clap_complete::{Shell, generate};

#[derive(clap::Args)]
pub struct Args {
    /// For bash: scrip completions bash > ~/.local/share/bash-completion/completions/scrip
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args) -> Result<Page> {
    let mut script = vec![];
    generate(args.shell, &mut Cli::command(), "scrip", &mut script);
    Ok(Page::verbatim(String::from_utf8_lossy(&script).into_owned()))
}
