//! The local validator: xtask/validator, a Cargo workspace of its own, compiled once per version into the cache.

use crate::{
    cache::{Cache, Key},
    run,
};
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const NAME: &str = "scrip-validator";

pub fn install(root: &Path, cache: &Cache) -> Result<PathBuf> {
    let sources = root.join("xtask/validator");
    let key = Key::default().with_dir(&sources)?;
    let dir = cache.entry(NAME, key, "15 minutes, about 1,000 crates", |dir, step| {
        // One build folder for all versions, kept until a build succeeds: an interrupted one goes on where it stopped.
        let build = cache.path("build-validator");
        step.note("cargo's own progress follows");
        let mut cargo = run::host_cargo();
        cargo
            .args(["build", "--release", "--locked"])
            .current_dir(&sources)
            .env("CARGO_TARGET_DIR", &build);
        run::run(&mut cargo)?;
        let binary = dir.join(NAME);
        fs::copy(build.join("release").join(NAME), &binary)?;
        run::quiet(Command::new("strip").arg(&binary))?;
        Ok(fs::remove_dir_all(build)?)
    })?;
    Ok(dir.join(NAME))
}
