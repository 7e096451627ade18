use crate::error::IssuerError;
use anchor_lang::prelude::*;
use scrip_interface::attestation::Kind;

pub const MAX_ATTESTORS: usize = 16;

/// Whose signatures count for a custodian. Seeds: `attestors`, custodian, index.
#[account(zero_copy)]
#[derive(Debug)]
pub struct AttestorSet {
    pub version: u8,
    pub bump: u8,
    /// Signatures needed.
    pub threshold: u8,
    /// Keys in use, from the front of `attestors`.
    pub count: u8,
    pub index: u32,
    /// Bit k: the set may sign attestations of kind k.
    pub kinds: u16,
    pub padding: [u8; 6],
    pub custodian: Pubkey,
    pub valid_from: i64,
    /// The first second at which its signatures no longer count.
    pub expires_at: i64,
    /// Ed25519 keys in rising order.
    pub attestors: [Pubkey; MAX_ATTESTORS],
    pub reserved: [u8; 128],
}

impl AttestorSet {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn members(&self) -> &[Pubkey] {
        self.attestors.get(..usize::from(self.count)).unwrap_or(&[])
    }

    /// The set may sign `kind`, at `now`.
    pub fn require_may_sign(&self, kind: Kind, now: i64) -> Result<()> {
        require!(self.kinds & kind.bit() != 0, IssuerError::KindNotAllowed);
        require!(now >= self.valid_from, IssuerError::AttestorSetNotYetValid);
        require!(now < self.expires_at, IssuerError::AttestorSetExpired);
        Ok(())
    }

    /// Bit mask of the members among `keys`: all of them members, none twice, enough of them.
    pub fn require_quorum<'k>(&self, keys: impl Iterator<Item = &'k [u8; 32]>) -> Result<u16> {
        let mut signers = 0u16;
        for key in keys {
            let position = self.members().iter().position(|member| member.as_array() == key);
            let bit = position
                .and_then(|position| u32::try_from(position).ok())
                .and_then(|position| 1u16.checked_shl(position))
                .ok_or(IssuerError::AttestorUnknown)?;
            require!(signers & bit == 0, IssuerError::AttestorRepeated);
            signers |= bit;
        }
        require!(
            signers.count_ones() >= u32::from(self.threshold),
            IssuerError::ThresholdNotReached
        );
        Ok(signers)
    }

    pub fn invariant(&self) -> Result<()> {
        // Rising order also means that none is there twice.
        let members = self.members();
        let rising = members.is_sorted_by(|a, b| a < b);
        require!(rising && !members.is_empty(), IssuerError::AttestorsInvalid);
        // A quorum of none, or one that can never be reached.
        require!(
            self.threshold >= 1 && self.threshold <= self.count,
            IssuerError::ThresholdInvalid
        );
        require!(self.kinds != 0 && self.kinds & !Kind::ALL_BITS == 0, IssuerError::KindsInvalid);
        require!(self.valid_from < self.expires_at, IssuerError::ValidityInvalid);
        Ok(())
    }
}
