//! Key files in the format of Solana's own tools: a JSON array of 64 bytes, the secret then the public key.

use crate::exit::{Failure, Result};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Reads a key file. The public half must be the secret's: a file edited by hand is refused.
pub fn read(path: &Path) -> Result<Keypair> {
    let text = fs::read_to_string(path).map_err(|error| {
        Failure::file(format!("cannot read the key file {}: {error}", path.display()))
            .hint("name another with --keypair, or make one: scrip key new FILE")
    })?;
    let broken = || {
        Failure::file(format!("{} is not a key file", path.display())).hint(
            "a key file is a JSON array of 64 bytes, as solana-keygen and `scrip key new` write it",
        )
    };
    let bytes: Vec<u8> = serde_json::from_str(&text).map_err(|_| broken())?;
    let keypair = Keypair::try_from(&bytes[..]).map_err(|_| broken())?;
    Ok(keypair)
}

/// Writes a fresh key, readable by its owner only. Never over an existing file.
pub fn create(path: &Path) -> Result<Pubkey> {
    let keypair = Keypair::new();
    let cannot = |error: std::io::Error| {
        let failure = Failure::file(format!("cannot write {}: {error}", path.display()));
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                failure.hint("a key is never overwritten: choose another name")
            }
            _ => failure,
        }
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(cannot)?;
    let text = serde_json::to_string(&keypair.to_bytes().to_vec()).unwrap_or_default();
    file.write_all(text.as_bytes()).map_err(cannot)?;
    Ok(keypair.pubkey())
}

/// An address as an argument: written out, or a key file whose public half is meant.
pub fn address(argument: &str) -> std::result::Result<Pubkey, String> {
    if let Ok(address) = argument.parse() {
        return Ok(address);
    }
    let path = PathBuf::from(argument);
    if !path.exists() {
        return Err("it is neither an address nor a key file".into());
    }
    read(&path).map(|keypair| keypair.pubkey()).map_err(|failure| failure.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("scrip-keys-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_written_key_is_read_back_and_never_overwritten() {
        let file = folder("written").join("key.json");
        let address = create(&file).unwrap();
        assert_eq!(read(&file).unwrap().pubkey(), address);
        assert_eq!(create(&file).unwrap_err().exit, Exit::File);
        assert_eq!(read(&file).unwrap().pubkey(), address);
    }

    #[test]
    fn only_its_owner_may_read_a_key_file() {
        use std::os::unix::fs::PermissionsExt;
        let file = folder("mode").join("key.json");
        create(&file).unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_key_file_whose_halves_do_not_belong_together_is_refused() {
        let folder = folder("halves");
        let (one, two) = (folder.join("one.json"), folder.join("two.json"));
        create(&one).unwrap();
        create(&two).unwrap();
        let bytes = |file: &Path| read(file).unwrap().to_bytes();
        let mixed = [&bytes(&one)[..32], &bytes(&two)[32..]].concat();
        fs::write(&one, serde_json::to_string(&mixed).unwrap()).unwrap();
        let failure = read(&one).unwrap_err();
        assert_eq!(failure.exit, Exit::File);
        assert!(failure.message.ends_with("is not a key file"), "{failure}");
    }

    #[test]
    fn what_is_missing_or_no_array_is_named() {
        let folder = folder("missing");
        assert_eq!(read(&folder.join("none.json")).unwrap_err().exit, Exit::File);
        let file = folder.join("text.json");
        fs::write(&file, "not a key").unwrap();
        assert_eq!(read(&file).unwrap_err().exit, Exit::File);
    }
}
