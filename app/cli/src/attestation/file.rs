//! The file itself: reading, checking, signing, writing.

use super::{
    terms::{Signed, Terms},
    text, words,
};
use crate::exit::{Failure, Result};
use scrip_interface::{attestation, pda};
use serde::{Deserialize, Serialize};
use solana_keypair::Keypair;
use solana_message::Hash;
use solana_pubkey::Pubkey;
use solana_signer::Signer;
use std::{fs, path::Path};

/// Another format gets another name: a signer that does not know it refuses.
const FORMAT: &str = "scrip-attestation-1";

/// What is to be signed. Everything but `unsigned` and `signatures` leads to `message`, and is held against it
/// whenever a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    format: String,
    /// The same in words, for who signs.
    says: Vec<String>,
    pub header: Header,
    pub terms: Terms,
    /// What helps people and is not signed: nobody should rely on it.
    #[serde(default)]
    pub unsigned: Unsigned,
    /// The 48 bytes that are signed.
    #[serde(with = "text::hex")]
    message: attestation::Message,
    pub signatures: Vec<Signature>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsigned {
    /// Of the mint, as whoever made the file calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
}

/// For which chain, by whose word, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Of the cluster.
    #[serde(with = "text::plain")]
    pub genesis_hash: Hash,
    #[serde(with = "text::plain")]
    pub program: Pubkey,
    #[serde(with = "text::plain")]
    pub issuer: Pubkey,
    /// Number within the issuer.
    pub custodian: u32,
    /// Number of the attestor set within the custodian.
    pub attestor_set: u32,
    #[serde(with = "text::plain")]
    pub nonce: u64,
    #[serde(with = "text::time")]
    pub issued_at: i64,
    #[serde(with = "text::time")]
    pub expires_at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    #[serde(with = "text::plain")]
    pub attestor: Pubkey,
    #[serde(with = "text::plain")]
    pub signature: solana_signature::Signature,
}

impl Header {
    pub fn custodian_address(&self) -> Pubkey {
        pda::custodian(&self.program, &self.issuer, self.custodian).0
    }

    pub fn set_address(&self) -> Pubkey {
        pda::attestor_set(&self.program, &self.custodian_address(), self.attestor_set).0
    }
}

impl File {
    /// Unsigned yet.
    pub fn new(header: Header, terms: Terms, symbol: Option<String>) -> Self {
        let mut file = Self {
            format: FORMAT.into(),
            says: vec![],
            header,
            terms,
            unsigned: Unsigned { symbol },
            message: [0; attestation::MESSAGE_LEN],
            signatures: vec![],
        };
        file.says = words::says(&file);
        file.message = file.signed().message;
        file
    }

    /// Reads a file and checks that it says in words and fields what its message is, and that its signatures are true.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(|error| {
            Failure::file(format!("cannot read the attestation {}: {error}", path.display()))
        })?;
        let file: Self = serde_json::from_str(&text).map_err(|error| {
            Failure::file(format!("{} is not an attestation file: {error}", path.display()))
        })?;
        file.check().map_err(|failure| Failure {
            message: format!("{}: {}", path.display(), failure.message),
            ..failure
        })?;
        Ok(file)
    }

    pub fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        let beside = path.with_extension("part");
        // Whole or not at all: who is interrupted keeps the file that was there.
        fs::write(&beside, format!("{text}\n"))
            .and_then(|()| fs::rename(&beside, path))
            .map_err(|error| Failure::file(format!("cannot write {}: {error}", path.display())))
    }

    /// What the fields lead to: never what the file merely says.
    pub fn signed(&self) -> Signed {
        self.terms.signed(&self.header)
    }

    pub fn says(&self) -> &[String] {
        &self.says
    }

    fn check(&self) -> Result<()> {
        const TAMPERED: &str =
            "it was changed after it was made: sign nothing, and ask for a new one";
        if self.format != FORMAT {
            let known =
                format!("the format \"{}\" is unknown; this release reads {FORMAT}", self.format);
            return Err(Failure::file(known));
        }
        let message = self.signed().message;
        if message != self.message {
            return Err(Failure::file(
                "its fields do not lead to the message that it asks to sign",
            )
            .hint(TAMPERED));
        }
        if self.says != words::says(self) {
            return Err(Failure::file("its words are not what its fields say").hint(TAMPERED));
        }
        for Signature { attestor, signature } in &self.signatures {
            if !signature.verify(attestor.as_ref(), &message) {
                return Err(Failure::file(format!("the signature of {attestor} is not true"))
                    .hint("that attestor must sign the file again"));
            }
        }
        Ok(())
    }

    /// Adds a signature; once is enough.
    pub fn sign(&mut self, keypair: &Keypair) -> bool {
        let attestor = keypair.pubkey();
        if self.signatures.iter().any(|one| one.attestor == attestor) {
            return false;
        }
        let signature = keypair.sign_message(&self.signed().message);
        self.signatures.push(Signature { attestor, signature });
        true
    }

    /// Adds the signatures of another file about the same.
    pub fn join(&mut self, other: &Self) {
        for one in &other.signatures {
            if !self.signatures.iter().any(|own| own.attestor == one.attestor) {
                self.signatures.push(one.clone());
            }
        }
    }
}

/// Files about the same become one with all their signatures, in the order of the first of each.
pub fn gather(files: Vec<File>) -> Vec<File> {
    let mut gathered: Vec<File> = vec![];
    for file in files {
        let message = file.message;
        match gathered.iter_mut().find(|one| one.message == message) {
            Some(same) => same.join(&file),
            None => gathered.push(file),
        }
    }
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        attestation::terms::{Reserves, Terms},
        exit::Exit,
    };
    use scrip_interface::ids;
    use std::path::PathBuf;

    fn file() -> File {
        let header = Header {
            genesis_hash: Hash::new_from_array([7; 32]),
            program: ids::ISSUER,
            issuer: Pubkey::new_from_array([1; 32]),
            custodian: 0,
            attestor_set: 2,
            nonce: 9,
            issued_at: 1_800_000_000,
            expires_at: 1_800_000_600,
        };
        let terms = Terms::Mint {
            mint: Pubkey::new_from_array([2; 32]),
            action_sequence: 0,
            owner: Pubkey::new_from_array([3; 32]),
            amount: 150_000_000,
            reserves: Reserves { as_of: 1_800_000_000, settled: 100_000_000_000, receivable: 5 },
        };
        File::new(header, terms, Some("AAPLx".into()))
    }

    fn path(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("scrip-attestation-{name}-{}.json", std::process::id()))
    }

    /// What is read back from the text with one word replaced by another.
    fn changed(name: &str, from: &str, to: &str) -> Result<File> {
        let mut file = file();
        file.sign(&Keypair::new_from_array([5; 32]));
        let path = path(name);
        file.write(&path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let read = File::read(&path);
        fs::remove_file(path).unwrap();
        read
    }

    #[test]
    fn a_file_is_read_back_as_it_was_written() {
        let path = path("same");
        let mut file = file();
        assert!(file.sign(&Keypair::new_from_array([5; 32])));
        assert!(!file.sign(&Keypair::new_from_array([5; 32])), "signed twice");
        file.write(&path).unwrap();
        assert_eq!(File::read(&path).unwrap(), file);
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn every_changed_field_is_found() {
        let fields = [
            ("amount", "\"amount\": \"150000000\"", "\"amount\": \"150000001\""),
            (
                "owner",
                &Pubkey::new_from_array([3; 32]).to_string(),
                &Pubkey::new_from_array([4; 32]).to_string(),
            ),
            ("nonce", "\"nonce\": \"9\"", "\"nonce\": \"8\""),
            (
                "expiry",
                "\"expires_at\": \"2027-01-15T08:10:00Z\"",
                "\"expires_at\": \"2028-01-15T08:10:00Z\"",
            ),
            ("reserves", "\"settled\": \"1000\"", "\"settled\": \"1001\""),
            ("set", "\"attestor_set\": 2", "\"attestor_set\": 3"),
        ];
        for (name, from, to) in fields {
            // The words have the address first.
            let failure = match changed(name, from, to) {
                Err(failure) => failure,
                Ok(_) => panic!("{name} was not found"),
            };
            assert_eq!(failure.exit, Exit::File, "{name}");
        }
    }

    #[test]
    fn words_that_differ_from_the_fields_are_found() {
        let failure =
            changed("words", "Mint 150000000 raw units", "Mint 150 raw units").unwrap_err();
        assert!(failure.message.ends_with("its words are not what its fields say"), "{failure}");
    }

    #[test]
    fn a_message_that_is_not_the_fields_is_found() {
        let message = hex::encode(file().message);
        let other = format!("{}00", &message[..94]);
        let failure = changed("message", &message, &other).unwrap_err();
        assert!(failure.message.contains("do not lead to the message"), "{failure}");
    }

    #[test]
    fn a_false_signature_is_found() {
        let mut signed = file();
        signed.sign(&Keypair::new_from_array([5; 32]));
        let good = signed.signatures[0].signature.to_string();
        let mut other = file();
        other.sign(&Keypair::new_from_array([6; 32]));
        let failure =
            changed("signature", &good, &other.signatures[0].signature.to_string()).unwrap_err();
        assert!(failure.message.ends_with("is not true"), "{failure}");
    }

    #[test]
    fn an_unknown_field_or_format_is_refused() {
        assert!(changed("field", "\"nonce\"", "\"nonsense\": 1, \"nonce\"").is_err());
        assert!(changed("format", FORMAT, "scrip-attestation-2").is_err());
    }

    #[test]
    fn files_about_the_same_are_gathered_into_one() {
        let (mut one, mut two, mut three) = (file(), file(), file());
        one.sign(&Keypair::new_from_array([5; 32]));
        two.sign(&Keypair::new_from_array([5; 32]));
        two.sign(&Keypair::new_from_array([6; 32]));
        three.header.nonce = 10;
        let three = File::new(three.header, three.terms, None);
        let gathered = gather(vec![one, three.clone(), two]);
        assert_eq!(gathered.len(), 2);
        assert_eq!(gathered[0].signatures.len(), 2);
        assert_eq!(gathered[1], three);
    }
}
