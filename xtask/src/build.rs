//! `cargo xtask build`: programs, IDL, TypeScript client.

use crate::{
    build_sbf::{self, BuildSbfArgs},
    run,
    setup::{Compiler, Context},
};
use anyhow::Result;
use std::path::PathBuf;

pub fn build(context: &Context) -> Result<()> {
    programs(context, None)
}

/// Compiles every program of `programs/`; into target/deploy unless told otherwise.
pub fn programs(context: &Context, out: Option<PathBuf>) -> Result<()> {
    let manifest = context.root.join("Cargo.toml");
    match context.compiler()? {
        Compiler::Ours(_) => build_sbf::build_sbf(
            context,
            &BuildSbfArgs {
                manifest_path: Some(manifest),
                sbf_out_dir: out,
                arch: "v3".into(),
                workspace: true,
                cargo_args: vec!["--locked".into()],
                ..BuildSbfArgs::default()
            },
        ),
        Compiler::Official(official) => {
            let mut command = run::cargo_command(official);
            command.args(["--arch", "v3", "--workspace", "--manifest-path"]).arg(manifest);
            if let Some(out) = out {
                command.arg("--sbf-out-dir").arg(out);
            }
            run::run(&mut command)
        }
    }
}
