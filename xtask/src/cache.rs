//! The cache: slow, versioned things that any number of checkouts share.
//!
//! An entry is a folder `<name>-<key>`, the key a hash of all that went into it. It is made in a temporary sibling and
//! renamed when complete, so that a killed setup never leaves half of one behind.

use crate::step::Step;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
};

pub struct Cache {
    root: PathBuf,
}

/// A hash over named inputs. Order and boundaries count.
#[derive(Default)]
pub struct Key(Sha256);

impl Key {
    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        for part in [name.as_bytes(), value.as_ref()] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
        self
    }

    /// Adds every file below `dir` except what a build leaves there.
    pub fn with_dir(mut self, dir: &Path) -> Result<Self> {
        for path in files_below(dir)? {
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy().into_owned();
            self = self.with(&name, bytes);
        }
        Ok(self)
    }

    pub fn hex(self) -> String {
        self.0.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// All files below `dir`, sorted, without `target` folders.
pub fn files_below(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
            let path = entry?.path();
            if !path.is_dir() {
                found.push(path);
            } else if path.file_name().is_some_and(|name| name != "target") {
                open.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

impl Cache {
    pub fn open() -> Result<Self> {
        let var = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = match (var("SCRIP_CACHE"), var("XDG_CACHE_HOME"), var("HOME")) {
            (Some(dir), _, _) => env::current_dir()?.join(dir),
            (None, Some(dir), _) => dir.join("scrip"),
            (None, None, Some(home)) => home.join(".cache/scrip"),
            (None, None, None) => {
                bail!("no cache folder: set SCRIP_CACHE to a folder that may grow to 1 GB")
            }
        };
        Self::at(root)
    }

    pub fn at(root: PathBuf) -> Result<Self> {
        let hint = || {
            format!(
                "cannot write to the cache {}: set SCRIP_CACHE to another folder",
                root.display()
            )
        };
        fs::create_dir_all(&root).with_context(hint)?;
        let root = root.canonicalize()?;
        Ok(Self { root })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The folder `<name>-<key>`, made by `make` if it is not there yet. `make` gets an empty folder beside its final
    /// place, so relative links to other entries are right from the start. Safe against a second xtask at the same time.
    pub fn entry(
        &self,
        name: &str,
        key: Key,
        usually: &str,
        make: impl FnOnce(&Path, &mut Step) -> Result<()>,
    ) -> Result<PathBuf> {
        let name = format!("{name}-{}", key.hex());
        let done = self.path(&name);
        if done.is_dir() {
            return Ok(done);
        }
        let _lock = self.lock(&name)?;
        if done.is_dir() {
            return Ok(done);
        }
        let temporary = self.path(&format!(".{name}.part"));
        remove_dir(&temporary)?;
        fs::create_dir_all(&temporary)?;
        let mut step =
            Step::start(&format!("installing {name} into {}", self.root.display()), usually);
        make(&temporary, &mut step).with_context(|| format!("cannot install {name}"))?;
        fs::rename(&temporary, &done)?;
        step.done();
        Ok(done)
    }

    /// Waits for and holds the named lock until the returned file is dropped.
    fn lock(&self, name: &str) -> Result<File> {
        let file = File::create(self.path(&format!(".{name}.lock")))?;
        if file.try_lock().is_err() {
            eprintln!("    waiting for another xtask that installs {name}");
            file.lock()?;
        }
        Ok(file)
    }
}

/// Unchanged bytes keep their time, so that nothing that reads them is made again.
pub fn write_if_other(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

pub fn remove_dir(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let dir = env::temp_dir().join(format!("scrip-xtask-{name}-{}", std::process::id()));
        remove_dir(&dir).unwrap();
        dir
    }

    #[test]
    fn key_depends_on_name_value_and_boundaries() {
        let key = |name: &str, value: &str| Key::default().with(name, value).hex();
        assert_eq!(key("a", "b"), key("a", "b"));
        assert_ne!(key("a", "b"), key("b", "a"));
        assert_ne!(key("ab", "c"), key("a", "bc"));
    }

    #[test]
    fn key_of_a_folder_follows_its_files_but_not_its_build_output() {
        let dir = scratch("key");
        fs::create_dir_all(dir.join("target")).unwrap();
        fs::write(dir.join("a"), "1").unwrap();
        let key = || Key::default().with_dir(&dir).unwrap().hex();
        let before = key();
        fs::write(dir.join("target/x"), "built").unwrap();
        assert_eq!(key(), before);
        fs::write(dir.join("a"), "2").unwrap();
        assert_ne!(key(), before);
        remove_dir(&dir).unwrap();
    }

    #[test]
    fn a_failed_entry_is_not_left_behind_and_is_made_again() {
        let dir = scratch("entry");
        let cache = Cache::at(dir.clone()).unwrap();
        let key = || Key::default().with("v", "1");
        let failed = cache.entry("tool", key(), "no time", |dir, _| {
            fs::write(dir.join("half"), "")?;
            bail!("the power went")
        });
        assert!(failed.is_err());
        let made = cache
            .entry("tool", key(), "no time", |dir, _| Ok(fs::write(dir.join("whole"), "")?))
            .unwrap();
        assert!(made.join("whole").exists() && !made.join("half").exists());
        cache.entry("tool", key(), "no time", |_, _| bail!("made twice")).unwrap();
        remove_dir(&dir).unwrap();
    }
}
