use crate::{
    constants::{LAYOUT_VERSION, MAX_OVERLAP_SECS},
    error::IssuerError,
};
use anchor_lang::prelude::*;
use scrip_interface::{attestation::Kind, sha256};

pub const MAX_ATTESTORS: usize = 16;

/// The bit of each place in a mask of members.
#[rustfmt::skip]
const PLACES: [u16; MAX_ATTESTORS] = [
    1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7,
    1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15,
];

/// Counts, within its time.
pub const SET_ACTIVE: u8 = 0;
/// Does not count until the admin or a quorum activates it.
pub const SET_PROPOSED: u8 = 1;
/// The admin can never activate it: a quorum can.
pub const NEVER_READY: i64 = i64::MAX;

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
    /// [`SET_ACTIVE`] or [`SET_PROPOSED`].
    pub status: u8,
    pub padding: [u8; 5],
    pub custodian: Pubkey,
    pub valid_from: i64,
    /// The first second at which its signatures no longer count.
    pub expires_at: i64,
    /// Ed25519 keys in rising order.
    pub attestors: [Pubkey; MAX_ATTESTORS],
    /// The set whose place this one takes when it is activated; all zeros: none.
    pub replaces: Pubkey,
    /// When the admin may activate a proposed set; when an active one's quotes may take cash out of a
    /// desk: once it, or the set whose quorum let it in, was there for a timelock. `NEVER_READY`: the
    /// admin did not propose it.
    pub ready_at: i64,
    /// How long the replaced set goes on counting from the activation.
    pub overlap_secs: u32,
    pub padding_2: [u8; 4],
    /// Gets the rent back if the proposal is withdrawn.
    pub rent_payer: Pubkey,
    pub reserved: [u8; 48],
}

impl AttestorSet {
    pub const SPACE: usize = 8 + size_of::<Self>();

    pub fn members(&self) -> &[Pubkey] {
        self.attestors.get(..usize::from(self.count)).unwrap_or(&[])
    }

    /// The set may sign `kind`, at `now`.
    pub fn require_may_sign(&self, kind: Kind, now: i64) -> Result<()> {
        // A set of the first layout is not in its custodian's list: a removal would not reach it.
        require!(self.version >= LAYOUT_VERSION, IssuerError::LayoutOutdated);
        require!(self.status == SET_ACTIVE, IssuerError::AttestorSetProposed);
        require!(self.kinds & kind.bit() != 0, IssuerError::KindNotAllowed);
        require!(now >= self.valid_from, IssuerError::AttestorSetNotYetValid);
        require!(now < self.expires_at, IssuerError::AttestorSetExpired);
        Ok(())
    }

    /// Bit mask of the members among `keys`: all of them members, none twice, enough of them.
    pub fn require_quorum<'k>(&self, keys: impl Iterator<Item = &'k [u8; 32]>) -> Result<u16> {
        let signers = self.require_members(keys)?;
        require!(
            signers.count_ones() >= u32::from(self.threshold),
            IssuerError::ThresholdNotReached
        );
        Ok(signers)
    }

    /// Bit mask of the members among `keys`: all of them members, none twice.
    pub fn require_members<'k>(&self, keys: impl Iterator<Item = &'k [u8; 32]>) -> Result<u16> {
        let mut signers = 0u16;
        for key in keys {
            let mut places = self.members().iter().zip(PLACES);
            let (_, bit) = places
                .find(|(member, _)| member.as_array() == key)
                .ok_or(IssuerError::AttestorUnknown)?;
            require!(signers & bit == 0, IssuerError::AttestorRepeated);
            signers |= bit;
        }
        Ok(signers)
    }

    /// Bit mask of the members among posted `keys`. One that was removed since does not count.
    pub fn require_posted_quorum(&self, keys: &[Pubkey]) -> Result<u16> {
        let mut signers = 0u16;
        for (member, bit) in self.members().iter().zip(PLACES) {
            if keys.contains(member) {
                signers |= bit;
            }
        }
        require!(
            signers.count_ones() >= u32::from(self.threshold),
            IssuerError::ThresholdNotReached
        );
        Ok(signers)
    }

    /// Takes a key out, if it is there; the threshold stays.
    pub fn remove(&mut self, key: &Pubkey) -> Result<bool> {
        let Some(place) = self.members().iter().position(|member| member == key) else {
            return Ok(false);
        };
        require!(self.count > self.threshold, IssuerError::TooFewAttestorsRemain);
        let count = usize::from(self.count);
        if let Some(rest) = self.attestors.get_mut(place..count) {
            rest.rotate_left(1);
            if let Some(last) = rest.last_mut() {
                *last = Pubkey::default();
            }
        }
        self.count = self.count.saturating_sub(1);
        Ok(true)
    }

    /// What a quorum signs when it activates the set: all that the set says.
    pub fn contents_hash(&self) -> [u8; 32] {
        let mut members = [0u8; 32 * MAX_ATTESTORS];
        for (slot, member) in members.chunks_exact_mut(32).zip(self.members()) {
            slot.copy_from_slice(member.as_ref());
        }
        let used = usize::from(self.count).saturating_mul(32);
        sha256(&[
            &[self.threshold, self.count],
            &self.kinds.to_le_bytes(),
            &self.valid_from.to_le_bytes(),
            &self.expires_at.to_le_bytes(),
            self.replaces.as_ref(),
            &self.overlap_secs.to_le_bytes(),
            members.get(..used).unwrap_or(&members),
        ])
    }

    pub fn invariant(&self) -> Result<()> {
        // Rising order also means that none is there twice.
        let members = self.members();
        let rising = members.is_sorted_by(|a, b| a < b);
        // Zeros are an empty place; as a key they are a point of small order, which is nobody's.
        let first_is_a_key = members.first().is_some_and(|key| *key != Pubkey::default());
        require!(rising && first_is_a_key, IssuerError::AttestorsInvalid);
        // A quorum of none, or one that can never be reached.
        require!(
            self.threshold >= 1 && self.threshold <= self.count,
            IssuerError::ThresholdInvalid
        );
        require!(self.kinds != 0 && self.kinds & !Kind::ALL_BITS == 0, IssuerError::KindsInvalid);
        require!(self.valid_from < self.expires_at, IssuerError::ValidityInvalid);
        require!(self.overlap_secs <= MAX_OVERLAP_SECS, IssuerError::OverlapInvalid);
        Ok(())
    }
}
