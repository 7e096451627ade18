//! Node.js (checked) and the npm packages of package-lock.json (installed when they are not these already).

use crate::{cache::Key, run, step::Step};
use anyhow::{Context, Result, bail};
use std::{fs, path::Path, process::Command};

pub fn install(root: &Path, minimum: u32) -> Result<()> {
    let version = run::quiet(Command::new("node").arg("--version"))?;
    if major(&version).is_none_or(|major| major < minimum) {
        bail!(
            "Node.js {} is too old: install Node.js {minimum} or newer, then run this again",
            version.trim()
        );
    }
    let lock = fs::read(root.join("package-lock.json"))
        .context("package-lock.json is missing from the checkout")?;
    let wanted = Key::default().with("lock", lock).hex();
    let stamp = root.join("node_modules/.scrip-lock");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let step = Step::start("installing the locked npm packages", "20 seconds");
    run::quiet(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(root))?;
    fs::write(&stamp, wanted)?;
    step.done();
    Ok(())
}

/// 20 of `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_version_of_node() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major("20.11.1"), None);
        assert_eq!(major("v"), None);
    }
}
