//! What one need not say again each time: a small TOML file.

use crate::exit::{Failure, Result};
use serde::{Deserialize, Serialize};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Settings by name. A flag or an environment variable goes before each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keypair: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custodian: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curator: Option<String>,
}

/// The names that `scrip config set` takes.
pub const NAMES: [&str; 5] = ["url", "keypair", "issuer", "custodian", "curator"];

impl Config {
    /// Reads the file; an absent one sets nothing.
    pub fn read(path: &Path) -> Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => {
                return Err(Failure::usage(format!("cannot read {}: {error}", path.display())));
            }
        };
        toml::from_str(&text).map_err(|error| {
            Failure::usage(format!(
                "{} is not a configuration: {}",
                path.display(),
                error.message()
            ))
            .hint(format!("it may set: {}", NAMES.join(", ")))
        })
    }

    pub fn write(&self, path: &Path) -> Result<()> {
        let cannot = |error| Failure::usage(format!("cannot write {}: {error}", path.display()));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(cannot)?;
        }
        fs::write(path, toml::to_string(self).unwrap_or_default()).map_err(cannot)
    }

    pub fn get(&self, name: &str) -> Option<&String> {
        match name {
            "url" => self.url.as_ref(),
            "keypair" => self.keypair.as_ref(),
            "issuer" => self.issuer.as_ref(),
            "custodian" => self.custodian.as_ref(),
            "curator" => self.curator.as_ref(),
            _ => None,
        }
    }

    /// Sets one of [`NAMES`], or unsets it.
    pub fn set(&mut self, name: &str, value: Option<String>) {
        match name {
            "url" => self.url = value,
            "keypair" => self.keypair = value,
            "issuer" => self.issuer = value,
            "custodian" => self.custodian = value,
            "curator" => self.curator = value,
            _ => {}
        }
    }
}

/// Where the file is unless `--config` says otherwise.
pub fn default_path() -> PathBuf {
    let base = env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".config")))
        .unwrap_or_default();
    base.join("scrip").join("config.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_set_read_back_and_unset() {
        let path = env::temp_dir().join(format!("scrip-config-{}.toml", std::process::id()));
        let mut config = Config::default();
        for name in NAMES {
            config.set(name, Some(format!("value of {name}")));
        }
        config.write(&path).unwrap();
        let mut read = Config::read(&path).unwrap();
        assert_eq!(read, config);
        for name in NAMES {
            assert_eq!(read.get(name), Some(&format!("value of {name}")));
            read.set(name, None);
        }
        assert_eq!(read, Config::default());
        fs::remove_file(&path).unwrap();
        assert_eq!(Config::read(&path).unwrap(), Config::default());
    }

    #[test]
    fn a_misspelt_name_in_the_file_is_an_error() {
        let path = env::temp_dir().join(format!("scrip-config-bad-{}.toml", std::process::id()));
        fs::write(&path, "isuer = \"x\"\n").unwrap();
        assert!(Config::read(&path).unwrap_err().message.contains("isuer"));
        fs::remove_file(path).unwrap();
    }
}
