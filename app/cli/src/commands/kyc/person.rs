//! Who is meant: a person as the provider calls it, which becomes a salted hash.

use crate::{
    context::Context,
    exit::{Failure, Result},
};
use scrip_client::gate::accounts::Investor;
use scrip_interface::{gate, ids, sha256};
use solana_instruction::AccountMeta;
use solana_pubkey::Pubkey;
use std::{fs, path::PathBuf};

/// Without a salt of its own, a passport number is found by trying.
const SALT_BYTES: usize = 16;

#[derive(clap::Args)]
pub struct Person {
    /// The provider's own name of the person, the same each time: a customer number
    #[arg(value_name = "REFERENCE")]
    reference: String,
    /// File with the provider's secret salt, 16 random bytes or more. The same file each time; keep it
    #[arg(long, value_name = "FILE")]
    salt: PathBuf,
    /// Number of the provider with the issuer
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub provider: u8,
}

impl Person {
    /// What stands for the person on chain: sha256 of a name of this scheme, the salt's sha256 and the reference.
    pub fn id_hash(&self) -> Result<[u8; 32]> {
        let salt = fs::read(&self.salt).map_err(|error| {
            Failure::file(format!("cannot read the salt {}: {error}", self.salt.display()))
                .hint("make one once: head -c 32 /dev/urandom > FILE")
        })?;
        if salt.len() < SALT_BYTES {
            return Err(Failure::file(format!(
                "the salt has {} bytes, {SALT_BYTES} are needed",
                salt.len()
            )));
        }
        Ok(id_hash(&salt, &self.reference))
    }

    pub fn provider_address(&self, issuer: &Pubkey) -> Pubkey {
        gate::pda::provider(&ids::GATE, issuer, self.provider).0
    }

    pub fn address(&self, issuer: &Pubkey) -> Result<Pubkey> {
        Ok(gate::pda::investor(&ids::GATE, issuer, &self.id_hash()?).0)
    }

    /// The person's record, and those of all its wallets, writable: what a change of it wants.
    pub fn find(
        &self,
        context: &Context,
        issuer: &Pubkey,
    ) -> Result<(Pubkey, Investor, Vec<AccountMeta>)> {
        let address = self.address(issuer)?;
        let investor: Investor =
            context.chain()?.read(&format!("a record of {}", self.reference), &address)?;
        let wallets = investor.wallets.iter().take(investor.wallet_count.into());
        let records = wallets
            .map(|owner| AccountMeta::new(gate::pda::wallet(&ids::GATE, issuer, owner).0, false))
            .collect();
        Ok((address, investor, records))
    }
}

/// Of fixed length first: no two pairs of salt and reference run together to the same bytes.
fn id_hash(salt: &[u8], reference: &str) -> [u8; 32] {
    sha256(&[b"scrip-investor-v1", &sha256(&[salt]), reference.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SDK's `investorIdHash` gives the same: a person keeps its record whoever's tool is used.
    #[test]
    fn a_person_is_hashed_with_the_salt() {
        let hash = id_hash(&[7; 16], "customer 1");
        assert_ne!(hash, id_hash(&[8; 16], "customer 1"));
        assert_ne!(hash, id_hash(&[7; 16], "customer 2"));
        assert_eq!(hash, sha256(&[b"scrip-investor-v1", &sha256(&[&[7; 16]]), b"customer 1"]));
    }
}
