use super::MAX_ATTESTORS;
use crate::error::IssuerError;
use anchor_lang::prelude::*;

/// A posted attestation: signatures gathered over several transactions. Seeds: `attestation`,
/// issuer, kind, digest. It cannot come back once closed: it is closed after it has expired only.
#[account(zero_copy)]
#[derive(Debug)]
pub struct Attestation {
    pub version: u8,
    pub bump: u8,
    /// Of [`scrip_interface::attestation::Kind`].
    pub kind: u8,
    /// Keys in use, from the front of `signers`.
    pub count: u8,
    pub padding: [u8; 4],
    pub issuer: Pubkey,
    pub attestor_set: Pubkey,
    /// Gets the rent back.
    pub rent_payer: Pubkey,
    /// sha256 of the body.
    pub digest: [u8; 32],
    pub expires_at: i64,
    /// Who signed, in the order of posting.
    pub signers: [Pubkey; MAX_ATTESTORS],
    pub reserved: [u8; 32],
}

impl Attestation {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn signers(&self) -> &[Pubkey] {
        self.signers.get(..usize::from(self.count)).unwrap_or(&[])
    }

    /// Adds the keys that are not there yet: somebody else may have posted some of them.
    /// Returns how many were new.
    pub fn add<'k>(&mut self, keys: impl Iterator<Item = &'k [u8; 32]>) -> Result<u8> {
        let before = self.count;
        for key in keys {
            if self.signers().iter().any(|signer| signer.as_array() == key) {
                continue;
            }
            let place = usize::from(self.count);
            // No more members than places, so a full list has them all.
            let slot = self.signers.get_mut(place).ok_or(IssuerError::AttestorUnknown)?;
            *slot = Pubkey::new_from_array(*key);
            self.count = self.count.saturating_add(1);
        }
        Ok(self.count.saturating_sub(before))
    }
}
